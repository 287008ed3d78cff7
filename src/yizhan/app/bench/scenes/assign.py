"""A burst of tickets and many agents: how fast routing gives them out, and whether nobody gets too many."""

from __future__ import annotations

import asyncio
import math
import tempfile
import time
from collections import Counter
from pathlib import Path

from yizhan.app.bench import limit, load
from yizhan.app.bench.scenes import staff
from yizhan.app.bench.stage import Stage
from yizhan.domains.routing import distribution, intake
from yizhan.domains.routing.repository import config
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

_SPARE = 2  # of each agent's capacity
_RECORDED = 50  # decisions in one script
_PATIENCE = 60.0
_LOOK_SECONDS = 0.05
_EVENT = "type IN ('ticket.created')"


async def run(stage: Stage) -> load.Result:
    """The limit is pgbench sending what one distribution of fifty tickets sends; one
    client, because a workspace is given out by one at a time."""
    async with stage.worker():
        place = await _place(stage)
        with tempfile.TemporaryDirectory() as folder:
            pattern = await staff.ticket(stage, place.workspace_id, team_id=place.teams[0])
            await _settled(stage, place)
            recorded = await _record(stage, place, pattern, folder=Path(folder))
            stage.statements = recorded.statements / _RECORDED
            await _settled(stage, place)
            result = await _measure(stage, place, pattern)
            result.limit_rate = await stage.limit(recorded.paths, clients=1) * _RECORDED
    return result


async def _place(stage: Stage) -> staff.Place:
    """Everybody at work, with room for all that comes."""
    order = stage.order
    workspace_id = await staff.workspace(stage, "assign")
    capacity = math.ceil((order.tickets + _RECORDED + 1) / order.agents) + _SPARE
    place = await staff.hire(
        stage, workspace_id, agents=order.agents, capacity=capacity, mode="round_robin"
    )
    await stage.owner.execute(
        "INSERT INTO agent_presence (workspace_id, agent_id, state) SELECT $1, unnest($2::bigint[]), 'online'",
        workspace_id,
        place.agents,
    )
    return place


async def _burst(stage: Stage, place: staff.Place, pattern: int, *, count: int, told: bool) -> int:
    """Copies of a ticket in all teams, unassigned; told to the log as any new ticket. Gives the first id."""
    first = stage.edge.database.new_id()
    teams = ", ".join(str(team) for team in place.teams)
    new = f"{first:d} + n"
    given = {
        "id": new,
        "ticket_id": new,
        "number": f"{first % 10**9:d} + n",
        "team_id": f"(ARRAY[{teams}]::bigint[])[1 + n % {len(place.teams)}]",
        "assignee_id": "NULL",
        "status": "'new'",
        "status_category": "'new'",
    }
    common = {"workspace_id": place.workspace_id, "count": count}
    await staff.copy(stage, "ticket", where=f"t.id = {pattern:d}", given=given, **common)
    if told:
        data = f"jsonb_set(t.data, '{{ticket_id}}', to_jsonb(({new})::text))"
        given = {"id": f"{new} + {count:d}", "ticket_id": new, "at": "now()", "data": data}
        where = f"t.ticket_id = {pattern:d} AND {_EVENT}"
        await staff.copy(stage, "event", where=where, given=given, **common)
        stage.edge.database.notifier.poke(place.workspace_id, emitted=True, queued=False)
    return first


async def _record(
    stage: Stage, place: staff.Place, pattern: int, *, folder: Path
) -> limit.Recorded:
    first = await _burst(stage, place, pattern, count=_RECORDED, told=False)

    async def decide(edge: Edge) -> None:
        async with edge.database.begin(system(place.workspace_id)) as tx:
            await config.hold(tx)
            await intake.refresh(tx, [first + n for n in range(1, _RECORDED + 1)])
            await distribution.run(tx)

    return await limit.record_work(
        stage.edge, [decide], folder=folder, workspace_id=place.workspace_id
    )


async def _measure(stage: Stage, place: staff.Place, pattern: int) -> load.Result:
    count = stage.order.tickets
    async with stage.measured():
        first = await _burst(stage, place, pattern, count=count, told=True)
        took = await _given(stage, place, first=first, count=count)
    rows = await stage.owner.fetch(
        "SELECT ticket_id, (data->'changes'->'assignee_id'->>1)::bigint AS agent_id FROM event"
        " WHERE workspace_id = $1 AND type = 'ticket.assigned' ORDER BY xid, id",
        place.workspace_id,
    )
    mine = [row for row in rows if row["ticket_id"] > first]
    result = load.Result(took, 0, max(max(took, default=0.0) / 1000, 1e-9))
    await _check(stage, place, result, rows=[(r["ticket_id"], r["agent_id"]) for r in rows])
    if len(mine) != count:
        result.failed(f"{count} tickets came, {len(mine)} were given out")
    result.more["agents"] = len(place.agents)
    return result


async def _check(
    stage: Stage, place: staff.Place, result: load.Result, *, rows: list[tuple[int, int]]
) -> None:
    """Going through the log: nobody ever had more than fits, no ticket was given twice."""
    capacity = await stage.owner.fetchval(
        "SELECT min(capacity) FROM agent WHERE workspace_id = $1 AND id = ANY($2)",
        place.workspace_id,
        place.agents,
    )
    loads, given = Counter[int](), Counter[int]()
    for ticket_id, agent_id in rows:
        loads[agent_id] += 1
        given[ticket_id] += 1
        if loads[agent_id] > capacity:
            result.failed(f"agent {agent_id} got more than {capacity}")
        if given[ticket_id] > 1:
            result.failed(f"ticket {ticket_id} was given out twice")
    result.more["capacity"] = capacity
    result.more["largest_load"] = max(loads.values(), default=0)


async def _given(stage: Stage, place: staff.Place, *, first: int, count: int) -> list[float]:
    """How long each took until it stood in the database, seen from outside."""
    took: list[float] = []
    began = since = time.perf_counter()
    while len(took) < count and time.perf_counter() - since < _PATIENCE:
        found = await stage.owner.fetchval(
            "SELECT count(*) FROM ticket WHERE workspace_id = $1 AND id > $2 AND id <= $2 + $3::int"
            " AND assignee_id IS NOT NULL",
            place.workspace_id,
            first,
            count,
        )
        now = time.perf_counter()
        if found > len(took):
            took += [(now - began) * 1000] * (found - len(took))
            since = now
        await asyncio.sleep(_LOOK_SECONDS)
    return took


async def _settled(stage: Stage, place: staff.Place) -> None:
    """Until routing has read all that it was told."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        behind = await stage.owner.fetchval(
            "SELECT EXISTS (SELECT FROM event e LEFT JOIN consumer c"
            " ON c.workspace_id = e.workspace_id AND c.name = 'routing'"
            " WHERE e.workspace_id = $1 AND (e.xid, e.id) > (coalesce(c.xid, '0'::xid8), coalesce(c.id, 0)))",
            place.workspace_id,
        )
        if not behind:
            return
        await asyncio.sleep(0.1)
