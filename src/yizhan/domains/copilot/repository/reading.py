"""What the copilot reads of tickets: only tickets that the actor may see, asked of the permission function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from yizhan.domains.copilot.types import Turn
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

_MOST_TURNS = 60
_TURN = """
SELECT id, CASE WHEN visibility = 'internal' THEN 'note' WHEN direction = 'in' THEN 'customer'
           ELSE 'agent' END AS who,
       author_name AS name, left(body_text, 8000) AS text, created_at AS at
FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND direction IN ('in', 'out', 'note')
  AND body_text <> '' AND delivery_state IS DISTINCT FROM 'cancelled'
"""


class Person(msgspec.Struct, frozen=True):
    """A customer."""

    id: int
    name: str
    locale: str | None


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that a colleague gave on another ticket."""

    id: int
    ticket_id: int
    number: int
    subject: str
    text: str
    at: datetime
    requester_id: int
    requester_name: str
    author_name: str
    brand_id: int | None


async def turns(tx: Tx, ticket_id: int) -> list[Turn]:
    """A ticket's messages, oldest first: its first ten and its newest. Uses message_ticket."""
    newest = await tx.db.fetch_as(
        Turn, f"{_TURN} ORDER BY id DESC LIMIT {_MOST_TURNS}", tx.workspace_id, ticket_id
    )
    if len(newest) < _MOST_TURNS:
        return newest[::-1]
    first = await tx.db.fetch_as(Turn, f"{_TURN} ORDER BY id LIMIT 10", tx.workspace_id, ticket_id)
    known = {one.id for one in first}
    return first + [one for one in newest[::-1] if one.id not in known]


async def person(tx: Tx, contact_id: int) -> Person | None:
    return await tx.db.fetchrow_as(
        Person,
        "SELECT id, name, locale FROM contact WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        contact_id,
    )


async def colleagues(tx: Tx) -> list[str]:
    """The names of those who work here."""
    rows = await tx.db.fetch(
        "SELECT name FROM agent WHERE workspace_id = $1 ORDER BY id LIMIT 300", tx.workspace_id
    )
    return [row[0] for row in rows]


async def asked_alike(tx: Tx, query: str, *, most: int) -> list[int]:
    """Tickets whose customers wrote these words, the newest first, seen or not."""
    rows = await tx.db.fetch(
        "SELECT d.ticket_id FROM yizhan_search_docs($1::tsquery, false, $2, $3) d ORDER BY d.id DESC",
        query,
        2**62,
        most,
    )
    return list(dict.fromkeys(row[0] for row in rows))


async def answers_of(tx: Tx, ticket_ids: Sequence[int], *, but: int, most: int) -> list[Earlier]:
    """Public answers of people on resolved tickets that the actor may see."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=5)
    return await tx.db.fetch_as(
        Earlier,
        f"""SELECT m.id, t.id AS ticket_id, t.number, t.subject, left(m.body_text, 4000) AS text,
            m.created_at AS at, t.requester_id, coalesce(c.name, '') AS requester_name,
            m.author_name, t.brand_id
        FROM ticket t
        JOIN LATERAL (SELECT id, body_text, author_name, created_at FROM message
            WHERE workspace_id = t.workspace_id AND ticket_id = t.id AND direction = 'out'
              AND visibility = 'public' AND NOT automatic AND body_text <> ''
              AND delivery_state IS DISTINCT FROM 'cancelled'
            ORDER BY id DESC LIMIT 2) m ON true
        LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
        WHERE t.workspace_id = $1 AND t.id = ANY($2) AND t.id <> $3
          AND t.status_category IN ('resolved', 'closed') AND t.merged_into IS NULL AND {seen}
        ORDER BY m.id DESC LIMIT $4""",
        tx.workspace_id,
        list(ticket_ids),
        but,
        most,
        *values,
    )
