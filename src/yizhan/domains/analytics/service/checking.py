"""Is every number what the event log says? Counted twice, by two programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.analytics import days as sums
from yizhan.domains.analytics import folding, periods, recount, repository
from yizhan.domains.analytics.metrics import KINDS, METRICS, Metric
from yizhan.domains.analytics.service import asking, counting, rolling
from yizhan.domains.analytics.service.numbers import Counted
from yizhan.domains.analytics.service.rolling import Series
from yizhan.domains.analytics.types import DIMENSIONS, Asked, Dimension
from yizhan.domains.tickets import registry
from yizhan.kernel import events, log
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.events import Logged
from yizhan.kernel.tx import Tx

_AT_ONCE = 500
_DAYS = 300
_SHOWN = 5
_TRIES = 4
_HOW = {"first_response_median": "median", "first_response_p90": "p90"}
_HOW |= {"resolution_median": "median", "resolution_p90": "p90"}
_HOW |= dict.fromkeys(("messages_per_ticket", "sla_met", "satisfaction"), "mean")
_HOW["satisfaction_inferred"] = "percent"
_CANCELLED = """
SELECT data->>'message_id' FROM event WHERE workspace_id = $1 AND type = $2 AND ticket_id IS NOT NULL
"""


class Found(msgspec.Struct):
    """What was compared, and what differs."""

    tickets: int
    compared: int
    differences: list[str]


async def check(database: Database, workspace_id: int) -> Found:
    """Recount a workspace. What is written meanwhile is no difference: then it is looked at again."""
    reader = next(one for one in events.consumers() if one.name == counting.CONSUMER)
    for tried in range(_TRIES):
        await log.catch_up(database, reader, workspace_id)
        await rolling.complete(database, workspace_id, consumer=counting.CONSUMER)
        async with database.begin(system(workspace_id)) as tx:
            begin = await log.end(tx)
            found = await _compare(tx)
            if not found.differences or tried == _TRIES - 1 or begin == await log.end(tx):
                return found
    raise AssertionError  # the last try returns


async def _compare(tx: Tx) -> Found:
    zone = await asking.zone_of(tx)
    book = recount.Book(zone)
    gone = {row[0] for row in await tx.db.fetch(_CANCELLED, tx.workspace_id, folding.CANCELLED)}
    async for known in _logs(tx):
        book.add(known, gone=gone)
    found = Found(len(book.lives), 0, [])
    days = book.days()
    if days is None:
        left = await tx.db.fetchval(
            "SELECT count(*) FROM report_fact WHERE workspace_id = $1", tx.workspace_id
        )
        return Found(0, 1, [f"{left} facts of nothing"] if left else [])
    await _compare_sums(tx, found)
    first = days[0] - timedelta(days=1)
    while first <= days[1]:
        last = min(first + timedelta(days=_DAYS - 1), days[1] + timedelta(days=1))
        await _compare_days(tx, book, found, first, last)
        first = last + timedelta(days=1)
    return found


async def _logs(tx: Tx) -> AsyncIterator[Sequence[Logged]]:
    """Every ticket's log, a few tickets at a time."""
    after = 0
    while numbers := await repository.tickets_behind(tx, after, limit=_AT_ONCE):
        exercises = await registry.exercises(tx, numbers)
        for number, known in (await repository.logs(tx, numbers)).items():
            if number not in exercises:
                yield known
        after = numbers[-1]


async def _compare_sums(tx: Tx, found: Found) -> None:
    """Sums by day, that most numbers come from, beside those of the facts."""
    state = await sums.state(tx)
    if state.done:
        wrong = await sums.different(tx, kinds=sorted(KINDS), zone=state.wanted, most=_SHOWN)
        found.differences += [f"sums {one}" for one in wrong]


async def _compare_days(tx: Tx, book: recount.Book, found: Found, first: date, last: date) -> None:
    zone = ZoneInfo(book.zone.key)
    period = periods.period(first, last, zone=zone, today=last)
    for group in DIMENSIONS:
        counted = Counted(tx, Asked(period=period, zone=zone.key, group=group))
        for metric in METRICS.values():
            mine = await counted.of(metric, steps=group == DIMENSIONS[0], groups=True)
            for place, here, there in _pairs(book, counted, metric, mine, group):
                found.compared += 1
                if here != there:
                    found.differences.append(f"{metric.key} {place}: {here} here, {there} there")


def _pairs(
    book: recount.Book, counted: Counted, metric: Metric, mine: Series, group: Dimension
) -> Iterator[tuple[str, Any, Any]]:
    """Each number of the facts beside that of the log: of a step, of a group, in total."""
    days = [day for day, _ in counted.days] if mine.steps else []
    first, last = counted.asked.period.first, counted.asked.period.last
    if metric.kind is None:
        ours = book.open_at_end(last, group=group)
        grouped: dict[str | None, Any] = {key: n for key, n in ours.items() if key != ""}
        yield "total", mine.total, ours[""]
        for day, value in zip(days, mine.steps, strict=True):
            yield str(day), value, book.open_at_end(day)[""]
    else:
        how = _HOW.get(metric.key, "count")
        cells = book.cells(metric.kind, first=first, last=last, group=group)
        yield "total", mine.total, recount.number(cells.pop((None, ""), []), how)
        for day, value in zip(days, mine.steps, strict=True):
            yield str(day), value, recount.number(cells.get((day, None), []), how)
        grouped = {
            key: recount.number(values, how) for (day, key), values in cells.items() if day is None
        }
    for key in mine.groups.keys() | grouped.keys():
        yield f"{group} {key}", mine.groups.get(key), grouped.get(key)


def said(found: Found) -> dict[str, Any]:
    """For the command line."""
    return {
        "tickets": found.tickets,
        "compared": found.compared,
        "differences": len(found.differences),
        "examples": found.differences[:_SHOWN],
    }
