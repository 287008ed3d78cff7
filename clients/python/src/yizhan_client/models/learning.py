# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``learning``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import HeldChange

__all__ = [
    "AdoptionWeek",
    "AskedMessage",
    "AskedTicket",
    "CalibrationPoint",
    "Comparison",
    "Confusion",
    "CoveragePoint",
    "Drift",
    "DriftFromLabels",
    "DriftPeriod",
    "DriftShift",
    "HeadAdoption",
    "HeadState",
    "InferredPoint",
    "InferredReport",
    "LabelAnswer",
    "LabelCount",
    "LabelFigures",
    "LabelGuess",
    "LabelQueue",
    "LabelSet",
    "Learning",
    "LearningChange",
    "LearningSettings",
    "Measured",
    "ModelReport",
    "ModelVersion",
    "ReportCard",
    "ScopeFigures",
    "TrainIn",
    "VersionList",
    "WeakLabel",
]


class AdoptionWeek(Struct, kw_only=True):
    """Adoption week."""

    week: dt.datetime
    seen: int
    corrected: int


class AskedMessage(Struct, kw_only=True):
    """Asked message."""

    message_id: str
    ticket: AskedTicket
    text: str
    at: dt.datetime
    guesses: list[LabelGuess]


class AskedTicket(Struct, kw_only=True):
    """Asked ticket."""

    id: str
    number: int
    subject: str


class CalibrationPoint(Struct, kw_only=True):
    """Calibration point."""

    confidence: float
    right: Measured
    examples: int


class Comparison(Struct, kw_only=True):
    """Comparison."""

    against: str
    difference: Measured
    old: Measured
    new: Measured
    examples: int
    enough: bool


class Confusion(Struct, kw_only=True):
    """Confusion."""

    truth: str
    said: str
    count: int
    of: int


class CoveragePoint(Struct, kw_only=True):
    """Coverage point."""

    threshold: float
    share: float
    accuracy: Measured
    examples: int


class Drift(Struct, kw_only=True):
    """Drift."""

    distance: float
    word: str  # unknown, steady, some, much
    now: DriftPeriod
    before: DriftPeriod
    shifts: list[DriftShift]
    learned: DriftFromLabels | None = None


class DriftFromLabels(Struct, kw_only=True):
    """Drift from labels."""

    distance: float
    word: str  # unknown, steady, some, much
    shifts: list[DriftShift]


class DriftPeriod(Struct, kw_only=True):
    """Drift period."""

    messages: int
    unsure: Measured | None
    outside: Measured | None


class DriftShift(Struct, kw_only=True):
    """Drift shift."""

    label: str
    before: float
    now: float


class HeadAdoption(Struct, kw_only=True):
    """Head adoption."""

    days: int
    seen: int
    corrected: int
    kept: Measured | None
    weeks: list[AdoptionWeek]


class HeadState(Struct, kw_only=True):
    """Head state."""

    head: str  # intent, category, emotion, urgency, satisfaction
    labels: int
    classes: int
    new_labels: int
    least: int
    ready: bool
    in_use: ModelVersion | None
    training: ModelVersion | None


class InferredPoint(Struct, kw_only=True):
    """Inferred point."""

    score: float
    good: Measured | None
    tickets: int


class InferredReport(Struct, kw_only=True):
    """Inferred report."""

    days: int
    done: int
    inferred: int
    rated: int
    compared: int
    right: Measured | None
    calibration_error: float | None
    calibration: list[InferredPoint]


class LabelAnswer(Struct, kw_only=True):
    """Label answer."""

    head: Literal["intent", "category", "emotion", "urgency", "satisfaction"]
    label: str | None
    new: bool | UnsetType = UNSET


class LabelCount(Struct, kw_only=True):
    """Label count."""

    label: str
    examples: int
    word: str  # few, some, enough


class LabelFigures(Struct, kw_only=True):
    """Label figures."""

    label: str
    precision: float
    recall: Measured
    f1: float
    examples: int


class LabelGuess(Struct, kw_only=True):
    """Label guess."""

    label: str
    share: float


class LabelQueue(Struct, kw_only=True):
    """Label queue."""

    head: str  # intent, category, emotion, urgency, satisfaction
    items: list[AskedMessage]
    waiting: int
    answered: int


class LabelSet(Struct, kw_only=True):
    """Label set."""

    head: str  # intent, category, emotion, urgency, satisfaction
    total: int
    least: int
    least_classes: int
    sources: dict[str, int]
    items: list[LabelCount]


class Learning(Struct, kw_only=True):
    """Learning."""

    heads: list[HeadState]
    settings: LearningSettings
    manage: bool


class LearningChange(Struct, kw_only=True):
    """Learning change."""

    weekly: bool | UnsetType = UNSET
    after_labels: int | UnsetType | None = UNSET
    promote: bool | UnsetType = UNSET
    target: float | UnsetType = UNSET
    category_field: str | UnsetType | None = UNSET


class LearningSettings(Struct, kw_only=True):
    """Learning settings."""

    weekly: bool
    after_labels: int | None
    promote: bool
    target: float
    category_field: str | None
    version: int


class Measured(Struct, kw_only=True):
    """Measured."""

    value: float
    low: float
    high: float


class ModelReport(Struct, kw_only=True):
    """Model report."""

    method: str  # time, folds
    examples: int
    learned_from: int
    accuracy: Measured
    macro_f1: float
    calibration_error: float
    calibration: list[CalibrationPoint]
    coverage: list[CoveragePoint]
    threshold: float
    covered: CoveragePoint
    labels: list[LabelFigures]
    confusions: list[Confusion]
    scope: ScopeFigures | None
    usual: Measured
    comparison: Comparison


class ModelVersion(Struct, kw_only=True):
    """Model version."""

    id: str
    head: str  # intent, category, emotion, urgency, satisfaction
    number: int
    state: str  # training, candidate, in_use, retired, failed, cancelled
    cause: str  # button, weekly, labels
    reason: str
    started_by: str
    stage: str
    done: int
    total: int
    encoder: str
    size: int
    threshold: float | None
    labels: int
    labels_since: dt.datetime | None
    labels_until: dt.datetime | None
    sources: dict[str, int]
    snapshot_hash: str
    seconds: float | None
    accuracy: Measured | None
    created_at: dt.datetime
    finished_at: dt.datetime | None
    promoted_at: dt.datetime | None
    report: ModelReport | None = None
    held: HeldChange | None = None


class ReportCard(Struct, kw_only=True):
    """Report card."""

    state: HeadState
    version: ModelVersion | None
    trend: list[ModelVersion]
    adoption: HeadAdoption
    drift: Drift
    weak: list[WeakLabel]


class ScopeFigures(Struct, kw_only=True):
    """Scope figures."""

    recognised: Measured
    lost: Measured


class TrainIn(Struct, kw_only=True):
    """Train in."""

    head: Literal["intent", "category", "emotion", "urgency", "satisfaction"]


class VersionList(Struct, kw_only=True):
    """Version list."""

    items: list[ModelVersion]


class WeakLabel(Struct, kw_only=True):
    """Weak label."""

    label: str
    recall: Measured
    examples: int
    advice: str  # confused, few, mixed
    other: str | None
