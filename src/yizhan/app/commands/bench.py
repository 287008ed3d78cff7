"""`yizhan bench`: how fast the desk is, and how far from the limit of its own statements."""

from __future__ import annotations

import argparse
from typing import Any

import asyncpg

from yizhan.app import runtime
from yizhan.app.bench import data, generate, load, meter, scenes
from yizhan.app.bench.stage import Order, Stage
from yizhan.kernel import errors, migrate
from yizhan.kernel.config import Config

HELP = "measure a workload beside pgbench sending the same statements, or make data to measure with"
_GENERATE = "generate"


class RateNotForThis(errors.Invalid):
    """--knee is for workloads of HTTP requests; `mixed` is the one that it is made for."""


def add(parser: argparse.ArgumentParser) -> None:
    """What to measure."""
    parser.add_argument("workload", choices=sorted([*scenes.SCENES, _GENERATE]))
    parser.add_argument("--tickets", type=int, default=100_000, help="of the measured workspace")
    parser.add_argument("--messages", type=int, help="of generate: instead, about so many in all")
    parser.add_argument("--tenants", type=int, default=20, help="of generate")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--agents", type=int, default=500, help="of assign and events")
    parser.add_argument(
        "--rate",
        type=float,
        default=0.0,
        help="so many a second are due, whoever is still busy (open loop)",
    )
    parser.add_argument(
        "--knee", action="store_true", help="raise the rate until the desk no longer follows"
    )
    parser.add_argument(
        "--no-understanding",
        dest="understanding",
        action="store_false",
        help="the worker reads no meanings, as with YIZHAN_UNDERSTANDING=false",
    )


async def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Data, then the workload beside its limit."""
    order = Order(
        workload=args.workload,
        tickets=args.tickets,
        clients=args.clients,
        seconds=args.seconds,
        seed=args.seed,
        workers=args.workers,
        rate=args.rate,
        agents=args.agents,
        understanding=args.understanding and config.understanding,
    )
    if args.knee and scenes.SCENES.get(args.workload) is not scenes.http.run:
        raise RateNotForThis
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        async with runtime.open_edge(config, dsn=dsn) as edge:
            if args.workload == _GENERATE:
                # Three messages to a ticket, and four fifths of all are the large tenant's.
                tickets = args.messages * 4 // 15 if args.messages else args.tickets
                wanted = generate.Wanted(max(1, tickets), max(1, args.tenants), args.seed)
                return await generate.run(edge, wanted)
            world = await data.make(edge, tickets=args.tickets, seed=args.seed)
            async with asyncpg.create_pool(dsn, min_size=1, max_size=4) as owner:
                stage = Stage(order, config=config, edge=edge, world=world, owner=owner)
                play = scenes.http.knee if args.knee else scenes.SCENES[args.workload]
                result = await play(stage)
                return report(stage, result)


def report(stage: Stage, seen: load.Result) -> dict[str, Any]:
    """A result as it is printed."""
    order, rate, cost = stage.order, seen.rate(), stage.cost
    out: dict[str, Any] = {
        "workload": order.workload,
        "tickets": order.tickets,
        "clients": order.clients,
        "offered_rate": order.rate or None,
        "rate": round(rate, 1),
        "p50_ms": round(seen.percentile(0.5), 2),
        "p95_ms": round(seen.percentile(0.95), 2),
        "p99_ms": round(seen.percentile(0.99), 2),
        "max_ms": round(max(seen.latencies, default=0.0), 2),
        "errors": seen.errors,
        "first_error": seen.first_error,
        "limit_rate": round(seen.limit_rate, 1),
        "ratio_to_limit": round(rate / seen.limit_rate, 3) if seen.limit_rate else 0.0,
        "rss_mb": round(stage.rss, 1),
        "seed": order.seed,
        "seconds": round(seen.seconds, 2),
        "statements": round(stage.statements, 1),
        **seen.more,
    }
    if cost is not None:
        out |= meter.ratios(cost, len(seen.latencies)) | meter.told(cost)
    return out


def show(result: dict[str, Any]) -> str:
    """For people."""
    if "checksum" in result:
        return generate.show(result)
    busy = " Others used this machine meanwhile: measure again." if result.get("contended") else ""
    return (
        f"{result['workload']}: {result['rate']}/s at {result['clients']} clients, p50 {result['p50_ms']} ms,"
        f" p95 {result['p95_ms']} ms, p99 {result['p99_ms']} ms, {result['errors']} errors.\n"
        f"The same work by the database alone: {result['limit_rate']}/s. Ratio {result['ratio_to_limit']}."
        f" Memory {result['rss_mb']} MB.{busy}"
    )
