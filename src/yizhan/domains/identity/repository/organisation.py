"""Rows of workspaces, brands, units and teams."""

from __future__ import annotations

from yizhan.domains.identity.types import Brand, Team, Unit, Workspace
from yizhan.kernel.tx import Tx

_WORKSPACE = """
SELECT workspace_id AS id, slug, name, locale, time_zone, settings, setup_done, created_at
FROM workspace WHERE workspace_id = $1
"""
_ADD_WORKSPACE = """
INSERT INTO workspace (workspace_id, slug, name, locale, time_zone, secret)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slug) DO NOTHING RETURNING workspace_id
"""
_SET_WORKSPACE = """
UPDATE workspace SET name = $2, locale = $3, time_zone = $4, settings = $5, setup_done = $6
WHERE workspace_id = $1
"""
_BRAND = """
SELECT id, name, color, logo_file_id, locale, sender_name, signature, active, created_at
FROM brand WHERE workspace_id = $1
"""
_ADD_BRAND = """
INSERT INTO brand (workspace_id, id, name, color, logo_file_id, locale, sender_name, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_SET_BRAND = """
UPDATE brand SET name = $3, color = $4, logo_file_id = $5, locale = $6, sender_name = $7,
       signature = $8, active = $9
WHERE workspace_id = $1 AND id = $2
"""
_UNIT = "SELECT id, parent_id, kind, name, path FROM unit WHERE workspace_id = $1"
_ADD_UNIT = """
INSERT INTO unit (workspace_id, id, parent_id, kind, name, path) VALUES ($1, $2, $3, $4, $5, $6)
"""
_SET_UNIT = """
UPDATE unit SET name = $3, kind = $4, parent_id = $5 WHERE workspace_id = $1 AND id = $2
"""
# Everything at and below $2 leaves its old path and hangs below the path $3.
_MOVE = """
UPDATE unit SET path = $3::bigint[] || path[array_position(path, $2):]
WHERE workspace_id = $1 AND path @> ARRAY[$2]::bigint[]
"""
_TEAM = """
SELECT t.id, t.unit_id, t.name, t.description, t.assignment, t.created_at,
       ARRAY(SELECT m.agent_id FROM team_member m
             WHERE m.workspace_id = t.workspace_id AND m.team_id = t.id
             ORDER BY m.agent_id) AS members
FROM team t WHERE t.workspace_id = $1 AND t.active
"""
_ADD_TEAM = """
INSERT INTO team (workspace_id, id, unit_id, name, description, assignment)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_SET_TEAM = """
UPDATE team SET unit_id = $3, name = $4, description = $5, assignment = $6
WHERE workspace_id = $1 AND id = $2
"""


async def workspace(tx: Tx) -> Workspace | None:
    return await tx.db.fetchrow_as(Workspace, _WORKSPACE, tx.workspace_id)


