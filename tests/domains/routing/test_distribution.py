"""Distribution on a database: events lead to it, workers at once do no harm."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.domains.routing.staff import Floor
from tests.support import desk as support
from yizhan.domains.routing import distribution, presence
from yizhan.domains.routing.types import State


@pytest.fixture
async def desk(desk: support.Desk) -> Floor:
    """The common desk, as these tests use it."""
    return Floor(desk.database, desk.workspace_id)


async def test_a_new_ticket_goes_to_whose_turn_it_is(desk: Floor) -> None:
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


async def test_the_longest_wait_is_given_first_when_somebody_comes(desk: Floor) -> None:
    team = await desk.team_of([2])
    mine = [await desk.ticket(team) for _ in range(3)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [None] * 3
    await desk.set(desk.agents[0], "online")
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [*desk.agents * 2, None]


@pytest.mark.parametrize("status", ["resolved", "pending"])
async def test_solved_or_waiting_work_makes_room_at_once(desk: Floor, status: str) -> None:
    team = await desk.team_of([1])
    await desk.set(desk.agents[0], "online")
    first, second = await desk.ticket(team), await desk.ticket(team)
    await desk.settle()
    assert await desk.owner(second) is None
    await desk.change(first, status=status)
    await desk.settle()
    assert await desk.owner(second) == desk.agents[0]


async def test_nobody_gets_what_does_not_fit(desk: Floor) -> None:
    manual = await desk.team_of([5], mode="manual")
    viewers = await desk.team_of([5], role="viewer")
    for agent in desk.agents:
        await desk.set(agent, "online")
    mine = [await desk.ticket(team) for team in (manual, viewers, None)]
    await desk.settle()
    assert [await desk.owner(ticket) for ticket in mine] == [None, None, None]


async def test_workers_at_once_never_exceed_a_capacity(desk: Floor) -> None:
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


async def test_a_day_of_random_work(desk: Floor) -> None:
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


async def test_a_lost_connection_becomes_away_and_comes_back(desk: Floor) -> None:
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
