# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``system``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

__all__ = [
    "CountOut",
    "FindingOut",
    "HealthOut",
    "HeldIn",
    "HeldKindOut",
    "HeldOut",
    "MeasureOut",
    "ObjectiveIn",
    "ObjectiveOut",
    "PointOut",
    "StatementOut",
    "Words",
]


class CountOut(Struct, kw_only=True):
    """Count out."""

    window: str  # 1h, 24h, 30d
    good: int
    total: int
    share: float | None
    burn: float | None


class FindingOut(Struct, kw_only=True):
    """Finding out."""

    key: str
    level: str  # info, warn, bad
    subject: str
    facts: dict[str, float | int | str]
    text: Words
    cure: Words


class HealthOut(Struct, kw_only=True):
    """Health out."""

    at: dt.datetime
    window: str  # 1h, 24h, 30d
    state: str  # none, ok, warn, bad
    version: str
    silent_minutes: int
    measures: list[MeasureOut]
    findings: list[FindingOut]
    statements: list[StatementOut]
    source: str  # desk, server
    since: dt.datetime | None


class HeldIn(Struct, kw_only=True):
    """Held in."""

    decision: Literal["send", "discard"]


class HeldKindOut(Struct, kw_only=True):
    """Held kind out."""

    kind: str  # messages, webhooks, others
    count: int
    oldest: dt.datetime | None


class HeldOut(Struct, kw_only=True):
    """Held out."""

    state: str | None  # hold, send, discard, None
    restored_at: dt.datetime | None
    total: int
    waiting: list[HeldKindOut]


class MeasureOut(Struct, kw_only=True):
    """Measure out."""

    measure: str  # api, fast, delivery, stream, jobs, mailboxes
    target: float
    within: float
    state: str  # none, ok, warn, bad
    budget: float | None
    worst: float | None
    windows: list[CountOut]
    points: list[PointOut]
    cure: Words | None


class ObjectiveIn(Struct, kw_only=True):
    """Objective in."""

    measure: Literal["api", "fast", "delivery", "stream", "jobs", "mailboxes"]
    target: float
    within: float


class ObjectiveOut(Struct, kw_only=True):
    """Objective out."""

    measure: str  # api, fast, delivery, stream, jobs, mailboxes
    target: float
    within: float


class PointOut(Struct, kw_only=True):
    """Point out."""

    at: dt.datetime
    good: int
    total: int


class StatementOut(Struct, kw_only=True):
    """Statement out."""

    place: str
    text: str
    calls: int
    mean_ms: float
    worst_ms: float
    per_minute: float
    share: float


class Words(Struct, kw_only=True):
    """Words."""

    zh: str
    en: str
