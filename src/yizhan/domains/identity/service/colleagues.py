"""Other agents as actors: what they may see and do, asked by the desk on their behalf."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from yizhan.domains.identity.service import authentication
from yizhan.kernel.actor import Actor
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
