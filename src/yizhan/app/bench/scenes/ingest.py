"""Mails by the whole way of a fetched one: stored, parsed, threaded, searchable, told to the log's readers."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import datetime
from pathlib import Path

from yizhan.app import mails
from yizhan.app.bench import limit, load
from yizhan.app.bench.letters import Letters
from yizhan.app.bench.stage import Stage
from yizhan.domains.channels import service as channels
from yizhan.extensions.channels.email import connector
from yizhan.kernel.http import Edge

_ADDRESS = "support@bench.example.test"
_AT_ONCE = 4  # mails that one look into a mailbox brings
_RECORDED = 30
_PARSED = 200
_LOOK_SECONDS = 0.02
_SETTLE_SECONDS = 120.0


class _Post:
    """Mails on their way, and where each ended."""

    def __init__(self, stage: Stage, ready: channels.Ready, letters: Letters) -> None:
        self.stage = stage
        self.ready = ready
        self.letters = letters
        self.waiting: dict[int, asyncio.Future[tuple[str, datetime, datetime]]] = {}

    async def bring(self) -> list[tuple[str, float, float]]:
        """What one look into the mailbox brought, worked on: state, waited and taken milliseconds."""
        edge, workspace_id = self.stage.edge, self.stage.world.workspace_id
        made = [self.letters.next() for _ in range(_AT_ONCE)]
        items = [connector.item(raw) for raw, _ in made]
        began = time.perf_counter()
        stored = await channels.keep(edge.store, workspace_id, items=items)
        async with edge.database.begin(channels.actor_of(self.ready)) as tx:
            fresh = await channels.accept(tx, self.ready.inbox.id, stored=stored)
        kept = (time.perf_counter() - began) * 1000
        loop = asyncio.get_running_loop()
        for envelope_id in fresh:
            self.waiting[envelope_id] = loop.create_future()
        ended = await asyncio.gather(*(self.waiting[one] for one in fresh))
        for envelope_id, (_, letter) in zip(fresh, made, strict=True):
            del self.waiting[envelope_id]
            self.letters.arrived(letter)
        return [
            (state, kept, (done - received).total_seconds() * 1000)
            for state, received, done in ended
        ]

    async def look(self) -> None:
        """Ask again and again what has ended, until cancelled. Nobody waits for who no longer looks."""
        try:
            await self._look()
        except Exception as error:
            for future in self.waiting.values():
                future.set_exception(error)
            raise

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            rows = await self.stage.owner.fetch(
                "SELECT id, state, received_at, done_at FROM envelope"
                " WHERE workspace_id = $1 AND id = ANY($2) AND state <> 'received'",
                self.stage.world.workspace_id,
                list(self.waiting),
            )
            for row in rows:
                future = self.waiting.get(row["id"])
                if future is not None and not future.done():
                    future.set_result((row["state"], row["received_at"], row["done_at"]))


async def run(stage: Stage) -> load.Result:
    """The limit is pgbench sending what a mail's statements are; parsing alone is told beside it."""
    workspace_id = stage.world.workspace_id
    inbox = await mails.mailbox(stage.edge, workspace_id, address=None)
    ready = await channels.load(stage.edge, workspace_id, inbox_id=inbox.id)
    letters = Letters(_ADDRESS, stage.rng)
    with tempfile.TemporaryDirectory() as folder:
        recorded = await limit.record_work(
            stage.edge,
            [_one(stage, ready, letters) for _ in range(_RECORDED)],
            folder=Path(folder),
            workspace_id=workspace_id,
        )
        stage.statements = recorded.statements
        first = await stage.limit(recorded.paths)
        async with stage.worker():
            result = await _measure(stage, _Post(stage, ready, letters))
        result.limit_rate = max(first, await stage.limit(recorded.paths))
    result.more["parse_rate"] = round(await _parse_rate(ready, letters), 1)
    return result


def _one(stage: Stage, ready: channels.Ready, letters: Letters) -> limit.Work:
    raw, letter = letters.next()

    async def ingest(edge: Edge) -> None:
        stored = await channels.keep(edge.store, ready.workspace_id, items=[connector.item(raw)])
        async with edge.database.begin(channels.actor_of(ready)) as tx:
            fresh = await channels.accept(tx, ready.inbox.id, stored=stored)
        await channels.process(edge, stage.world.workspace_id, envelope_id=fresh[0])
        letters.arrived(letter)

    return ingest


async def _measure(stage: Stage, post: _Post) -> load.Result:
    result = load.Result([], 0, 0.0)
    looking = asyncio.create_task(post.look())
    seconds = stage.order.seconds
    warm = min(2.0, seconds / 4)
    try:
        await _drive(post, load.Result([], 0, 0.0), seconds=warm)
        before = await _documents(stage)
        async with stage.measured():
            began = time.perf_counter()
            await _drive(post, result, seconds=seconds)
            result.seconds = time.perf_counter() - began
        result.more["log_readers_behind_s"] = round(await _settled(stage), 2)
        found = await _documents(stage) - before
        result.more["search_documents"] = found
        if found < len(result.latencies):
            result.failed(f"{len(result.latencies)} messages, {found} of them can be found")
    finally:
        looking.cancel()
    return result


async def _drive(post: _Post, result: load.Result, *, seconds: float) -> None:
    end = time.perf_counter() + seconds
    clients, rate = post.stage.order.clients, post.stage.order.rate
    due = load.arrivals(rate / _AT_ONCE, begin=time.perf_counter(), end=end) if rate else None

    async def client() -> None:
        while (since := await load.turn(due, end)) is not None:
            late = (time.perf_counter() - since) * 1000
            for state, kept, took in await post.bring():
                if state == "message":
                    result.latencies.append(late + kept + took)
                else:
                    result.failed(state)

    await asyncio.gather(*(client() for _ in range(clients)))


async def _documents(stage: Stage) -> int:
    """Messages by mail that search can find."""
    found: int = await stage.owner.fetchval(
        "SELECT count(*) FROM search_doc d JOIN message m ON m.workspace_id = d.workspace_id AND m.id = d.id"
        " WHERE d.workspace_id = $1 AND d.kind = 'message' AND m.channel = 'email'"
        " AND m.external_id IS NOT NULL AND m.created_at > now() - interval '1 day'",
        stage.world.workspace_id,
    )
    return found


async def _settled(stage: Stage) -> float:
    """Seconds until every reader of the log has read what came in."""
    began = time.perf_counter()
    while time.perf_counter() - began < _SETTLE_SECONDS:
        behind = await stage.owner.fetchval(
            "SELECT count(*) FROM consumer c WHERE workspace_id = $1 AND EXISTS (SELECT FROM event e"
            " WHERE e.workspace_id = c.workspace_id AND (e.xid, e.id) > (c.xid, c.id))",
            stage.world.workspace_id,
        )
        if not behind:
            break
        await asyncio.sleep(0.1)
    return time.perf_counter() - began


async def _parse_rate(ready: channels.Ready, letters: Letters) -> float:
    """Mails a second that one core parses, doing nothing else."""
    items = [connector.item(letters.next()[0]) for _ in range(_PARSED)]
    began = time.process_time()
    for item in items:
        connector.parse(ready.settings, item)
    return _PARSED / max(time.process_time() - began, 1e-9)
