"""People and work for a scene: a workspace of its own, agents in teams, many copies of one ticket."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from yizhan.app.bench.stage import Stage
from yizhan.domains.identity.service import workspaces
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.kernel import crypto
from yizhan.kernel.actor import system

_AGENTS = """
WITH made AS (
  INSERT INTO agent (workspace_id, id, email, name, capacity)
  SELECT $1, $2::bigint + n, 'bench' || ($2::bigint + n) || '@desk.example.test', 'Agent ' || n, $5
  FROM generate_series(0, $3::int - 1) n RETURNING id
), joined AS (
  INSERT INTO team_member (workspace_id, team_id, agent_id)
  SELECT $1, ($4::bigint[])[1 + (id - $2) % cardinality($4::bigint[])], id FROM made
)
INSERT INTO agent_role (workspace_id, agent_id, role_id) SELECT $1, id, $6::bigint FROM made
"""
_TEAMS = """
INSERT INTO team (workspace_id, id, name, assignment)
SELECT $1, $2::bigint + n, 'Team ' || n, $4::jsonb FROM generate_series(0, $3::int - 1) n
"""
_ROLE = "SELECT id FROM role WHERE workspace_id = $1 AND system = 'agent'"
_COLUMNS = """
SELECT column_name AS name, data_type AS kind FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_TEAM_SIZE = 25


class Place(msgspec.Struct):
    """A workspace, its teams and agents."""

    workspace_id: int
    teams: list[int]
    agents: list[int]


async def workspace(stage: Stage, name: str) -> int:
    """A new workspace, so that what a scene needs to be so stays out of the others."""
    database = stage.edge.database
    async with database.begin(system(database.new_id())) as tx:
        slug = f"bench-{name}-{tx.workspace_id % 36**6:x}"
        made = await workspaces.create(tx, vault=stage.edge.vault, name=slug, slug=slug)
    return int(made.workspace.id)


async def hire(
    stage: Stage, workspace_id: int, *, agents: int, capacity: int, mode: str = "manual"
) -> Place:
    """Agents of the default role, twenty-five to a team."""
    new_id = stage.edge.database.new_id
    size = max(1, agents // _TEAM_SIZE)
    first_team, first = new_id(), new_id()
    async with stage.owner.acquire() as owner:
        await owner.execute(
            _TEAMS, workspace_id, first_team, size, msgspec.json.encode({"mode": mode}).decode()
        )
        role = await owner.fetchval(_ROLE, workspace_id)
        teams = [first_team + n for n in range(size)]
        await owner.execute(_AGENTS, workspace_id, first, agents, teams, capacity, role)
    return Place(workspace_id, teams, [first + n for n in range(agents)])


async def sign_in(stage: Stage, place: Place) -> list[str]:
    """A session of each agent, as their browsers would hold it."""
    made = [crypto.token("") for _ in place.agents]
    await stage.owner.execute(
        "INSERT INTO session (workspace_id, id, agent_id, token_hash, expires_at)"
        " SELECT $1, u.agent + 1, u.agent, u.hash, now() + interval '1 day'"
        " FROM unnest($2::bigint[], $3::bytea[]) AS u (agent, hash)",
        place.workspace_id,
        place.agents,
        [crypto.digest(one) for one in made],
    )
    return made


async def ticket(stage: Stage, workspace_id: int, *, team_id: int | None = None) -> int:
    """One ticket by the way of all tickets: the pattern of its copies."""
    async with stage.edge.database.begin(system(workspace_id)) as tx:
        receipt = await tickets.create(
            tx,
            requester=tickets.Requester(email=f"c{tx.new_id()}@shop.example.test"),
            incoming=Received(
                channel="api", contact_id=0, author_name="", text="耳机连不上", team_id=team_id
            ),
        )
    return receipt.ticket_id


async def copy(
    stage: Stage,
    table: str,
    *,
    workspace_id: int,
    where: str,
    count: int,
    given: Mapping[str, str],
) -> None:
    """So many copies of some rows; ``given`` says by SQL what of copy ``n`` is different."""
    async with stage.owner.acquire() as owner:
        rows = await owner.fetch(_COLUMNS, table)
        names = [row["name"] for row in rows if row["name"] != "xid"]
        values = [given.get(name, f"t.{name}") for name in names]
        await owner.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
            f" FROM {table} t, generate_series(1, {count:d}) n"
            f" WHERE t.workspace_id = {workspace_id:d} AND {where}"
        )


async def shift(stage: Stage, table: str, by: str) -> dict[str, str]:
    """The moments of a table, each copy's later by so much."""
    rows = await stage.owner.fetch(_COLUMNS, table)
    return {
        row["name"]: f"t.{row['name']} + {by}"
        for row in rows
        if row["kind"].startswith("timestamp")
    }
