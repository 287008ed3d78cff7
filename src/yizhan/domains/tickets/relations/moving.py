"""Moving messages between tickets, and counting anew what a ticket says of its messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import events, repository
from yizhan.domains.tickets.types import ACTIVE, Ticket
from yizhan.kernel import clock, text
from yizhan.kernel.tx import Tx

# $2 is the ticket. Relies on the index message_ticket.
_COUNTED = """
WITH m AS (SELECT id, direction, automatic, created_at, body_text,
             delivery_state IS NOT DISTINCT FROM 'cancelled' AS gone
           FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND direction <> 'system')
SELECT count(*) AS message_count,
  max(id) FILTER (WHERE direction <> 'note') AS last_message_id,
  max(created_at) FILTER (WHERE direction <> 'note') AS last_message_at,
  max(id) FILTER (WHERE direction = 'in') AS last_customer_message_id,
  max(created_at) FILTER (WHERE direction = 'in') AS last_customer_at,
  min(created_at) FILTER (WHERE direction = 'out' AND NOT automatic AND NOT gone) AS first_reply_at,
  max(id) FILTER (WHERE direction <> 'note' AND NOT gone) AS live,
  (SELECT body_text FROM m WHERE direction <> 'note' AND NOT gone ORDER BY id DESC LIMIT 1) AS words,
  (SELECT min(created_at) FROM m WHERE direction = 'in' AND NOT automatic AND id > coalesce(
     (SELECT max(id) FROM m WHERE direction = 'out' AND NOT automatic AND NOT gone), 0)) AS waiting_since
FROM m
"""


class Mark(msgspec.Struct, frozen=True):
    """What counting alone would not give back: how a ticket stood before something was moved."""

    live: int | None
    waiting_since: datetime | None
    first_reply_at: datetime | None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Mark:
        return msgspec.convert(raw, cls)

    def plain(self) -> dict[str, Any]:
        return {
            "live": self.live,
            "waiting_since": _text(self.waiting_since),
            "first_reply_at": _text(self.first_reply_at),
        }


def _text(value: datetime | None) -> str | None:
    return None if value is None else clock.text(value)


async def mark(tx: Tx, ticket: Ticket) -> Mark:
    """How a ticket stands now."""
    row = await tx.db.fetchrow(_COUNTED, tx.workspace_id, ticket.id)
    live = row["live"] if row else None
    return Mark(live, ticket.waiting_since, ticket.first_reply_at)


async def recount(
    tx: Tx, ticket_id: int, *, back_to: Mark | None = None, columns: Mapping[str, Any] | None = None
) -> None:
    """Write what follows from the messages, and ``columns`` beside it.

    ``back_to`` gives back since when the ticket waits, if nobody has spoken since that was noted.
    """
    row = await tx.db.fetchrow(_COUNTED, tx.workspace_id, ticket_id)
    values: dict[str, Any] = dict(row or {})
    live = values.pop("live")
    values["preview"] = text.preview(values.pop("words") or "")
    if back_to is not None and live == back_to.live:
        values |= {
            "waiting_since": back_to.waiting_since,
            "first_reply_at": back_to.first_reply_at,
        }
    values |= columns or {}
    category = values.get("status_category") or await _category(tx, ticket_id)
    if category not in ACTIVE:
        values["waiting_since"] = None
    await repository.set_fields(tx, ticket_id, **values)


async def _category(tx: Tx, ticket_id: int) -> str:
    found: str = await tx.db.fetchval(
        "SELECT status_category FROM ticket WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return found


async def messages(tx: Tx, ids: Sequence[int], *, to: int) -> list[list[Any]]:
    """Put messages into another ticket. Returns [id, client_id] of those that had to give up their
    client's id, because a message there has the same."""
    numbers = list(ids)
    clashing = await tx.db.fetch(
        "UPDATE message m SET client_id = NULL FROM (SELECT s.id, s.client_id FROM message s JOIN message o"
        "  ON o.workspace_id = s.workspace_id AND o.ticket_id = $3 AND o.client_id = s.client_id"
        "  WHERE s.workspace_id = $1 AND s.id = ANY($2) AND s.ticket_id <> $3) AS c"
        " WHERE m.workspace_id = $1 AND m.id = c.id RETURNING m.id::text, c.client_id",
        tx.workspace_id,
        numbers,
        to,
    )
    await tx.db.execute(
        "WITH m AS (UPDATE message SET ticket_id = $3 WHERE workspace_id = $1 AND id = ANY($2))"
        " UPDATE search_doc SET ticket_id = $3 WHERE workspace_id = $1 AND kind = 'message' AND id = ANY($2)",
        tx.workspace_id,
        numbers,
        to,
    )
    return [[row[0], row[1]] for row in clashing]


async def give_back_client_ids(tx: Tx, pairs: Sequence[Sequence[Any]]) -> None:
    """Messages that are home again have their client's id again, unless somebody took it meanwhile."""
    for number, client_id in pairs:
        await tx.db.execute(
            "UPDATE message m SET client_id = $3 WHERE workspace_id = $1 AND id = $2 AND NOT EXISTS (SELECT"
            " FROM message o WHERE o.workspace_id = $1 AND o.ticket_id = m.ticket_id AND o.client_id = $3)",
            tx.workspace_id,
            int(number),
            client_id,
        )


def tell(tx: Tx, ids: Sequence[int], *, source: int, target: int, operation_id: int) -> None:
    """Both tickets know what moved."""
    for ticket_id, other_id, way in ((source, target, "out"), (target, source, "in")):
        tx.emit(
            events.MessagesMoved(
                ticket_id=ticket_id,
                other_id=other_id,
                way=way,
                message_ids=sorted(ids),
                operation_id=operation_id,
            )
        )
