"""The load kit itself: every workload is answered, and what it sends can be sent by pgbench."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.desk import Desk
from yizhan.app.bench import data, limit, workloads
from yizhan.kernel import postgres


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
