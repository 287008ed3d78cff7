"""Messages that are to be read, as their tickets hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yizhan.domains.understanding.reading.heads import Asked
from yizhan.kernel.tx import Tx
from yizhan.learning.dialogue.types import Turn

LONGEST: Final = 4000
_EARLIER: Final = 8

# What the customer said, and what both said before it. Uses the index message_ticket.
_READ = f"""
SELECT m.id, m.ticket_id, m.subject, left(m.body_text, {LONGEST}) AS body,
  (SELECT count(*) FROM attachment a WHERE a.workspace_id = $1 AND a.message_id = m.id AND NOT a.inline) AS files,
  (SELECT coalesce(json_agg(json_build_array(e.direction, e.subject, e.body) ORDER BY e.id), '[]') FROM (
     SELECT id, direction, subject, left(body_text, 1000) AS body FROM message
     WHERE workspace_id = $1 AND ticket_id = m.ticket_id AND id < m.id AND direction IN ('in', 'out')
       AND delivery_state IS DISTINCT FROM 'cancelled' ORDER BY id DESC LIMIT {_EARLIER}) e) AS earlier
FROM message m
WHERE m.workspace_id = $1 AND m.id = ANY($2) AND m.direction = 'in' AND NOT m.automatic
ORDER BY m.id
"""


async def load(tx: Tx, ids: Sequence[int]) -> list[Asked]:
    """Those of some messages that a customer wrote; automatic answers and what is gone are left out."""
    return [_asked(row) for row in await tx.db.fetch(_READ, tx.workspace_id, list(ids))]


def _asked(row: Any) -> Asked:
    return Asked(
        message_id=row["id"],
        ticket_id=row["ticket_id"],
        text=text_of(row["subject"], row["body"], is_first=not row["earlier"]),
        attachments=row["files"],
        earlier=tuple(
            Turn(
                "user" if direction == "in" else "agent",
                text_of(subject, body, is_first=at == 0 and len(row["earlier"]) < _EARLIER),
            )
            for at, (direction, subject, body) in enumerate(row["earlier"])
        ),
    )


def text_of(subject: str | None, body: str, *, is_first: bool) -> str:
    """What is read of a message: its words, under the subject where that began the conversation."""
    head = (subject or "").strip()
    body = body.strip()
    if not is_first or not head or body.startswith(head):
        return body or head
    return f"{head}\n{body}" if body else head


async def where(tx: Tx, message_id: int) -> int | None:
    """The ticket in which a message is now."""
    found: int | None = await tx.db.fetchval(
        "SELECT ticket_id FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    return found
