# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``upkeep``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

__all__ = [
    "DraftSource",
    "DraftedOut",
    "FindingPair",
    "FindingQuote",
    "KnowledgeCheck",
    "KnowledgeDraft",
    "KnowledgeDraftList",
    "KnowledgeFinding",
    "KnowledgeFindingPage",
    "KnowledgeHealth",
]


class DraftSource(Struct, kw_only=True):
    """Draft source."""

    paragraph: int
    text: str
    ticket_id: str
    ticket_number: int
    tickets: list[str]


class DraftedOut(Struct, kw_only=True):
    """Drafted out."""

    article_id: str
    locale: str


class FindingPair(Struct, kw_only=True):
    """Finding pair."""

    ours: str
    theirs: str


class FindingQuote(Struct, kw_only=True):
    """Finding quote."""

    text: str
    at: dt.datetime | None
    ticket_id: str | None
    ticket_number: int | None


class KnowledgeCheck(Struct, kw_only=True):
    """Knowledge check."""

    id: str
    state: str  # running, done, failed, cancelled
    cause: str  # button, nightly
    stage: str  # waiting, reading, questions, gaps, stale, contradictions
    done: int
    total: int
    started_by: str
    encoder: str
    questions: int
    articles: int
    answers: int
    started_at: dt.datetime
    finished_at: dt.datetime | None


class KnowledgeDraft(Struct, kw_only=True):
    """Knowledge draft."""

    article_id: str
    locale: str
    title: str
    published: bool
    finding_id: str | None
    made_by: str
    at: dt.datetime
    sources: list[DraftSource]


class KnowledgeDraftList(Struct, kw_only=True):
    """Knowledge draft list."""

    items: list[KnowledgeDraft]


class KnowledgeFinding(Struct, kw_only=True):
    """Knowledge finding."""

    id: str
    kind: str  # gap, stale, contradiction
    reason: str  # , review, unhelpful, edited, value
    state: str  # open, dismissed, done
    title: str
    brand_id: str | None
    locale: str
    article_id: str | None
    other_id: str | None
    count: int
    of: int
    share: float | None
    usual: float | None
    due: dt.date | None
    terms: list[str]
    weeks: list[int]
    searches: int
    pairs: list[FindingPair]
    ours: str
    quotes: list[FindingQuote]
    first_at: dt.datetime
    last_at: dt.datetime


class KnowledgeFindingPage(Struct, kw_only=True):
    """Knowledge finding page."""

    items: list[KnowledgeFinding]
    next_cursor: str | None = None


class KnowledgeHealth(Struct, kw_only=True):
    """Knowledge health."""

    check: KnowledgeCheck | None
    gaps: int
    stale: int
    contradictions: int
    drafts: int
