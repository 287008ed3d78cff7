"""What the API takes and gives of skills."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.copilot.contract import Level
from yizhan.domains.copilot.skills.ladder import Ceiling, LadderRules, SkillMissing
from yizhan.domains.copilot.skills.types import Fate, JudgedBy, Verdict
from yizhan.domains.copilot.types import MadeBy, Task
from yizhan.kernel import guards

Words = dict[str, str]
Prompt = Annotated[str, Meta(min_length=20, max_length=8000, pattern=r"\S")]
Intent = Annotated[str, Meta(min_length=1, max_length=300)]


class CopilotSkillIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How far a skill may go, and how it decides. ``intents``: a lower ceiling for some intents; ``prompts``:
    what a model is told, by language, in place of what the skill brings."""

    ceiling: Ceiling
    intents: Annotated[dict[Intent, Ceiling], Meta(max_length=500)] = {}
    confidence: Annotated[float, Meta(ge=0.5, le=0.999)] | None = None
    asks_model: bool = False
    prompts: dict[Literal["zh", "en"], Prompt] = {}


class SkillStanding(msgspec.Struct, kw_only=True):
    """Where a skill stands; ``intent`` empty: for all. The share of right results has its 95 % interval."""

    intent: str
    title: Words
    level: Level
    since: datetime | None
    why: str
    judged: int
    right: int
    low: float
    high: float
    missing: SkillMissing | None


class SkillWeek(msgspec.Struct):
    """How many results of a week were judged, and right."""

    week: datetime
    judged: int
    right: int


class SkillCases(msgspec.Struct):
    """The skill on its own cases."""

    cases: int
    passed: int
    precision: float
    recall: float


class CopilotSkillOut(msgspec.Struct, kw_only=True):
    """A skill, what it is allowed and what it has earned."""

    id: str
    name: Words
    description: Words
    icon: str
    version: str
    needs: list[str]
    actions: list[str]
    highest: Level
    by_intent: bool
    settles: bool
    may_ask_model: bool
    ceiling: Ceiling
    intents: dict[str, Ceiling]
    confidence: float | None
    usual_confidence: float
    asks_model: bool
    prompts: Words
    usual_prompts: Words
    held: guards.HeldChange | None  # how it would decide, waiting for a check
    standings: list[SkillStanding]
    weeks: list[SkillWeek]
    cases: SkillCases


class CopilotTaskOut(msgspec.Struct, kw_only=True):
    """A skill that agents ask. What became of what it made is of the last thirty days; ``open`` counts what
    was neither sent nor discarded."""

    id: str
    task: Task
    name: Words
    description: Words
    icon: str
    version: str
    needs: list[str]
    may_ask_model: bool
    prompts: Words
    usual_prompts: Words
    held: guards.HeldChange | None  # words to models, waiting for a check
    cases: SkillCases
    made: int
    accepted: int
    edited: int
    discarded: int
    open: int


class CopilotTaskIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a model is told, by language, in place of what the skill brings."""

    prompts: dict[Literal["zh", "en"], Prompt] = {}


class CopilotSkillList(msgspec.Struct):
    """All skills that look at messages, what the levels take here, and those that agents ask."""

    items: list[CopilotSkillOut]
    ladder: LadderRules
    tasks: list[CopilotTaskOut]


class SkillStep(msgspec.Struct):
    """An action that follows from a decision."""

    action: str
    params: dict[str, Any]


class SkillDecisionOut(msgspec.Struct, kw_only=True):
    """What a skill decided of a message, and what came of it.

    ``reason`` says why without a model where one was wanted; ``run_id`` is the change set to take back.
    """

    id: str
    at: datetime
    skill: str
    name: Words
    version: str
    prompt_version: str
    model: str
    made_by: MadeBy
    reason: str | None
    ticket_id: str
    ticket_number: int | None
    ticket_subject: str
    message_id: str
    intent: str
    inputs: dict[str, Any]
    output: dict[str, Any]
    steps: list[SkillStep]
    confidence: float
    why: str
    why_title: Words
    level: Level
    took_ms: float
    fate: Fate
    failure: str | None
    run_id: str | None
    verdict: Verdict | None
    judged_by: JudgedBy | None
    judged_at: datetime | None


class SkillDecisions(msgspec.Struct):
    """What skills suggest of a ticket, or did to it; the newest first."""

    items: list[SkillDecisionOut]


class SkillAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """Carry a suggestion out, go on with it by hand, or discard it."""

    do: Literal["accept", "edit", "discard"]
