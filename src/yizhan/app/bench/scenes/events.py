"""Hundreds of agents with the desk open, messages coming in: when each sees what is theirs."""

from __future__ import annotations

import asyncio
import functools
import itertools
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

from yizhan.app.bench import believable, fanout, load, sockets
from yizhan.app.bench import stage as stages
from yizhan.app.bench.scenes import staff, talking
from yizhan.app.bench.stage import HOST, Stage
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.extensions.channels.chat.visitor import Visitor

RATE = 20.0  # messages a second, where no rate is asked for
_AT_ONCE = 50  # lines opened at a time
_LATE_SECONDS = 15.0
_REST_SECONDS = 2.0
_FLOOD_SECONDS = 3.0
_TEAM = 25

Send = Callable[[int, int], Coroutine[Any, Any, None]]


class _Room:
    """Who sees which message when."""

    def __init__(self) -> None:
        self.numbers = itertools.count(int(time.time()) % 1_000_000 * 100_000)
        self.sent: dict[int, tuple[float, int]] = {}
        self.own: dict[int, float] = {}
        self.everybody: list[float] = []

    def screen(self, agent: int) -> sockets.Seen:
        """What one agent's screen reports to."""

        def seen(number: int, now: float) -> None:
            found = self.sent.get(number)
            if found is not None:
                took = (now - found[0]) * 1000
                self.everybody.append(took)
                if found[1] == agent:
                    self.own[number] = took

        return seen

    async def drive(self, send: Send, *, agents: int, rate: float, seconds: float) -> float:
        """Messages due at a constant rate, one agent after the other. Gives how long it took."""
        self.sent.clear()
        self.own.clear()
        self.everybody.clear()
        began, tasks = time.perf_counter(), list[asyncio.Task[None]]()
        due = load.arrivals(rate, begin=began, end=began + seconds)
        turns = itertools.cycle(range(agents))
        while (since := await load.turn(due, began + seconds)) is not None:
            number, agent = next(self.numbers), next(turns)
            self.sent[number] = (since, agent)
            tasks.append(asyncio.create_task(send(number, agent)))
        await asyncio.gather(*tasks)
        await sockets.until(lambda: len(self.own) == len(self.sent), seconds=_LATE_SECONDS)
        await asyncio.sleep(0.3)  # what the others of the team still get
        return seconds


async def run(stage: Stage) -> load.Result:
    """The limit is a bare process that hears notices and writes as many bytes to as many sockets."""
    place = await staff.hire(
        stage, stage.world.workspace_id, agents=stage.order.agents, capacity=100
    )
    chat = await talking.opened(stage)
    visitors = await _assigned(stage, place, chat)
    cookies = await staff.sign_in(stage, place)
    room = _Room()
    rate = stage.order.rate or RATE
    async with stage.web() as port:
        screens = await _watch(room, port, [{"Cookie": f"yz_session={one}"} for one in cookies])

        async def send(number: int, agent: int) -> None:
            text = f"{sockets.mark(number)} {believable.sentence(stage.rng)}"
            await talking.say(
                stage.edge, chat, who=visitors[agent], text=text, client_id=f"bench-{number}"
            )

        agents = len(place.agents)
        await room.drive(send, agents=agents, rate=rate, seconds=_REST_SECONDS)
        before = sum(screen.bytes for screen in screens)
        async with stage.measured():
            seconds = await room.drive(send, agents=agents, rate=rate, seconds=stage.order.seconds)
        result = _result(room, screens, seconds=seconds)
        size = (sum(screen.bytes for screen in screens) - before) // max(1, len(room.everybody))
    await _floor(stage, result, agents=agents, size=size, rate=rate)
    return result


