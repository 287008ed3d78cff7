"""The only file that reads and writes views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.tickets.views.types import Place, View
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_VIEW = ", ".join(field.name for field in msgspec.structs.fields(View))
WORKSPACE = 0  # the place of what holds for everybody


async def view(tx: Tx, view_id: int, *, lock: bool = False) -> View | None:
    return await tx.db.fetchrow_as(
        View,
        f"SELECT {_VIEW} FROM view WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        view_id,
    )


async def visible(tx: Tx) -> list[View]:
    """All views that the actor may see, the oldest first."""
    rows = await tx.db.fetch_as(
        View,
        f"SELECT {_VIEW} FROM view WHERE workspace_id = $1 AND (owner_id IS NOT DISTINCT FROM $2"
        " OR shared_all OR shared_teams && $3::bigint[] OR $2 = ANY(shared_agents)) ORDER BY id",
        tx.workspace_id,
        tx.actor.agent_id,
        sorted(tx.actor.teams),
    )
    return [row for row in rows if row.is_visible(tx.actor)]


async def count_of(tx: Tx, owner_id: int | None) -> int:
    found: int = await tx.db.fetchval(
        "SELECT count(*) FROM view WHERE workspace_id = $1 AND owner_id IS NOT DISTINCT FROM $2",
        tx.workspace_id,
        owner_id,
    )
    return found


async def insert(tx: Tx, values: dict[str, Any]) -> None:
    statement, args = sql.statement(sql.Insert("view", {"workspace_id": tx.workspace_id, **values}))
    await tx.db.execute(statement, *args)


async def update(tx: Tx, view_id: int, values: dict[str, Any]) -> None:
    changed = {**values, "updated_at": tx.now, "version": sql.Expr("version + 1")}
    statement, args = sql.statement(
        sql.Update("view", {"workspace_id": tx.workspace_id, "id": view_id}, changed)
    )
    await tx.db.execute(statement, *args)


async def delete(tx: Tx, view_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM view WHERE workspace_id = $1 AND id = $2", tx.workspace_id, view_id
    )


async def places(tx: Tx) -> tuple[Place, Place]:
    """The workspace's place and the actor's own."""
    rows = await tx.db.fetch(
        "SELECT agent_id, ids, hidden FROM view_place WHERE workspace_id = $1 AND agent_id = ANY($2)",
        tx.workspace_id,
        [WORKSPACE, tx.actor.agent_id or WORKSPACE],
    )
    found = {row["agent_id"]: Place(tuple(row["ids"]), frozenset(row["hidden"])) for row in rows}
    mine = found.get(tx.actor.agent_id or WORKSPACE, Place())
    return found.get(WORKSPACE, Place()), mine


async def keep_place(
    tx: Tx, agent_id: int, *, ids: Sequence[str] | None = None, hidden: Sequence[str] | None = None
) -> None:
    """Keep an order, or what is put away; what is None stays."""
    await tx.db.execute(
        "INSERT INTO view_place (workspace_id, agent_id, ids, hidden)"
        " VALUES ($1, $2, coalesce($3::text[], '{}'), coalesce($4::text[], '{}'))"
        " ON CONFLICT (workspace_id, agent_id) DO UPDATE SET"
        " ids = coalesce($3, view_place.ids), hidden = coalesce($4, view_place.hidden)",
        tx.workspace_id,
        agent_id,
        None if ids is None else list(ids),
        None if hidden is None else list(hidden),
    )


async def people(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """Names of agents."""
    rows = await tx.db.fetch(
        "SELECT id, name FROM agent WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row[0]: row[1] for row in rows}


async def missing(tx: Tx, *, teams: Sequence[int], agents: Sequence[int]) -> bool:
    """Whether a team or an agent is not there."""
    found: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM unnest($2::bigint[]) AS u (id) WHERE NOT EXISTS"
        "  (SELECT FROM team x WHERE x.workspace_id = $1 AND x.id = u.id))"
        " OR EXISTS (SELECT FROM unnest($3::bigint[]) AS u (id) WHERE NOT EXISTS"
        "  (SELECT FROM agent x WHERE x.workspace_id = $1 AND x.id = u.id))",
        tx.workspace_id,
        list(teams),
        list(agents),
    )
    return found
