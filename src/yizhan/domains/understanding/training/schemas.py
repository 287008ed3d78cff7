"""What the API takes and gives of learning."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.understanding.training.types import (
    Cause,
    Head,
    Settings,
    Source,
    State,
    Version,
)
from yizhan.kernel.guards import HeldChange

Share = Annotated[float, Meta(ge=0.5, le=0.99)]
FieldKey = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]


class LearningChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. ``category_field``: a field's key, or ``type`` for the ticket's type."""

    weekly: bool | UnsetType = UNSET
    after_labels: Annotated[int, Meta(ge=10, le=100_000)] | UnsetType | None = UNSET
    promote: bool | UnsetType = UNSET
    target: Share | UnsetType = UNSET
    category_field: FieldKey | UnsetType | None = UNSET


class LearningSettings(msgspec.Struct, kw_only=True):
    """When the workspace trains by itself, and whether what is better comes into use by itself."""

    weekly: bool
    after_labels: int | None
    promote: bool
    target: float
    category_field: str | None
    version: int


class Measured(msgspec.Struct):
    """A share, or a difference of shares, with its 95 % interval."""

    value: float
    low: float
    high: float


class CalibrationPoint(msgspec.Struct, kw_only=True):
    """Of what was said with about this confidence, so much was right."""

    confidence: float
    right: Measured
    examples: int


class CoveragePoint(msgspec.Struct, kw_only=True):
    """If it says nothing below a threshold: the share of messages that remain, and how often it is right."""

    threshold: float
    share: float
    accuracy: Measured
    examples: int


class LabelFigures(msgspec.Struct, kw_only=True):
    """How well a label is known: ``recall`` of those that have it, ``precision`` of those said to."""

    label: str
    precision: float
    recall: Measured
    f1: float
    examples: int


class Confusion(msgspec.Struct, kw_only=True):
    """``count`` of the ``of`` messages that are ``truth`` were taken for ``said``."""

    truth: str
    said: str
    count: int
    of: int


class ScopeFigures(msgspec.Struct, kw_only=True):
    """What fits no label: how much of it was recognised, and how much else was lost by that."""

    recognised: Measured
    lost: Measured


class Comparison(msgspec.Struct, kw_only=True):
    """The new version beside another on the same messages.

    ``against`` is ``version:NUMBER``, ``shipped``, or ``usual`` for always saying the most frequent label.
    """

    against: str
    difference: Measured
    old: Measured
    new: Measured
    examples: int
    enough: bool


class ModelReport(msgspec.Struct, kw_only=True):
    """Figures on labels that it had not seen: the latest ones (``time``), or all in turn (``folds``)."""

    method: Literal["time", "folds"]
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


class ModelVersion(msgspec.Struct, kw_only=True):
    """A version of a model; ``accuracy`` is None before it is trained."""

    id: str
    head: Head
    number: int
    state: State
    cause: Cause
    reason: str
    started_by: str
    stage: str
    done: int
    total: int
    encoder: str
    size: int
    threshold: float | None
    labels: int
    labels_since: datetime | None
    labels_until: datetime | None
    sources: dict[Source, int]
    snapshot_hash: str
    seconds: float | None
    accuracy: Measured | None
    created_at: datetime
    finished_at: datetime | None
    promoted_at: datetime | None
    report: ModelReport | None = None
    held: HeldChange | None = None  # it will be in use if a check lets it pass


class VersionList(msgspec.Struct):
    """Versions, newest first, without their reports."""

    items: list[ModelVersion]


class HeadState(msgspec.Struct, kw_only=True):
    """How far a head is: its labels, what is in use, what is being trained."""

    head: Head
    labels: int
    classes: int
    new_labels: int
    least: int
    ready: bool
    in_use: ModelVersion | None
    training: ModelVersion | None


class Learning(msgspec.Struct, kw_only=True):
    """Every head, and when the workspace trains by itself."""

    heads: list[HeadState]
    settings: LearningSettings
    manage: bool


class LabelCount(msgspec.Struct, kw_only=True):
    """A label with its examples; ``word`` is none, few, some or enough."""

    label: str
    examples: int
    word: Literal["few", "some", "enough"]


class LabelSet(msgspec.Struct, kw_only=True):
    """What a head can learn from now, the rarest label first."""

    head: Head
    total: int
    least: int
    least_classes: int
    sources: dict[Source, int]
    items: list[LabelCount]


