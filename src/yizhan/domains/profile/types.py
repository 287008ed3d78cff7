"""Facts, stages and their rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Key = Literal[
    "language",
    "company",
    "role",
    "city",
    "birthday",
    "calls",
    "contact_channel",
    "contact_time",
    "device",
    "product",
    "order",
]
KEYS: tuple[Key, ...] = (
    "language", "company", "role", "city", "birthday", "calls", "contact_channel", "contact_time",
    "device", "product", "order",
)  # fmt: skip
MANY: frozenset[str] = frozenset(("device", "product", "order"))
"""What several values can be true of at once."""
LONGEST = 200

Metric = Literal[
    "tickets", "tickets_90", "negative_30", "grave_30", "bad_ratings_90", "silent_days", "age_days"
]
METRICS: tuple[Metric, ...] = (
    "tickets", "tickets_90", "negative_30", "grave_30", "bad_ratings_90", "silent_days", "age_days",
)  # fmt: skip
Stage = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,29}$")]
Figures = dict[str, int]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it stands in a text."""

    key: Key
    value: str
    normal: str
    confidence: float
    start: int
    end: int


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it is kept."""

    id: int
    contact_id: int
    key: str
    value: str
    normal: str
    state: str
    by: str
    agent_id: int | None
    confidence: float
    evidence: str
    ticket_id: int | None
    message_id: int | None
    times: int
    first_at: datetime
    last_at: datetime

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        """Of facts that cannot all be true the highest holds."""
        return (self.by == "agent", self.last_at, self.id)


class StageTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure of a customer beside a number."""

    metric: Metric
    op: Literal["at_least", "at_most"]
    value: Annotated[int, Meta(ge=0, le=100_000)]

    def holds(self, figures: Figures) -> bool:
        seen = figures.get(self.metric, 0)
        return seen >= self.value if self.op == "at_least" else seen <= self.value


class StageRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer for whom every test holds is in this stage. Without a test it holds for all."""

    stage: Stage
    tests: Annotated[list[StageTest], Meta(max_length=10)] = []


def _test(metric: Metric, op: Literal["at_least", "at_most"], value: int) -> StageTest:
    return StageTest(metric=metric, op=op, value=value)


USUAL: tuple[StageRule, ...] = (
    StageRule(stage="at_risk", tests=[_test("grave_30", "at_least", 1)]),
    StageRule(stage="at_risk", tests=[_test("negative_30", "at_least", 2)]),
    StageRule(stage="at_risk", tests=[_test("bad_ratings_90", "at_least", 2)]),
    StageRule(stage="dormant", tests=[_test("silent_days", "at_least", 180)]),
    StageRule(
        stage="loyal",
        tests=[
            _test("age_days", "at_least", 180),
            _test("tickets", "at_least", 5),
            _test("negative_30", "at_most", 0),
        ],
    ),
    StageRule(
        stage="new", tests=[_test("age_days", "at_most", 14), _test("tickets", "at_most", 2)]
    ),
    StageRule(stage="active"),
)


class StageSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first rule that holds says the stage; ``collect``: whether messages are read for facts."""

    rules: Annotated[tuple[StageRule, ...], Meta(min_length=1, max_length=50)] = USUAL
    collect: bool = True


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a customer stands."""

    contact_id: int
    collect: bool = True
    stage: str | None = None
    stage_by: str = "rule"
    reason: dict[str, Any] = {}
    since: datetime | None = None
