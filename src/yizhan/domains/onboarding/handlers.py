"""Exercises follow what agents write there; everybody else leaves them out."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.onboarding import repository, service
from yizhan.domains.tickets import registry
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

registry.provide_exercises(repository.among)
registry.provide_exercise_sql(is_one=service.is_one_sql, running=repository.RUNNING)


@events.consumer("practice")
async def hear(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Read the log rather than the request: a real answer waits for no exercise."""
    await service.hear(tx, batch)
