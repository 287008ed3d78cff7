"""What the API takes and gives of the lab."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.lab.types import (
    TOLERANCE,
    Asked,
    Case,
    Cause,
    Change,
    ChangeState,
    Gathering,
    GoldenFilters,
    IdText,
    Kind,
    Outcome,
    Run,
    RunState,
    Set,
    Source,
    Turned,
    Verdict,
)
from yizhan.kernel import guards
from yizhan.kernel.actor import stamped

Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
Tolerance = Annotated[float, Meta(ge=0, le=0.5)]
Text = Annotated[str, Meta(min_length=1, max_length=4000, pattern=r"\S")]
Expected = Annotated[list[Annotated[str, Meta(min_length=1, max_length=300)]], Meta(max_length=10)]


class GoldenSetIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new golden set. ``guards``: changes wait for it; ``nightly``: new cases and a run each night."""

    name: Name
    kind: Kind
    filters: GoldenFilters = msgspec.field(default_factory=GoldenFilters)
    tolerance: Tolerance = TOLERANCE
    guards: bool = True
    nightly: bool = False


class GoldenSetChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. What kind of cases it has does not change."""

    name: Name | UnsetType = UNSET
    filters: GoldenFilters | UnsetType = UNSET
    tolerance: Tolerance | UnsetType = UNSET
    guards: bool | UnsetType = UNSET
    nightly: bool | UnsetType = UNSET


class LabInterval(msgspec.Struct):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class LabComparison(msgspec.Struct, kw_only=True):
    """Beside the run ``against``, on ``examples`` cases; ``left_out`` are new, corrected, or were learned
    from. ``difference`` is of the mean worth."""

    against: int
    examples: int
    left_out: int
    difference: LabInterval
    broke: int
    mended: int
    verdict: Verdict


class LabReport(msgspec.Struct, kw_only=True):
    """The figures of a run. A case is worth 1 when it is right and 0 when it is wrong; of labels, ½ when it
    is left to a person; of articles, one over the rank among the first three.

    ``right``: worth 1. ``found``: worth anything. ``learned``: cases that what is measured may have learned
    from; its figures flatter it.
    """

    examples: int
    right: LabInterval
    found: LabInterval
    score: LabInterval
    macro_f1: float
    learned: int
    comparison: LabComparison | None = None


class LabRun(msgspec.Struct, kw_only=True):
    """A set measured once. The same ``snapshot`` is the same cases, the same ``fingerprint`` the same AI.

    ``cause``: button, nightly, change (of which ``change_id``), or base, to compare with.
    """

    id: str
    set_id: str
    number: int
    cause: Cause
    state: RunState
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
    created_at: datetime
    finished_at: datetime | None


class LabMeasured(msgspec.Struct, kw_only=True):
    """What was measured: which version (empty: what comes with the program) at which threshold, or how
    many articles."""

    version: str = ""
    threshold: float | None = None
    on: bool = True
    articles: int | None = None
    model: str = ""


class LabRuns(msgspec.Struct):
    """Runs, the newest first."""

    items: list[LabRun]


class GoldenSet(msgspec.Struct, kw_only=True):
    """A set with how many cases it has, and its last run of what was in use."""

    id: str
    name: str
    kind: Kind
    filters: GoldenFilters
    tolerance: float
    guards: bool
    nightly: bool
    gathering: Gathering
    cases: int
    retired: int
    last_run: LabRun | None
    created_at: datetime
    updated_at: datetime


class GoldenSets(msgspec.Struct):
    """Golden sets by name, and how many changes wait or are blocked."""

    items: list[GoldenSet]
    open_changes: int


class GoldenCaseIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A case: a text, or the number of a ticket whose first message it is. ``expected``: one label, or ids
    of articles; of a ticket it may be left out where people have said it."""

    text: Text | None = None
    ticket_number: Annotated[int, Meta(ge=1)] | None = None
    expected: Expected = []


class GoldenCaseChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. ``active`` false: it is retired, and may be learned from."""

    text: Text | UnsetType = UNSET
    expected: Expected | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class GoldenCase(msgspec.Struct, kw_only=True):
    """A customer's words, tokens standing where personal data stood, and what is right for them."""

    id: str
    set_id: str
    text: str
    expected: list[str]
    source: Source
    ticket_id: str | None
    language: str
    active: bool
    added_by: str
    created_at: datetime
    updated_at: datetime


