"""Which articles would be found: as things are, or with another text or other questions. Nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from yizhan.domains.knowledge import meaning
from yizhan.kernel.tx import Tx
from yizhan.learning.embedding import Embedder
from yizhan.learning.retrieval import Entry, Index


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A language of an article as it would be: in this version, or answering these questions."""

    text_id: int
    version: int | None = None
    questions: tuple[str, ...] | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A language of an article as customers' questions find it."""

    text_id: int
    article_id: int
    version: int
    title: str
    body: str
    questions: list[str]

    def entry(self) -> Entry:
        return Entry(str(self.text_id), self.title, self.body, tuple(self.questions))


async def shelf(tx: Tx, *, brand_id: int | None = None, tried: Tried | None = None) -> list[Shown]:
    """All that is published (of a brand: its own and everybody's), and what is tried in its place."""
    return await tx.db.fetch_as(
        Shown,
        "SELECT x.id AS text_id, x.article_id, v.version, v.title, left(v.plain, $2) AS body,"
        "   CASE WHEN x.id = $3 THEN coalesce($5, x.questions) ELSE x.questions END AS questions"
        " FROM article_text x"
        " JOIN article a ON a.workspace_id = x.workspace_id AND a.id = x.article_id"
        " JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id AND v.version ="
        "   CASE WHEN x.id = $3 THEN coalesce($4, x.published) ELSE x.published END"
        " WHERE x.workspace_id = $1 AND (x.state = 'published' OR (x.id = $3 AND $4 IS NOT NULL))"
        "   AND ($6::bigint IS NULL OR a.brand_id IS NULL OR a.brand_id = $6)"
        " ORDER BY x.id LIMIT $7",
        tx.workspace_id,
        meaning.READ,
        None if tried is None else tried.text_id,
        None if tried is None else tried.version,
        None if tried is None or tried.questions is None else list(tried.questions),
        brand_id,
        meaning.MOST,
    )


def fingerprint(shown: Sequence[Shown], encoder: Embedder | None) -> str:
    """The same one finds the same. What articles say, not when it was said."""
    name = "" if encoder is None else encoder.name
    return hashlib.sha256(msgspec.json.encode([name, list(shown)])).hexdigest()


def index(shown: Sequence[Shown], encoder: Embedder | None) -> Index:
    """Words and meaning as in the search; what was learned from accepted answers is left out, since the
    questions that are measured with are among them. Takes time: not for the loop."""
    return Index.build([one.entry() for one in shown], encoder)


async def published(tx: Tx, article_ids: Sequence[int]) -> dict[int, str]:
    """Those of some articles that are published, with a title of each."""
    rows = await tx.db.fetch(
        "SELECT DISTINCT ON (x.article_id) x.article_id, v.title FROM article_text x"
        " JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id"
        "   AND v.version = x.published"
        " WHERE x.workspace_id = $1 AND x.article_id = ANY($2) AND x.state = 'published'"
        " ORDER BY x.article_id, x.id",
        tx.workspace_id,
        list(article_ids),
    )
    return {row["article_id"]: row["title"] for row in rows}
