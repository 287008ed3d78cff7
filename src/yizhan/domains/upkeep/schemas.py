"""What the API gives of upkeep."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from yizhan.domains.upkeep.service.showing import DraftRow, Overview
from yizhan.domains.upkeep.types import (
    Cause,
    Check,
    CheckState,
    Finding,
    Kind,
    Quote,
    Reason,
    Stage,
    State,
)


class KnowledgeCheck(msgspec.Struct, kw_only=True):
    """A look at everything. ``encoder`` empty: by words alone."""

    id: str
    state: CheckState
    cause: Cause
    stage: Stage
    done: int
    total: int
    started_by: str
    encoder: str
    questions: int
    articles: int
    answers: int
    started_at: datetime
    finished_at: datetime | None


class KnowledgeHealth(msgspec.Struct, kw_only=True):
    """Open findings by kind, drafts that wait for a reader, and the newest check."""

    check: KnowledgeCheck | None
    gaps: int
    stale: int
    contradictions: int
    drafts: int


class FindingQuote(msgspec.Struct, kw_only=True):
    """Words of a ticket, or of a search (without a ticket)."""

    text: str
    at: datetime | None
    ticket_id: str | None
    ticket_number: int | None


class FindingPair(msgspec.Struct, kw_only=True):
    """Two sentences that say different things of the same."""

    ours: str
    theirs: str


class KnowledgeFinding(msgspec.Struct, kw_only=True):
    """What was found, and what it rests on.

    ``count``: questions, tickets, pairs of sentences, or days since a review was due. ``of``: of how
    many. ``weeks``: questions by week, the oldest first. ``ours``: the article's sentence.
    """

    id: str
    kind: Kind
    reason: Reason
    state: State
    title: str
    brand_id: str | None
    locale: str
    article_id: str | None
    other_id: str | None
    count: int
    of: int
    share: float | None
    usual: float | None
    due: date | None
    terms: list[str]
    weeks: list[int]
    searches: int
    pairs: list[FindingPair]
    ours: str
    quotes: list[FindingQuote]
    first_at: datetime
    last_at: datetime


class DraftSource(msgspec.Struct, kw_only=True):
    """Where a paragraph comes from; ``tickets`` say the same."""

    paragraph: int
    text: str
    ticket_id: str
    ticket_number: int
    tickets: list[str]


class KnowledgeDraft(msgspec.Struct, kw_only=True):
    """A draft from solved tickets."""

    article_id: str
    locale: str
    title: str
    published: bool
    finding_id: str | None
    made_by: str
    at: datetime
    sources: list[DraftSource]


class KnowledgeDraftList(msgspec.Struct):
    """The newest first."""

    items: list[KnowledgeDraft]


class DraftedOut(msgspec.Struct, kw_only=True):
    """Where the draft is."""

    article_id: str
    locale: str


def check_out(one: Check) -> KnowledgeCheck:
    return KnowledgeCheck(
        id=str(one.id),
        state=one.state,
        cause=one.cause,
        stage=one.stage,
        done=one.done,
        total=one.total,
        started_by=str(one.started_by.get("name", "")),
        encoder=one.encoder,
        questions=one.looked_at.get("questions", 0),
        articles=one.looked_at.get("articles", 0),
        answers=one.looked_at.get("answers", 0),
        started_at=one.started_at,
        finished_at=one.finished_at,
    )


def health_out(seen: Overview) -> KnowledgeHealth:
    return KnowledgeHealth(
        check=None if seen.check is None else check_out(seen.check),
        gaps=seen.counts["gap"],
        stale=seen.counts["stale"],
        contradictions=seen.counts["contradiction"],
        drafts=seen.drafts,
    )


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _quote(one: Quote, numbers: dict[int, int]) -> FindingQuote:
    return FindingQuote(
        text=one.text,
        at=one.at,
        ticket_id=_text(one.ticket_id),
        ticket_number=None if one.ticket_id is None else numbers.get(one.ticket_id),
    )


def finding_out(one: Finding, numbers: dict[int, int]) -> KnowledgeFinding:
    seen = one.evidence
    first = [(seen.ours, seen.theirs)] if seen.theirs else []
    return KnowledgeFinding(
        id=str(one.id),
        kind=one.kind,
        reason=one.reason,
        state=one.state,
        title=one.title,
        brand_id=_text(one.brand_id),
        locale=one.locale,
        article_id=_text(one.article_id),
        other_id=_text(one.other_id),
        count=one.count,
        of=seen.of,
        share=seen.share,
        usual=seen.usual,
        due=seen.due,
        terms=list(seen.terms),
        weeks=list(seen.weeks),
        searches=seen.searches,
        pairs=[FindingPair(ours=ours, theirs=theirs) for ours, theirs in [*first, *seen.pairs]],
        ours=seen.ours,
        quotes=[_quote(quote, numbers) for quote in seen.quotes],
        first_at=one.first_at,
        last_at=one.last_at,
    )


def draft_out(one: DraftRow) -> KnowledgeDraft:
    row: Any = one.row
    return KnowledgeDraft(
        article_id=str(row["article_id"]),
        locale=row["locale"],
        title=row["title"],
        published=row["state"] == "published",
        finding_id=_text(row["finding_id"]),
        made_by=str(row["made_by"].get("name", "")),
        at=row["at"],
        sources=[
            DraftSource(
                paragraph=source.paragraph,
                text=source.text,
                ticket_id=str(source.ticket_id),
                ticket_number=one.numbers[source.ticket_id],
                tickets=[str(ticket) for ticket in source.tickets if ticket in one.numbers],
            )
            for source in one.sources
        ],
    )