class LabelGuess(msgspec.Struct):
    """What a message may be, and how likely that is."""

    label: str
    share: float


class AskedTicket(msgspec.Struct):
    """Where a message stands."""

    id: str
    number: int
    subject: str


class AskedMessage(msgspec.Struct, kw_only=True):
    """A message whose label would teach much, with the likeliest labels first."""

    message_id: str
    ticket: AskedTicket
    text: str
    at: datetime
    guesses: list[LabelGuess]


class LabelQueue(msgspec.Struct, kw_only=True):
    """What to ask next. ``waiting``: messages nobody has labelled; ``answered``: by you, in twelve hours."""

    head: Head
    items: list[AskedMessage]
    waiting: int
    answered: int


class LabelAnswer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a message is; null: cannot tell. ``new`` says that a label that there is not yet is meant."""

    head: Head
    label: Annotated[str, Meta(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")] | None
    new: bool = False


class WeakLabel(msgspec.Struct, kw_only=True):
    """A label that is known badly. ``advice``: confused with ``other``, few examples, or mixed up."""

    label: str
    recall: Measured
    examples: int
    advice: Literal["confused", "few", "mixed"]
    other: str | None


class AdoptionWeek(msgspec.Struct, kw_only=True):
    """Tickets of a week that a person answered, and those in which they corrected what was read."""

    week: datetime
    seen: int
    corrected: int


class HeadAdoption(msgspec.Struct, kw_only=True):
    """Whether agents leave standing what was read; ``kept`` is None before anybody saw any."""

    days: int
    seen: int
    corrected: int
    kept: Measured | None
    weeks: list[AdoptionWeek]


class DriftShift(msgspec.Struct):
    """A label whose share of all messages is another now."""

    label: str
    before: float
    now: float


class DriftPeriod(msgspec.Struct, kw_only=True):
    """Of so many messages the share of which it was not sure, and that fitted no label."""

    messages: int
    unsure: Measured | None
    outside: Measured | None


class DriftFromLabels(msgspec.Struct, kw_only=True):
    """The last seven days beside the labels that the version learned from, which agents chose to give."""

    distance: float
    word: Literal["unknown", "steady", "some", "much"]
    shifts: list[DriftShift]


class Drift(msgspec.Struct, kw_only=True):
    """The last seven days beside the four weeks before. ``distance``: 0 the same mix, 1 nothing in common."""

    distance: float
    word: Literal["unknown", "steady", "some", "much"]
    now: DriftPeriod
    before: DriftPeriod
    shifts: list[DriftShift]
    learned: DriftFromLabels | None = None


class ReportCard(msgspec.Struct, kw_only=True):
    """How good a head is. ``version`` is what is in use, else the last one that was trained."""

    state: HeadState
    version: ModelVersion | None
    trend: list[ModelVersion]
    adoption: HeadAdoption
    drift: Drift
    weak: list[WeakLabel]


class TrainIn(msgspec.Struct, forbid_unknown_fields=True):
    """What to train."""

    head: Head


def settings_out(row: Settings) -> LearningSettings:
    return LearningSettings(**msgspec.structs.asdict(row))


def version_out(
    row: Version, *, whole: bool = False, held: HeldChange | None = None
) -> ModelVersion:
    """``whole``: with its report. ``held``: what waits of it."""
    report = msgspec.convert(row.report, ModelReport) if row.report else None
    seen: dict[str, Any] = row.snapshot
    return ModelVersion(
        id=str(row.id),
        head=row.head,
        number=row.number,
        state=row.state,
        cause=row.cause,
        reason=row.reason,
        started_by=row.started_by.get("name") or "",
        stage=row.stage,
        done=row.done,
        total=row.total,
        encoder=row.encoder,
        size=row.size,
        threshold=row.threshold,
        labels=seen.get("count", 0),
        labels_since=_moment(seen.get("since")),
        labels_until=_moment(seen.get("until")),
        sources=seen.get("sources", {}),
        snapshot_hash=seen.get("hash", ""),
        seconds=row.seconds,
        accuracy=None if report is None else report.accuracy,
        created_at=row.created_at,
        finished_at=row.finished_at,
        promoted_at=row.promoted_at,
        report=report if whole else None,
        held=held,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
