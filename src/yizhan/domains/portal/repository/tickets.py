"""What customers see of their tickets in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.portal.types import MessageLine, TicketLine
from yizhan.kernel.tx import Tx

# What a customer sees of a ticket: public, and not while an agent may still take it back.
_SEEN = """m.visibility = 'public' AND (m.direction = 'in'
  OR (m.direction = 'out' AND m.delivery_state NOT IN ('queued', 'sending', 'held', 'cancelled')))"""
_TICKET = """
SELECT t.id, t.number, t.subject, t.status, t.status_category, s.name AS status_names, t.requester_id,
  k.name AS requester_name, t.created_at, t.last_message_at
FROM ticket t JOIN contact k ON k.workspace_id = t.workspace_id AND k.id = t.requester_id
LEFT JOIN ticket_status s ON s.workspace_id = t.workspace_id AND s.id = t.status
WHERE t.workspace_id = $1 AND (t.brand_id IS NULL OR t.brand_id = $2)"""
# Uses ticket_requester, for one contact or for those of a company.
_MINE = "t.requester_id = $3"
_OURS = """(t.requester_id = $3 OR t.requester_id IN (SELECT c.id FROM contact c
  WHERE c.workspace_id = $1 AND c.company_id = $4))"""


def _whose(company_id: int | None) -> tuple[str, list[Any]]:
    return (_MINE, []) if company_id is None else (_OURS, [company_id])


async def tickets(
    tx: Tx,
    *,
    brand_id: int,
    contact_id: int,
    company_id: int | None,
    before: int | None,
    limit: int,
) -> list[TicketLine]:
    """The newest first; with a company those of all its people."""
    clause, more = _whose(company_id)
    return [
        _ticket(row)
        for row in await tx.db.fetch(
            f"{_TICKET} AND {clause} AND (${4 + len(more)}::bigint IS NULL OR t.id < ${4 + len(more)})"
            f" ORDER BY t.id DESC LIMIT {limit:d}",
            tx.workspace_id,
            brand_id,
            contact_id,
            *more,
            before,
        )
    ]


async def ticket(
    tx: Tx, number: int, *, brand_id: int, contact_id: int, company_id: int | None
) -> TicketLine | None:
    clause, more = _whose(company_id)
    row = await tx.db.fetchrow(
        f"{_TICKET} AND {clause} AND t.number = ${4 + len(more)}",
        tx.workspace_id,
        brand_id,
        contact_id,
        *more,
        number,
    )
    return None if row is None else _ticket(row)


def _ticket(row: Any) -> TicketLine:
    return TicketLine(**{**row, "status_names": row["status_names"] or {}})


async def messages(tx: Tx, ticket_id: int, *, most: int) -> list[MessageLine]:
    """The newest ones, oldest first. Uses message_ticket."""
    rows = await tx.db.fetch(
        f"""SELECT m.id, m.direction, m.author_id, m.author_name, m.body_text AS text,
            m.created_at AS at, coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.id::text,
              'name', f.name) ORDER BY a.position) FROM attachment a JOIN file f
              ON f.workspace_id = a.workspace_id AND f.id = a.file_id
              WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id), '[]') AS files
        FROM message m WHERE m.workspace_id = $1 AND m.ticket_id = $2 AND {_SEEN}
        ORDER BY m.id DESC LIMIT $3""",
        tx.workspace_id,
        ticket_id,
        most,
    )
    return [MessageLine(**row) for row in reversed(rows)]


async def file_tickets(tx: Tx, file_id: int) -> tuple[Any, Sequence[int]]:
    """A file and the numbers of the tickets where a customer could see it."""
    found = await tx.db.fetchrow(
        "SELECT name, content_type, sha256 FROM file WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        file_id,
    )
    rows = await tx.db.fetch(
        "SELECT DISTINCT t.number FROM attachment a JOIN message m ON m.workspace_id = a.workspace_id"
        " AND m.id = a.message_id JOIN ticket t ON t.workspace_id = m.workspace_id"
        f" AND t.id = m.ticket_id WHERE a.workspace_id = $1 AND a.file_id = $2 AND {_SEEN}",
        tx.workspace_id,
        file_id,
    )
    return found, [row[0] for row in rows]


async def conversation_of(tx: Tx, ticket_id: int, *, contact_id: int) -> int | None:
    """Where a customer's answer belongs: to their own thread, else to the one that moved last."""
    found: int | None = await tx.db.fetchval(
        "SELECT id FROM conversation WHERE workspace_id = $1 AND ticket_id = $2"
        " ORDER BY (contact_id = $3) DESC, last_inbound_at DESC NULLS LAST, id DESC LIMIT 1",
        tx.workspace_id,
        ticket_id,
        contact_id,
    )
    return found


async def begun_by(tx: Tx, key: str) -> int | None:
    """The number of the ticket that a form made already; of two at once, the second waits."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", key, tx.workspace_id
    )
    found: int | None = await tx.db.fetchval(
        "SELECT t.number FROM conversation c JOIN ticket t ON t.workspace_id = c.workspace_id"
        " AND t.id = c.ticket_id WHERE c.workspace_id = $1 AND c.inbox_id IS NULL"
        " AND c.external_key = $2 ORDER BY c.id LIMIT 1",
        tx.workspace_id,
        key,
    )
    return found
