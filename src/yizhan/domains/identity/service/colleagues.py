"""Other agents as actors: what they may see and do, asked by the desk on their behalf."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from yizhan.domains.identity.service import authentication
from yizhan.domains.identity.types import ANY
from yizhan.kernel.actor import Actor, Grant
from yizhan.kernel.tx import Tx

_RIGHTS = """
SELECT id, yizhan_agent_rights(workspace_id, id) AS rights FROM agent
WHERE workspace_id = $1 AND id = ANY($2::bigint[]) AND active
"""


def _actor(workspace_id: int, rights: Mapping[str, Any]) -> Actor:
    home = frozenset(int(unit) for unit in rights.get("home", ()))
    return Actor(
        kind="agent",
        workspace_id=workspace_id,
        id=int(rights["id"]),
        agent_id=int(rights["id"]),
        name=rights["name"],
        locale=rights["locale"],
        grants=authentication.grants_of(rights["grants"], home),
        teams=frozenset(int(team) for team in rights["teams"]),
        units={
            int(unit): frozenset(int(below) for below in all_below)
            for unit, all_below in rights["units"].items()
        },
    )


async def actors(tx: Tx, agent_ids: Collection[int]) -> dict[int, Actor]:
    """Active agents by id, with their present rights. Those who left are missing."""
    if not agent_ids:
        return {}
    rows = await tx.db.fetch(_RIGHTS, tx.workspace_id, sorted(set(agent_ids)))
    return {row["id"]: _actor(tx.workspace_id, row["rights"]) for row in rows}


async def again(tx: Tx, *, agent_id: int | None, token_id: int | None) -> Actor | None:
    """Whoever asked for something earlier, with today's rights; None when they may no longer act."""
    if token_id is None:
        return (await actors(tx, [agent_id])).get(agent_id) if agent_id is not None else None
    row = await tx.db.fetchrow(
        "SELECT name, scopes, agent_id FROM api_token WHERE workspace_id = $1 AND id = $2"
        " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())",
        tx.workspace_id,
        token_id,
    )
    if row is None:
        return None
    behind = None
    if row["agent_id"] is not None:
        behind = (await actors(tx, [row["agent_id"]])).get(row["agent_id"])
        if behind is None:
            return None
    return Actor(
        kind="token",
        workspace_id=tx.workspace_id,
        id=token_id,
        agent_id=row["agent_id"],
        name=row["name"],
        grants=behind.grants if behind else (Grant(ANY),),
        teams=behind.teams if behind else frozenset(),
        units=behind.units if behind else {},
        scopes=None if ANY in row["scopes"] else frozenset(row["scopes"]),
    )