def _result(room: _Room, screens: list[sockets.Screen], *, seconds: float) -> load.Result:
    result = load.Result(list(room.own.values()), 0, seconds)
    for number in room.sent.keys() - room.own.keys():
        result.failed(f"message {number} was never on its agent's screen")
    for screen in screens:
        if screen.resyncs or screen.is_lost:
            result.failed("a screen was lost or told to load everything again")
    everybody = load.Result(list(room.everybody), 0, seconds)
    result.more = {
        "agents": len(screens),
        "messages": len(room.sent),
        "deliveries": len(room.everybody),
        "everybody_p95_ms": round(everybody.percentile(0.95), 2),
    }
    return result


async def _assigned(stage: Stage, place: staff.Place, chat: Chat) -> list[Visitor]:
    """A conversation for each agent."""
    visitors = talking.newcomers(chat, len(place.agents))
    said = [
        await talking.say(
            stage.edge, chat, who=who, text=believable.sentence(stage.rng), client_id="first"
        )
        for who in visitors
    ]
    tickets = await talking.tickets_of(stage, said)
    teams = [place.teams[n % len(place.teams)] for n in range(len(tickets))]
    await stage.owner.execute(
        "UPDATE ticket t SET assignee_id = u.agent, team_id = u.team, status = 'open', status_category = 'open'"
        " FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS u (id, agent, team)"
        " WHERE t.workspace_id = $1 AND t.id = u.id",
        place.workspace_id,
        tickets,
        place.agents,
        teams,
    )
    return visitors


async def _watch(room: _Room, port: int, headers: list[dict[str, str]]) -> list[sockets.Screen]:
    screens: list[sockets.Screen] = []
    for start in range(0, len(headers), _AT_ONCE):
        part = headers[start : start + _AT_ONCE]
        opening = (
            sockets.watch(HOST, port, headers=one, seen=room.screen(start + n))
            for n, one in enumerate(part)
        )
        screens += await asyncio.gather(*opening)
    return screens


async def _floor(stage: Stage, result: load.Result, *, agents: int, size: int, rate: float) -> None:
    """The same messages to the same number of sockets by a bare process: in time, and as fast as it can."""
    port = stages.free_port()
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", fanout.__name__, str(port), stage.dsn, str(size)
    )
    try:
        room = _Room()
        screens = await _floor_screens(room, port, agents)
        team = min(_TEAM, agents)

        async def send(number: int, agent: int) -> None:
            # The agent's own connection and those of a team.
            first = min(agent, agents - team)
            await stage.owner.execute(
                "SELECT pg_notify($1, $2)", fanout.CHANNEL, f"{number}:{first}:{team}"
            )

        await room.drive(send, agents=agents, rate=rate, seconds=_FLOOD_SECONDS)
        bare = load.Result(list(room.own.values()), 0, 1.0)
        result.more["limit_p95_ms"] = round(bare.percentile(0.95), 2)
        result.limit_rate = await _flood(stage, room, send, agents=agents)
        for screen in screens:
            screen.close()
    finally:
        server.terminate()
        await server.wait()


async def _flood(stage: Stage, room: _Room, send: Send, *, agents: int) -> float:
    """Messages a second, each client's next when its last was seen."""
    room.sent.clear()
    room.own.clear()
    end = time.perf_counter() + _FLOOD_SECONDS

    async def client(first: int) -> None:
        turns = itertools.cycle(range(first % agents, agents, stage.order.clients))
        while time.perf_counter() < end:
            number, agent = next(room.numbers), next(turns)
            room.sent[number] = (time.perf_counter(), agent)
            await send(number, agent)
            await sockets.until(
                functools.partial(room.own.__contains__, number), seconds=1, every=0
            )

    await asyncio.gather(*(client(n) for n in range(stage.order.clients)))
    return len(room.own) / _FLOOD_SECONDS


async def _floor_screens(room: _Room, port: int, agents: int) -> list[sockets.Screen]:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        break
    # One after the other: their order is the order of the agents.
    return [await sockets.watch(HOST, port, headers={}, seen=room.screen(n)) for n in range(agents)]
