"""Facts, and what reports are asked for. Times are aware UTC, days are days of the workspace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

FactKind = Literal[
    "created",
    "answered",
    "first_response",
    "resolved",
    "reopened",
    "resolution",
    "effort",
    "sla",
    "rated",
    "inferred",
]
Step = Literal["day", "week", "month"]
Dimension = Literal["channel", "brand", "team", "agent", "tag", "priority"]
DIMENSIONS: tuple[Dimension, ...] = ("channel", "brand", "team", "agent", "tag", "priority")
NOBODY = "none"  # as a filter and as a group: no team, nobody, no tag


class Fact(msgspec.Struct, frozen=True):
    """One thing that counts."""

    kind: FactKind
    event_id: int
    at: datetime
    agent_id: int | None = None
    value: int | None = None


class Span(msgspec.Struct, frozen=True):
    """From when to when a ticket was not done."""

    event_id: int
    began_at: datetime
    ended_at: datetime | None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a ticket belongs, as it is now."""

    channel: str = ""
    brand_id: int | None = None
    team_id: int | None = None
    unit_id: int | None = None
    assignee_id: int | None = None
    priority: str = "normal"
    tags: list[str] = []


class Told(msgspec.Struct, frozen=True):
    """Everything that the log of one ticket comes to."""

    ticket_id: int
    place: Place
    facts: list[Fact]
    spans: list[Span]


class Period(msgspec.Struct, frozen=True):
    """Whole days of the workspace, both ends included, and the moments at which they begin and end."""

    first: date
    last: date
    begin: datetime
    end: datetime


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is asked for: a period in steps, filters, and what to group by."""

    period: Period
    zone: str
    step: Step = "day"
    group: Dimension | None = None
    filters: dict[str, Any] = {}


class Cell(msgspec.Struct, frozen=True):
    """What was counted of one kind of fact: how many, their sum, median and ninetieth percentile."""

    n: int = 0
    total: int | None = None
    median: int | None = None
    p90: int | None = None


class Lag(msgspec.Struct, frozen=True):
    """How far the facts are behind the log."""

    events: int
    seconds: int
