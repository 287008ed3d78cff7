"""Finding articles by what is meant: vectors in the database, one index a workspace in memory.

The encoder runs in one thread of the process, never on its loop. An index is made again when an article
was read anew; a large one in the background, while the one before goes on answering.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from yizhan.domains.knowledge import learnt
from yizhan.kernel.tx import Tx
from yizhan.learning import embedding, retrieval
from yizhan.learning.embedding import Vectors
from yizhan.learning.later import np
from yizhan.learning.retrieval import Entry, Hit, Index

MOST: Final = 20_000
"""Languages of articles that are kept in memory, those read last."""
WAITED_FOR: Final = 300
"""Up to so many a search waits for its index; more are put together in the background."""
KEPT: Final = 16
"""Workspaces with an index in memory."""
ASKED: Final = 400
"""Characters of a question that are understood: its matter is said early."""
READ: Final = 4_000
"""Characters of an article that are read."""

_thread = ThreadPoolExecutor(1, thread_name_prefix="articles")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A language of an article as it was read."""

    text_id: int
    article_id: int
    version: int
    encoder: str
    title: str
    body: str
    questions: list[str]
    vectors: bytes
    at: datetime

    def entry(self) -> Entry:
        return Entry(str(self.text_id), self.title, self.body, tuple(self.questions))


class _Stamp(NamedTuple):
    """Tells one state of a workspace's articles from another, and of what was learned of them."""

    size: int
    latest: datetime | None
    encoder: str  # empty: words alone
    learned: str | None


class _Kept(NamedTuple):
    stamp: _Stamp
    found_in: Index


_kept: dict[int, _Kept] = {}
_making: dict[int, Future[None]] = {}


class _Known:
    """An embedder that has the vectors of an index already and encodes what it is asked."""

    def __init__(self, inner: embedding.Embedder, rows: Sequence[Read]) -> None:
        self.name, self.dim = inner.name, inner.dim
        self._inner = inner
        self._known: dict[str, Vectors] = {}
        for row in rows:
            vectors = np.frombuffer(row.vectors, dtype=np.float16).reshape(-1, inner.dim)
            texts = retrieval.parts(row.entry())
            self._known.update(zip(texts, vectors.astype(np.float32), strict=False))

    def embed(self, texts: Sequence[str]) -> Vectors:
        if all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts])
        return self._inner.embed(texts)


async def find(tx: Tx, words: str, *, most: int) -> list[Hit]:
    """Languages of articles (their ids), the best first; nothing where nobody has read them.

    Who may see them is not asked here: the caller shows only what its viewer may read.
    """
    asked = words[:ASKED].strip()
    if not asked:
        return []
    index = await _index(tx, embedding.default())
    if index is None:
        return []
    return await asyncio.get_running_loop().run_in_executor(
        _thread, lambda: index.search(asked, most)
    )


async def _index(tx: Tx, encoder: embedding.Embedder | None) -> Index | None:
    stamp = await _stamp(tx, "" if encoder is None else encoder.name)
    # Without an encoder the database's own ranking by words does, until something was learned.
    if stamp.size == 0 or (encoder is None and stamp.learned is None):
        return None
    kept = _kept.get(tx.workspace_id)
    if kept is not None and kept.stamp == stamp:
        return kept.found_in
    making = _making.get(tx.workspace_id)
    if making is None or making.done():
        collection = await collect(tx, encoder)
        learned = await learnt.model(tx, stamp.learned)
        making = _thread.submit(_make, tx.workspace_id, stamp, collection=collection, model=learned)
        _making[tx.workspace_id] = making
    if stamp.size <= WAITED_FOR:
        await asyncio.wrap_future(making)
        kept = _kept.get(tx.workspace_id)
    return kept.found_in if kept is not None else None


_STAMPS = {
    True: "SELECT count(*) AS n, max(at) AS latest FROM article_meaning"
    " WHERE workspace_id = $1 AND encoder = $2",
    False: "SELECT count(*) AS n, max(updated_at) AS latest FROM article_text"
    " WHERE workspace_id = $1 AND state = 'published' AND $2 = ''",
}


async def _stamp(tx: Tx, encoder: str) -> _Stamp:
    row = await tx.db.fetchrow(_STAMPS[bool(encoder)], tx.workspace_id, encoder)
    learned = await learnt.in_use(tx, encoder=encoder)
    return _Stamp(row["n"], row["latest"], encoder, learned) if row else _Stamp(0, None, "", None)


def _make(workspace_id: int, stamp: _Stamp, *, collection: Collection, model: bytes | None) -> None:
    index = collection.index()
    if model is not None:
        index.use(learnt.load(model))
    _kept.pop(workspace_id, None)
    _kept[workspace_id] = _Kept(stamp, index)
    while len(_kept) > KEPT:
        del _kept[next(iter(_kept))]


