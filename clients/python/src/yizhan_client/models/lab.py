# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``lab``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "CasesAdded",
    "CasesFile",
    "Gathering",
    "GoldenCase",
    "GoldenCaseChange",
    "GoldenCaseIn",
    "GoldenCases",
    "GoldenFilters",
    "GoldenSet",
    "GoldenSetChange",
    "GoldenSetIn",
    "GoldenSets",
    "LabBroken",
    "LabChange",
    "LabChangeDetail",
    "LabChanges",
    "LabComparison",
    "LabInterval",
    "LabMeasured",
    "LabOutcome",
    "LabOutcomes",
    "LabOverride",
    "LabReport",
    "LabRun",
    "LabRunIn",
    "LabRuns",
]


class CasesAdded(Struct, kw_only=True):
    """Cases added."""

    added: int
    alike: int


class CasesFile(Struct, kw_only=True):
    """Cases file."""

    content: str


class Gathering(Struct, kw_only=True):
    """Gathering."""

    state: str | None = None  # never, running, done, full, stopped
    found: int | None = None
    added: int | None = None
    alike: int | None = None
    at: dt.datetime | None = None


class GoldenCase(Struct, kw_only=True):
    """Golden case."""

    id: str
    set_id: str
    text: str
    expected: list[str]
    source: str  # ticket, hand, import
    ticket_id: str | None
    language: str
    active: bool
    added_by: str
    created_at: dt.datetime
    updated_at: dt.datetime


class GoldenCaseChange(Struct, kw_only=True):
    """Golden case change."""

    text: str | UnsetType = UNSET
    expected: list[str] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class GoldenCaseIn(Struct, kw_only=True):
    """Golden case in."""

    text: str | UnsetType | None = UNSET
    ticket_number: int | UnsetType | None = UNSET
    expected: list[str] | UnsetType = UNSET


class GoldenCases(Struct, kw_only=True):
    """Golden cases."""

    items: list[GoldenCase]
    articles: dict[str, str]
    next_cursor: str | None = None


class GoldenFilters(Struct, kw_only=True):
    """Golden filters."""

    days: int | UnsetType = UNSET
    brand_id: str | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    most: int | UnsetType = UNSET
    per_label: int | UnsetType = UNSET
    skill: str | UnsetType | None = UNSET


class GoldenSet(Struct, kw_only=True):
    """Golden set."""

    id: str
    name: str
    kind: str  # intent, category, emotion, urgency, retrieval, skill
    filters: GoldenFilters
    tolerance: float
    guards: bool
    nightly: bool
    gathering: Gathering
    cases: int
    retired: int
    last_run: LabRun | None
    created_at: dt.datetime
    updated_at: dt.datetime


class GoldenSetChange(Struct, kw_only=True):
    """Golden set change."""

    name: str | UnsetType = UNSET
    filters: GoldenFilters | UnsetType = UNSET
    tolerance: float | UnsetType = UNSET
    guards: bool | UnsetType = UNSET
    nightly: bool | UnsetType = UNSET


class GoldenSetIn(Struct, kw_only=True):
    """Golden set in."""

    name: str
    kind: Literal["intent", "category", "emotion", "urgency", "retrieval", "skill"]
    filters: GoldenFilters | UnsetType = UNSET
    tolerance: float | UnsetType = UNSET
    guards: bool | UnsetType = UNSET
    nightly: bool | UnsetType = UNSET


class GoldenSets(Struct, kw_only=True):
    """Golden sets."""

    items: list[GoldenSet]
    open_changes: int


class LabBroken(Struct, kw_only=True):
    """Lab broken."""

    set_id: str
    set_name: str
    run: LabRun
    items: list[LabOutcome]


class LabChange(Struct, kw_only=True):
    """Lab change."""

    id: str
    kind: str  # model, threshold, article, questions, skill, server
    subject: str
    variant: str
    title: str
    state: str  # checking, blocked, passed, overridden, withdrawn, failed
    reason: str
    asked_by: str
    settled_by: str | None
    created_at: dt.datetime
    settled_at: dt.datetime | None


class LabChangeDetail(Struct, kw_only=True):
    """Lab change detail."""

    change: LabChange
    sets: list[LabBroken]
    articles: dict[str, str]
    may_override: bool


class LabChanges(Struct, kw_only=True):
    """Lab changes."""

    items: list[LabChange]
    next_cursor: str | None = None


class LabComparison(Struct, kw_only=True):
    """Lab comparison."""

    against: int
    examples: int
    left_out: int
    difference: LabInterval
    broke: int
    mended: int
    verdict: str  # better, same, tolerated, worse, nothing


class LabInterval(Struct, kw_only=True):
    """Lab interval."""

    value: float
    low: float
    high: float


class LabMeasured(Struct, kw_only=True):
    """Lab measured."""

    version: str | None = None
    threshold: float | None = None
    on: bool | None = None
    articles: int | None = None
    model: str | None = None


class LabOutcome(Struct, kw_only=True):
    """Lab outcome."""

    case_id: str
    text: str
    expected: list[str]
    said: list[str]
    confidence: float
    worth: float
    learned: bool
    was: list[str] | None
    was_worth: float | None
    turned: str | None  # broke, mended, None


class LabOutcomes(Struct, kw_only=True):
    """Lab outcomes."""

    items: list[LabOutcome]
    articles: dict[str, str]
    next_cursor: str | None = None


class LabOverride(Struct, kw_only=True):
    """Lab override."""

    reason: str


class LabReport(Struct, kw_only=True):
    """Lab report."""

    examples: int
    right: LabInterval
    found: LabInterval
    score: LabInterval
    macro_f1: float
    learned: int
    comparison: LabComparison | None = None


class LabRun(Struct, kw_only=True):
    """Lab run."""

    id: str
    set_id: str
    number: int
    cause: str  # button, nightly, change, base
    state: str  # waiting, running, done, cancelled, failed
    reason: str
    change_id: str | None
    version_id: str | None
    snapshot: str
    fingerprint: str
    measured: LabMeasured
    done: int
    total: int
    report: LabReport | None
    started_by: str
    created_at: dt.datetime
    finished_at: dt.datetime | None


class LabRunIn(Struct, kw_only=True):
    """Lab run in."""

    version_id: str | UnsetType | None = UNSET


class LabRuns(Struct, kw_only=True):
    """Lab runs."""

    items: list[LabRun]
