"""What the API says of reports."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from yizhan.domains.analytics.metrics import Better, Clock, RowValue, Unit
from yizhan.domains.analytics.types import Dimension, Step


class MetricOut(msgspec.Struct, kw_only=True):
    """A number and what exactly it counts. ``clock`` is the time that a length is measured by."""

    key: str
    title: dict[str, str]
    definition: dict[str, str]
    unit: Unit
    clock: Clock
    better: Better
    row: RowValue


class MetricCatalogue(msgspec.Struct):
    """All metrics, what they can be grouped and filtered by, and in which steps."""

    metrics: list[MetricOut]
    groups: list[Dimension]
    steps: list[Step]
    time_zone: str
    today: date


class ReportPeriod(msgspec.Struct):
    """Whole days in the workspace's time zone, both included."""

    first: date
    last: date


class ReportStep(msgspec.Struct):
    """The value of one step; ``previous`` is that of the step in the same place of the period before."""

    first: date
    last: date
    value: float | None
    previous: float | None = None


class ReportGroup(msgspec.Struct):
    """The value of one group. ``id`` is null for what belongs to none."""

    id: str | None
    name: str | None
    value: float | None
    previous: float | None = None


class MetricSeries(msgspec.Struct):
    """One metric over the period."""

    key: str
    value: float | None
    previous: float | None
    steps: list[ReportStep]
    groups: list[ReportGroup]


class ReportLag(msgspec.Struct):
    """How much of the event log has not been counted yet."""

    events: int
    seconds: int


class Report(msgspec.Struct):
    """The answer to a query."""

    time_zone: str
    step: Step
    group: Dimension | None
    period: ReportPeriod
    previous: ReportPeriod | None
    lag: ReportLag
    metrics: list[MetricSeries]


class ReportRow(msgspec.Struct, kw_only=True):
    """One thing behind a number. ``subject`` is null for a ticket that you may count but not read."""

    id: str
    at: datetime
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
