"""Rows and values of surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from yizhan.domains.tickets.filters import Condition

Kind = Literal["csat", "nps", "ces"]
Rating = Literal["good", "neutral", "bad"]
Trigger = Literal["resolved", "closed"]
Way = Literal["mail", "chat", "link"]
Locale = Literal["zh-CN", "en"]
LOCALES: tuple[Locale, ...] = ("zh-CN", "en")
KINDS: tuple[Kind, ...] = ("csat", "nps", "ces")


class SurveyTexts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a survey says in one language; what is empty is said in our words."""

    intro: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    question: Annotated[str, msgspec.Meta(max_length=300)] = ""
    thanks: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to ask what, when and how."""

    id: int
    name: str
    kind: Kind
    position: int
    active: bool
    brand_id: int | None
    condition: Condition
    trigger: Trigger
    delay_minutes: int
    channels: list[Way]
    texts: dict[str, SurveyTexts]
    throttle_days: int
    expires_days: int
    version: int
    created_at: datetime
    updated_at: datetime


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """A customer who was asked, and what they said."""

    id: int
    survey_id: int
    kind: Kind
    ticket_id: int
    contact_id: int
    conversation_id: int | None
    message_id: int | None
    channel: Way
    locale: str
    brand_id: int | None
    agent_id: int | None
    team_id: int | None
    sent_at: datetime
    expires_at: datetime
    score: int | None
    comment: str
    answered_at: datetime | None
    changed_at: datetime | None


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """In whose name a customer is asked."""

    name: str
    color: str
    locale: str
