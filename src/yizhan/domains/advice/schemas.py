"""What the API takes and gives of advice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.advice.types import Form, Step
from yizhan.domains.knowledge.types import Audience

Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]


class AdviceReason(msgspec.Struct, frozen=True):
    """Why an article is offered: words that it shares with the customer's, or what in it means the same."""

    words: list[str]
    in_title: list[str]
    near: str = ""  # a question or the title; empty when only words were compared


class AdvisedArticle(msgspec.Struct, kw_only=True):
    """An article beside a ticket."""

    id: str
    locale: str
    title: str
    summary: str
    audience: Audience
    published_at: datetime
    reason: AdviceReason
    url: str | None  # where the customer can read it; null where they cannot
    steps: list[Step]  # what this agent did with it on this ticket


class AdviceList(msgspec.Struct):
    """The best first."""

    items: list[AdvisedArticle]


class UsedIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What an agent did with articles."""

    article_ids: Annotated[list[Id], Meta(min_length=1, max_length=20)]
    step: Literal["shown", "opened", "inserted"]
    form: Form | None = None
    locale: Annotated[str, Meta(max_length=12)] = ""


class UsageRow(msgspec.Struct, kw_only=True):
    """How often an article, or an agent's articles, got how far. Counted in tickets."""

    article_id: str | None
    agent_id: str | None
    shown: int
    opened: int
    inserted: int
    sent: int


class UsageTotals(msgspec.Struct):
    """Tickets in which an article was shown, and in which one was sent; ``adoption`` is their share."""

    shown: int
    sent: int
    adoption: float | None


class Usage(msgspec.Struct):
    """Adoption over a span of time."""

    totals: UsageTotals
    articles: list[UsageRow]
    agents: list[UsageRow]