class GoldenCases(msgspec.Struct, kw_only=True):
    """Cases with the titles of the articles that they name."""

    items: list[GoldenCase]
    articles: dict[str, str]
    next_cursor: str | None = None


class CasesFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file of cases, one JSON object a line: ``text`` and ``label``, or ``text`` and ``relevant``."""

    content: Annotated[str, Meta(min_length=1, max_length=4_000_000)]


class CasesAdded(msgspec.Struct, kw_only=True):
    """What became of the lines: added, or nearly the same as a case that there was."""

    added: int
    alike: int


class LabRunIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is measured: what is in use, or a version that is not."""

    version_id: IdText | None = None


class LabOutcome(msgspec.Struct, kw_only=True):
    """What a run said of a case, and what its base had said. ``turned``: it broke or was mended."""

    case_id: str
    text: str
    expected: list[str]
    said: list[str]
    confidence: float
    worth: float
    learned: bool
    was: list[str] | None
    was_worth: float | None
    turned: Turned | None


class LabOutcomes(msgspec.Struct, kw_only=True):
    """Outcomes with the titles of the articles that they name."""

    items: list[LabOutcome]
    articles: dict[str, str]
    next_cursor: str | None = None


class LabChange(msgspec.Struct, kw_only=True):
    """A change that waits for runs, or did. ``subject`` is the head, or the article's id."""

    id: str
    kind: guards.Kind
    subject: str
    variant: str
    title: str
    state: ChangeState
    reason: str
    asked_by: str
    settled_by: str | None
    created_at: datetime
    settled_at: datetime | None


class LabChanges(msgspec.Struct):
    """Changes, the newest first."""

    items: list[LabChange]
    next_cursor: str | None = None


class LabBroken(msgspec.Struct, kw_only=True):
    """The cases of a set that a change broke, the first fifty."""

    set_id: str
    set_name: str
    run: LabRun
    items: list[LabOutcome]


class LabChangeDetail(msgspec.Struct, kw_only=True):
    """A change with its runs and the cases that it broke."""

    change: LabChange
    sets: list[LabBroken]
    articles: dict[str, str]
    may_override: bool


class LabOverride(msgspec.Struct, forbid_unknown_fields=True):
    """Why the change is made all the same; it stands in the audit log."""

    reason: Annotated[str, Meta(min_length=3, max_length=500, pattern=r"\S")]


def set_out(row: Set, *, counts: tuple[int, int], last: Run | None) -> GoldenSet:
    return GoldenSet(
        id=str(row.id),
        **{
            name: getattr(row, name)
            for name in (
                "name", "kind", "filters", "tolerance", "guards", "nightly", "gathering",
                "created_at", "updated_at",
            )
        },
        cases=counts[0],
        retired=counts[1],
        last_run=None if last is None else run_out(last),
    )  # fmt: skip


def case_out(row: Case) -> GoldenCase:
    return GoldenCase(
        id=str(row.id),
        set_id=str(row.set_id),
        text=row.text,
        expected=row.expected,
        source=row.source,
        ticket_id=_id(row.ticket_id),
        language=row.language,
        active=row.active,
        added_by=stamped(row.added_by).name,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def run_out(row: Run) -> LabRun:
    return LabRun(
        id=str(row.id),
        set_id=str(row.set_id),
        number=row.number,
        cause=row.cause,
        state=row.state,
        reason=row.reason,
        change_id=_id(row.change_id),
        version_id=_id(row.version_id),
        snapshot=row.snapshot,
        fingerprint=row.fingerprint,
        measured=msgspec.convert(row.measured, LabMeasured),
        done=row.done,
        total=row.total,
        report=msgspec.convert(row.report, LabReport) if row.report else None,
        started_by=stamped(row.started_by).name,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def outcome_out(one: Outcome, case: Asked) -> LabOutcome:
    values: Mapping[str, Any] = msgspec.structs.asdict(one)
    return LabOutcome(
        **{**values, "case_id": str(one.case_id)}, text=case.text, expected=list(case.expected)
    )


def change_out(row: Change) -> LabChange:
    return LabChange(
        id=str(row.id),
        kind=row.kind,
        subject=str(row.detail.get("article_id", row.subject)),
        variant=row.variant,
        title=row.title,
        state=row.state,
        reason=row.reason,
        asked_by=stamped(row.asked_by).name,
        settled_by=None if row.settled_by is None else stamped(row.settled_by).name,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
