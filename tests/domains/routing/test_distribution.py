"""Distribution on a database: events lead to it, workers at once do no harm."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.support import desk as support
from yizhan.domains.identity.permissions import DEFAULT_ROLES
from yizhan.domains.routing import distribution, handlers, presence
from yizhan.domains.routing.types import State
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.kernel import events, log
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.db import Database


class Desk:
    """A workspace with one round-robin team."""

    def __init__(self, database: Database, workspace_id: int) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.actor = system(workspace_id)
        self.team = database.new_id()
        self.agents: list[int] = []

    async def team_of(
        self, capacities: Sequence[int], *, role: str = "agent", mode: str = "round_robin"
    ) -> int:
        """A further team; its agents are online unless a test says otherwise."""
        team, role_id = self.database.new_id(), self.database.new_id()
        async with self.database.begin(self.actor) as tx:
            await tx.db.execute(
                "INSERT INTO team (workspace_id, id, name, assignment) VALUES ($1, $2, 'T', $3)",
                self.workspace_id,
                team,
                {"mode": mode},
            )
            await tx.db.execute(
                "INSERT INTO role (workspace_id, id, name, grants) VALUES ($1, $2, 'R', $3)",
                self.workspace_id,
                role_id,
                msgspec.to_builtins(DEFAULT_ROLES[role][1]),
            )
            for capacity in capacities:
                agent = tx.new_id()
                self.agents.append(agent)
                await tx.db.execute(
                    "INSERT INTO agent (workspace_id, id, email, name, capacity)"
                    " VALUES ($1, $2, $3, 'A', $4)",
                    self.workspace_id,
                    agent,
                    f"a{agent}@desk.example",
                    capacity,
                )
                await self.join(agent, team)
                await tx.db.execute(
                    "INSERT INTO agent_role (workspace_id, agent_id, role_id) VALUES ($1, $2, $3)",
                    self.workspace_id,
                    agent,
                    role_id,
                )
        return team

    async def join(self, agent: int, team: int) -> None:
        async with self.database.begin(self.actor) as tx:
            await tx.db.execute(
                "INSERT INTO team_member (workspace_id, team_id, agent_id) VALUES ($1, $2, $3)",
                self.workspace_id,
                team,
                agent,
            )

    def as_agent(self, agent: int) -> Actor:
        return Actor(kind="agent", workspace_id=self.workspace_id, id=agent, agent_id=agent)

    async def set(self, agent: int, state: State) -> None:
        async with self.database.begin(self.as_agent(agent)) as tx:
            await presence.choose(tx, state=state)

    async def ticket(self, team: int | None) -> int:
        async with self.database.begin(self.actor) as tx:
            receipt = await tickets.create(
                tx,
                requester=tickets.Requester(email=f"c{tx.new_id()}@shop.example"),
                incoming=Received(
                    channel="api", contact_id=0, author_name="", text="耳机连不上", team_id=team
                ),
            )
        return receipt.ticket_id

    async def change(self, ticket_id: int, **changes: Any) -> None:
        async with self.database.begin(self.actor) as tx:
            await tickets.update(tx, ticket_id, **changes)

    async def owner(self, ticket_id: int) -> int | None:
        async with self.database.begin(self.actor) as tx:
            owner: int | None = await tx.db.fetchval(
                "SELECT assignee_id FROM ticket WHERE workspace_id = $1 AND id = $2",
                self.workspace_id,
                ticket_id,
            )
        return owner

    async def waiting(self, team: int) -> int:
        async with self.database.begin(self.actor) as tx:
            count: int = await tx.db.fetchval(
                "SELECT count(*) FROM ticket WHERE workspace_id = $1 AND team_id = $2"
                " AND assignee_id IS NULL AND snoozed_until IS NULL"
                " AND status_category IN ('new', 'open')",
                self.workspace_id,
                team,
            )
        return count

    async def loads(self) -> dict[int, tuple[int, int, str]]:
        async with self.database.begin(self.actor) as tx:
            found = await presence.everybody(tx)
        return {one.agent_id: (one.load, one.capacity, one.state) for one in found}

    async def settle(self) -> None:
        """Let routing read the log up to its end."""
        consumer = next(one for one in events.consumers() if one.run is handlers.react)
        async with self.database.begin(self.actor) as tx:
            last = await tx.db.fetchval(
                "SELECT max(id) FROM event WHERE workspace_id = $1", self.workspace_id
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            await log.catch_up(self.database, consumer, self.workspace_id)
            async with self.database.begin(self.actor) as tx:
                seen = await tx.db.fetchval(
                    "SELECT id FROM consumer WHERE workspace_id = $1 AND name = 'routing'",
                    self.workspace_id,
                )
            if seen is not None and seen >= (last or 0):
                return
            await asyncio.sleep(0.02)
        pytest.fail("routing did not reach the end of the log")


@pytest.fixture
async def desk(desk: support.Desk) -> Desk:
    """The common desk, as these tests use it."""
    return Desk(desk.database, desk.workspace_id)


async def test_a_new_ticket_goes_to_whose_turn_it_is(desk: Desk) -> None:
    team = await desk.team_of([5, 5, 5])
    for agent in desk.agents[:2]:
        await desk.set(agent, "online")
    await desk.set(desk.agents[2], "away")
    mine = [await desk.ticket(team) for _ in range(6)]
    await desk.settle()
    got = Counter([await desk.owner(ticket) for ticket in mine])
    assert got == {desk.agents[0]: 3, desk.agents[1]: 3}
    async with desk.database.begin(desk.actor) as tx:
        row = await tx.db.fetchrow(
            "SELECT actor, data FROM event WHERE type = 'ticket.assigned' ORDER BY id LIMIT 1"
        )
    assert row is not None
    assert row["data"]["cause"]["rule"] == "round_robin"
    assert {one["agent_id"] for one in row["data"]["cause"]["candidates"]} == {
        str(agent) for agent in desk.agents[:2]
    }


async def test_the_longest_wait_is_given_first_when_somebody_comes(desk: Desk) -> None:
    team = await desk.team_of([2])
    mine = [await desk.ticket(team) for _ in range(3)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [None] * 3
    await desk.set(desk.agents[0], "online")
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [*desk.agents * 2, None]


@pytest.mark.parametrize("status", ["resolved", "pending"])
async def test_solved_or_waiting_work_makes_room_at_once(desk: Desk, status: str) -> None:
    team = await desk.team_of([1])
    await desk.set(desk.agents[0], "online")
    first, second = await desk.ticket(team), await desk.ticket(team)
    await desk.settle()
    assert await desk.owner(second) is None
    await desk.change(first, status=status)
    await desk.settle()
    assert await desk.owner(second) == desk.agents[0]


async def test_nobody_gets_what_does_not_fit(desk: Desk) -> None:
    manual = await desk.team_of([5], mode="manual")
    viewers = await desk.team_of([5], role="viewer")
    for agent in desk.agents:
        await desk.set(agent, "online")
    mine = [await desk.ticket(team) for team in (manual, viewers, None)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [None, None, None]


async def test_workers_at_once_never_exceed_a_capacity(desk: Desk) -> None:
    one = await desk.team_of([1, 2])
    two = await desk.team_of([3])
    for agent in desk.agents[:2]:
        await desk.join(agent, two)
    for agent in desk.agents:
        await desk.set(agent, "online")
    for team in (one, two) * 8:
        await desk.ticket(team)

    async def worker() -> None:
        async with desk.database.begin(desk.actor) as tx:
            await distribution.distribute(tx)

    await asyncio.gather(*(worker() for _ in range(6)))
    loads = await desk.loads()
    assert [loads[agent][0] for agent in desk.agents] == [1, 2, 3]


async def test_a_day_of_random_work(desk: Desk) -> None:
    """After every step: room and waiting never stand side by side, and nobody has too much."""
    team = await desk.team_of([1, 2, 3])
    choose = random.Random(20261122)
    mine: list[int] = []
    for _ in range(60):
        step = choose.random()
        if step < 0.45:
            mine.append(await desk.ticket(team))
        elif step < 0.65:
            states: list[State] = ["online", "online", "away", "offline"]
            await desk.set(choose.choice(desk.agents), choose.choice(states))
        elif mine and step < 0.9:
            ticket = choose.choice(mine)
            await desk.change(ticket, status="resolved")
            mine.remove(ticket)
        elif mine:
            await desk.change(choose.choice(mine), assignee_id=None)
        await desk.settle()
        loads = await desk.loads()
        assert all(load <= capacity for load, capacity, _ in loads.values())
        room = any(load < most and state == "online" for load, most, state in loads.values())
        assert not (room and await desk.waiting(team))


async def test_a_lost_connection_becomes_away_and_comes_back(desk: Desk) -> None:
    await desk.team_of([2])
    agent = desk.agents[0]

    async def state() -> str:
        return (await desk.loads())[agent][2]

    async with desk.database.begin(desk.actor) as tx:
        await presence.seen(tx, agent)
    assert await state() == "online", "the first sign of life"
    async with desk.database.begin(desk.actor) as tx:
        tx.now += presence.GRACE - timedelta(seconds=5)
        await presence.lapse(tx, agent)
    assert await state() == "online", "still within the grace"
    async with desk.database.begin(desk.actor) as tx:
        tx.now += presence.GRACE + timedelta(seconds=5)
        await presence.lapse(tx, agent)
    assert await state() == "away"
    async with desk.database.begin(desk.actor) as tx:
        await presence.seen(tx, agent)
    assert await state() == "online"
    await desk.set(agent, "away")
    async with desk.database.begin(desk.actor) as tx:
        await presence.seen(tx, agent)
    assert await state() == "away", "what a person chose stays"
