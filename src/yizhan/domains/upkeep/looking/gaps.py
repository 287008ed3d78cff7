"""Questions that no article answers, put together by what they ask. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec

from yizhan.domains.upkeep.looking import veiling
from yizhan.domains.upkeep.types import WEEKS, Article, Evidence, Finding, Found, Question, Quote
from yizhan.learning import clusters, embedding, language
from yizhan.learning.later import np
from yizhan.learning.retrieval import Entry, lexical, parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from yizhan.learning.embedding import Vectors

    Floats = NDArray[np.float32]

LEAST: Final = 3
"""Questions that make a gap: fewer are chance."""
COVERED: Final = 0.25
"""Mean nearness of a group to an article from which on that answers it. Chosen on the training part of
the shipped suites, by which intents have an article, and measured there too: nine in ten of the others are
found, one covered in five is taken for a gap, before anybody has sent the article.
The next is the same by words alone."""
COVERED_IN_WORDS: Final = 0.07
WORDS: Final = 0.5
ADOPTED: Final = 0.3
"""Where so many of a group were answered by an article, there is one."""
SHOWN: Final = 60
"""Questions that a finding keeps."""


class Shelf(msgspec.Struct, frozen=True):
    """The parts of all articles as texts, whose they are, and their vectors."""

    texts: list[str]
    owners: list[int]
    vectors: Any = None

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Shelf:
        texts, owners = [], []
        for place, one in enumerate(articles):
            for part in parts(Entry("", one.title, one.body)):
                texts.append(part)
                owners.append(place)
        return cls(texts, owners)


def nearest(questions: Sequence[str], vectors: Vectors | None, shelf: Shelf) -> Floats:
    """How near each question is to each article; (questions, articles)."""
    size = max(shelf.owners, default=-1) + 1
    if not size:
        return np.zeros((len(questions), 0), dtype=np.float32)
    words = lexical.Bm25(shelf.texts)
    rows: NDArray[Any] = np.stack([words.scores(text) for text in questions])
    if vectors is not None and shelf.vectors is not None:
        mean = np.concatenate([vectors, shelf.vectors]).mean(axis=0)
        asked = embedding.centred(vectors, mean)
        rows = asked @ embedding.centred(shelf.vectors, mean).T + WORDS * rows
    starts = np.unique(np.asarray(shelf.owners), return_index=True)[1]
    return np.asarray(np.maximum.reduceat(rows, starts, axis=1), dtype=np.float32)


def find(
    questions: Sequence[Question],
    vectors: Vectors | None,
    *,
    shelf: Shelf,
    brands: Sequence[int | None],
    now: datetime,
    known: Sequence[Finding] = (),
) -> list[Found]:
    """The gaps, the most asked first. ``brands``: of each article; None: every brand's."""
    texts = [one.text for one in questions]
    labels = [one.intent for one in questions]
    found = clusters.groups(texts, vectors, labels=labels, least=LEAST)
    if not found:
        return []
    near = nearest(texts, vectors, shelf)
    enough = COVERED if vectors is not None else COVERED_IN_WORDS
    gaps = []
    for group in found:
        asked = [questions[at] for at in group.members]
        if sum(one.adopted for one in asked) > ADOPTED * len(asked):
            continue
        brand = _brand(asked)
        fit = [at for at, other in enumerate(brands) if brand is None or other in (None, brand)]
        if fit and float(near[np.ix_(group.members, fit)].mean(axis=0).max()) >= enough:
            continue
        gaps.append(_gap(asked, group.terms, brand=brand, now=now))
    return _named(gaps, known)


def _brand(asked: Sequence[Question]) -> int | None:
    """The brand that all of them are about; None where they are about several."""
    brands = {one.brand_id for one in asked}
    return brands.pop() if len(brands) == 1 else None


def _gap(
    asked: Sequence[Question], terms: Sequence[str], *, brand: int | None, now: datetime
) -> Found:
    weeks = [0] * WEEKS
    for one in asked:
        ago = int((now - one.at) / timedelta(weeks=1))
        if 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago] += 1
    quotes = tuple(
        Quote(
            text=veiling.shown(one.text),
            at=one.at,
            ticket_id=one.ticket_id,
            ask_id=one.ask_id,
        )
        for one in asked[:SHOWN]
    )
    return Found(
        kind="gap",
        key=None,
        title=quotes[0].text,
        count=len(asked),
        evidence=Evidence(
            quotes=quotes,
            terms=tuple(terms),
            weeks=tuple(weeks),
            searches=sum(one.ask_id is not None for one in asked),
        ),
        fingerprint=str(len(asked)),
        brand_id=brand,
        locale=_locale([one.text for one in asked]),
    )


def _locale(texts: Sequence[str]) -> str:
    return Counter(language.detect(text) for text in texts).most_common(1)[0][0]


def _ids(quotes: Sequence[Quote]) -> set[int]:
    return {one for quote in quotes for one in (quote.ticket_id, quote.ask_id) if one is not None}


def _named(gaps: Sequence[Found], known: Sequence[Finding]) -> list[Found]:
    """A gap that shares a third of its questions with one of before is the same; each only once."""
    left = {one.key: _ids(one.evidence.quotes) for one in known}
    named = []
    for gap in gaps:
        mine = _ids(gap.evidence.quotes)
        shared = {
            key: len(mine & theirs) / max(1, min(len(mine), len(theirs)))
            for key, theirs in left.items()
        }
        best = max(shared, key=lambda key: (shared[key], key), default=None)
        if best is not None and shared[best] >= 1 / 3:
            del left[best]
            gap = msgspec.structs.replace(gap, key=best)  # noqa: PLW2901 - the same gap, named
        named.append(gap)
    return named
