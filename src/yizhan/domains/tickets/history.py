"""Any ticket as it was: the log replayed up to a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yizhan.domains.tickets import errors, schemas
from yizhan.domains.tickets.service import access
from yizhan.kernel import events, pagination
from yizhan.kernel.tx import Tx

_EVENTS = """
SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data
FROM event WHERE workspace_id = $1 AND ticket_id = $2
"""


def replay(logged: Iterable[events.Logged]) -> dict[str, Any] | None:
    """The state that a ticket's events lead to; None before its creation. Pure."""
    state: dict[str, Any] | None = None
    for event in logged:
        if event.type == "ticket.created":
            state = {"number": event.data["number"], "watchers": [], "messages": [], "version": 0}
        if state is None:
            continue
        for name, (old, new) in (event.data.get("changes") or {}).items():
            if name == "watchers":
                state["watchers"] = [w for w in state["watchers"] if w != old] + (
                    [new] if new else []
                )
            else:
                state[name] = new
        if event.type in ("message.received", "message.queued", "message.noted"):
            state["messages"].append(event.data["message_id"])
        state["updated_at"] = event.at
    return state


async def as_of(tx: Tx, ticket_id: int, *, moment: datetime) -> dict[str, Any]:
    """A ticket as it was at a moment. Errors: TicketNotFound, also before it began."""
    await access.ticket(tx, ticket_id)
    rows = await tx.db.fetch_as(
        events.Logged, f"{_EVENTS} AND at <= $3 ORDER BY id", tx.workspace_id, ticket_id, moment
    )
    state = replay(rows)
    if state is None:
        raise errors.TicketNotFound
    return {"id": str(ticket_id), "as_of": moment.isoformat(), **state}


async def page(
    tx: Tx, ticket_id: int, *, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.HistoryItem]:
    """Who did what, newest first."""
    await access.ticket(tx, ticket_id)
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    rows = await tx.db.fetch_as(
        events.Logged,
        f"{_EVENTS} AND id < $3 ORDER BY id DESC LIMIT {size + 1:d}",
        tx.workspace_id,
        ticket_id,
        key[0] if key else (1 << 63) - 1,
    )
    items = [
        schemas.HistoryItem(
            id=str(row.id),
            at=row.at,
            actor=row.actor,
            type=row.type,
            changes=row.data.get("changes") or {},
            cause=row.data.get("cause") or {},
            data={k: v for k, v in row.data.items() if k not in ("changes", "cause", "ticket_id")},
        )
        for row in rows
    ]
    return pagination.page(items, size, lambda item: (int(item.id),))
