"""`yizhan bench`: how fast the desk is, and how far from the limit of its own statements."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from yizhan.app import runtime, supervisor
from yizhan.app.bench import data, limit, load, workloads
from yizhan.kernel import migrate, postgres
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

HELP = "measure a workload over HTTP beside pgbench sending the same statements"


def add(parser: argparse.ArgumentParser) -> None:
    """What to measure."""
    parser.add_argument("workload", choices=sorted(workloads.WORKLOADS))
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="web processes")


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Data, then the desk, then the limit, then both once more; the better limit counts."""
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        async with runtime.open_edge(config, dsn=dsn) as edge:
            world = await data.make(edge, tickets=args.tickets, seed=args.seed)
            return await _measure(args, config, edge, world, dsn=dsn)


async def _measure(
    args: argparse.Namespace, config: Config, edge: Edge, world: data.World, *, dsn: str
) -> dict[str, Any]:
    make = workloads.WORKLOADS[args.workload]
    rng = random.Random(args.seed)  # noqa: S311 -- load, not secrets
    requests = [make(world, rng) for _ in range(40)]
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        scripts = await limit.record(
            edge,
            token=world.token,
            requests=requests,
            folder=Path(folder),
            workspace_id=world.workspace_id,
        )
        half = max(2, args.seconds // 2)
        first = await limit.run(_pgbench(), dsn, scripts, clients=args.clients, seconds=half)
        web = _start_web(config, dsn, port=port, workers=args.workers)
        try:
            await _answers(port)
            seen = await load.run(
                host="127.0.0.1",
                port=port,
                token=world.token,
                make=lambda r: make(world, r),
                clients=args.clients,
                seconds=args.seconds,
                seed=args.seed,
            )
            rss = _rss_mb(web.pid)
        finally:
            web.terminate()
            await asyncio.to_thread(web.wait, 20)
        second = await limit.run(_pgbench(), dsn, scripts, clients=args.clients, seconds=half)
    return _report(args, seen, limit_rate=max(first, second), rss=rss)


def _report(
    args: argparse.Namespace, seen: load.Result, *, limit_rate: float, rss: float
) -> dict[str, Any]:
    rate = seen.rate()
    return {
        "workload": args.workload,
        "tickets": args.tickets,
        "clients": args.clients,
        "rate": round(rate, 1),
        "p50_ms": round(seen.percentile(0.5), 2),
        "p95_ms": round(seen.percentile(0.95), 2),
        "p99_ms": round(seen.percentile(0.99), 2),
        "errors": seen.errors,
        "first_error": seen.first_error,
        "limit_rate": round(limit_rate, 1),
        "ratio_to_limit": round(rate / limit_rate, 3) if limit_rate else 0.0,
        "rss_mb": round(rss, 1),
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number: int = taken.getsockname()[1]
    return number


def _pgbench() -> str:
    return postgres.find()["pgbench"]


def _start_web(config: Config, dsn: str, *, port: int, workers: int) -> subprocess.Popen[bytes]:
    environment = supervisor.environment_of(
        msgspec.structs.replace(config, port=port, workers=workers, rate_per_minute=0), dsn=dsn
    )
    return subprocess.Popen(
        [sys.executable, "-m", "yizhan.app.cli", "web"],
        env={**environment, "YIZHAN_PARENT": str(os.getpid())},
        stdout=sys.stderr,
    )


async def _answers(port: int) -> None:
    await asyncio.to_thread(supervisor.wait_until_ready, "127.0.0.1", port, seconds=60)


def _rss_mb(pid: int) -> float:
    """Memory of the web processes together, in megabytes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(folder.name) == pid or int(fields[1]) == pid:
                total += int(fields[21]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):
            continue
    return total / 1e6


def show(result: dict[str, Any]) -> str:
    """For people."""
    return (
        f"{result['workload']}: {result['rate']}/s at {result['clients']} clients, p50 {result['p50_ms']} ms,"
        f" p95 {result['p95_ms']} ms, p99 {result['p99_ms']} ms, {result['errors']} errors.\n"
        f"The same statements by pgbench: {result['limit_rate']}/s. Ratio {result['ratio_to_limit']}."
        f" Memory {result['rss_mb']} MB."
    )
