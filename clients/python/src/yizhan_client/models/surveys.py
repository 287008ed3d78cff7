# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``surveys``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "InferredPart",
    "InferredSatisfaction",
    "ScoreCount",
    "SurveyChange",
    "SurveyFigures",
    "SurveyIn",
    "SurveyLink",
    "SurveyList",
    "SurveyName",
    "SurveyOrder",
    "SurveyOut",
    "SurveyResponse",
    "SurveyResponsePage",
    "SurveySummary",
    "SurveyTexts",
    "SurveyTicket",
    "TicketSatisfaction",
]


class InferredPart(Struct, kw_only=True):
    """Inferred part."""

    name: str
    weight: float
    found: str | None = None


class InferredSatisfaction(Struct, kw_only=True):
    """Inferred satisfaction."""

    score: float | None
    rating: str | None  # good, neutral, bad, None
    model: str | None
    parts: list[InferredPart] | None = None
    inferred_at: dt.datetime | None = None


class ScoreCount(Struct, kw_only=True):
    """Score count."""

    score: int
    count: int


class SurveyChange(Struct, kw_only=True):
    """Survey change."""

    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    brand_id: str | UnsetType | None = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
    trigger: Literal["resolved", "closed"] | UnsetType = UNSET
    delay_minutes: int | UnsetType = UNSET
    channels: list[Literal["mail", "chat", "link"]] | UnsetType = UNSET
    texts: dict[str, SurveyTexts] | UnsetType = UNSET
    throttle_days: int | UnsetType = UNSET
    expires_days: int | UnsetType = UNSET


class SurveyFigures(Struct, kw_only=True):
    """Survey figures."""

    kind: str  # csat, nps, ces
    sent: int
    answered: int
    response_rate: float | None
    figure: float | None
    good: int
    neutral: int
    bad: int
    comments: int
    counts: list[ScoreCount]


class SurveyIn(Struct, kw_only=True):
    """Survey in."""

    name: str
    kind: Literal["csat", "nps", "ces"]
    active: bool | UnsetType = UNSET
    brand_id: str | UnsetType | None = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
    trigger: Literal["resolved", "closed"] | UnsetType = UNSET
    delay_minutes: int | UnsetType = UNSET
    channels: list[Literal["mail", "chat", "link"]] | UnsetType = UNSET
    texts: dict[str, SurveyTexts] | UnsetType = UNSET
    throttle_days: int | UnsetType = UNSET
    expires_days: int | UnsetType = UNSET


class SurveyLink(Struct, kw_only=True):
    """Survey link."""

    url: str
    expires_at: dt.datetime


class SurveyList(Struct, kw_only=True):
    """Survey list."""

    items: list[SurveyOut]


class SurveyName(Struct, kw_only=True):
    """Survey name."""

    id: str
    name: str


class SurveyOrder(Struct, kw_only=True):
    """Survey order."""

    ids: list[str]


class SurveyOut(Struct, kw_only=True):
    """Survey out."""

    id: str
    name: str
    kind: str  # csat, nps, ces
    position: int
    active: bool
    brand_id: str | None
    condition: dict[str, Any]
    trigger: str  # resolved, closed
    delay_minutes: int
    channels: list[str]
    texts: dict[str, SurveyTexts]
    defaults: dict[str, SurveyTexts]
    throttle_days: int
    expires_days: int
    version: int
    updated_at: dt.datetime


class SurveyResponse(Struct, kw_only=True):
    """Survey response."""

    id: str
    survey: SurveyName
    kind: str  # csat, nps, ces
    score: int
    rating: str  # good, neutral, bad
    comment: str
    ticket: SurveyTicket
    contact: SurveyName
    agent: SurveyName | None
    channel: str  # mail, chat, link
    sent_at: dt.datetime
    answered_at: dt.datetime
    changed_at: dt.datetime


class SurveyResponsePage(Struct, kw_only=True):
    """Survey response page."""

    items: list[SurveyResponse]
    next_cursor: str | None = None


class SurveySummary(Struct, kw_only=True):
    """Survey summary."""

    items: list[SurveyFigures]


class SurveyTexts(Struct, kw_only=True):
    """Survey texts."""

    intro: str | UnsetType = UNSET
    question: str | UnsetType = UNSET
    thanks: str | UnsetType = UNSET


class SurveyTicket(Struct, kw_only=True):
    """Survey ticket."""

    id: str
    number: int
    subject: str


class TicketSatisfaction(Struct, kw_only=True):
    """Ticket satisfaction."""

    state: str  # none, planned, asked, answered, over
    kind: str | None = None  # csat, nps, ces, None
    planned_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    channel: str | None = None  # mail, chat, link, None
    score: int | None = None
    best: int | None = None
    rating: str | None = None  # good, neutral, bad, None
    comment: str | None = None
    answered_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    may_link: bool | None = None
