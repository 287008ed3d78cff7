"""Links, hand-overs, sessions and roles of customers in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.domains.contacts import normal
from yizhan.kernel.tx import Tx


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
    """How many links a mailbox was sent, whatever the tags, and how many everybody was."""
    row = await tx.db.fetchrow(
        "SELECT count(*) FILTER (WHERE created_at > $3"
        "   AND regexp_replace(address, '^([^+@]+)\\+[^@]*@', '\\1@') = $2), count(*)"
        " FROM portal_link WHERE workspace_id = $1 AND created_at > $4",
        tx.workspace_id,
        normal.mailbox(address),
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


async def told_in(tx: Tx, link_id: int, *, secret: str) -> int | None:
    """The ticket with a customer's message that repeats a link. Over the primary key: what came since."""
    found: int | None = await tx.db.fetchval(
        "SELECT ticket_id FROM message WHERE workspace_id = $1 AND id > $2 AND direction = 'in'"
        " AND position($3 IN concat_ws(' ', body_text, body_html, quoted_text, quoted_html)) > 0 LIMIT 1",
        tx.workspace_id,
        link_id,
        secret,
    )
    return found


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


async def use_handover(tx: Tx, brand_id: int, *, key: bytes, expires_at: datetime) -> bool:
    """Of two who bring the same one, the first."""
    await tx.db.execute(
        "DELETE FROM portal_handover WHERE workspace_id = $1 AND expires_at < $2",
        tx.workspace_id,
        tx.now,
    )
    tag = await tx.db.execute(
        "INSERT INTO portal_handover (workspace_id, brand_id, key, expires_at)"
        " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        brand_id,
        key,
        expires_at,
    )
    return tag == "INSERT 0 1"
