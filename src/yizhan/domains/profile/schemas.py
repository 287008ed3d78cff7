"""What the API takes and gives of profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.profile.types import (
    MANY,
    METRICS,
    USUAL,
    Fact,
    Key,
    Metric,
    Stage,
    StageRule,
    StageSettings,
    StageTest,
    Standing,
)

Value = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class FactIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A fact that an agent knows."""

    key: Key
    value: Value


class FactChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What it is instead; the same value again says that it is so."""

    value: Value


class FactSource(msgspec.Struct, kw_only=True):
    """The newest message that says so, if you may see its ticket."""

    ticket_id: str
    ticket_number: int
    message_id: str
    quote: str


class FormerFact(msgspec.Struct, kw_only=True):
    """What was said besides. ``gone``: an agent took it out."""

    id: str
    value: str
    gone: bool
    by: Literal["rule", "agent"]
    last_at: datetime


class FactOut(msgspec.Struct, kw_only=True):
    """Something known of a customer, and how."""

    id: str
    key: Key
    value: str
    by: Literal["rule", "agent"]
    agent_id: str | None
    confidence: float
    times: int
    first_at: datetime
    last_at: datetime
    source: FactSource | None
    before: list[FormerFact]


class StageReason(msgspec.Struct, kw_only=True):
    """A test of the rule that says the stage, with the figure that it saw."""

    metric: Metric
    op: Literal["at_least", "at_most"]
    value: int
    figure: int


class ProfileOut(msgspec.Struct, kw_only=True):
    """What is known of a customer from their words, and where they stand with us."""

    contact_id: str
    collect: bool
    stage: str | None
    stage_by: Literal["rule", "agent"]
    since: datetime | None
    reasons: list[StageReason]
    stages: list[str]
    facts: list[FactOut]
    editable: bool


class ProfileChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes. A stage that is set holds until it is null again: then the rules say it."""

    stage: Stage | UnsetType | None = UNSET
    collect: bool | UnsetType = UNSET


class ProfileSettings(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The first rule that holds says the stage; the last one has no conditions."""

    rules: Annotated[list[StageRule], Meta(min_length=1, max_length=50)]
    collect: bool = True


class StageCount(msgspec.Struct, kw_only=True):
    """How many customers are in a stage."""

    stage: str
    customers: int


class ProfileSettingsOut(msgspec.Struct, kw_only=True):
    """The rules, the usual ones, what they can ask, and how many are in each stage."""

    rules: list[StageRule]
    collect: bool
    usual: list[StageRule]
    metrics: list[Metric]
    counts: list[StageCount]


def fact_out(fact: Fact, *, sources: Mapping[int, int], past: Sequence[Fact]) -> FactOut:
    """A fact with what was said of the same besides."""
    former = [one for one in past if one.key == fact.key and fact.key not in MANY]
    return FactOut(
        id=str(fact.id),
        key=msgspec.convert(fact.key, Key),
        value=fact.value,
        by=msgspec.convert(fact.by, Literal["rule", "agent"]),
        agent_id=None if fact.agent_id is None else str(fact.agent_id),
        confidence=round(fact.confidence, 2),
        times=fact.times,
        first_at=fact.first_at,
        last_at=fact.last_at,
        source=_source(fact, sources),
        before=[
            FormerFact(
                id=str(one.id),
                value=one.value,
                gone=one.state == "gone",
                by=msgspec.convert(one.by, Literal["rule", "agent"]),
                last_at=one.last_at,
            )
            for one in former
        ],
    )


def _source(fact: Fact, sources: Mapping[int, int]) -> FactSource | None:
    number = sources.get(fact.ticket_id or 0)
    if number is None or fact.message_id is None:
        return None
    return FactSource(
        ticket_id=str(fact.ticket_id),
        ticket_number=number,
        message_id=str(fact.message_id),
        quote=fact.evidence,
    )


def profile_out(
    standing: Standing, settings: StageSettings, *, facts: list[FactOut], editable: bool
) -> ProfileOut:
    """A profile as the API shows it."""
    figures = standing.reason.get("figures", {})
    tests = msgspec.convert(standing.reason.get("tests", []), list[StageTest])
    return ProfileOut(
        contact_id=str(standing.contact_id),
        collect=standing.collect and settings.collect,
        stage=standing.stage,
        stage_by=msgspec.convert(standing.stage_by, Literal["rule", "agent"]),
        since=standing.since,
        reasons=[
            StageReason(
                metric=one.metric, op=one.op, value=one.value, figure=figures.get(one.metric, 0)
            )
            for one in tests
        ],
        stages=list(dict.fromkeys(rule.stage for rule in settings.rules)),
        facts=facts,
        editable=editable,
    )


def settings_out(kept: StageSettings, counts: Mapping[str, int]) -> ProfileSettingsOut:
    """The settings as the API shows them."""
    return ProfileSettingsOut(
        rules=list(kept.rules),
        collect=kept.collect,
        usual=list(USUAL),
        metrics=list(METRICS),
        counts=[
            StageCount(stage=stage, customers=counts.get(stage, 0))
            for stage in dict.fromkeys(rule.stage for rule in kept.rules)
        ],
    )
