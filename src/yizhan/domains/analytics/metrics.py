"""The numbers, each with what exactly it counts. The definitions are part of the product: a reader
sees them beside the number, and `yizhan reports check` counts by them a second time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from yizhan.domains.analytics.definitions import WORDS
from yizhan.domains.analytics.types import Cell, FactKind

Unit = Literal["count", "seconds", "share", "number"]
Clock = Literal["none", "calendar", "business"]
Better = Literal["more", "less", "neither"]
RowValue = Literal["none", "seconds", "number", "met", "good", "percent"]
Number = int | float | None


class Metric(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a report. ``kind`` is the fact that it counts, None for what is open at a moment."""

    key: str
    title: dict[str, str]
    definition: dict[str, str]
    unit: Unit
    clock: Clock
    better: Better
    kind: FactKind | None
    value: Callable[[Cell], Number]
    row: RowValue = "none"  # what a row's own value is


def _count(cell: Cell) -> Number:
    return cell.n


def _median(cell: Cell) -> Number:
    return cell.median


def _p90(cell: Cell) -> Number:
    return cell.p90


def _mean(cell: Cell) -> Number:
    return None if cell.n == 0 or cell.total is None else cell.total / cell.n


def _mean_percent(cell: Cell) -> Number:
    return None if cell.n == 0 or cell.total is None else cell.total / cell.n / 100


def _metric(
    key: str,
    *,
    kind: FactKind | None,
    value: Callable[[Cell], Number] = _count,
    unit: Unit = "count",
    clock: Clock = "none",
    better: Better = "neither",
    row: RowValue = "none",
) -> Metric:
    zh, en = WORDS[key]
    return Metric(
        key=key,
        title={"zh": zh[0], "en": en[0]},
        definition={"zh": zh[1], "en": en[1]},
        unit=unit,
        clock=clock,
        better=better,
        kind=kind,
        value=value,
        row=row,
    )


METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        _metric("created", kind="created"),
        _metric("backlog", kind=None, better="less"),
        _metric("answered", kind="answered"),
        _metric(
            "first_response_median",
            kind="first_response",
            value=_median,
            unit="seconds",
            clock="calendar",
            better="less",
            row="seconds",
        ),
        _metric(
            "first_response_p90",
            kind="first_response",
            value=_p90,
            unit="seconds",
            clock="calendar",
            better="less",
            row="seconds",
        ),
        _metric("resolved", kind="resolved", better="more"),
        _metric("reopened", kind="reopened", better="less"),
        _metric(
            "resolution_median",
            kind="resolution",
            value=_median,
            unit="seconds",
            clock="calendar",
            better="less",
            row="seconds",
        ),
        _metric(
            "resolution_p90",
            kind="resolution",
            value=_p90,
            unit="seconds",
            clock="calendar",
            better="less",
            row="seconds",
        ),
        _metric(
            "messages_per_ticket",
            kind="effort",
            value=_mean,
            unit="number",
            better="less",
            row="number",
        ),
        _metric(
            "sla_met",
            kind="sla",
            value=_mean,
            unit="share",
            clock="business",
            better="more",
            row="met",
        ),
        _metric("satisfaction", kind="rated", value=_mean, unit="share", better="more", row="good"),
        _metric(
            "satisfaction_inferred",
            kind="inferred",
            value=_mean_percent,
            unit="share",
            better="more",
            row="percent",
        ),
    )
}

KINDS = frozenset(metric.kind for metric in METRICS.values() if metric.kind is not None)
KINDS_WITH_MEAN = frozenset(
    one.kind for one in METRICS.values() if one.value in (_mean, _mean_percent)
)
KINDS_WITH_RANKS = frozenset(one.kind for one in METRICS.values() if one.value in (_median, _p90))
