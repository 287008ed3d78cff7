"""Scenarios: the clocks of web or worker are wrong by two hours; the database's is right."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos import town
from tests.chaos.stage import Stage, scenario
from tests.chaos.town import Town
from yizhan.kernel import postgres

_LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


def missing() -> str:
    """Why clocks cannot be shifted here."""
    if not Path(_LIBRARY).exists() and not shutil.which("faketime"):
        return "not installed: faketime"
    return "" if Path(_LIBRARY).exists() else f"not there: {_LIBRARY}"


def _at(hours: int) -> Any:
    """A desk whose web and worker are wrong; the database is started before, and is right."""

    @contextlib.asynccontextmanager
    async def opened(folder: Path) -> AsyncIterator[Town]:
        async with postgres.Cluster(folder / "data") as cluster:
            environment = {
                "LD_PRELOAD": _LIBRARY,
                "FAKETIME": f"{hours:+d}h",
                "DONT_FAKE_MONOTONIC": "1",
                "YIZHAN_DATABASE_URL": cluster.dsn,
            }
            async with town.opened(folder, environment=environment) as made:
                yield made

    return opened


async def _play(stage: Stage, *, hours: int) -> None:
    await stage.work(40)
    await stage.kill("worker")
    await stage.recover()
    await stage.work(20)
    async with stage.town.connected() as db:
        row = await db.fetchrow(
            "SELECT max(created_at) AS newest, min(created_at) AS oldest, now() AS now FROM message"
        )
        due = await db.fetch(
            "SELECT due_at FROM timer WHERE due_at < now() - interval '30 seconds'"
        )
    away = max(abs(row["newest"] - row["now"]), abs(row["oldest"] - row["now"]))
    stage.notes["hours"] = hours
    log = (stage.folder / "serve.log").read_text(errors="replace")
    stage.expect("clocks were wrong, and it was noticed", holds="clock_differs" in log)
    stage.expect(f"times are the database's, not {away} off", holds=away < timedelta(minutes=15))
    stage.expect("no timer is overdue", holds=not due)


for _hours in (2, -2):
    scenario(f"clock-{_hours:+d}h", within=60, opened=_at(_hours), needs=missing)(
        partial(_play, hours=_hours)
    )