class Collection:
    """The published languages of a workspace as they are searched."""

    def __init__(self, rows: Sequence[Read], encoder: embedding.Embedder | None) -> None:
        self.rows = rows
        self.embedder = None if encoder is None else _Known(encoder, rows)

    def index(self) -> Index:
        return Index.build([row.entry() for row in self.rows], self.embedder)


async def collect(tx: Tx, encoder: embedding.Embedder | None) -> Collection:
    """What the worker has read; without an encoder the articles themselves."""
    if encoder is not None:
        return Collection(await _rows(tx, encoder.name), encoder)
    rows = await tx.db.fetch_as(
        Read,
        "SELECT x.id AS text_id, x.article_id, v.version, '' AS encoder, v.title,"
        " left(v.plain, $2) AS body, x.questions, ''::bytea AS vectors, x.updated_at AS at"
        " FROM article_text x JOIN article_version v ON v.workspace_id = x.workspace_id"
        "   AND v.text_id = x.id AND v.version = x.published"
        " WHERE x.workspace_id = $1 AND x.state = 'published' ORDER BY at DESC, x.id LIMIT $3",
        tx.workspace_id,
        READ,
        MOST,
    )
    return Collection(rows, None)


_READ = ", ".join(Read.__struct_fields__)


async def _rows(tx: Tx, encoder: str) -> list[Read]:
    return await tx.db.fetch_as(
        Read,
        f"SELECT {_READ} FROM article_meaning WHERE workspace_id = $1 AND encoder = $2"
        " ORDER BY at DESC, text_id LIMIT $3",
        tx.workspace_id,
        encoder,
        MOST,
    )


# ------------------------------------------------------------------------------------- the worker


async def unread(tx: Tx, *, encoder: str, most: int, ids: Sequence[int] | None = None) -> list[Any]:
    """Published languages that nobody has read as they stand now; of these, or of all."""
    return await tx.db.fetch(
        "SELECT x.id AS text_id, x.article_id, v.version, v.title, left(v.plain, $3) AS body,"
        " x.questions FROM article_text x JOIN article_version v ON v.workspace_id = x.workspace_id"
        "   AND v.text_id = x.id AND v.version = x.published"
        " LEFT JOIN article_meaning m ON m.workspace_id = x.workspace_id AND m.text_id = x.id"
        " WHERE x.workspace_id = $1 AND x.state = 'published'"
        "   AND ($5::bigint[] IS NULL OR x.id = ANY($5))"
        "   AND (m.version, m.encoder, m.questions) IS DISTINCT FROM (v.version, $2, x.questions)"
        " ORDER BY x.id LIMIT $4",
        tx.workspace_id,
        encoder,
        READ,
        most,
        None if ids is None else list(ids),
    )


async def understood(rows: Sequence[Any], encoder: embedding.Embedder) -> list[bytes]:
    """Vectors of the parts of each row, in the thread of this process."""

    def encode() -> list[bytes]:
        entries = [
            Entry("", row["title"], row["body"], tuple(row["questions"] or ())) for row in rows
        ]
        return [
            encoder.embed(retrieval.parts(entry)).astype(np.float16).tobytes() for entry in entries
        ]

    return await asyncio.get_running_loop().run_in_executor(_thread, encode)


async def keep(tx: Tx, rows: Sequence[Any], *, encoder: str, vectors: Sequence[bytes]) -> None:
    """What was read, unless something newer was read meanwhile."""
    await tx.db.executemany(
        """INSERT INTO article_meaning (workspace_id, text_id, article_id, version, encoder, title,
            body, questions, vectors, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (workspace_id, text_id) DO UPDATE SET version = excluded.version,
            encoder = excluded.encoder, title = excluded.title, body = excluded.body,
            questions = excluded.questions, vectors = excluded.vectors, at = excluded.at""",
        [
            (
                tx.workspace_id,
                row["text_id"],
                row["article_id"],
                row["version"],
                encoder,
                row["title"],
                row["body"],
                row["questions"] or [],
                made,
                tx.now,
            )
            for row, made in zip(rows, vectors, strict=True)
        ],
    )


async def forget(tx: Tx) -> None:
    """What is not published any more."""
    await tx.db.execute(
        "DELETE FROM article_meaning m WHERE m.workspace_id = $1 AND NOT EXISTS (SELECT FROM"
        " article_text x WHERE x.workspace_id = $1 AND x.id = m.text_id AND x.state = 'published')",
        tx.workspace_id,
    )
