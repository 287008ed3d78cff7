"""Reports as people ask for them: a period, a comparison, names for groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.analytics import asking, errors, events, periods, schemas
from yizhan.domains.analytics.metrics import METRICS, Metric
from yizhan.domains.analytics.service import counting
from yizhan.domains.analytics.service.numbers import Counted
from yizhan.domains.analytics.service.rolling import Series
from yizhan.domains.analytics.types import DIMENSIONS, Asked, Dimension, Step
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

_LENGTH = timedelta(days=29)  # thirty days, when nobody says otherwise
_NAMED = {"brand": "brand", "team": "team", "agent": "agent"}


async def zone_of(tx: Tx) -> str:
    """The workspace's time zone."""
    found: str = await tx.db.fetchval(
        "SELECT time_zone FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    return found


async def catalogue(tx: Tx) -> schemas.MetricCatalogue:
    """Every metric with its definition."""
    permissions.require(tx.actor, asking.PERMISSION)
    zone = await zone_of(tx)
    return schemas.MetricCatalogue(
        metrics=[
            schemas.MetricOut(
                key=one.key,
                title=one.title,
                definition=one.definition,
                unit=one.unit,
                clock=one.clock,
                better=one.better,
                row=one.row,
            )
            for one in METRICS.values()
        ],
        groups=list(DIMENSIONS),
        steps=["day", "week", "month"],
        time_zone=zone,
        today=_today(tx, zone),
    )


def _today(tx: Tx, zone: str) -> date:
    return tx.now.astimezone(ZoneInfo(zone)).date()


async def prepared(
    tx: Tx,
    *,
    first: date | None = None,
    last: date | None = None,
    step: Step = "day",
    group: Dimension | None = None,
    filters: dict[str, Any] | None = None,
) -> Asked:
    """A question made whole. Errors: Forbidden, PeriodInvalid."""
    permissions.require(tx.actor, asking.PERMISSION)
    zone = await zone_of(tx)
    today = _today(tx, zone)
    last = last or today
    found = periods.period(first or last - _LENGTH, last, zone=ZoneInfo(zone), today=today)
    given = {name: value for name, value in (filters or {}).items() if value}
    return Asked(period=found, zone=zone, step=step, group=group, filters=given)


def metric(key: str) -> Metric:
    """Errors: UnknownMetric."""
    if key not in METRICS:
        raise errors.UnknownMetric(field="metric", metric=key)
    return METRICS[key]


def exported(tx: Tx, asked: Asked, one: Metric) -> None:
    """Note who takes rows away. Errors: ReportFilterInvalid, before the first of them."""
    asking.question(tx.actor, asked)
    tx.emit(events.ReportExported(metric=one.key, filters=asked.filters, **_days(asked)))


def _days(asked: Asked) -> dict[str, str]:
    return {"first": asked.period.first.isoformat(), "last": asked.period.last.isoformat()}


async def report(
    tx: Tx, asked: Asked, *, metrics: Sequence[str], compare: bool, with_steps: bool
) -> schemas.Report:
    """The metrics of a period, beside the period before if wished.

    Errors: UnknownMetric, PeriodInvalid, ReportFilterInvalid.
    """
    wanted = [metric(key) for key in dict.fromkeys(metrics)]
    now = Counted(tx, asked)
    past = None
    if compare:
        earlier = periods.before(asked.period, zone=ZoneInfo(asked.zone))
        past = Counted(tx, msgspec.structs.replace(asked, period=earlier))
    groups = asked.group is not None
    found = []
    for one in wanted:
        mine = await now.of(one, steps=with_steps, groups=groups)
        theirs = None
        if past is not None:
            theirs = await past.of(one, steps=with_steps, groups=groups)
        found.append(await _shown(tx, one, now, mine, theirs))
    lag = await counting.lag(tx)
    return schemas.Report(
        time_zone=asked.zone,
        step=asked.step,
        group=asked.group,
        period=_period(asked),
        previous=_period(past.asked) if past is not None else None,
        lag=schemas.ReportLag(lag.events, lag.seconds),
        metrics=found,
    )


def _period(asked: Asked) -> schemas.ReportPeriod:
    return schemas.ReportPeriod(asked.period.first, asked.period.last)


async def _shown(
    tx: Tx, one: Metric, counted: Counted, mine: Series, theirs: Series | None
) -> schemas.MetricSeries:
    before = theirs.steps if theirs else []
    steps = [
        schemas.ReportStep(first, last, value, before[place] if place < len(before) else None)
        for place, ((first, last), value) in enumerate(zip(counted.days, mine.steps, strict=False))
    ]
    earlier = theirs.groups if theirs else {}
    names = await names_of(tx, counted.asked.group, mine.groups.keys() | earlier.keys())
    none = 0 if one.unit == "count" else None
    groups = [
        schemas.ReportGroup(key, names.get(key), mine.groups.get(key, none), earlier.get(key, none))
        for key in mine.groups.keys() | earlier.keys()
    ]
    groups.sort(key=lambda row: (-(row.value or 0), row.id is None, row.name or "", row.id or ""))
    return schemas.MetricSeries(
        one.key, mine.total, theirs.total if theirs else None, steps, groups
    )


async def names_of(
    tx: Tx, group: Dimension | None, keys: Iterable[str | None]
) -> dict[str | None, str]:
    """What people call brands, teams and agents; other groups are called what they are."""
    known = [key for key in keys if key is not None]
    if group not in _NAMED:
        return {key: key for key in known}
    rows = await tx.db.fetch(
        f"SELECT id::text, name FROM {_NAMED[group]} WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        [int(key) for key in known],
    )
    return {row[0]: row[1] for row in rows}
