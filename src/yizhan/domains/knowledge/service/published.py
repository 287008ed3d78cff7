"""What readers see: published versions, in the language that suits them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.knowledge import audience, errors, repository
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.types import Category, File, Shown, Teaser
from yizhan.kernel.tx import Tx

MOST_LISTED = 500
_FROM = """
FROM article a JOIN article_text x ON x.workspace_id = a.workspace_id AND x.article_id = a.id
  AND x.state = 'published'
JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id
  AND v.version = x.published
WHERE a.workspace_id = $1"""
# One row an article: the wanted language, else the article's own first one, else any.
_BEST = "DISTINCT ON (a.id)"
_ORDER = "a.id, (x.locale = $2) DESC, (x.locale = a.locale) DESC, x.locale"
_TEASER = """a.id AS article_id, a.category_id, x.locale, a.audience, v.title, v.summary, v.plain,
x.published_at"""


class Address(msgspec.Struct, frozen=True):
    """One language of a public article, for the site map."""

    article_id: int
    locale: str
    published_at: datetime


async def tree(tx: Tx, viewer: Viewer) -> list[Category]:
    """Those of the viewer's brand and of all brands, as far as they are shown."""
    return [
        one
        for one in await repository.categories(tx)
        if (viewer.brand_id is None or one.brand_id in (None, viewer.brand_id))
        and (viewer.categories is None or one.id in viewer.categories)
    ]


async def _best(
    tx: Tx, viewer: Viewer, *, locale: str, where: str, values: Sequence[Any], tail: str
) -> list[Teaser]:
    """``where`` has its values from $3 on; ``tail`` orders and bounds the rows of ``best``."""
    clause, more = audience.condition(viewer, first=3 + len(values))
    rows = await tx.db.fetch(
        f"WITH best AS (SELECT {_BEST} {_TEASER} {_FROM} AND {where} AND {clause} ORDER BY {_ORDER})"
        " SELECT best.*, (SELECT array_agg(o.locale ORDER BY o.id) FROM article_text o"
        "   WHERE o.workspace_id = $1 AND o.article_id = best.article_id AND o.state = 'published')"
        f"   AS locales FROM best {tail}",
        tx.workspace_id,
        locale,
        *values,
        *more,
    )
    return [_teaser(dict(row)) for row in rows]


def _teaser(row: dict[str, Any]) -> Teaser:
    plain = row.pop("plain")
    row["summary"] = row["summary"] or " ".join(plain.split())[:160]
    return Teaser(**row)


async def teasers(tx: Tx, viewer: Viewer, *, locale: str) -> list[Teaser]:
    """All that a viewer may read, by title."""
    return await _best(
        tx,
        viewer,
        locale=locale,
        where="true",
        values=[],
        tail=f"ORDER BY best.title, best.article_id LIMIT {MOST_LISTED}",
    )


async def newest(tx: Tx, viewer: Viewer, *, locale: str, most: int) -> list[Teaser]:
    """What was published last."""
    tail = f"ORDER BY best.published_at DESC, best.article_id DESC LIMIT {most:d}"
    return await _best(tx, viewer, locale=locale, where="true", values=[], tail=tail)


async def of_texts(tx: Tx, viewer: Viewer, *, locale: str, ids: Sequence[int]) -> dict[int, Teaser]:
    """The articles of some languages that the viewer may read, by article."""
    found = await _best(
        tx,
        viewer,
        locale=locale,
        where="a.id IN (SELECT y.article_id FROM article_text y WHERE y.workspace_id = $1"
        " AND y.id = ANY($3::bigint[]) AND y.state = 'published')",
        values=[list(ids)],
        tail="",
    )
    return {one.article_id: one for one in found}


async def articles_of(tx: Tx, ids: Sequence[int]) -> dict[int, int]:
    """The article of each of some languages."""
    rows = await tx.db.fetch(
        "SELECT id, article_id FROM article_text WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {row[0]: row[1] for row in rows}


async def read(tx: Tx, viewer: Viewer, *, article_id: int, locale: str) -> tuple[Shown, list[str]]:
    """An article in the wanted language, or in the nearest, and its languages.

    Errors: ArticleNotFound, also for what is not for this viewer.
    """
    clause, more = audience.condition(viewer, first=4)
    rows = await tx.db.fetch(
        "SELECT a.id AS article_id, x.id AS text_id, a.category_id, x.locale, a.audience, v.version,"
        f" v.title, v.summary, v.html, v.plain, x.published_at {_FROM} AND a.id = $3 AND {clause}"
        " ORDER BY (x.locale = $2) DESC, (x.locale = a.locale) DESC, x.locale",
        tx.workspace_id,
        locale,
        article_id,
        *more,
    )
    if not rows:
        raise errors.ArticleNotFound
    return Shown(**rows[0]), sorted(row["locale"] for row in rows)


async def files_of(tx: Tx, article_id: int) -> list[File]:
    """The files that are offered below an article."""
    return await repository.files(tx, article_id, listed=True)


async def every_address(tx: Tx, viewer: Viewer, *, most: int) -> list[Address]:
    """Every language of every article that the viewer may read."""
    clause, more = audience.condition(viewer, first=2)
    return await tx.db.fetch_as(
        Address,
        f"SELECT a.id AS article_id, x.locale, x.published_at {_FROM} AND {clause}"
        f" ORDER BY a.id, x.locale LIMIT {most:d}",
        tx.workspace_id,
        *more,
    )
