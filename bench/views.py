"""Every list that an agent can ask for, at many tickets: ``python -m bench.views [--tickets 1000000]``.

Each view in each order, and conditions as teams save them (rare, common, none, negated, nested), is asked
three times of the API within this process; the middle one counts. Prints the slowest, and exits with 1 when
a list takes longer than ``--most`` milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from typing import Any, cast
from urllib.parse import quote

import httpx2

from yizhan.app import runtime, web
from yizhan.app.bench import data
from yizhan.domains.tickets import orders
from yizhan.domains.tickets.service import indexing
from yizhan.domains.tickets.views import builtin
from yizhan.kernel import config as configuration
from yizhan.kernel import migrate
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

_TRIES = 3
_SHOWN = 12


def _is(field: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": "is", "value": value}


_ACTIVE = {"field": "category", "op": "in", "value": ["new", "open", "waiting"]}
CONDITIONS: dict[str, Any] = {
    "a common tag": {"field": "tags", "op": "has", "value": "vip"},
    "a tag that nobody uses": {"field": "tags", "op": "has", "value": "nowhere"},
    "urgent and active": {"all": [_is("priority", "urgent"), _ACTIVE]},
    "not low, tagged, active": {
        "all": [
            {"not": _is("priority", "low")},
            {"field": "tags", "op": "has_any", "value": ["退款", "bug"]},
            _ACTIVE,
        ]
    },
    "urgent or refunds": {
        "any": [_is("priority", "urgent"), {"field": "tags", "op": "has", "value": "退款"}]
    },
    "created within the last hour": {"field": "created_at", "op": "within_last", "value": "1h"},
    "subject with a common word": {"field": "subject", "op": "contains", "value": "refund"},
    "subject with a rare word, active": {
        "all": [{"field": "subject", "op": "contains", "value": "nowhere"}, _ACTIVE]
    },
    "nobody's and active": {"all": [{"field": "assignee", "op": "empty"}, _ACTIVE]},
    "more than ten messages": {"field": "messages", "op": "gt", "value": 10},
}


def requests() -> dict[str, str]:
    """Name → path of each list."""
    paths = {
        f"{view} by {way}": f"view={view}&sort={way}"
        for view in builtin.VIEWS
        for way in orders.ORDERS
    }
    for name, condition in CONDITIONS.items():
        asked = quote(json.dumps(condition))
        paths |= {
            f"{name}, by {way}": f"condition={asked}&sort={way}" for way in ("updated", "waiting")
        }
    return {name: f"/api/v1/tickets?limit=50&{path}" for name, path in paths.items()}


async def _taken(client: httpx2.AsyncClient, path: str) -> float:
    """Milliseconds of the middle one of three answers. An error of the API ends the run."""
    tries = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        answer = await client.get(path)
        tries.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
    return statistics.median(tries)


async def measure(edge: Edge, *, tickets: int) -> dict[str, float]:
    """Name of a list → milliseconds."""
    world = await data.make(edge, tickets=tickets, seed=1)
    more = True
    while more:  # data from before this index: its job may not have run yet
        async with edge.database.begin(system(world.workspace_id)) as tx:
            more = await indexing.step(tx)
    transport = httpx2.ASGITransport(cast(Any, web.create_app(edge)))
    headers = {"Authorization": f"Bearer {world.token}"}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://bench", headers=headers, timeout=120
    ) as client:
        return {name: await _taken(client, path) for name, path in requests().items()}


async def run(tickets: int) -> dict[str, float]:
    """Measures with the configured data folder or database."""
    config = configuration.load()
    async with runtime.database_up(config) as dsn:
        await migrate.run(dsn)
        async with runtime.open_edge(config, dsn=dsn) as edge:
            return await measure(edge, tickets=tickets)


def main() -> int:
    """0 when every list is quick enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--most", type=float, default=50.0, help="milliseconds")
    args = parser.parse_args()
    taken = asyncio.run(run(args.tickets))
    slowest = sorted(taken.items(), key=lambda item: -item[1])
    over = sum(ms > args.most for ms in taken.values())
    for name, ms in slowest[: max(_SHOWN, over)]:
        print(f"{ms:9.1f} ms  {name}")
    print(f"{len(taken)} lists, {over} of them over {args.most:g} ms", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
