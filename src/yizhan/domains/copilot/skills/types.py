"""Rows of skills."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from yizhan.domains.copilot.contract import Level
from yizhan.domains.copilot.skills.ladder import Ceiling
from yizhan.domains.copilot.types import MadeBy

Fate = Literal[
    "shadow", "open", "done", "accepted", "edited", "discarded", "undone", "lapsed", "failed"
]
Verdict = Literal["right", "wrong", "unclear"]
JudgedBy = Literal["compared", "person", "undo", "reopened", "time"]
CAUSE = "skill"
"""The kind of cause that the change sets of skills have; its id is that of the decision."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What a workspace lets a skill do."""

    skill: str
    ceiling: Ceiling = "suggest"
    intents: dict[str, Ceiling] = {}
    confidence: float | None = None
    asks_model: bool = False
    prompts: dict[str, str] = {}  # by language, in place of the skill's own
    version: int = 0

    def limit(self, intent: str) -> Ceiling:
        """How far it may go for an intent: never further than the skill as a whole."""
        own = self.intents.get(intent, self.ceiling)
        return min((own, self.ceiling), key=_ORDER.index)


_ORDER: tuple[Ceiling, ...] = ("off", "shadow", "suggest", "approve", "act")


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a setting that changes what is decided."""

    confidence: float | None = None
    asks_model: bool = False
    prompts: dict[str, str] = {}


def deciding(row: Setting) -> Deciding:
    """How a skill decides with a setting."""
    return Deciding(confidence=row.confidence, asks_model=row.asks_model, prompts=row.prompts)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a skill stands, of an intent or as a whole."""

    skill: str
    intent: str
    level: Level = "shadow"
    since: datetime | None = None
    why: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill decided of a message, and what came of it."""

    id: int
    at: datetime
    skill: str
    version: str
    prompt_version: str
    model: str
    made_by: MadeBy
    reason: str | None
    ticket_id: int
    message_id: int
    intent: str
    inputs: dict[str, Any]
    output: dict[str, Any]
    steps: list[dict[str, Any]]
    confidence: float
    why: str
    level: Level
    took_ms: float
    fate: Fate
    failure: str | None = None
    run_id: int | None = None
    agent_id: int | None = None
    verdict: Verdict | None = None
    judged_by: JudgedBy | None = None
    judged_at: datetime | None = None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The judged results of a skill at its level, the oldest first."""

    skill: str
    intent: str
    right: list[bool]


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """How a skill did in a week."""

    skill: str
    week: datetime
    judged: int
    right: int
