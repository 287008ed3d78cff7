# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``reports``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

__all__ = [
    "MetricCatalogue",
    "MetricOut",
    "MetricSeries",
    "Report",
    "ReportGroup",
    "ReportLag",
    "ReportPeriod",
    "ReportRow",
    "ReportRowPage",
    "ReportStep",
]


class MetricCatalogue(Struct, kw_only=True):
    """Metric catalogue."""

    metrics: list[MetricOut]
    groups: list[str]
    steps: list[str]
    time_zone: str
    today: dt.date


class MetricOut(Struct, kw_only=True):
    """Metric out."""

    key: str
    title: dict[str, str]
    definition: dict[str, str]
    unit: str  # count, seconds, share, number
    clock: str  # none, calendar, business
    better: str  # more, less, neither
    row: str  # none, seconds, number, met, good, percent


class MetricSeries(Struct, kw_only=True):
    """Metric series."""

    key: str
    value: float | None
    previous: float | None
    steps: list[ReportStep]
    groups: list[ReportGroup]


class Report(Struct, kw_only=True):
    """Report."""

    time_zone: str
    step: str  # day, week, month
    group: str | None  # channel, brand, team, agent, tag, priority, None
    period: ReportPeriod
    previous: ReportPeriod | None
    lag: ReportLag
    metrics: list[MetricSeries]


class ReportGroup(Struct, kw_only=True):
    """Report group."""

    id: str | None
    name: str | None
    value: float | None
    previous: float | None = None


class ReportLag(Struct, kw_only=True):
    """Report lag."""

    events: int
    seconds: int


class ReportPeriod(Struct, kw_only=True):
    """Report period."""

    first: dt.date
    last: dt.date


class ReportRow(Struct, kw_only=True):
    """Report row."""

    id: str
    at: dt.datetime
    ticket_id: str
    number: int | None
    subject: str | None
    value: int | None
    agent_id: str | None
    agent: str | None
    team: str | None
    brand: str | None
    channel: str
    priority: str
    tags: list[str]


class ReportRowPage(Struct, kw_only=True):
    """Report row page."""

    items: list[ReportRow]
    next_cursor: str | None = None


class ReportStep(Struct, kw_only=True):
    """Report step."""

    first: dt.date
    last: dt.date
    value: float | None
    previous: float | None = None
