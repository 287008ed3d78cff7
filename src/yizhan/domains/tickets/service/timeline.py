"""Everything that was said with a customer, over all channels and tickets."""

from __future__ import annotations

from typing import Any

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import schemas
from yizhan.kernel import pagination, text
from yizhan.kernel.tx import Tx

_LONGEST = 2000

# $2 is the contact, $3 the place behind which to read. Relies on conversation_contact and
# message_conversation: a customer has few conversations.
_SAID = """
SELECT m.id, m.created_at, m.conversation_id, m.channel, m.direction, m.author_name, m.body_text,
  t.id AS ticket_id, t.number, t.subject, t.status, t.status_category,
  (SELECT count(*) FROM attachment a WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS files
FROM conversation c
JOIN message m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
JOIN ticket t ON t.workspace_id = m.workspace_id AND t.id = m.ticket_id
WHERE c.workspace_id = $1 AND c.contact_id = $2 AND m.id < $3 AND m.visibility = 'public'
  AND m.direction IN ('in', 'out') AND m.delivery_state IS DISTINCT FROM 'cancelled'
"""


async def page(
    tx: Tx, contact_id: int, *, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.TimelineItem]:
    """Newest first; only what lies in tickets that the actor may see. The caller has checked that the
    contact may be seen."""
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=4)
    rows = await tx.db.fetch(
        f"{_SAID} AND {seen} ORDER BY m.id DESC LIMIT {size + 1:d}",
        tx.workspace_id,
        contact_id,
        key[0] if key else (1 << 63) - 1,
        *values,
    )
    return pagination.page([_item(row) for row in rows], size, lambda item: (int(item.id),))


def _item(row: Any) -> schemas.TimelineItem:
    return schemas.TimelineItem(
        id=str(row["id"]),
        at=row["created_at"],
        ticket=schemas.TimelineTicket(
            str(row["ticket_id"]),
            row["number"],
            row["subject"],
            row["status"],
            row["status_category"],
        ),
        conversation_id=str(row["conversation_id"]),
        channel=row["channel"],
        direction=row["direction"],
        author=row["author_name"],
        text=text.preview(row["body_text"], length=_LONGEST),
        files=row["files"],
    )
