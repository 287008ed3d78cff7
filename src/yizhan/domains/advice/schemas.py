"""What the API takes and gives of advice."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.advice.types import Form, Step, Use
from yizhan.domains.knowledge.learnt import Learning
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
    """How often an article, or an agent's articles, got how far. Counted in tickets.

    ``edited``: the text was changed before it was sent. ``resolved``: it was sent, and the ticket was
    done and not opened again within seven days.
    """

    article_id: str | None
    agent_id: str | None
    shown: int
    opened: int
    inserted: int
    sent: int
    edited: int
    resolved: int


class UsageTotals(msgspec.Struct, kw_only=True):
    """Tickets in which an article was shown, and in which one was sent; ``adoption`` is their share.

    ``offered``, ``read`` and ``solved`` count customers to whom articles were offered while they wrote
    or searched, who opened one, and who said that it helped.
    """

    shown: int
    sent: int
    edited: int
    resolved: int
    adoption: float | None
    target: float
    offered: int
    read: int
    solved: int


class Usage(msgspec.Struct):
    """Adoption over a span of time."""

    totals: UsageTotals
    articles: list[UsageRow]
    agents: list[UsageRow]


class UseOut(msgspec.Struct, kw_only=True):
    """A ticket behind a number. ``changed``: the share of the inserted words that were changed."""

    ticket_id: str
    number: int
    subject: str
    article_id: str
    agent_id: str
    agent: str
    form: str
    changed: float | None
    at: datetime


def use_out(row: Use) -> UseOut:
    return UseOut(
        ticket_id=str(row.ticket_id),
        number=row.number,
        subject=row.subject,
        article_id=str(row.article_id),
        agent_id=str(row.agent_id),
        agent=row.agent,
        form=row.form,
        changed=row.distance,
        at=row.at,
    )


class FoundShare(msgspec.Struct, frozen=True):
    """The share of questions whose article was among the first three, with its 95 % interval."""

    value: float
    low: float
    high: float


class RankingReport(msgspec.Struct, kw_only=True):
    """Measured on the latest answers, which it had not learned from.

    ``before``: search that learned nothing; ``in_use``: the version that was in use, on answers that it
    had not seen, where there are enough of them.
    """

    k: int
    measured: int
    learned_from: int
    before: FoundShare
    after: FoundShare
    in_use: FoundShare | None = None


class RankingVersion(msgspec.Struct, kw_only=True):
    """What search learned at a time."""

    number: int
    state: Literal["in_use", "retired", "refused"]
    encoder: str
    accepted: int
    articles: int
    until: datetime
    report: RankingReport
    at: datetime


class RankingOut(msgspec.Struct, kw_only=True):
    """``accepted``: answers with an article; below ``least`` nothing is learned."""

    accepted: int
    least: int
    versions: list[RankingVersion]


def ranking_out(one: Learning) -> RankingVersion:
    return RankingVersion(
        number=one.number,
        state=one.state,
        encoder=one.encoder,
        accepted=one.accepted,
        articles=one.articles,
        until=one.until_at,
        report=msgspec.convert(one.report, RankingReport),
        at=one.at,
    )
