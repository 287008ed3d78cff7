"""What happens to skills and what they do."""

from __future__ import annotations

from yizhan.kernel import events


class SkillDecided(events.Event, frozen=True, tag="copilot.skill_decided"):
    """A skill suggests something, or did it. What it does in the shadow is not told."""

    decision_id: int
    ticket_id: int
    message_id: int
    skill: str
    level: str
    fate: str


class SkillSettled(events.Event, frozen=True, tag="copilot.skill_settled"):
    """Somebody accepted, edited, discarded or took back what a skill had suggested or done."""

    decision_id: int
    ticket_id: int
    skill: str
    fate: str


class SkillLevelChanged(events.Event, frozen=True, tag="ai_skill.level_changed"):
    """A skill earned a level or lost one. ``ticket_id``: whose result tipped the scales.

    ``agent_ids``, the administrators, are told.
    """

    skill: str
    intent: str
    before: str
    after: str
    why: str
    ticket_id: int | None = None
    text: str = ""
    agent_ids: list[int] = []


class SkillSettingsChanged(events.Event, frozen=True, tag="ai_skill.changed"):
    """An administrator changed how far a skill may go, or how it decides."""

    skill: str
    fields: list[str]


class LadderChanged(events.Event, frozen=True, tag="ai_skill.ladder_changed"):
    """An administrator changed what the levels of skills take."""

    fields: list[str]
