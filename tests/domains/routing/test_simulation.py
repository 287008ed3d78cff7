"""Random days of a desk against the oracle; the larger run is ``python -m bench.routing``."""

from __future__ import annotations

import pytest

from tests.domains.routing import simulation
from tests.support.desk import Desk


@pytest.mark.parametrize("seed", [1, 20261122])
async def test_a_random_day_leaves_nobody_waiting_for_somebody_free(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    run = simulation.Simulation(desk.database, desk.workspace_id, seed=seed)
    simulation.use(run, monkeypatch.setattr)
    await run.open(agents=8)
    for _ in range(120):
        await run.step()
    assert sum(run.given.values()) > 40
    assert run.steps["crash"] > 3
