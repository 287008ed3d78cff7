"""Rows of agents, their roles and teams, and roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity.types import Agent, Role
from yizhan.kernel.actor import Grant
from yizhan.kernel.tx import Tx

_AGENT = """
SELECT a.id, a.email, a.name, a.locale, a.theme, a.avatar_file_id, a.signature, a.preferences,
       a.capacity, a.active, a.totp_enabled, a.created_at,
       ARRAY(SELECT r.role_id FROM agent_role r
             WHERE r.workspace_id = a.workspace_id AND r.agent_id = a.id
             ORDER BY r.role_id) AS role_ids,
       ARRAY(SELECT m.team_id FROM team_member m
             WHERE m.workspace_id = a.workspace_id AND m.agent_id = a.id
             ORDER BY m.team_id) AS team_ids
FROM agent a WHERE a.workspace_id = $1
"""
_ADD_AGENT = """
INSERT INTO agent (workspace_id, id, email, name, password_hash, locale, capacity)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, lower(email)) DO NOTHING RETURNING id
"""
_SET_AGENT = """
UPDATE agent SET name = $3, locale = $4, theme = $5, avatar_file_id = $6, signature = $7,
       preferences = $8, capacity = $9, active = $10
WHERE workspace_id = $1 AND id = $2
"""
_HAS_ADMIN = """
SELECT EXISTS (
    SELECT FROM agent a
    JOIN agent_role ar ON ar.workspace_id = a.workspace_id AND ar.agent_id = a.id
    JOIN role r ON r.workspace_id = ar.workspace_id AND r.id = ar.role_id AND r.system = 'admin'
    WHERE a.workspace_id = $1 AND a.active)
"""
_ROLE = "SELECT id, name, system, grants FROM role WHERE workspace_id = $1"


async def agents(tx: Tx) -> list[Agent]:
    return await tx.db.fetch_as(Agent, f"{_AGENT} ORDER BY a.name, a.id", tx.workspace_id)


async def agent(tx: Tx, agent_id: int) -> Agent | None:
    return await tx.db.fetchrow_as(Agent, f"{_AGENT} AND a.id = $2", tx.workspace_id, agent_id)


async def lock_agent(tx: Tx, agent_id: int) -> None:
    """Before a change: the agent's own and an administrator's must not undo each other."""
    await tx.db.execute(
        "SELECT id FROM agent WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        tx.workspace_id,
        agent_id,
    )


async def existing_agents(tx: Tx, agent_ids: Sequence[int]) -> set[int]:
    rows = await tx.db.fetch(
        "SELECT id FROM agent WHERE workspace_id = $1 AND id = ANY($2) AND active",
        tx.workspace_id,
        list(agent_ids),
    )
    return {row["id"] for row in rows}


async def add_agent(
    tx: Tx,
    *,
    agent_id: int,
    email: str,
    name: str,
    password_hash: str | None,
    locale: str,
    capacity: int,
) -> bool:
    """False when the e-mail is taken."""
    added = await tx.db.fetchval(
        _ADD_AGENT, tx.workspace_id, agent_id, email, name, password_hash, locale, capacity
    )
    return added is not None


async def set_agent(tx: Tx, new: Agent) -> None:
    await tx.db.execute(
        _SET_AGENT,
        tx.workspace_id,
        new.id,
        new.name,
        new.locale,
        new.theme,
        new.avatar_file_id,
        new.signature,
        new.preferences,
        new.capacity,
        new.active,
    )


async def set_roles(tx: Tx, agent_id: int, *, role_ids: Sequence[int]) -> None:
    await tx.db.execute(
        "DELETE FROM agent_role WHERE workspace_id = $1 AND agent_id = $2 AND role_id <> ALL($3)",
        tx.workspace_id,
        agent_id,
        list(role_ids),
    )
    await tx.db.execute(
        "INSERT INTO agent_role (workspace_id, agent_id, role_id)"
        " SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        agent_id,
        list(role_ids),
    )


async def set_teams(tx: Tx, agent_id: int, *, team_ids: Sequence[int]) -> None:
    await tx.db.execute(
        "DELETE FROM team_member WHERE workspace_id = $1 AND agent_id = $2 AND team_id <> ALL($3)",
        tx.workspace_id,
        agent_id,
        list(team_ids),
    )
    await tx.db.execute(
        "INSERT INTO team_member (workspace_id, team_id, agent_id)"
        " SELECT $1, unnest($3::bigint[]), $2 ON CONFLICT DO NOTHING",
        tx.workspace_id,
        agent_id,
        list(team_ids),
    )


async def has_admin(tx: Tx) -> bool:
    """Whether the workspace has an active administrator."""
    found: bool = await tx.db.fetchval(_HAS_ADMIN, tx.workspace_id)
    return found


def _role(row: Any) -> Role:
    grants = msgspec.convert(row["grants"], tuple[Grant, ...], strict=False)
    return Role(id=row["id"], name=row["name"], system=row["system"], grants=grants)


async def roles(tx: Tx) -> list[Role]:
    return [_role(row) for row in await tx.db.fetch(f"{_ROLE} ORDER BY id", tx.workspace_id)]


async def roles_of(tx: Tx, role_ids: Sequence[int]) -> list[Role]:
    rows = await tx.db.fetch(f"{_ROLE} AND id = ANY($2)", tx.workspace_id, list(role_ids))
    return [_role(row) for row in rows]


async def role(tx: Tx, role_id: int) -> Role | None:
    row = await tx.db.fetchrow(f"{_ROLE} AND id = $2", tx.workspace_id, role_id)
    return None if row is None else _role(row)


async def add_role(tx: Tx, new: Role) -> None:
    await tx.db.execute(
        "INSERT INTO role (workspace_id, id, name, system, grants) VALUES ($1, $2, $3, $4, $5)",
        tx.workspace_id,
        new.id,
        new.name,
        new.system,
        msgspec.to_builtins(new.grants),
    )


async def set_role(tx: Tx, new: Role) -> None:
    await tx.db.execute(
        "UPDATE role SET name = $3, grants = $4 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        new.id,
        new.name,
        msgspec.to_builtins(new.grants),
    )


async def role_in_use(tx: Tx, role_id: int) -> bool:
    used: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM agent_role WHERE workspace_id = $1 AND role_id = $2)",
        tx.workspace_id,
        role_id,
    )
    return used


async def delete_role(tx: Tx, role_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM role WHERE workspace_id = $1 AND id = $2", tx.workspace_id, role_id
    )
