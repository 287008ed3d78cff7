"""The load kit itself: every workload is answered, and what it sends can be sent by pgbench."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from bench import budgets, pages

from tests.support.desk import Desk
from yizhan.app import worker
from yizhan.app.bench import data, limit, load, scenes, workloads
from yizhan.app.bench.stage import Order, Stage
from yizhan.app.commands import bench
from yizhan.kernel import postgres

_PROMISED = (
    *("workload", "rate", "p50_ms", "p95_ms", "p99_ms", "errors", "limit_rate", "ratio_to_limit"),
    "rss_mb",
)


class _Near(Stage):
    """A stage whose worker is a task of the test, which is there at once."""

    @contextlib.asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        stop = asyncio.Event()
        running = asyncio.create_task(worker.work(self.edge, stop=stop))
        try:
            yield
        finally:
            stop.set()
            await running


@pytest.mark.parametrize("name", sorted(workloads.WORKLOADS))
async def test_a_workload_and_its_limit_run(desk: Desk, name: str, tmp_path: Path) -> None:
    world = await data.make(desk.edge, tickets=300, seed=1)
    rng = random.Random(1)
    scripts = await limit.record(
        desk.edge,
        token=world.token,
        requests=[workloads.WORKLOADS[name](world, rng) for _ in range(3)],
        folder=tmp_path,
        workspace_id=world.workspace_id,
    )
    binary = postgres.find()["pgbench"]
    rate = await limit.run(binary, desk.database.dsn, scripts.paths, clients=2, seconds=1)
    assert rate > 0


@pytest.mark.parametrize("name", ["assign", "sla"])
async def test_what_the_worker_does_is_measured_and_checked(desk: Desk, name: str) -> None:
    world = data.World(desk.workspace_id, "", [], [], 0)
    order = Order(
        workload=name, tickets=60, clients=2, seconds=1, seed=1, workers=1, agents=6, rate=0
    )
    async with asyncpg.create_pool(desk.database.dsn, min_size=1, max_size=4) as owner:
        stage = _Near(order, config=desk.edge.config, edge=desk.edge, world=world, owner=owner)
        result = bench.report(stage, await scenes.SCENES[name](stage))
    assert not set(_PROMISED) - set(result)
    assert (result["errors"], result["first_error"]) == (0, "")
    assert min(result["rate"], result["limit_rate"]) > 0


async def test_an_open_load_counts_from_when_a_request_was_due() -> None:
    """A desk that stands still is not asked less often for it."""

    async def stall(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(0.1)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await stall(reader, writer)
        writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    async with server:
        result = await load.run(
            host="127.0.0.1",
            port=server.sockets[0].getsockname()[1],
            token="",
            make=lambda _: workloads.Request("GET", "/"),
            clients=1,
            seconds=0.2,
            seed=1,
            rate=50,
        )
    # Ten were due within 200 ms and ten a second are answered: the last waited for all before it.
    assert len(result.latencies) >= 9
    assert result.percentile(0.99) > 500


def _result(workload: str, **more: Any) -> budgets.Result:
    numbers = dict.fromkeys(("rate", "p50_ms", "p95_ms", "p99_ms", "limit_rate"), 10.0)
    plain = {"workload": workload, "tickets": 2000, "errors": 0, "ratio_to_limit": 0.5, **numbers}
    return {**plain, **more}


def test_the_report_says_what_was_kept_and_what_was_not() -> None:
    steps = [{"offered": n, "p50_ms": n, "p95_ms": n, "p99_ms": n} for n in (10.0, 20.0)]
    results = [
        _result("create"),
        _result("create", tickets=20_000, p95_ms=80.0, contended=True, foreign_load=0.9),
        _result("mixed", run="knee", steps=steps, knee_rate=20.0),
    ]
    told = {one.what: one for one in budgets.check(results)}
    assert told["create: p95 at 20,000 tickets"].state == "missed"
    assert "measure again" in told["create: p95 at 20,000 tickets"].why
    assert told["create: rate beside the limit"].state == "met"
    assert told["ingest: mails parsed, threaded, searchable, told"].state == "not measured"
    about = {"machine": "<two cores>", "commands": ["yizhan bench create"]}
    page, text = pages.html(results, about), pages.markdown(results, about)
    assert page.count("<svg") == 3
    assert "&lt;two cores&gt;" in page
    assert "http" not in page
    assert "| create: p95 at 20,000 tickets | under 50 ms | 80.0 ms | missed |" in text
