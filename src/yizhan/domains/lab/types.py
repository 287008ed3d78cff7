"""Rows and values of the lab."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.kernel import guards

Kind = Literal["intent", "category", "emotion", "urgency", "retrieval", "skill"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
CONCERNED: Final[dict[str, tuple[Kind, ...]]] = {
    "intent": ("intent", "category"),
    "category": ("category",),
    "emotion": ("emotion",),
    "urgency": ("urgency",),
}
"""The sets that a version of a head is measured by: a category that was never trained is the intent's."""
Source = Literal["ticket", "hand", "import"]
Cause = Literal["button", "nightly", "change", "base"]
RunState = Literal["waiting", "running", "done", "cancelled", "failed"]
ChangeState = Literal["checking", "blocked", "passed", "overridden", "withdrawn", "failed"]
Turned = Literal["broke", "mended"]
Verdict = Literal["better", "same", "tolerated", "worse", "nothing"]
"""``tolerated``: worse, but within what the set allows; ``nothing``: there is nothing to compare."""

MOST: Final = 2_000
"""Cases of a set: so many tell a point of difference, and are measured within minutes."""
LONGEST: Final = 4_000
"""Characters of a case."""
TOLERANCE: Final = 0.02
IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]


class GoldenFilters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which resolved tickets cases are taken from: how new, whose, and how many at once."""

    days: Annotated[int, Meta(ge=1, le=3650)] = 180
    brand_id: IdText | None = None
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")] | None = None
    most: Annotated[int, Meta(ge=1, le=500)] = 200
    per_label: Annotated[int, Meta(ge=1, le=100)] = 20
    skill: Annotated[str, Meta(min_length=1, max_length=100)] | None = None  # whose cases


class Gathering(msgspec.Struct, frozen=True, kw_only=True):
    """How the taking from tickets goes, or how it went. ``alike``: near to a case that there was."""

    state: Literal["never", "running", "done", "full", "stopped"] = "never"
    found: int = 0
    added: int = 0
    alike: int = 0
    at: datetime | None = None


class Set(msgspec.Struct, frozen=True, kw_only=True):
    """Cases of one kind, and what is done with them."""

    id: int
    name: str
    kind: Kind
    filters: GoldenFilters
    tolerance: float
    guards: bool
    nightly: bool
    gathering: Gathering
    created_at: datetime
    updated_at: datetime


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A customer's words and what is right for them."""

    id: int
    set_id: int
    text: str
    expected: list[str]
    source: Source
    ticket_id: int | None
    message_id: int | None
    language: str
    active: bool
    since: datetime
    added_by: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    input: dict[str, Any] | None = None  # what a skill sees; None: the text is all


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A case to be: words that nothing personal stands in any more, and what is right for them."""

    text: str
    expected: list[str]
    ticket_id: int | None = None
    message_id: int | None = None
    input: dict[str, Any] | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A case as a run sees it. ``learned_until``: versions from before may have learned from it."""

    id: int
    text: str
    expected: tuple[str, ...]
    learned_until: datetime | None = None
    input: dict[str, Any] | UnsetType = UNSET


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of a case and what that is worth: 1 right, 0 wrong."""

    answer: tuple[str, ...]
    confidence: float
    worth: float
    learned: bool = False


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A set measured once."""

    id: int
    set_id: int
    number: int
    cause: Cause
    state: RunState
    reason: str
    change_id: int | None
    version_id: int | None
    base_id: int | None
    snapshot: str
    fingerprint: str
    measured: dict[str, Any]
    done: int
    total: int
    report: dict[str, Any]
    started_by: dict[str, Any]
    created_at: datetime
    finished_at: datetime | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a run said of a case, and what its base had said."""

    case_id: int
    said: list[str]
    confidence: float
    worth: float
    learned: bool
    was: list[str] | None
    was_worth: float | None
    turned: Turned | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change that waits for its runs, or did."""

    id: int
    kind: guards.Kind
    subject: str
    variant: str
    title: str
    detail: dict[str, Any]
    state: ChangeState
    reason: str
    asked_by: dict[str, Any]
    settled_by: dict[str, Any] | None
    created_at: datetime
    settled_at: datetime | None
