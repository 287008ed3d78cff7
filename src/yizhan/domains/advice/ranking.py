"""Learning from accepted answers, and whether it helps: measured on later ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from yizhan.learning import bundle, metrics, privacy, split
from yizhan.learning.embedding import Embedder
from yizhan.learning.retrieval import Accepted, Adoption, Index

K: Final = 3
LEAST: Final = 20
"""Accepted answers below which nothing is learned: a few say more of the agents than of the articles."""
MOST: Final = 4_000
"""The newest that are learned from: the model lies in the memory of every process that searches."""
ENOUGH: Final = 10
"""Answers that the version in use has not seen, without which it is not compared with."""
_TOKEN: Final = re.compile(r"‹[A-Z]+_\d+›")


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A question that an article was the answer to; ``weight`` says how surely it was."""

    text: str
    text_id: int
    article_id: int
    weight: int
    at: datetime


class Learnt(msgspec.Struct, frozen=True, kw_only=True):
    """A model and its figures."""

    content: bytes
    sha256: str
    accepted: int
    articles: int
    until: datetime
    report: dict[str, Any]
    better: bool


def veiled(text: str) -> str:
    """Without what says who asks: a model keeps the words that it learned from."""
    return " ".join(_TOKEN.sub(" ", privacy.Veil().hide(text[:2_000])).split())


def _feedback(rows: Sequence[Answered]) -> list[Accepted]:
    return [Accepted(row.text, str(row.text_id)) for row in rows for _ in range(row.weight)]


class _Exam:
    """Later questions with their vectors."""

    def __init__(
        self, rows: Sequence[Answered], home: dict[str, int], embedder: Embedder | None
    ) -> None:
        self._rows, self._home = rows, home
        self._vectors = None if embedder is None else embedder.embed([row.text for row in rows])

    def sit(self, index: Index) -> list[bool]:
        """Whether the article was among the first three, for each question."""
        found = []
        for at, row in enumerate(self._rows):
            vector = None if self._vectors is None else self._vectors[at]
            hits = index.search(row.text, K, vector=vector)
            found.append(row.article_id in {self._home.get(hit.id) for hit in hits})
        return found


def learn(
    rows: Sequence[Answered],
    *,
    index: Index,
    home: dict[str, int],
    embedder: Embedder | None,
    rival: tuple[Adoption, datetime] | None = None,
) -> Learnt:
    """From the earlier answers, measured on the later ones; what is kept has learned from all.

    ``home`` is the article of each text of the index. ``rival`` is the version in use with the newest
    answer that it has seen. The new one is better when it finds as many as search without it, and as
    many as the rival among what that has not seen.
    """
    part = split.by_time(len(rows))
    early, late = [rows[at] for at in part.learn], [rows[at] for at in part.measure]
    exam = _Exam(late, home, embedder)
    index.use(None)
    before = exam.sit(index)
    index.use(Adoption.fit(_feedback(early), embedder))
    after = exam.sit(index)
    report: dict[str, Any] = {
        "k": K,
        "measured": len(late),
        "learned_from": len(early),
        "before": metrics.share(sum(before), len(late))._asdict(),
        "after": metrics.share(sum(after), len(late))._asdict(),
        "in_use": None,
    }
    better = sum(after) >= sum(before)
    if rival is not None:
        unseen = [at for at, row in enumerate(late) if row.at > rival[1]]
        if len(unseen) >= ENOUGH:
            index.use(rival[0])
            sat = exam.sit(index)
            held = [sat[at] for at in unseen]
            report["in_use"] = metrics.share(sum(held), len(held))._asdict()
            better = better and sum(after[at] for at in unseen) >= sum(held)
    content = Adoption.fit(_feedback(rows), embedder).dump()
    return Learnt(
        content=content,
        sha256=bundle.digest(content),
        accepted=len(rows),
        articles=len({row.article_id for row in rows}),
        until=max(row.at for row in rows),
        report=report,
        better=better,
    )
