"""What people accepted as answers, as a second opinion.

Three readings of the accepted questions are averaged: the nearest ones vote, by meaning and by words,
and a linear head knows what each article is asked. Articles that nobody has accepted yet keep the share
that they have without it: the answer is either one of them, with a chance that rises when nothing
learned is near, or one of the others, and only then what was learned decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yizhan.learning import bundle, embedding, later
from yizhan.learning.later import np
from yizhan.learning.retrieval import lexical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.embedding import Embedder, Vectors
    from yizhan.learning.retrieval.types import Accepted

    Floats = NDArray[np.float32]

    from sklearn import linear_model
else:
    linear_model = later.Module("sklearn.linear_model")

KIND: Final = "adoption"
MOST: Final = 20_000
"""Accepted answers that are learned, the latest ones."""
NEAREST: Final = 12
IN_WORDS: Final = 24
OPINIONS: Final = 3
SHARPNESS: Final = 10.0
"""A neighbour's vote is exp(SHARPNESS * cosine)."""
FULL: Final = 2.0
"""What all of the learned share adds to a score when there is a lot to learn from."""
HALF: Final = 8.0
"""Accepted answers an article at which half of it counts."""
TEMPERATURE: Final = 0.1
NEAR: Final = 0.55
NEAR_IN_WORDS: Final = 0.3
"""The same without vectors."""
LEAST: Final = 0.3
"""A score below which hardly anything speaks for an article."""
ODDS: Final = 1.5
"""Odds of an article without answers against one with, when the nearest question is at NEAR."""
STEEP: Final = 8.0


class Adoption:
    """Learn with :meth:`fit` or read with :meth:`load`."""

    def __init__(self, document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self.ids: list[str] = document["ids"]
        self.texts: list[str] = document["texts"]
        self._owner: NDArray[np.int64] = arrays["owner"]
        self._mean: Vectors = arrays["mean"].astype(np.float32)
        self._rows: Vectors = arrays["rows"].astype(np.float32)
        self._head: Floats = arrays["head"]
        self._offset: Floats = arrays["offset"]
        self._words = lexical.Bm25(self.texts)
        each = len(self.texts) / max(1, len(self.ids))
        self._trust = FULL * each / (each + HALF)

    @classmethod
    def fit(cls, feedback: Sequence[Accepted], embedder: Embedder | None) -> Adoption:
        """The same feedback gives the same bytes; empty questions are passed over."""
        kept = [one for one in feedback if one.text.strip()][-MOST:]
        ids = sorted({one.id for one in kept})
        place = {name: at for at, name in enumerate(ids)}
        texts = [one.text for one in kept]
        owner = np.array([place[one.id] for one in kept], dtype=np.int64)
        mean = np.zeros(0, dtype=np.float32)
        rows = np.zeros((0, 0), dtype=np.float16)
        head, offset = np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
        if embedder is not None and texts:
            vectors = embedder.embed(texts)
            mean = vectors.mean(axis=0)
            moved = embedding.centred(vectors, mean)
            rows = moved.astype(np.float16)
            head, offset = _head(moved, owner, len(ids))
        return cls(
            {"ids": ids, "texts": texts},
            {"owner": owner, "mean": mean, "rows": rows, "head": head, "offset": offset},
        )

    def dump(self) -> bytes:
        arrays: dict[str, NDArray[Any]] = {
            "owner": self._owner,
            "mean": self._mean,
            "rows": self._rows.astype(np.float16),
            "head": self._head,
            "offset": self._offset,
        }
        return bundle.dump(bundle.Bundle(KIND, {"ids": self.ids, "texts": self.texts}, arrays))

    @classmethod
    def load(cls, data: bytes) -> Adoption:
        """Raises Unreadable."""
        read = bundle.load(data, kind=KIND)
        return cls(read.document, read.arrays)

    def shares(self, text: str, vector: Vectors | None) -> tuple[Floats, float]:
        """For each of ``ids`` its share of what was learned, and how near the nearest question is."""
        if not self.texts:
            return np.zeros(len(self.ids), dtype=np.float32), 0.0
        said = self._words.scores(text)
        opinions, near = [self._votes(said, IN_WORDS)], said
        if vector is not None and len(self._rows):
            moved = embedding.centred(vector, self._mean)
            near = np.asarray(self._rows @ moved, dtype=np.float32)
            opinions.append(self._votes(near, NEAREST))
            if len(self._head):
                scores = moved @ self._head + self._offset
                chances = np.exp(scores - scores.max())
                opinions.append(chances / chances.sum())
        nearest = float(np.sort(near)[-3:].mean())
        return np.mean(opinions, axis=0, dtype=np.float32), nearest

    def _votes(self, near: Floats, count: int) -> NDArray[np.float64]:
        best = np.argpartition(-near, min(count, len(near)) - 1)[:count]
        votes = np.exp(SHARPNESS * near[best])
        shares = np.bincount(self._owner[best], weights=votes, minlength=len(self.ids))
        return np.asarray(shares / shares.sum())

    def added(
        self, shares: Floats, nearest: float, *, base: Floats, known: NDArray[np.bool_]
    ) -> Floats:
        """What to add to the ``base`` scores of entries.

        ``shares`` and ``known`` (answers were accepted for it) are aligned with them.
        """
        chances = np.exp((base - base.max()) / TEMPERATURE)
        near = NEAR if len(self._rows) else NEAR_IN_WORDS
        odds = ODDS * np.exp(-STEEP * (nearest - near))
        if not known.all():
            # Nothing speaks for them: then they are not the answer only because nothing was learned.
            odds *= np.clip(base[~known].max() / LEAST, 0.02, 1.0)
        without = np.where(known, 0.0, chances * odds)
        # Only the best of both sides are weighed: thousands of strangers are no argument.
        ours, theirs = _best(np.where(known, chances, 0.0)), _best(without)
        unknown = theirs / max(ours + theirs, 1e-12)
        mixed = np.where(known, (1 - unknown) * shares, without / max(theirs, 1e-12) * unknown)
        return np.asarray(OPINIONS * self._trust * mixed, dtype=np.float32)


def _best(chances: NDArray[Any], *, count: int = 3) -> float:
    return float(np.sort(chances)[-count:].sum())


def _head(rows: Vectors, owner: NDArray[np.int64], size: int) -> tuple[Floats, Floats]:
    """Weights (numbers, articles) and offsets; nothing where there is nothing to tell apart."""
    if size < 2:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    fitted = linear_model.LogisticRegression(C=20, max_iter=60).fit(rows, owner)
    weights, offset = fitted.coef_.T, fitted.intercept_
    if size == 2:
        weights, offset = (
            np.hstack([-weights / 2, weights / 2]),
            np.array([-offset[0], offset[0]]) / 2,
        )
    return weights.astype(np.float32), offset.astype(np.float32)
