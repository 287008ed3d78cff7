"""Brands' pages in the database."""

from __future__ import annotations

import msgspec

from yizhan.domains.portal.types import Portal
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_PORTAL = ", ".join(field.name for field in msgspec.structs.fields(Portal))


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


async def sso_secret(tx: Tx, brand_id: int) -> bytes | None:
    """Sealed; None where the website may not hand customers over."""
    found: bytes | None = await tx.db.fetchval(
        "SELECT sso_secret FROM portal WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        brand_id,
    )
    return found


async def set_sso_secret(tx: Tx, brand_id: int, *, sealed: bytes | None) -> None:
    await tx.db.execute(
        "UPDATE portal SET sso_secret = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        brand_id,
        sealed,
        tx.now,
    )
