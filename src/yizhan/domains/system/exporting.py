"""What is promised, for Prometheus: counted by all processes, so that any of them can say it."""

from __future__ import annotations

from yizhan.domains.system import objectives, recording, repository
from yizhan.domains.system.types import WINDOWS, Count, State
from yizhan.kernel import metrics
from yizhan.kernel.db import Database

_VALUES: dict[State, int] = {"ok": 0, "warn": 1, "bad": 2}


async def promises(database: Database) -> None:
    """Read how promises are kept. What nobody has measured yet is not said to be well."""
    counts = await repository.counts(database)
    for name, objective in (await recording.current(database)).items():
        verdict = objectives.judge(objective, {w: counts[w].get(name, Count()) for w in WINDOWS})
        for window, burn in verdict.burn.items():
            if burn is not None:
                metrics.promise_burn.labels(name, window).set(burn)
        if verdict.state in _VALUES:
            metrics.promise_state.labels(name).set(_VALUES[verdict.state])
