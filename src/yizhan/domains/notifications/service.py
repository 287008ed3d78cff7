"""An agent looks at their notifications."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.identity import permissions
from yizhan.domains.notifications import repository
from yizhan.domains.notifications.events import NotificationsRead
from yizhan.domains.notifications.types import NEEDS, Notification
from yizhan.domains.tickets.service import personal
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx


async def listing(
    tx: Tx, *, cursor: str | None = None, limit: int | None = None, unread: bool = False
) -> tuple[pagination.Page[Notification], int]:
    """A page, newest first, and how many are unread; only of what is still in sight."""
    agent_id = personal.agent_of(tx)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    kinds = [kind for kind, needed in NEEDS.items() if permissions.can(tx.actor, needed)]
    rows = await repository.page(
        tx,
        agent_id,
        before=key[0] if key else None,
        unread=unread,
        limit=size + 1,
        kinds=kinds,
        visible=permissions.ticket_condition(tx.actor, "ticket:read", first=7),
    )
    count = await repository.unread(
        tx,
        agent_id,
        kinds=kinds,
        visible=permissions.ticket_condition(tx.actor, "ticket:read", first=4),
    )
    return pagination.page(rows, size, lambda row: (row.id,)), count


async def read(tx: Tx, *, ids: Sequence[int] | None) -> int:
    """Mark as read: these of one's own, or all. Returns how many were unread."""
    agent_id = personal.agent_of(tx)
    marked = await repository.mark(tx, agent_id, ids=ids)
    if marked:
        tx.emit(
            NotificationsRead(
                agent_id=agent_id,
                notification_ids=[] if ids is None else marked,
                everything=ids is None,
            )
        )
    return len(marked)
