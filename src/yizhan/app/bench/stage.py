"""The desk that is measured: its processes, started and ended around a workload."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from yizhan.app import supervisor
from yizhan.app.bench import limit, meter
from yizhan.app.bench.data import World
from yizhan.kernel import errors, postgres, process
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HOST = "127.0.0.1"
_READY_SECONDS = 180


class WorkerSilent(errors.Unavailable):
    """The worker did not do its first job in time; its log is above."""


class Order(msgspec.Struct, frozen=True):
    """What was asked for."""

    workload: str
    tickets: int
    clients: int
    seconds: float
    seed: int
    workers: int
    rate: float = 0.0
    agents: int = 500
    understanding: bool = True


class Stage:
    """What a workload is given: data, the database, and the parts of a desk when it wants them."""

    def __init__(
        self,
        order: Order,
        *,
        config: Config,
        edge: Edge,
        world: World,
        owner: asyncpg.Pool[asyncpg.Record],
    ) -> None:
        self.order = order
        self.config = config
        self.edge = edge
        self.world = world
        self.owner = owner  # past row-level security
        self.meter = meter.Meter(owner)
        self.rng = random.Random(order.seed)  # noqa: S311 -- load, not secrets
        self.cost: meter.Cost | None = None
        self.statements = 0.0
        self.rss = 0.0

    @property
    def dsn(self) -> str:
        return self.edge.database.dsn

    @contextlib.asynccontextmanager
    async def web(self) -> AsyncIterator[int]:
        """Web processes; gives their port."""
        port = free_port()
        # Each customer of the load comes by an address of their own, as through a proxy.
        settings = {"port": port, "workers": self.order.workers, "trusted_proxies": (HOST,)}
        async with self._part("web", settings) as _:
            await asyncio.to_thread(supervisor.wait_until_ready, HOST, port, seconds=_READY_SECONDS)
            yield port

    @contextlib.asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """One worker that has done its first job."""
        await self._put_aside()
        async with self._part("worker", {"port": free_port()}):
            await self._until_it_works()
            yield

    @contextlib.asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """What happens within is what is paid for."""
        if "database" not in self.meter.roots:
            await self.meter.find_database()
        before = await self.meter.read()
        yield
        after = await self.meter.read()
        self.cost = self.meter.cost(before, after)
        self.rss = self.cost.rss_mb.get("web", 0.0) or sum(
            size for name, size in self.cost.rss_mb.items() if not name.endswith("_largest")
        )

    async def limit(self, scripts: list[Path], *, clients: int = 0) -> float:
        """Scripts a second by pgbench with the same clients; half of the time, the better of two calls."""
        half = max(1, int(self.order.seconds) // 2)
        return await limit.run(
            postgres.find()["pgbench"],
            self.dsn,
            scripts,
            clients=clients or self.order.clients,
            seconds=half,
        )

    @contextlib.asynccontextmanager
    async def _part(self, name: str, settings: Mapping[str, Any]) -> AsyncIterator[None]:
        config = msgspec.structs.replace(
            self.config, rate_per_minute=0, understanding=self.order.understanding, **settings
        )
        environment = supervisor.environment_of(config, dsn=self.dsn)
        part = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "yizhan.app.cli",
            name,
            env={**environment, process.PARENT: str(os.getpid())},
            stdout=sys.stderr,
        )
        self.meter.roots[name] = part.pid
        try:
            yield
        finally:
            part.terminate()
            await asyncio.wait_for(part.wait(), 30)
            del self.meter.roots[name]

    async def _put_aside(self) -> None:
        """What earlier runs left to do in their workspaces: this run is about its own work."""
        await self.owner.execute(
            """
            WITH benches AS (SELECT workspace_id FROM workspace WHERE slug LIKE 'bench-%'),
            jobs AS (
              DELETE FROM pgqueuer WHERE status = 'queued'
                AND (convert_from(payload, 'UTF8')::jsonb->>'workspace_id')::bigint IN (TABLE benches)
            ), timers AS (DELETE FROM timer WHERE workspace_id IN (TABLE benches))
            UPDATE consumer c SET xid = e.xid, id = e.id
            FROM (SELECT DISTINCT ON (workspace_id) workspace_id, xid, id FROM event
                  WHERE workspace_id IN (TABLE benches) ORDER BY workspace_id, xid DESC, id DESC) e
            WHERE c.workspace_id = e.workspace_id
            """
        )

    async def _until_it_works(self) -> None:
        """Several seconds go by until a worker has loaded what it reads messages with."""
        await self.owner.execute(
            "INSERT INTO pgqueuer (priority, status, entrypoint, payload)"
            " VALUES (1000, 'queued', 'routing.tick', $1)",
            msgspec.json.encode({"workspace_id": self.world.workspace_id}),
        )
        for _ in range(_READY_SECONDS * 10):
            left = await self.owner.fetchval(
                "SELECT count(*) FROM pgqueuer WHERE priority = 1000 AND entrypoint = 'routing.tick'"
            )
            if not left:
                return
            await asyncio.sleep(0.1)
        raise WorkerSilent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server((HOST, 0)) as taken:
        number: int = taken.getsockname()[1]
    return number
