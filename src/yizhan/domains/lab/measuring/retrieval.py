"""Which article is found for a question, by words and by meaning as in the search."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from yizhan.domains.knowledge.service import measuring
from yizhan.domains.lab.measuring.contract import Tried
from yizhan.domains.lab.types import Asked, Said, Set
from yizhan.kernel import jobs
from yizhan.kernel.tx import Tx
from yizhan.learning import embedding
from yizhan.learning.retrieval import Index
from yizhan.learning.vectors import Remembering

FIRST: Final = 3
"""Articles that count as found: so many are offered beside a ticket without scrolling."""
_DEEP: Final = 40  # languages of articles that are looked through for so many articles
_CACHE: Final = "vectors.sqlite"

# SQLite wants one thread, and so does the encoder.
_thread = ThreadPoolExecutor(1, thread_name_prefix="lab")


@functools.lru_cache(maxsize=2)
def _encoder(path: Path) -> embedding.Embedder | None:
    inner = embedding.fast()
    return None if inner is None else Remembering(inner, path)


class Shelf:
    """Articles that are searched, the index made with the first question."""

    def __init__(self, shown: Sequence[measuring.Shown], *, cache: Path) -> None:
        self._shown = shown
        self._cache = cache
        self._home = {str(one.text_id): str(one.article_id) for one in shown}
        self._index: Index | None = None
        self.fingerprint = measuring.fingerprint(shown, embedding.default())
        self.measured: dict[str, Any] = {"articles": len(set(self._home.values()))}

    async def answer(self, cases: Sequence[Asked]) -> list[Said]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_thread, self._answer, list(cases))

    def _answer(self, cases: list[Asked]) -> list[Said]:
        if self._index is None:
            self._index = measuring.index(self._shown, _encoder(self._cache))
        return [self._said(self._index, one) for one in cases]

    def _said(self, index: Index, case: Asked) -> Said:
        """Worth one over the rank among the first; further down it is not found."""
        found: dict[str, float] = {}
        for hit in index.search(case.text, _DEEP):
            if hit.score > 0:
                found.setdefault(self._home[hit.id], hit.score)
        first = list(found)[:FIRST]
        ranks = [first.index(one) + 1 for one in case.expected if one in first]
        return Said(
            answer=tuple(first),
            confidence=round(next(iter(found.values()), 0.0), 4),
            worth=round(1 / min(ranks), 4) if ranks else 0.0,
        )


async def bench(ctx: jobs.Context, tx: Tx, row: Set, *, tried: Tried) -> Shelf:
    brand = row.filters.brand_id
    change, instead = tried.change, None
    if change is not None and change.kind == "article":
        instead = measuring.Tried(text_id=int(change.subject), version=int(change.variant))
    if change is not None and change.kind == "questions":
        questions = tuple(change.detail["questions"])
        instead = measuring.Tried(text_id=int(change.subject), questions=questions)
    shown = await measuring.shelf(tx, brand_id=None if brand is None else int(brand), tried=instead)
    return Shelf(shown, cache=ctx.config.data / _CACHE)
