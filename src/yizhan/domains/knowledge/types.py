"""Values and rows of the knowledge base."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec

Audience = Literal["public", "customers", "tagged", "agents"]
State = Literal["draft", "published", "archived"]

READ_ALL_JOB: Final = "knowledge.read_all"


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A heading of articles, within another one or at the top."""

    id: int
    parent_id: int | None
    brand_id: int | None
    names: dict[str, str]
    position: int
    created_at: datetime


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for all languages of an article."""

    id: int
    category_id: int | None
    brand_id: int | None
    audience: Audience
    audience_tags: list[str]
    locale: str
    author_id: int | None
    author_name: str
    owner_id: int | None
    review_on: date | None
    created_at: datetime
    updated_at: datetime


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One language of an article."""

    id: int
    article_id: int
    locale: str
    state: State
    version: int
    published: int | None
    published_at: datetime | None
    updated_at: datetime
    questions: list[str] = []  # that it answers, in customers' words


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """What one language said at a time."""

    text_id: int
    version: int
    title: str
    summary: str
    html: str
    plain: str
    restored: int | None
    author_id: int | None
    author_name: str
    at: datetime


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A published article in one language, as a reader gets it."""

    article_id: int
    text_id: int
    category_id: int | None
    locale: str
    audience: Audience
    version: int
    title: str
    summary: str
    html: str
    plain: str
    published_at: datetime


class Teaser(msgspec.Struct, frozen=True, kw_only=True):
    """A published article in a list."""

    article_id: int
    category_id: int | None
    locale: str
    audience: Audience
    title: str
    summary: str
    published_at: datetime
    locales: list[str]


class Suggested(msgspec.Struct, frozen=True):
    """An article that fits a text, and why."""

    teaser: Teaser
    words: list[str]
    in_title: list[str]
    score: float
    near: str = ""  # its question or part that means the same, where meaning spoke for it


class File(msgspec.Struct, frozen=True):
    """A file of an article."""

    id: int
    name: str
    content_type: str
    size: int
    sha256: str


Values = dict[str, Any]
