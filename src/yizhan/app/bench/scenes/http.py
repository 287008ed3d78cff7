"""Workloads that are one HTTP request again and again, and the mixture of a day."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from yizhan.app.bench import limit, load, stage, workloads
from yizhan.app.bench.stage import Stage

_SCRIPTS = 40
_KNEE_P95 = 50.0
_KNEE_GROWTH = 1.25
_KNEE_START = 40.0
_KNEE_STEPS = 20
_KEPT_UP = 0.97


async def run(scene: Stage) -> load.Result:
    """The limit first, then the desk, then the limit once more; the better limit counts."""
    make = workloads.WORKLOADS[scene.order.workload]
    with tempfile.TemporaryDirectory() as folder:
        recorded = await limit.record(
            scene.edge,
            token=scene.world.token,
            requests=[make(scene.world, scene.rng) for _ in range(_SCRIPTS)],
            folder=Path(folder),
            workspace_id=scene.world.workspace_id,
        )
        scene.statements = recorded.statements
        first = await scene.limit(recorded.paths)
        async with scene.web() as port, scene.measured():
            result = await once(scene, make, port=port, rate=scene.order.rate)
        result.limit_rate = max(first, await scene.limit(recorded.paths))
    return result


async def once(scene: Stage, make: workloads.Make, *, port: int, rate: float) -> load.Result:
    """Load for the time that was asked for."""
    return await load.run(
        host=stage.HOST,
        port=port,
        token=scene.world.token,
        make=lambda rng: make(scene.world, rng),
        clients=scene.order.clients,
        seconds=scene.order.seconds,
        seed=scene.order.seed,
        rate=rate,
    )


async def knee(scene: Stage) -> load.Result:
    """Requests due at a growing constant rate, until the desk no longer follows in time."""
    make = workloads.WORKLOADS[scene.order.workload]
    rate = scene.order.rate or _KNEE_START
    best, steps = load.Result([], 0, 0.0), list[dict[str, Any]]()
    async with scene.web() as port:
        for _ in range(_KNEE_STEPS):
            async with scene.measured():
                result = await once(scene, make, port=port, rate=rate)
            p95 = result.percentile(0.95)
            steps.append(
                {
                    "offered": round(rate, 1),
                    "rate": round(result.rate(), 1),
                    "p50_ms": round(result.percentile(0.5), 2),
                    "p95_ms": round(p95, 2),
                    "p99_ms": round(result.percentile(0.99), 2),
                    "errors": result.errors,
                }
            )
            if result.errors or p95 > _KNEE_P95 or result.rate() < rate * _KEPT_UP:
                break
            best = result
            rate *= _KNEE_GROWTH
    best.more = {"steps": steps, "knee_rate": round(best.rate(), 1)}
    return best
