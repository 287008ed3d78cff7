"""What happens to articles. ``changes`` maps a field to its old and new value."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class CategoryChanged(events.Event, frozen=True, tag="knowledge_category.changed"):
    """A category was made, renamed, moved or removed."""

    knowledge_category_id: int
    changes: Changes


class ArticleCreated(events.Event, frozen=True, tag="article.created"):
    """An article began."""

    article_id: int
    changes: Changes


class ArticleUpdated(events.Event, frozen=True, tag="article.updated"):
    """Category, brand, audience, review date or files changed."""

    article_id: int
    changes: Changes


class ArticleSaved(events.Event, frozen=True, tag="article.saved"):
    """A language got a new version. ``restored``: the version that it brought back."""

    article_id: int
    locale: str
    version: int
    restored: int | None = None


class ArticlePublished(events.Event, frozen=True, tag="article.published"):
    """Readers see this version from now on."""

    article_id: int
    locale: str
    version: int


class ArticleArchived(events.Event, frozen=True, tag="article.archived"):
    """Readers no longer see this language of the article."""

    article_id: int
    locale: str


class ArticleRated(events.Event, frozen=True, tag="article.rated"):
    """A reader said whether it helped."""

    article_id: int
    locale: str
    helpful: bool


class ArticleSelfServed(events.Event, frozen=True, tag="article.self_served"):
    """A customer to whom articles were offered said that one solved it, or wants a person."""

    article_id: int | None
    place: str
    outcome: str
    ticket_id: int | None = None
