"""Every number equals a recount of the log, whatever happened and however the log was delivered."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from tests.domains.analytics.lives import BEGIN, Lives
from tests.support.desk import Desk
from yizhan.domains.analytics import days
from yizhan.domains.analytics.metrics import METRICS
from yizhan.domains.analytics.service import asking, checking, counting
from yizhan.domains.analytics.types import DIMENSIONS, Dimension
from yizhan.kernel import events, log
from yizhan.kernel.tx import Tx

_FACTS = """
SELECT kind, ticket_id, event_id, at::text, agent_id, value, channel, brand_id, team_id, unit_id, assignee_id,
  priority, tags FROM report_fact WHERE workspace_id = $1 UNION ALL
SELECT 'span', ticket_id, event_id, began_at::text || ended_at::text, agent_id, NULL, channel, brand_id,
  team_id, unit_id, assignee_id, priority, tags FROM report_span WHERE workspace_id = $1 ORDER BY 1, 2, 3
"""


LAST = BEGIN.date() + timedelta(days=120)


class Killed(Exception):
    """The reader of the log was killed in the middle of a batch."""


async def facts(desk: Desk) -> list[tuple[Any, ...]]:
    async with desk.as_system() as tx:
        return [tuple(row) for row in await tx.db.fetch(_FACTS, tx.workspace_id)]


def clumsy(dice: random.Random) -> events.Consumer:
    """The reader of reports as it should never be: killed now and then, after it has written."""

    async def run(tx: Tx, batch: Sequence[events.Logged]) -> None:
        await counting.take(tx, batch)
        if dice.random() < 0.3:
            raise Killed

    return events.Consumer(counting.CONSUMER, run, 7)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_numbers_equal_a_recount_of_the_log(desk: Desk, seed: int) -> None:
    lives = Lives(desk, seed)
    await lives.begin()
    dice = random.Random(-seed)
    reader = clumsy(dice)
    for step in range(220):
        await lives.one()
        if step % 9 == 0:
            try:
                await log.catch_up(desk.database, reader, desk.workspace_id)
            except Killed:
                continue
    found = await checking.check(desk.database, desk.workspace_id)
    assert found.differences == []
    assert found.compared > 500
    counted = await facts(desk)
    kinds = {row[0] for row in counted}
    assert kinds >= {"created", "answered", "first_response", "resolved", "reopened", "sla", "span"}

    everything = await desk.events()
    for _ in range(5):  # old news, once more and out of order
        old = dice.sample(everything, 20)
        async with desk.as_system() as tx:
            await counting.take(tx, old)
    assert await facts(desk) == counted
    await sums_are_those_of_facts(desk, zone="Europe/Berlin")
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE report_fact SET value = 7, priority = 'odd' WHERE event_id % 3 = 0"
        )
        await tx.db.execute("DELETE FROM report_span WHERE event_id % 2 = 0")
        await tx.db.execute(
            "UPDATE report_fact SET ticket_id = ticket_id + 1 WHERE event_id % 7 = 1"
        )
    spoilt = await checking.check(desk.database, desk.workspace_id)
    assert spoilt.differences, "a difference would be noticed"
    tickets = await counting.rebuild(desk.database, desk.workspace_id)
    assert tickets == len({row[1] for row in counted})
    assert await facts(desk) == counted
    assert (
        await desk.api.patch("/api/v1/workspace", json={"time_zone": "Asia/Kolkata"})
    ).is_success
    await desk.run_jobs()
    await sums_are_those_of_facts(desk, zone="Asia/Kolkata")
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE report_day SET n = n + 1 WHERE dimension = 'team' AND n % 2 = 1"
        )
    assert any(one.startswith("sums team") for one in await recounted(desk))
    await counting.rebuild(desk.database, desk.workspace_id)
    assert await recounted(desk) == []


async def recounted(desk: Desk) -> list[str]:
    return (await checking.check(desk.database, desk.workspace_id)).differences


async def sums_are_those_of_facts(desk: Desk, *, zone: str) -> None:
    """Each question that sums by day can answer, asked once more of the facts."""
    asked: list[tuple[Dimension | None, dict[str, str]]] = [
        (one, {}) for one in (None, *DIMENSIONS)
    ]
    asked += [(None, {"team": "none"}), (None, {"tag": "vip"}), ("priority", {"priority": "high"})]
    async with desk.as_system() as tx:
        assert await days.state(tx) == days.State(zone, zone, date.min)
        for group, filters in asked:
            question = await asking.prepared(
                tx, first=BEGIN.date(), last=LAST, group=group, filters=filters, step="week"
            )
            said = []
            for way in ("sums", "facts"):
                if way == "facts":
                    await tx.db.execute("UPDATE report_counted SET from_day = 'infinity'")
                said.append(
                    await asking.report(
                        tx, question, metrics=list(METRICS), compare=True, with_steps=True
                    )
                )
            await tx.db.execute("UPDATE report_counted SET from_day = '-infinity'")
            assert said[0] == said[1]
            assert said[0].metrics[0].value


async def test_lag_is_what_has_not_been_counted(desk: Desk) -> None:
    await desk.run_jobs()
    async with desk.as_system() as tx:
        assert msgspec.structs.astuple(await counting.lag(tx)) == (0, 0)
    lives = Lives(desk, 1)
    await lives.begin()
    async with desk.begin() as tx:
        await lives.ask(tx)
    async with desk.as_system() as tx:
        assert (await counting.lag(tx)).events >= 2
    await desk.run_jobs()
    async with desk.as_system() as tx:
        assert (await counting.lag(tx)).events == 0
