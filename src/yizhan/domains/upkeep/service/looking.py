"""The work of a check: material from the database, thinking in a thread, progress in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec

from yizhan.domains.upkeep.looking import aging, contradicting, gaps
from yizhan.domains.upkeep.repository import checks, findings, material
from yizhan.domains.upkeep.service import checking
from yizhan.domains.upkeep.types import WEEKS, Answer, Article, Found, Question, Sent, Stage
from yizhan.kernel import jobs
from yizhan.learning import embedding
from yizhan.learning.later import np
from yizhan.learning.vectors import Remembering

WINDOW: Final = timedelta(weeks=WEEKS)
SENT_WINDOW: Final = timedelta(days=180)
TOGETHER: Final = 64
"""Texts that are encoded, and articles that are compared, between two looks at whether to go on."""


class Cancelled(Exception):
    """Somebody does not want it any more."""


class Material(msgspec.Struct, frozen=True):
    """All that a check reads."""

    articles: list[Article]
    questions: list[Question]
    answers: list[Answer]
    sent: list[Sent]


class Run:
    """One check in the worker."""

    def __init__(self, ctx: jobs.Context, workspace_id: int, check_id: int) -> None:
        self.ctx, self.workspace_id, self.check_id = ctx, workspace_id, check_id
        self.encoder = embedding.fast()

    async def tell(self, stage: Stage, done: int = 0, *, total: int = 0) -> None:
        """Errors: Cancelled."""
        async with self.ctx.begin(self.workspace_id) as tx:
            if not await checking.tell(tx, self.check_id, stage=stage, done=done, total=total):
                raise Cancelled

    async def run(self) -> None:
        """Errors: Cancelled."""
        await self.tell("reading")
        read = await self._read()
        found = [*await self._gaps(read), *await self._stale(read), *await self._against(read)]
        looked_at = {
            "questions": len(read.questions),
            "articles": len(read.articles),
            "answers": len(read.answers),
        }
        async with self.ctx.begin(self.workspace_id) as tx:
            await checking.finish(tx, self.check_id, found=found, looked_at=looked_at)

    async def _read(self) -> Material:
        async with self.ctx.begin(self.workspace_id) as tx:
            name = "" if self.encoder is None else self.encoder.name
            await checks.change(tx, self.check_id, encoder=name)
            return Material(
                await material.articles(tx),
                await material.questions(tx, since=tx.now - WINDOW),
                await material.answers(tx, since=tx.now - WINDOW),
                await material.sent(tx, since=tx.now - SENT_WINDOW),
            )

    async def _encoded(self, texts: Sequence[str], *, behind: int, total: int) -> Any:
        """Vectors of texts, remembered for the next night; None without an encoder."""
        encoder = self.encoder
        if encoder is None or not texts:
            return None

        def encode(part: Sequence[str]) -> Any:
            remembering = Remembering(encoder, self.ctx.config.data / "vectors.sqlite")
            try:
                return remembering.embed(part)
            finally:
                remembering.close()

        rows = []
        for start in range(0, len(texts), TOGETHER):
            await self.tell("questions", behind + start, total=total)
            rows.append(await asyncio.to_thread(encode, texts[start : start + TOGETHER]))
        return np.concatenate(rows)

    async def _gaps(self, read: Material) -> list[Found]:
        shelf = gaps.Shelf.of(read.articles)
        texts = [one.text for one in read.questions]
        total = len(texts) + len(shelf.texts)
        vectors = await self._encoded(texts, behind=0, total=total)
        if vectors is not None:
            parts = await self._encoded(shelf.texts, behind=len(texts), total=total)
            shelf = msgspec.structs.replace(shelf, vectors=parts)
        await self.tell("gaps")
        async with self.ctx.begin(self.workspace_id) as tx:
            known, now = await findings.gaps(tx), tx.now
        return await asyncio.to_thread(
            gaps.find,
            read.questions,
            vectors,
            shelf=shelf,
            brands=[one.brand_id for one in read.articles],
            now=now,
            known=known,
        )

    async def _stale(self, read: Material) -> list[Found]:
        await self.tell("stale", total=len(read.articles))
        async with self.ctx.begin(self.workspace_id) as tx:
            today = tx.now.date()
        heard = await asyncio.to_thread(aging.heard, read.answers)
        found: list[Found] = []
        for start in range(0, len(read.articles), TOGETHER):
            part = read.articles[start : start + TOGETHER]

            def look(part: Sequence[Article] = part) -> Iterator[Found]:
                yield from aging.due(part, today=today)
                yield from aging.unhelpful(part, read.sent)
                yield from aging.edited(part, read.sent)
                for one in part:
                    yield from aging.outdated(one, heard, read.answers)

            found += await asyncio.to_thread(list, look())
            await self.tell("stale", start + len(part), total=len(read.articles))
        return found

    async def _against(self, read: Material) -> list[Found]:
        await self.tell("contradictions", total=len(read.articles))
        library = await asyncio.to_thread(contradicting.Library, read.articles)
        found: list[Found] = []
        for start in range(0, len(read.articles), TOGETHER):
            places = range(start, min(start + TOGETHER, len(read.articles)))

            def look(places: range = places) -> Iterator[Found]:
                for place in places:
                    yield from library.against(place)

            found += await asyncio.to_thread(list, look())
            await self.tell("contradictions", places.stop, total=len(read.articles))
        return found