async def lock_workspace(tx: Tx) -> None:
    """One at a time: for what must hold over several rows, like the tree or the last admin."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('identity', $1))", tx.workspace_id
    )


async def add_workspace(
    tx: Tx, *, slug: str, name: str, locale: str, time_zone: str, secret: bytes
) -> bool:
    """False when the slug is taken."""
    added = await tx.db.fetchval(
        _ADD_WORKSPACE, tx.workspace_id, slug, name, locale, time_zone, secret
    )
    return added is not None


async def set_workspace(tx: Tx, new: Workspace) -> None:
    await tx.db.execute(
        _SET_WORKSPACE,
        tx.workspace_id,
        new.name,
        new.locale,
        new.time_zone,
        new.settings,
        new.setup_done,
    )


async def workspace_secret(tx: Tx) -> bytes:
    secret: bytes = await tx.db.fetchval(
        "SELECT secret FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    return secret


async def brands(tx: Tx) -> list[Brand]:
    return await tx.db.fetch_as(Brand, f"{_BRAND} AND active ORDER BY id", tx.workspace_id)


async def brand(tx: Tx, brand_id: int) -> Brand | None:
    return await tx.db.fetchrow_as(Brand, f"{_BRAND} AND id = $2", tx.workspace_id, brand_id)


async def add_brand(tx: Tx, new: Brand) -> None:
    await tx.db.execute(
        _ADD_BRAND,
        tx.workspace_id,
        new.id,
        new.name,
        new.color,
        new.logo_file_id,
        new.locale,
        new.sender_name,
        new.signature,
    )


async def set_brand(tx: Tx, new: Brand) -> None:
    await tx.db.execute(
        _SET_BRAND,
        tx.workspace_id,
        new.id,
        new.name,
        new.color,
        new.logo_file_id,
        new.locale,
        new.sender_name,
        new.signature,
        new.active,
    )


async def file_exists(tx: Tx, file_id: int) -> bool:
    found = await tx.db.fetchval(
        "SELECT true FROM file WHERE workspace_id = $1 AND id = $2", tx.workspace_id, file_id
    )
    return found is not None


async def units(tx: Tx) -> list[Unit]:
    return await tx.db.fetch_as(Unit, f"{_UNIT} ORDER BY path", tx.workspace_id)


async def unit(tx: Tx, unit_id: int) -> Unit | None:
    return await tx.db.fetchrow_as(Unit, f"{_UNIT} AND id = $2", tx.workspace_id, unit_id)


async def root_unit(tx: Tx) -> Unit | None:
    return await tx.db.fetchrow_as(
        Unit, f"{_UNIT} AND parent_id IS NULL ORDER BY id LIMIT 1", tx.workspace_id
    )


async def add_unit(tx: Tx, new: Unit) -> None:
    await tx.db.execute(
        _ADD_UNIT, tx.workspace_id, new.id, new.parent_id, new.kind, new.name, new.path
    )


async def set_unit(tx: Tx, new: Unit) -> None:
    await tx.db.execute(_SET_UNIT, tx.workspace_id, new.id, new.name, new.kind, new.parent_id)


async def move_units(tx: Tx, unit_id: int, *, below: list[int]) -> None:
    await tx.db.execute(_MOVE, tx.workspace_id, unit_id, below)


async def unit_in_use(tx: Tx, unit_id: int) -> bool:
    used: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM unit WHERE workspace_id = $1 AND parent_id = $2)"
        " OR EXISTS (SELECT FROM team WHERE workspace_id = $1 AND unit_id = $2 AND active)",
        tx.workspace_id,
        unit_id,
    )
    return used


async def delete_unit(tx: Tx, unit_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM unit WHERE workspace_id = $1 AND id = $2", tx.workspace_id, unit_id
    )


async def teams(tx: Tx) -> list[Team]:
    return await tx.db.fetch_as(Team, f"{_TEAM} ORDER BY t.name, t.id", tx.workspace_id)


async def team(tx: Tx, team_id: int) -> Team | None:
    return await tx.db.fetchrow_as(Team, f"{_TEAM} AND t.id = $2", tx.workspace_id, team_id)


async def existing_teams(tx: Tx, team_ids: list[int]) -> set[int]:
    rows = await tx.db.fetch(
        "SELECT id FROM team WHERE workspace_id = $1 AND id = ANY($2) AND active",
        tx.workspace_id,
        team_ids,
    )
    return {row["id"] for row in rows}


async def add_team(tx: Tx, new: Team) -> None:
    await tx.db.execute(
        _ADD_TEAM, tx.workspace_id, new.id, new.unit_id, new.name, new.description, new.assignment
    )
    await set_members(tx, new.id, members=new.members)


async def set_team(tx: Tx, new: Team) -> None:
    await tx.db.execute(
        _SET_TEAM, tx.workspace_id, new.id, new.unit_id, new.name, new.description, new.assignment
    )


async def set_members(tx: Tx, team_id: int, *, members: list[int]) -> None:
    """Exactly these agents, and nobody else, are in the team."""
    await tx.db.execute(
        "DELETE FROM team_member WHERE workspace_id = $1 AND team_id = $2 AND agent_id <> ALL($3)",
        tx.workspace_id,
        team_id,
        members,
    )
    await tx.db.execute(
        "INSERT INTO team_member (workspace_id, team_id, agent_id)"
        " SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        team_id,
        members,
    )


async def delete_team(tx: Tx, team_id: int) -> None:
    """Kept as a row: tickets of the past name it."""
    await set_members(tx, team_id, members=[])
    await tx.db.execute(
        "UPDATE team SET active = false WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        team_id,
    )
