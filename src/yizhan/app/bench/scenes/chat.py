"""Visitors write over sockets; a message counts when it stands on an agent's screen."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from yizhan.app.bench import believable, limit, load, sockets
from yizhan.app.bench.scenes import talking
from yizhan.app.bench.stage import HOST, Stage
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.kernel.http import Edge

_VISITORS = 16  # of each client: a socket takes four messages a second in the long run
_RECORDED = 30
_LATE_SECONDS = 15.0


class _Talk:
    """Messages on their way to the screen."""

    def __init__(self) -> None:
        self.numbers = itertools.count(int(time.time() * 1000) % 100_000_000 * 100)
        self.sent: dict[int, float] = {}
        self.took: list[float] = []
        self.acks: list[float] = []

    def seen(self, number: int, now: float) -> None:
        """On the screen."""
        since = self.sent.pop(number, None)
        if since is not None:
            self.took.append((now - since) * 1000)


async def run(stage: Stage) -> load.Result:
    """The limit is pgbench sending what a visitor's message sends."""
    chat = await talking.opened(stage)
    with tempfile.TemporaryDirectory() as folder:
        recorded = await limit.record_work(
            stage.edge,
            [_one(stage, chat, n) for n in range(_RECORDED)],
            folder=Path(folder),
            workspace_id=stage.world.workspace_id,
        )
        stage.statements = recorded.statements
        first = await stage.limit(recorded.paths)
        async with stage.web() as port:
            result = await _measure(stage, chat, port=port)
        result.limit_rate = max(first, await stage.limit(recorded.paths))
    return result


def _one(stage: Stage, chat: Chat, number: int) -> limit.Work:
    who = talking.newcomers(chat, 1)[0]
    text = believable.sentence(stage.rng)

    async def say(edge: Edge) -> None:
        # In a conversation that there is, as in the run.
        await talking.say(stage.edge, chat, who=who, text=text, client_id=f"first-{number}")
        client_id = f"limit-{edge.database.new_id()}"
        await talking.say(edge, chat, who=who, text=text, client_id=client_id)

    return say


async def _measure(stage: Stage, chat: Chat, *, port: int) -> load.Result:
    order, talk = stage.order, _Talk()
    headers = {"Authorization": f"Bearer {stage.world.token}"}
    screen = await sockets.watch(HOST, port, headers=headers, seen=talk.seen)
    lines = []
    for number, who in enumerate(talking.newcomers(chat, order.clients * _VISITORS)):
        path = f"/chat/{chat.key}/socket?visitor={talking.token(stage, chat, who)}&after=0"
        lines.append(await sockets.dial(HOST, port, path=path, headers=talking.address(number)))
    # Each one's first message makes a ticket: that is before the time that counts.
    for line in lines:
        await _say(stage, talk, line, since=time.perf_counter())
    await sockets.until(lambda: not talk.sent, seconds=_LATE_SECONDS)
    talk.took.clear()
    talk.acks.clear()
    result = load.Result(talk.took, 0, 0.0)
    async with stage.measured():
        began = time.perf_counter()
        end = began + order.seconds
        due = load.arrivals(order.rate, begin=began, end=end) if order.rate else None
        await asyncio.gather(
            *(
                _client(stage, talk, lines[n :: order.clients], due=due, end=end, result=result)
                for n in range(order.clients)
            )
        )
        await sockets.until(lambda: not talk.sent, seconds=_LATE_SECONDS)
        result.seconds = time.perf_counter() - began
    for number in talk.sent:
        result.failed(f"message {number} was never on the screen")
    if screen.resyncs:
        result.failed("the screen was told to load everything again")
    acks = load.Result(talk.acks, 0, 0.0)
    result.more = {
        "stored_p50_ms": round(acks.percentile(0.5), 2),
        "stored_p95_ms": round(acks.percentile(0.95), 2),
        "visitors": len(lines),
    }
    return result


async def _client(
    stage: Stage,
    talk: _Talk,
    lines: list[sockets.Visitor],
    *,
    due: Iterator[float] | None,
    end: float,
    result: load.Result,
) -> None:
    turns = itertools.cycle(lines)
    while (since := await load.turn(due, end)) is not None:
        try:
            await _say(stage, talk, next(turns), since=since)
        except (sockets.LineRefused, TimeoutError) as error:
            result.failed(repr(error))
            return


async def _say(stage: Stage, talk: _Talk, line: sockets.Visitor, *, since: float) -> None:
    number = next(talk.numbers)
    talk.sent[number] = since
    text = f"{sockets.mark(number)} {believable.sentence(stage.rng)}"
    told = await line.say(text, client_id=f"bench-{number}")
    if told["t"] != "ack":
        raise sockets.LineRefused(str(told))
    talk.acks.append((time.perf_counter() - since) * 1000)
