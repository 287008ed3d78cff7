"""All SQL of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yizhan.domains.contacts.types import Company, Contact, Identity, IdentityRow, Merge
from yizhan.kernel import text
from yizhan.kernel.tx import Tx

_CONTACT = """c.id, c.name, c.company_id, c.locale, c.time_zone, c.note, c.tags, c.vip, c.blocked,
c.avatar_file_id, c.fields, c.merged_into, c.version, c.created_at, c.updated_at"""
_IDENTITY = """i.id, i.contact_id, i.kind, i.scope, i.value, i.display, i.strength, i.verified,
i.shared, i.source, i.first_seen_at, i.last_seen_at"""
_COMPANY = "id, name, domains, note, fields, created_at"


# ------------------------------------------------------------------------------------ identities


async def lock(tx: Tx, wanted: Sequence[Identity]) -> None:
    """One at a time per kind and value, whatever the scope; in one order, so no deadlock."""
    keys = sorted({f"identity|{tx.workspace_id}|{i.kind}|{i.value}" for i in wanted})
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest($1::text[]) AS u (k)",
        keys,
    )


async def look_up(tx: Tx, wanted: Sequence[Identity]) -> list[IdentityRow]:
    """Everybody who holds one of these, or came by a lane of the same kind and value.

    Bare claims are left out: there may be any number of them and they find nobody.
    """
    # As rows and not as arrays: how many there are is then known to a plan that is made once.
    rows = ", ".join(f"(${n}::text, ${n + 1}::text)" for n in range(2, 2 * len(wanted) + 2, 2))
    return await tx.db.fetch_as(
        IdentityRow,
        f"""
        SELECT {_IDENTITY} FROM identity i
        JOIN (VALUES {rows}) AS w (kind, value) ON w.kind = i.kind AND w.value = i.value
        WHERE i.workspace_id = $1 AND (i.strength >= 2 OR i.scope <> '')
        """,
        tx.workspace_id,
        *(part for one in wanted for part in (one.kind, one.value)),
    )


async def identities_of(tx: Tx, contact_ids: Sequence[int]) -> list[IdentityRow]:
    return await tx.db.fetch_as(
        IdentityRow,
        f"""SELECT {_IDENTITY} FROM identity i WHERE i.workspace_id = $1 AND i.contact_id = ANY($2)
        ORDER BY i.contact_id, i.strength DESC, i.id""",
        tx.workspace_id,
        list(contact_ids),
    )


async def add_identity(
    tx: Tx, contact_id: int, *, identity: Identity, display: str
) -> tuple[int, int] | None:
    """Insert; what somebody else holds becomes a claim. Returns (id, strength), None if known."""
    row = await tx.db.fetchrow(
        """
        INSERT INTO identity (workspace_id, id, contact_id, kind, scope, value, display, strength,
                              verified, source, first_seen_at, last_seen_at)
        SELECT $1, $2, $3, $4, $5, $6, $7,
               CASE WHEN held THEN least($8, 1) ELSE $8 END, $9 AND NOT held, $10, $11, $11
        FROM (SELECT EXISTS (
            SELECT FROM identity h WHERE h.workspace_id = $1 AND h.kind = $4 AND h.scope = $5
              AND h.value = $6 AND h.strength >= 2 AND h.contact_id <> $3) AS held) AS s
        ON CONFLICT DO NOTHING RETURNING id, strength
        """,
        tx.workspace_id,
        tx.new_id(),
        contact_id,
        identity.kind,
        identity.scope,
        identity.value,
        display,
        identity.strength,
        identity.verified,
        identity.source,
        tx.now,
    )
    return None if row is None else (row["id"], row["strength"])


async def touch_identity(tx: Tx, identity_id: int, *, strength: int, verified: bool) -> None:
    """Seen again, maybe better proven than before; never weaker, never against another holder."""
    await tx.db.execute(
        """
        UPDATE identity i SET last_seen_at = $3, verified = i.verified OR ($5 AND NOT held),
            strength = CASE WHEN held THEN i.strength ELSE greatest(i.strength, $4) END
        FROM (SELECT EXISTS (
            SELECT FROM identity m JOIN identity h ON h.workspace_id = m.workspace_id
              AND h.kind = m.kind AND h.scope = m.scope AND h.value = m.value
            WHERE m.workspace_id = $1 AND m.id = $2
              AND h.strength >= 2 AND h.contact_id <> m.contact_id) AS held) AS s
        WHERE i.workspace_id = $1 AND i.id = $2
        """,
        tx.workspace_id,
        identity_id,
        tx.now,
        strength,
        verified,
    )


async def identity(tx: Tx, contact_id: int, *, identity_id: int) -> IdentityRow | None:
    return await tx.db.fetchrow_as(
        IdentityRow,
        f"""SELECT {_IDENTITY} FROM identity i
        WHERE workspace_id = $1 AND contact_id = $2 AND id = $3""",
        tx.workspace_id,
        contact_id,
        identity_id,
    )


async def remove_identity(tx: Tx, identity_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM identity WHERE workspace_id = $1 AND id = $2", tx.workspace_id, identity_id
    )


async def set_strength(tx: Tx, identity_id: int, *, strength: int) -> None:
    await tx.db.execute(
        "UPDATE identity SET strength = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        identity_id,
        strength,
    )


async def set_shared(tx: Tx, identity_id: int, *, shared: bool) -> None:
    await tx.db.execute(
        "UPDATE identity SET shared = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        identity_id,
        shared,
    )


async def holder(tx: Tx, identity: Identity) -> int | None:
    found: int | None = await tx.db.fetchval(
        """SELECT contact_id FROM identity WHERE workspace_id = $1 AND kind = $2 AND scope = $3
        AND value = $4 AND strength >= 2""",
        tx.workspace_id,
        identity.kind,
        identity.scope,
        identity.value,
    )
    return found


# -------------------------------------------------------------------------------------- contacts


async def contacts(tx: Tx, ids: Sequence[int]) -> dict[int, Contact]:
    rows = await tx.db.fetch_as(
        Contact,
        f"SELECT {_CONTACT} FROM contact c WHERE c.workspace_id = $1 AND c.id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row.id: row for row in rows}


async def contact(tx: Tx, contact_id: int, *, lock: bool = False) -> Contact | None:
    return await tx.db.fetchrow_as(
        Contact,
        f"SELECT {_CONTACT} FROM contact c WHERE c.workspace_id = $1 AND c.id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        contact_id,
    )


async def seen_again(tx: Tx, contact_id: int, *, identities: Sequence[int]) -> Contact | None:
    """The contact, and their identities marked as seen now; one that somebody else is marking is left to them."""
    return await tx.db.fetchrow_as(
        Contact,
        f"""
        WITH seen AS (
            UPDATE identity SET last_seen_at = $4 WHERE workspace_id = $1 AND id = ANY(ARRAY(
                SELECT id FROM identity WHERE workspace_id = $1 AND id = ANY($3)
                FOR NO KEY UPDATE SKIP LOCKED)))
        SELECT {_CONTACT} FROM contact c WHERE c.workspace_id = $1 AND c.id = $2
        """,
        tx.workspace_id,
        contact_id,
        list(identities),
        tx.now,
    )


async def insert(tx: Tx, *, name: str, locale: str | None, company_id: int | None) -> Contact:
    return await tx.db.returned_as(
        Contact,
        f"""INSERT INTO contact AS c
            (workspace_id, id, name, locale, company_id, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING {_CONTACT}""",
        tx.workspace_id,
        tx.new_id(),
        name,
        locale,
        company_id,
        tx.now,
    )


async def update(tx: Tx, contact_id: int, *, values: dict[str, Any]) -> Contact:
    """``values``: column -> value; the columns come from our own code, never from a request."""
    sets = ", ".join(f"{column} = ${n}" for n, column in enumerate(values, start=4))
    return await tx.db.returned_as(
        Contact,
        f"""UPDATE contact AS c SET {sets}, version = version + 1, updated_at = $3
        WHERE c.workspace_id = $1 AND c.id = $2 RETURNING {_CONTACT}""",
        tx.workspace_id,
        contact_id,
        tx.now,
        *values.values(),
    )


async def listed(
    tx: Tx, *, before: tuple[datetime | None, int | None], limit: int, company_id: int | None
) -> list[Contact]:
    """Newest movement first, over the index contact_recent."""
    moment, last = before
    return await tx.db.fetch_as(
        Contact,
        f"""
        SELECT {_CONTACT} FROM contact c WHERE c.workspace_id = $1 AND c.merged_into IS NULL
          AND ($2::timestamptz IS NULL OR (c.updated_at, c.id) < ($2, $3))
          AND ($5::bigint IS NULL OR c.company_id = $5)
        ORDER BY c.updated_at DESC, c.id DESC LIMIT $4
        """,
        tx.workspace_id,
        moment,
        last,
        limit,
        company_id,
    )


async def found(tx: Tx, *, query: str | None, values: Sequence[str], most: int) -> list[int]:
    """Contacts by the words of their names and addresses, or by an exact identity."""
    rows = await tx.db.fetch(
        """
        SELECT id, max(at) AS at FROM (
            SELECT id, at FROM yizhan_search($2::tsquery, 'contact', false, $4)
            WHERE $2::tsquery IS NOT NULL
            UNION ALL
            SELECT contact_id, last_seen_at FROM identity
            WHERE workspace_id = $1 AND value = ANY($3)
        ) AS hit GROUP BY id ORDER BY at DESC LIMIT $4
        """,
        tx.workspace_id,
        query,
        list(values),
        most,
    )
    return [row["id"] for row in rows]


async def index(tx: Tx, contact: Contact, *, values: Sequence[str] | None = None) -> None:
    """Write what the contact is found by. ``values``: its identities, if the caller knows them."""
    if values is None:
        values = [row.value for row in await identities_of(tx, [contact.id])]
    words = " ".join([contact.name, contact.note, *contact.tags, *values])
    if contact.merged_into is not None:
        await tx.db.execute(
            "DELETE FROM search_doc WHERE workspace_id = $1 AND kind = 'contact' AND id = $2",
            tx.workspace_id,
            contact.id,
        )
        return
    await tx.db.execute(
        """INSERT INTO search_doc (workspace_id, kind, id, at, vector)
        VALUES ($1, 'contact', $2, $3, array_to_tsvector($4::text[]))
        ON CONFLICT (workspace_id, kind, id)
        DO UPDATE SET at = excluded.at, vector = excluded.vector""",
        tx.workspace_id,
        contact.id,
        tx.now,
        text.tokens(words),
    )


# ------------------------------------------------------------------------------------- companies


async def company(tx: Tx, company_id: int) -> Company | None:
    return await tx.db.fetchrow_as(
        Company,
        f"SELECT {_COMPANY} FROM company WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        company_id,
    )


async def companies(
    tx: Tx, *, before: tuple[datetime | None, int | None], limit: int, q: str
) -> list[Company]:
    moment, last = before
    return await tx.db.fetch_as(
        Company,
        f"""SELECT {_COMPANY} FROM company WHERE workspace_id = $1
        AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3))
        AND ($5 = '' OR position(lower($5) in lower(name)) > 0 OR lower($5) = ANY(domains))
        ORDER BY created_at DESC, id DESC LIMIT $4""",
        tx.workspace_id,
        moment,
        last,
        limit,
        q,
    )


async def company_names(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    rows = await tx.db.fetch(
        "SELECT id, name FROM company WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row["id"]: row["name"] for row in rows}


async def company_by_domain(tx: Tx, domain: str) -> int | None:
    found: int | None = await tx.db.fetchval(
        "SELECT id FROM company WHERE workspace_id = $1 AND $2 = ANY(domains) ORDER BY id LIMIT 1",
        tx.workspace_id,
        domain,
    )
    return found


async def save_company(tx: Tx, company: Company) -> None:
    await tx.db.execute(
        """INSERT INTO company (workspace_id, id, name, domains, note, fields, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, id)
        DO UPDATE SET name = $3, domains = $4, note = $5, fields = $6""",
        tx.workspace_id,
        company.id,
        company.name,
        company.domains,
        company.note,
        company.fields,
        company.created_at,
    )


# ---------------------------------------------------------------------------------------- merges


async def move_identities(tx: Tx, ids: Sequence[int], *, to: int) -> None:
    await tx.db.execute(
        "UPDATE identity SET contact_id = $3 WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
        to,
    )


async def restore_identity(tx: Tx, contact_id: int, *, row: dict[str, Any]) -> None:
    await tx.db.execute(
        """INSERT INTO identity (workspace_id, id, contact_id, kind, scope, value, display,
            strength, verified, shared, source, first_seen_at, last_seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING""",
        tx.workspace_id,
        int(row["id"]),
        contact_id,
        row["kind"],
        row["scope"],
        row["value"],
        row["display"],
        row["strength"],
        row["verified"],
        row["shared"],
        row["source"],
        datetime.fromisoformat(row["first_seen_at"]),
        datetime.fromisoformat(row["last_seen_at"]),
    )


async def add_merge(tx: Tx, *, winner_id: int, loser_id: int, undo: dict[str, Any]) -> int:
    merge_id = tx.new_id()
    await tx.db.execute(
        """INSERT INTO contact_merge
            (workspace_id, id, winner_id, loser_id, undo, merged_by, merged_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        tx.workspace_id,
        merge_id,
        winner_id,
        loser_id,
        undo,
        tx.actor.stamp(),
        tx.now,
    )
    return merge_id


async def merge(tx: Tx, merge_id: int) -> Merge | None:
    return await tx.db.fetchrow_as(
        Merge,
        """SELECT id, winner_id, loser_id, undo, undone_at FROM contact_merge
        WHERE workspace_id = $1 AND id = $2 FOR UPDATE""",
        tx.workspace_id,
        merge_id,
    )


async def merges_of(tx: Tx, contact_id: int) -> list[Merge]:
    return await tx.db.fetch_as(
        Merge,
        """SELECT id, winner_id, loser_id, undo, undone_at FROM contact_merge
        WHERE workspace_id = $1 AND winner_id = $2 AND undone_at IS NULL
        ORDER BY id DESC LIMIT 20""",
        tx.workspace_id,
        contact_id,
    )


async def end_merge(tx: Tx, merge_id: int) -> None:
    await tx.db.execute(
        "UPDATE contact_merge SET undone_at = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        merge_id,
        tx.now,
    )
