"""Values and rows of upkeep."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal, get_args

import msgspec

Kind = Literal["gap", "stale", "contradiction"]
Reason = Literal["", "review", "unhelpful", "edited", "value"]
State = Literal["open", "dismissed", "done"]
CheckState = Literal["running", "done", "failed", "cancelled"]
Stage = Literal["waiting", "reading", "questions", "gaps", "stale", "contradictions"]
Cause = Literal["button", "nightly"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
WEEKS: Final = 8
"""Of a gap's trend, and of the questions and answers that a check reads."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One look at everything."""

    id: int
    state: CheckState
    cause: Cause
    stage: Stage
    done: int
    total: int
    started_by: dict[str, Any]
    encoder: str
    looked_at: dict[str, int]
    started_at: datetime
    finished_at: datetime | None


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that something is seen by, and where they stand. Without a ticket: a search or an article."""

    text: str
    at: datetime | None = None
    ticket_id: int | None = None
    message_id: int | None = None
    ask_id: int | None = None
    said: str = ""  # the value in them


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a finding rests on."""

    quotes: tuple[Quote, ...] = ()
    ours: str = ""  # the sentence of the article
    theirs: str = ""  # of the other article
    terms: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()  # questions by week, the oldest first
    searches: int = 0
    of: int = 0  # of how many
    share: float | None = None
    usual: float | None = None  # the same share elsewhere
    due: date | None = None
    pairs: tuple[tuple[str, str], ...] = ()  # further sentences that contradict each other


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says. ``key`` None: a gap that no earlier check has seen."""

    kind: Kind
    reason: Reason = ""
    key: str | None
    title: str
    count: int
    evidence: Evidence
    fingerprint: str
    brand_id: int | None = None
    locale: str = ""
    article_id: int | None = None
    other_id: int | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it is kept."""

    id: int
    kind: Kind
    reason: Reason
    key: str
    state: State
    brand_id: int | None
    locale: str
    article_id: int | None
    other_id: int | None
    title: str
    count: int
    evidence: Evidence
    fingerprint: str
    settled_by: dict[str, Any] | None
    first_at: datetime
    last_at: datetime


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A published language of an article."""

    text_id: int
    article_id: int
    locale: str
    version: int
    title: str
    body: str
    brand_id: int | None
    review_on: date | None
    published_at: datetime


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer asked, at a ticket or of the search."""

    text: str
    at: datetime
    brand_id: int | None = None
    ticket_id: int | None = None
    ask_id: int | None = None
    intent: str | None = None
    adopted: bool = False  # an article was sent, or helped


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent wrote to a customer."""

    ticket_id: int
    message_id: int
    subject: str
    text: str
    at: datetime
    brand_id: int | None = None
    article_ids: tuple[int, ...] = ()  # that it carries


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was sent on a ticket, and how it went on."""

    article_id: int
    locale: str
    ticket_id: int
    message_id: int
    form: str
    text: str
    at: datetime
    edited: bool
    again: bool  # the customer came back, and was answered otherwise


class Solved(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that is done, with what agents wrote in it."""

    ticket_id: int
    number: int
    requester_id: int
    brand_id: int | None
    subject: str
    question: str
    names: tuple[str, ...]
    replies: tuple[tuple[int, str], ...]  # message and words, the oldest first


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a paragraph of a draft comes from; ``tickets`` say the same."""

    paragraph: int
    text: str
    ticket_id: int
    message_id: int
    tickets: tuple[int, ...]
