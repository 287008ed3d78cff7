"""The customers' pages in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.portal.types import MessageLine, Portal, TicketLine
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_PORTAL = ", ".join(field.name for field in msgspec.structs.fields(Portal))
# What a customer sees of a ticket: public, and not while an agent may still take it back.
_SEEN = """m.visibility = 'public' AND (m.direction = 'in'
  OR (m.direction = 'out' AND m.delivery_state NOT IN ('queued', 'sending', 'cancelled')))"""
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


async def portal(tx: Tx, brand_id: int) -> Portal | None:
    return await tx.db.fetchrow_as(
        Portal,
        f"SELECT {_PORTAL} FROM portal WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        brand_id,
    )


async def slug_holder(tx: Tx, slug: str) -> tuple[int, int] | None:
    """The workspace and brand that have a name in addresses, wherever they are."""
    row = await tx.db.fetchrow("SELECT workspace_id, id FROM yizhan_portal($1)", slug)
    return None if row is None else (row[0], row[1])


async def set_portal(tx: Tx, row: Portal) -> None:
    values = {name: getattr(row, name) for name in row.__struct_fields__}
    names = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    statement, args = sql.statement(
        sql.Insert(
            "portal",
            {"workspace_id": tx.workspace_id, **values},
            f"(workspace_id, id) DO UPDATE SET {names}",
        )
    )
    await tx.db.execute(statement, *args)


# --------------------------------------------------------------------------------------- signing in


async def add_link(
    tx: Tx, *, brand_id: int, address: str, locale: str, expires_at: datetime
) -> int:
    link_id = tx.new_id()
    await tx.db.execute(
        "INSERT INTO portal_link (workspace_id, id, brand_id, address, locale, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.workspace_id,
        link_id,
        brand_id,
        address,
        locale,
        tx.now,
        expires_at,
    )
    return link_id


async def links_since(
    tx: Tx, address: str, *, moment: datetime, of_all: datetime
) -> tuple[int, int]:
    """How many links an address asked for, and how many everybody did."""
    row = await tx.db.fetchrow(
        "SELECT (SELECT count(*) FROM portal_link WHERE workspace_id = $1 AND address = $2"
        "   AND created_at > $3), (SELECT count(*) FROM portal_link WHERE workspace_id = $1"
        "   AND created_at > $4)",
        tx.workspace_id,
        address,
        moment,
        of_all,
    )
    return (row[0], row[1]) if row is not None else (0, 0)


async def link(tx: Tx, link_id: int) -> Any:
    return await tx.db.fetchrow(
        "SELECT brand_id, address, locale, expires_at, used_at, sent_at FROM portal_link"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        link_id,
    )


async def mark_sent(tx: Tx, link_id: int) -> bool:
    """Of two who would send it, one does."""
    tag = await tx.db.execute(
        "UPDATE portal_link SET sent_at = $3 WHERE workspace_id = $1 AND id = $2 AND sent_at IS NULL",
        tx.workspace_id,
        link_id,
        tx.now,
    )
    return tag == "UPDATE 1"


async def unmark_sent(tx: Tx, link_id: int) -> None:
    await tx.db.execute(
        "UPDATE portal_link SET sent_at = NULL WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        link_id,
    )


async def use_link(tx: Tx, link_id: int, *, brand_id: int) -> str | None:
    """The address of a link that is still good; from now on it is not. One of two callers wins."""
    address: str | None = await tx.db.fetchval(
        "UPDATE portal_link SET used_at = $4 WHERE workspace_id = $1 AND id = $2 AND brand_id = $3"
        " AND used_at IS NULL AND expires_at > $4 RETURNING address",
        tx.workspace_id,
        link_id,
        brand_id,
        tx.now,
    )
    return address


async def forget_links(tx: Tx, *, before: datetime) -> None:
    await tx.db.execute(
        "DELETE FROM portal_link WHERE workspace_id = $1 AND created_at < $2",
        tx.workspace_id,
        before,
    )


async def add_session(
    tx: Tx, *, contact_id: int, brand_id: int, token_hash: bytes, expires_at: datetime
) -> None:
    await tx.db.execute(
        "INSERT INTO portal_session (workspace_id, id, contact_id, brand_id, token_hash, created_at,"
        " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.workspace_id,
        tx.new_id(),
        contact_id,
        brand_id,
        token_hash,
        tx.now,
        expires_at,
    )


async def end_session(tx: Tx, session_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM portal_session WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        session_id,
    )


async def customer(tx: Tx, token_hash: bytes, *, brand_id: int) -> Any:
    """Who a session is of, followed to the contact that it was merged into."""
    return await tx.db.fetchrow(
        """SELECT s.id AS session_id, k.id AS contact_id, k.name, k.tags, k.company_id, k.blocked,
            coalesce((SELECT i.value FROM identity i WHERE i.workspace_id = k.workspace_id
              AND i.contact_id = k.id AND i.kind = 'email' AND i.scope = ''
              ORDER BY i.strength DESC, i.id LIMIT 1), '') AS address,
            coalesce((SELECT r.company_tickets FROM portal_role r WHERE r.workspace_id = k.workspace_id
              AND r.contact_id = k.id), false) AS company_tickets
        FROM portal_session s
        JOIN contact o ON o.workspace_id = s.workspace_id AND o.id = s.contact_id
        JOIN contact k ON k.workspace_id = s.workspace_id AND k.id = coalesce(o.merged_into, o.id)
        WHERE s.workspace_id = $1 AND s.token_hash = $2 AND s.brand_id = $3 AND s.expires_at > $4""",
        tx.workspace_id,
        token_hash,
        brand_id,
        tx.now,
    )


async def role(tx: Tx, contact_id: int) -> bool:
    found: bool | None = await tx.db.fetchval(
        "SELECT company_tickets FROM portal_role WHERE workspace_id = $1 AND contact_id = $2",
        tx.workspace_id,
        contact_id,
    )
    return bool(found)


async def set_role(tx: Tx, contact_id: int, *, company_tickets: bool) -> None:
    await tx.db.execute(
        "INSERT INTO portal_role (workspace_id, contact_id, company_tickets) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id, contact_id) DO UPDATE SET company_tickets = $3",
        tx.workspace_id,
        contact_id,
        company_tickets,
    )


# ----------------------------------------------------------------------------------------- tickets


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
