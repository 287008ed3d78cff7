# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``knowledge``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import HeldChange

__all__ = [
    "AdviceList",
    "AdviceReason",
    "AdvisedArticle",
    "ArticleChange",
    "ArticleContent",
    "ArticleDiff",
    "ArticleFeedbackOut",
    "ArticleFeedbackPage",
    "ArticleFileOut",
    "ArticleIn",
    "ArticleOut",
    "ArticleRow",
    "ArticleRowPage",
    "ArticleTextState",
    "ArticleVersionOut",
    "ArticleVersionPage",
    "CategoryChange",
    "CategoryIn",
    "CategoryList",
    "CategoryOut",
    "DiffLine",
    "DiffPart",
    "DocumentOut",
    "ImportIn",
    "PublishIn",
    "QuestionsIn",
    "RollbackIn",
    "TextIn",
    "Usage",
    "UsageRow",
    "UsageTotals",
    "UsedIn",
]


class AdviceList(Struct, kw_only=True):
    """Advice list."""

    items: list[AdvisedArticle]


class AdviceReason(Struct, kw_only=True):
    """Advice reason."""

    words: list[str]
    in_title: list[str]
    near: str | None = None


class AdvisedArticle(Struct, kw_only=True):
    """Advised article."""

    id: str
    locale: str
    title: str
    summary: str
    audience: str  # public, customers, tagged, agents
    published_at: dt.datetime
    reason: AdviceReason
    url: str | None
    steps: list[str]


class ArticleChange(Struct, kw_only=True):
    """Article change."""

    category_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    audience: Literal["public", "customers", "tagged", "agents"] | UnsetType = UNSET
    audience_tags: list[str] | UnsetType = UNSET
    owner_id: str | UnsetType | None = UNSET
    review_on: dt.date | UnsetType | None = UNSET
    file_ids: list[str] | UnsetType = UNSET


class ArticleContent(Struct, kw_only=True):
    """Article content."""

    locale: str
    version: int
    title: str
    summary: str
    html: str
    plain: str
    author: str
    at: dt.datetime


class ArticleDiff(Struct, kw_only=True):
    """Article diff."""

    old: int
    new: int
    title: list[DiffLine]
    summary: list[DiffLine]
    body: list[DiffLine]


class ArticleFeedbackOut(Struct, kw_only=True):
    """Article feedback out."""

    id: str
    locale: str
    version: int
    helpful: bool
    comment: str
    at: dt.datetime


class ArticleFeedbackPage(Struct, kw_only=True):
    """Article feedback page."""

    items: list[ArticleFeedbackOut]
    next_cursor: str | None = None


class ArticleFileOut(Struct, kw_only=True):
    """Article file out."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class ArticleIn(Struct, kw_only=True):
    """Article in."""

    locale: str
    title: str
    html: str | UnsetType = UNSET
    summary: str | UnsetType = UNSET
    category_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    audience: Literal["public", "customers", "tagged", "agents"] | UnsetType = UNSET
    audience_tags: list[str] | UnsetType = UNSET
    review_on: dt.date | UnsetType | None = UNSET


class ArticleOut(Struct, kw_only=True):
    """Article out."""

    id: str
    category_id: str | None
    brand_id: str | None
    audience: str  # public, customers, tagged, agents
    audience_tags: list[str]
    locale: str
    author: str
    owner_id: str | None
    review_on: dt.date | None
    review_due: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    texts: list[ArticleTextState]
    helpful: int
    unhelpful: int
    contents: list[ArticleContent]
    files: list[ArticleFileOut]


class ArticleRow(Struct, kw_only=True):
    """Article row."""

    id: str
    category_id: str | None
    brand_id: str | None
    audience: str  # public, customers, tagged, agents
    audience_tags: list[str]
    locale: str
    author: str
    owner_id: str | None
    review_on: dt.date | None
    review_due: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    texts: list[ArticleTextState]
    helpful: int
    unhelpful: int


class ArticleRowPage(Struct, kw_only=True):
    """Article row page."""

    items: list[ArticleRow]
    next_cursor: str | None = None


class ArticleTextState(Struct, kw_only=True):
    """Article text state."""

    locale: str
    state: str  # draft, published, archived
    title: str
    summary: str
    version: int
    published: int | None
    published_at: dt.datetime | None
    updated_at: dt.datetime
    questions: list[str] | None = None
    held: list[HeldChange] | None = None


class ArticleVersionOut(Struct, kw_only=True):
    """Article version out."""

    version: int
    title: str
    summary: str
    author: str
    at: dt.datetime
    restored: int | None


class ArticleVersionPage(Struct, kw_only=True):
    """Article version page."""

    items: list[ArticleVersionOut]
    next_cursor: str | None = None


class CategoryChange(Struct, kw_only=True):
    """Category change."""

    names: dict[str, str] | UnsetType = UNSET
    parent_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    position: int | UnsetType = UNSET


class CategoryIn(Struct, kw_only=True):
    """Category in."""

    names: dict[str, str]
    parent_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    position: int | UnsetType = UNSET


class CategoryList(Struct, kw_only=True):
    """Category list."""

    items: list[CategoryOut]


class CategoryOut(Struct, kw_only=True):
    """Category out."""

    id: str
    parent_id: str | None
    brand_id: str | None
    names: dict[str, str]
    position: int


class DiffLine(Struct, kw_only=True):
    """Diff line."""

    change: str  # same, added, removed
    parts: list[DiffPart]


class DiffPart(Struct, kw_only=True):
    """Diff part."""

    text: str
    changed: bool | None = None


class DocumentOut(Struct, kw_only=True):
    """Document out."""

    kind: str  # markdown, html, word, pdf
    title: str
    html: str
    pictures: int
    notes: list[str]


class ImportIn(Struct, kw_only=True):
    """Import in."""

    format: Literal["markdown", "html"]
    content: str
    locale: str
    title: str | UnsetType = UNSET
    category_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    audience: Literal["public", "customers", "tagged", "agents"] | UnsetType = UNSET


class PublishIn(Struct, kw_only=True):
    """Publish in."""

    version: int | UnsetType | None = UNSET


class QuestionsIn(Struct, kw_only=True):
    """Questions in."""

    questions: list[str]


class RollbackIn(Struct, kw_only=True):
    """Rollback in."""

    version: int


class TextIn(Struct, kw_only=True):
    """Text in."""

    title: str
    html: str
    summary: str | UnsetType = UNSET
    base: int | UnsetType | None = UNSET


class Usage(Struct, kw_only=True):
    """Usage."""

    totals: UsageTotals
    articles: list[UsageRow]
    agents: list[UsageRow]


class UsageRow(Struct, kw_only=True):
    """Usage row."""

    article_id: str | None
    agent_id: str | None
    shown: int
    opened: int
    inserted: int
    sent: int
    edited: int
    resolved: int


class UsageTotals(Struct, kw_only=True):
    """Usage totals."""

    shown: int
    sent: int
    edited: int
    resolved: int
    adoption: float | None
    target: float
    offered: int
    read: int
    solved: int


class UsedIn(Struct, kw_only=True):
    """Used in."""

    article_ids: list[str]
    step: Literal["shown", "opened", "inserted"]
    form: Literal["link", "text"] | UnsetType | None = UNSET
    locale: str | UnsetType = UNSET
