"""What the API takes and gives of surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.surveys.types import (
    Invitation,
    Kind,
    Locale,
    Rating,
    Survey,
    SurveyTexts,
    Trigger,
    Way,
)

IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Delay = Annotated[int, Meta(ge=0, le=43_200)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Lasting = Annotated[int, Meta(ge=1, le=365)]
Ways = Annotated[list[Way], Meta(min_length=1, max_length=3)]
Texts = dict[Locale, SurveyTexts]


class SurveyIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new survey. It is asked last, and not before it is active.

    ``throttle_days``: a customer is asked by whatever survey at most once in so many days; 0 for always.
    """

    name: Name
    kind: Kind
    active: bool = False
    brand_id: IdText | None = None
    condition: dict[str, Any] | None = None
    trigger: Trigger = "resolved"
    delay_minutes: Delay = 60
    channels: Ways = msgspec.field(default_factory=lambda: ["mail", "chat"])
    texts: Texts = {}
    throttle_days: Days = 30
    expires_days: Lasting = 30


class SurveyChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. The kind is for ever: other scores cannot be compared."""

    name: Name | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    brand_id: IdText | UnsetType | None = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
    trigger: Trigger | UnsetType = UNSET
    delay_minutes: Delay | UnsetType = UNSET
    channels: Ways | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    throttle_days: Days | UnsetType = UNSET
    expires_days: Lasting | UnsetType = UNSET


class SurveyOut(msgspec.Struct, kw_only=True):
    """A survey. ``defaults`` is what it says in a language for which it has no words of its own."""

    id: str
    name: str
    kind: Kind
    position: int
    active: bool
    brand_id: str | None
    condition: dict[str, Any]
    trigger: Trigger
    delay_minutes: int
    channels: list[Way]
    texts: Texts
    defaults: Texts
    throttle_days: int
    expires_days: int
    version: int
    updated_at: datetime


class SurveyList(msgspec.Struct):
    """All surveys in the order in which they are asked."""

    items: list[SurveyOut]


class SurveyOrder(msgspec.Struct, forbid_unknown_fields=True):
    """All surveys, the one that is asked first at the beginning."""

    ids: Annotated[list[IdText], Meta(max_length=200)]


class SurveyName(msgspec.Struct):
    """Something with a name: a survey that may be gone, a customer, an agent."""

    id: str
    name: str


class SurveyTicket(msgspec.Struct):
    """About which ticket a customer was asked."""

    id: str
    number: int
    subject: str


class SurveyResponse(msgspec.Struct, kw_only=True):
    """What a customer said of a ticket."""

    id: str
    survey: SurveyName
    kind: Kind
    score: int
    rating: Rating
    comment: str
    ticket: SurveyTicket
    contact: SurveyName
    agent: SurveyName | None
    channel: Way
    sent_at: datetime
    answered_at: datetime
    changed_at: datetime


class ScoreCount(msgspec.Struct):
    """How often a score was given."""

    score: int
    count: int


class SurveyFigures(msgspec.Struct, kw_only=True):
    """One scale in figures.

    ``figure``: CSAT the percentage of 4 and 5; NPS the percentage of 9 and 10 less that of 0 to 6, from
    -100 to 100; CES the mean of 1 to 7. Null before anybody answered. ``sent`` leaves out what did not
    reach the customer; ``response_rate`` is the percentage of those who answered.
    """

    kind: Kind
    sent: int
    answered: int
    response_rate: float | None
    figure: float | None
    good: int
    neutral: int
    bad: int
    comments: int
    counts: list[ScoreCount]


class SurveySummary(msgspec.Struct):
    """Every scale by which somebody was asked."""

    items: list[SurveyFigures]


State = Literal["none", "planned", "asked", "answered", "over"]


class TicketSatisfaction(msgspec.Struct, kw_only=True):
    """What became of asking the customer: nobody was asked, it is planned, asked, answered, or over."""

    state: State
    kind: Kind | None = None
    planned_at: datetime | None = None
    sent_at: datetime | None = None
    channel: Way | None = None
    score: int | None = None
    best: int | None = None  # the last step of the scale
    rating: Rating | None = None
    comment: str = ""
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    may_link: bool = False  # a link can be handed out now


class SurveyLink(msgspec.Struct):
    """A link for the customer; it is the same one whenever it is asked for."""

    url: str
    expires_at: datetime


def survey_out(row: Survey, defaults: Texts) -> SurveyOut:
    """A survey as the API shows it."""
    return SurveyOut(
        id=str(row.id),
        name=row.name,
        kind=row.kind,
        position=row.position,
        active=row.active,
        brand_id=None if row.brand_id is None else str(row.brand_id),
        condition=msgspec.to_builtins(row.condition),
        trigger=row.trigger,
        delay_minutes=row.delay_minutes,
        channels=row.channels,
        texts=msgspec.convert(row.texts, Texts),
        defaults=defaults,
        throttle_days=row.throttle_days,
        expires_days=row.expires_days,
        version=row.version,
        updated_at=row.updated_at,
    )


def link_out(one: Invitation, url: str) -> SurveyLink:
    """An invitation as something that an agent can hand out."""
    return SurveyLink(url=url, expires_at=one.expires_at)
