"""Assignment, larger than in the tests: ``python -m bench.routing [--steps 1000] [--agents 5000]``.

First random days of a desk against an oracle that walks everything (``--steps`` for each of
``--seeds``). Then, on a desk with many agents at work and many waiting tickets, the time that one event
takes: a ticket solved, which frees an agent, and a ticket that arrives.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from tests.conftest import named
from tests.domains.routing import simulation
from tests.domains.routing.staff import Floor
from tests.support.desk import open_desk
from yizhan.app import discovery
from yizhan.domains.routing import distribution
from yizhan.kernel import clock, db, migrate
from yizhan.kernel.postgres import testing

_AGENTS = """
WITH made AS (
  INSERT INTO agent (workspace_id, id, email, name, capacity)
  SELECT $1, $2::bigint + n, 'bench' || n || '@desk.example', 'A' || n, 2 FROM generate_series(1, $3::int) n
  RETURNING id
), joined AS (
  INSERT INTO team_member (workspace_id, team_id, agent_id)
  SELECT $1, ($4::bigint[])[1 + id % cardinality($4::bigint[])], id FROM made
), able AS (
  INSERT INTO agent_role (workspace_id, agent_id, role_id) SELECT $1, id, $5::bigint FROM made
), skilled AS (
  INSERT INTO agent_skill (workspace_id, agent_id, skill_id, level)
  SELECT $1, id, ($6::bigint[])[1 + s], 1 + (id / 7 + s) % 5 FROM made, generate_series(0, 2) s
  WHERE (id / 20 + s) % 3 > 0
)
INSERT INTO agent_presence (workspace_id, agent_id, state) SELECT $1, id, 'online' FROM made
"""
# Two of each agent's, so that everybody is busy, and those that wait.
_TICKETS = """
INSERT INTO ticket (workspace_id, id, number, subject, status, status_category, channel, team_id,
                    assignee_id, requester_id, tags, created_at, updated_at)
SELECT $1, $2::bigint + n, 1000000 + n + $7::bigint, 'bench', 'open', 'open', 'api',
       ($4::bigint[])[1 + n % cardinality($4::bigint[])],
       CASE WHEN $5::bigint > 0 THEN $5::bigint + 1 + n % $6::bigint END, 10 + n / 3,
       CASE WHEN n % 3 > 0 THEN ARRAY['k' || n % 3] ELSE '{}' END,
       now() - n * interval '1 second', now()
FROM generate_series(1, $3::int) n
"""


@asynccontextmanager
async def _cluster() -> AsyncIterator[str]:
    """A PostgreSQL of its own with one migrated database."""
    with testing.throwaway() as cluster:
        owner = await asyncpg.connect(cluster.dsn)
        await owner.execute("CREATE DATABASE bench")
        await owner.close()
        dsn = named(cluster.dsn, "bench")
        await migrate.run(dsn)
        yield dsn


async def _days(dsn: str, *, seed: int, steps: int, agents: int) -> None:
    database = await db.connect(dsn, pool=8)
    with TemporaryDirectory() as folder:
        async with open_desk(database, Path(folder)) as desk:
            run = simulation.Simulation(database, desk.workspace_id, seed=seed)
            now = clock.now
            simulation.use(run, setattr)
            try:
                await run.open(agents=agents)
                for _ in range(steps):
                    await run.step()
            finally:
                clock.now = now
            given, crashes = sum(run.given.values()), run.steps["crash"]
            print(f"seed {seed}: {steps} steps, {given} given out, {crashes} crashes, all right")
    await database.close()


async def _fill(run: simulation.Simulation, *, agents: int, waiting: int) -> None:
    """Many agents with two tickets each, and many tickets that wait."""
    floor = run.floor
    async with run.begin() as tx:
        role = await tx.db.fetchval(
            "SELECT id FROM role WHERE workspace_id = $1 AND system = 'agent'", tx.workspace_id
        )
        first = floor.database.new_id()
        teams = run.teams[:1]  # all in one, which is the hardest
        await tx.db.execute(_AGENTS, tx.workspace_id, first, agents, teams, role, run.skills)
        busy, idle = floor.database.new_id(), floor.database.new_id() + 10 * agents
        await tx.db.execute(_TICKETS, tx.workspace_id, busy, agents * 2, teams, first, agents, 0)
        await tx.db.execute(_TICKETS, tx.workspace_id, idle, waiting, teams, 0, 1, agents * 3)


async def _measure(dsn: str, *, agents: int, waiting: int, events: int) -> None:
    database = await db.connect(dsn, pool=8)
    choose = random.Random(1)  # noqa: S311 -- a choice, not a secret
    with TemporaryDirectory() as folder:
        async with open_desk(database, Path(folder)) as desk:
            run = simulation.Simulation(database, desk.workspace_id, seed=1)
            await run.open(agents=4)
            await _fill(run, agents=agents, waiting=waiting)
            owner = await asyncpg.connect(dsn)
            await owner.execute("ANALYZE")  # as the server does by itself, a minute later
            await owner.close()
            began = time.perf_counter()
            async with run.begin() as tx:
                await distribution.distribute(tx)
            print(f"comparing {agents} agents and {waiting} waiting: {_ms(began):.0f} ms")
            await run.floor.settle()
            async with run.begin() as tx:
                rows = await tx.db.fetch(
                    "SELECT id FROM ticket WHERE workspace_id = $1 AND assignee_id IS NOT NULL"
                    " AND subject = 'bench'",
                    tx.workspace_id,
                )
            solved, arrived = [], []
            for row in choose.sample(rows, events):
                await run.floor.change(row["id"], status="resolved")
                solved.append(await _settled(run.floor))
                await run.floor.ticket(run.teams[0], tags=["k1"])
                arrived.append(await _settled(run.floor))
            _say("a ticket was solved and another one given out", solved)
            _say("a ticket arrived", arrived)
    await database.close()


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


async def _settled(floor: Floor) -> float:
    began = time.perf_counter()
    await floor.settle()
    return _ms(began)


def _say(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    late = ordered[int(len(ordered) * 0.95)]
    print(f"{what}: median {statistics.median(ordered):.1f} ms, p95 {late:.1f} ms")


async def _main(args: argparse.Namespace) -> None:
    discovery.load()
    async with _cluster() as dsn:
        for seed in range(args.seed, args.seed + args.seeds):
            await _days(dsn, seed=seed, steps=args.steps, agents=args.floor)
        if args.agents:
            await _measure(dsn, agents=args.agents, waiting=args.waiting, events=args.events)


def main() -> int:
    """0 when every step held; an assertion says which one did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1000, help="of each random run")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1, help="the first")
    parser.add_argument("--floor", type=int, default=12, help="agents of a random run")
    parser.add_argument("--agents", type=int, default=5000, help="of the measurement; 0: none")
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100)
    asyncio.run(_main(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
