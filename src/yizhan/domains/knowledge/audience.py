"""Who may read an article: one rule as a function and as SQL. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge.types import Article
from yizhan.kernel.actor import Actor


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who reads. Without a brand, articles of all brands are theirs to read."""

    agent: bool = False
    customer: bool = False  # signed in
    tags: frozenset[str] = frozenset()
    brand_id: int | None = None
    categories: frozenset[int] | None = None  # besides what is in none; None: all


def agent(actor: Actor) -> Viewer:
    """Somebody who works here. Errors: Forbidden."""
    permissions.require(actor, "knowledge:read")
    return Viewer(agent=True)


def can_read(article: Article, viewer: Viewer) -> bool:
    """Whether an article that is published may be read."""
    if viewer.brand_id is not None and article.brand_id not in (None, viewer.brand_id):
        return False
    if viewer.categories is not None and article.category_id not in (None, *viewer.categories):
        return False
    if viewer.agent or article.audience == "public":
        return True
    if not viewer.customer or article.audience == "agents":
        return False
    return article.audience == "customers" or bool(viewer.tags.intersection(article.audience_tags))


def condition(viewer: Viewer, *, first: int) -> tuple[str, list[Any]]:
    """:func:`can_read` as SQL over the article ``a``, and its values from ``$first`` on."""
    parts: list[str] = []
    values: list[Any] = []
    if viewer.brand_id is not None:
        values.append(viewer.brand_id)
        parts.append(f"(a.brand_id IS NULL OR a.brand_id = ${first})")
    if viewer.categories is not None:
        values.append(sorted(viewer.categories))
        shown = f"${first + len(values) - 1}::bigint[]"
        parts.append(f"(a.category_id IS NULL OR a.category_id = ANY({shown}))")
    if viewer.agent:
        pass
    elif not viewer.customer:
        parts.append("a.audience = 'public'")
    else:
        values.append(sorted(viewer.tags))
        tags = f"${first + len(values) - 1}::text[]"
        parts.append(
            "(a.audience IN ('public', 'customers')"
            f" OR (a.audience = 'tagged' AND a.audience_tags && {tags}))"
        )
    return " AND ".join(parts) or "true", values


def within(viewer: Viewer, brand_id: int) -> Viewer:
    """The same reader, about one brand."""
    return msgspec.structs.replace(viewer, brand_id=brand_id)
