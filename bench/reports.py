"""Reports at size: ``python -m bench.reports speed [--tickets 1000000]`` and ``… lives [--seeds 20]``.

``speed`` asks for numbers over that many tickets and prints milliseconds, from the facts alone and with the
sums by day. ``lives`` runs the random lives of the tests for longer and compares every number with a recount.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from tests.conftest import named
from tests.domains.analytics.lives import Lives
from tests.support.desk import Desk, open_desk
from yizhan.app import discovery
from yizhan.domains.analytics.metrics import METRICS
from yizhan.domains.analytics.service import asking, checking, counting, rolling, rows
from yizhan.domains.analytics.types import Dimension
from yizhan.kernel import db, migrate
from yizhan.kernel.postgres import testing

# A year of tickets: a third with a team each, all solved but the last few days' and one in fifty.
_FACTS = """
INSERT INTO report_fact SELECT $1, n, k.kind, n * 10 + k.place,
  now() - (n::float8 / $2) * interval '365 days' + k.place * interval '1 hour', n % 40,
  CASE WHEN k.kind IN ('sla') THEN (n % 10 > 0)::int ELSE 60 + (n * 7919) % 90000 END,
  (ARRAY['email', 'chat', 'api'])[1 + n % 3], 1, CASE WHEN n % 4 > 0 THEN n % 4 END, n % 4, n % 40,
  (ARRAY['low', 'normal', 'normal', 'high', 'urgent'])[1 + n % 5],
  CASE WHEN n % 3 = 0 THEN '{vip,refund}' WHEN n % 3 = 1 THEN '{vip}' ELSE '{}' END::text[]
FROM generate_series(1, $2::bigint) n, (VALUES ('created', 0), ('answered', 1), ('first_response', 2),
  ('resolved', 3), ('resolution', 4), ('sla', 5), ('effort', 6)) AS k (kind, place)
"""
_SPANS = """
INSERT INTO report_span SELECT $1, n, n, began, CASE WHEN n % 50 = 0 THEN 'infinity'
  ELSE began + (n % 72) * interval '1 hour' END, n % 40, 'email', 1, n % 4, n % 4, n % 40, 'normal', '{}'
FROM (SELECT n, now() - (n::float8 / $2) * interval '365 days' AS began
      FROM generate_series(1, $2::bigint) n) s
"""

_ASKED: tuple[tuple[str, int, Dimension, dict[str, str]], ...] = (
    ("month", 30, "team", {}),
    ("month_of_a_team", 30, "agent", {"team": "2"}),
    ("year", 365, "agent", {}),
    ("year_of_a_channel", 365, "channel", {"channel": "email"}),
    ("year_by_tag", 365, "tag", {}),
)


async def speed(desk: Desk, dsn: str, *, tickets: int) -> dict[str, Any]:
    """Milliseconds of each question, of the facts alone and of the sums by day beside them, in one run."""
    owner = await asyncpg.connect(dsn)
    for sql in (_FACTS, _SPANS):
        await owner.execute(sql, desk.workspace_id, tickets)
    await owner.execute("VACUUM ANALYZE report_fact, report_span")
    begin = time.perf_counter()
    await rolling.anew(desk.database, desk.workspace_id, consumer=counting.CONSUMER)
    found: dict[str, Any] = {"tickets": tickets, "counted_s": round(time.perf_counter() - begin, 1)}
    await owner.execute("VACUUM ANALYZE report_day, report_spread")
    await owner.close()
    for name, days, group, filters in _ASKED:
        facts = await _took(desk, days=days, group=group, filters=filters, sums=False)
        sums = await _took(desk, days=days, group=group, filters=filters, sums=True)
        found[name] = {
            key: {"facts": facts[key], "sums": sums[key], "ratio": round(facts[key] / sums[key], 1)}
            for key in facts
        }
    return found


async def _took(
    desk: Desk, *, days: int, group: Dimension, filters: dict[str, str], sums: bool
) -> dict[str, float]:
    async with desk.as_system() as tx:
        if not sums:
            await tx.db.execute("UPDATE report_counted SET from_day = 'infinity'")
        last = tx.now.date()
        asked = await asking.prepared(
            tx, first=last.fromordinal(last.toordinal() - days + 1), group=group, filters=filters
        )
        took = {}
        for key in METRICS:
            begin = time.perf_counter()
            await asking.report(tx, asked, metrics=[key], compare=True, with_steps=True)
            took[key] = _since(begin)
        alone = msgspec.structs.replace(asked, group=None)
        begin = time.perf_counter()
        await asking.report(tx, alone, metrics=list(METRICS), compare=True, with_steps=False)
        took["all tiles"] = _since(begin)
        begin = time.perf_counter()
        await rows.page(tx, asked, metric=METRICS["created"], limit=50, cursor=None)
        took["50 rows"] = _since(begin)
        await tx.db.execute("UPDATE report_counted SET from_day = '-infinity'")
    return took


def _since(begin: float) -> float:
    return round((time.perf_counter() - begin) * 1000, 1)


async def lives(desk: Desk, *, seed: int, steps: int) -> list[str]:
    """The differences after a long random life."""
    random_lives = Lives(desk, seed)
    await random_lives.begin()
    for _ in range(steps):
        await random_lives.one()
    return (await checking.check(desk.database, desk.workspace_id)).differences


async def _main(args: argparse.Namespace) -> int:
    discovery.load()
    with testing.throwaway() as cluster, tempfile.TemporaryDirectory() as folder:
        wrong = 0
        for seed in range(args.seeds if args.what == "lives" else 1):
            name = f"bench_{seed}"
            owner = await asyncpg.connect(cluster.dsn)
            await owner.execute(f"CREATE DATABASE {name}")
            await owner.close()
            dsn = named(cluster.dsn, name)
            await migrate.run(dsn)
            database = await db.connect(dsn, pool=4)
            async with open_desk(database, Path(folder)) as desk:
                if args.what == "speed":
                    print(json.dumps(await speed(desk, dsn, tickets=args.tickets), indent=1))
                else:
                    differences = await lives(desk, seed=seed, steps=args.steps)
                    wrong += len(differences)
                    print(json.dumps({"seed": seed, "differences": differences[:5]}), flush=True)
            await database.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "lives"))
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--steps", type=int, default=1000)
    sys.exit(asyncio.run(_main(parser.parse_args())))
