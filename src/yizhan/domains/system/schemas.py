"""What the API gives and takes of the installation's own state."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.system.types import Level, State, Window, Words
from yizhan.kernel import holding

Measure = Literal["api", "fast", "delivery", "stream", "jobs", "mailboxes"]


class CountOut(msgspec.Struct):
    """Good and all in a window; ``share`` is null where there was nothing, ``burn`` likewise."""

    window: Window
    good: int
    total: int
    share: float | None
    burn: float | None


class PointOut(msgspec.Struct):
    """A step of the chart."""

    at: datetime
    good: int
    total: int


class MeasureOut(msgspec.Struct, kw_only=True):
    """A promise and how it is kept. ``budget``: the share that is left of what may fail in 30 days.
    ``worst``: the longest in the last hour, in seconds."""

    measure: Measure
    target: float
    within: float
    state: State
    budget: float | None
    worst: float | None
    windows: list[CountOut]
    points: list[PointOut]
    cure: Words | None


class FindingOut(msgspec.Struct):
    """Something that slows the database: what, how one knows, what to do."""

    key: str
    level: Level
    subject: str
    facts: dict[str, float | int | str]
    text: Words
    cure: Words


class StatementOut(msgspec.Struct):
    """A statement of ours: where it stands in the code, and what it costs. Times in milliseconds."""

    place: str
    text: str
    calls: int
    mean_ms: float
    worst_ms: float
    per_minute: float
    share: float


class HealthOut(msgspec.Struct, kw_only=True):
    """The state of the installation. ``silent_minutes``: minutes of the last day in which no process
    measured anything, so that the desk was down. ``source``: who timed the statements."""

    at: datetime
    window: Window
    state: State
    version: str
    silent_minutes: int
    measures: list[MeasureOut]
    findings: list[FindingOut]
    statements: list[StatementOut]
    source: Literal["desk", "server"]
    since: datetime | None


class ObjectiveIn(msgspec.Struct, forbid_unknown_fields=True):
    """A promise: this share is good, within so many seconds where a time is measured."""

    measure: Measure
    target: Annotated[float, Meta(ge=0.5, le=0.9999)]
    within: Annotated[float, Meta(ge=0, le=3600)]


class ObjectiveOut(msgspec.Struct):
    """A promise as it holds now."""

    measure: Measure
    target: float
    within: float


class HeldKindOut(msgspec.Struct):
    """How many of a kind are held; ``others`` are pushes, called addresses and sign-in links."""

    kind: holding.Kind
    count: int
    oldest: datetime | None


class HeldOut(msgspec.Struct, kw_only=True):
    """What does not go out since a restore. ``state`` is null where nothing was restored; after a decision
    the counts go down until all of it is done."""

    state: holding.State | None
    restored_at: datetime | None
    total: int
    waiting: list[HeldKindOut]


class HeldIn(msgspec.Struct, forbid_unknown_fields=True):
    """``send``: now, perhaps a second time. ``discard``: never by itself; messages are shown as ``unknown``."""

    decision: holding.Decision
