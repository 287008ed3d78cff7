"""Entries that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from yizhan.learning import embedding
from yizhan.learning.retrieval import lexical
from yizhan.learning.retrieval.types import Accepted, Entry, Hit, Weights, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.embedding import Embedder, Vectors

    Floats = NDArray[np.float32]

PART: Final = 500
"""Characters of a part of an article that gets a vector of its own."""
MOST_PARTS: Final = 8


def parts(entry: Entry) -> list[str]:
    """The texts that stand for an entry: title with each part of the body, and each question."""
    body = entry.body.strip()
    if body == entry.title.strip():
        body = ""
    pieces = [f"{entry.title}\n{part}" for part in _split(body)] or [entry.title]
    return [*pieces, *dict.fromkeys(one for one in entry.questions if one.strip())]


def _split(body: str) -> list[str]:
    """Paragraphs put together up to ``PART``; a longer one is cut."""
    found: list[str] = []
    for paragraph in body.split("\n"):
        rest = paragraph.strip()
        while rest:
            if found and len(found[-1]) + len(rest) < PART:
                found[-1] = f"{found[-1]}\n{rest}"
                break
            found.append(rest[:PART])
            rest = rest[PART:]
    return found[:MOST_PARTS]


class Index:
    """Made with :meth:`build`; searching changes nothing."""

    def __init__(
        self,
        entries: Sequence[Entry],
        embedder: Embedder | None,
        *,
        weights: Weights = Weights(),  # noqa: B008 - a named tuple does not change
    ) -> None:
        self.ids = [entry.id for entry in entries]
        self.weights = weights
        self._embedder = embedder
        self._texts: list[str] = []
        starts: list[int] = []
        for entry in entries:
            starts.append(len(self._texts))
            self._texts += parts(entry)
        self._starts = np.asarray(starts, dtype=np.int64)
        self._words = lexical.Bm25(self._texts)
        self._meaning = None if embedder is None else _Meaning(embedder.embed(self._texts), weights)

    @classmethod
    def build(
        cls, entries: Sequence[Entry], embed: Embedder | None, *, weights: Weights | None = None
    ) -> Index:
        """Without ``embed`` words alone decide. An empty collection finds nothing."""
        return cls(entries, embed, weights=weights or Weights())

    def learn(self, feedback: Sequence[Accepted]) -> None:
        """Takes what was accepted as answers; entries that it does not know are passed over."""

    def search(self, text: str, k: int = 3, *, vector: Vectors | None = None) -> list[Hit]:
        """The best ``k``, best first. ``vector`` is the text's, where it is known already."""
        if not self.ids or not text.strip():
            return []
        words = self._words.scores(text)
        rows = self.weights.words * words
        similar: Floats | None = None
        if self._meaning is not None and self._embedder is not None:
            asked = self._embedder.embed([text])[0] if vector is None else vector
            similar = self._meaning.scores(asked)
            rows = rows + self.weights.meaning * similar
        scores = np.maximum.reduceat(rows, self._starts)
        best = np.argsort(-scores, kind="stable")[:k]
        return [
            self._hit(int(at), float(scores[at]), text=text, parts=(rows, words, similar))
            for at in best
        ]

    def _hit(
        self, at: int, score: float, *, text: str, parts: tuple[Floats, Floats, Floats | None]
    ) -> Hit:
        rows, words, similar = parts
        first = int(self._starts[at])
        after = int(self._starts[at + 1]) if at + 1 < len(self._starts) else len(rows)
        row = first + int(np.argmax(rows[first:after]))
        near = None if similar is None else float(similar[row])
        why = Why(
            self._texts[row], self._words.shared(text, row), float(words[row]), near, learned=0.0
        )
        return Hit(self.ids[at], score, why)


class _Meaning:
    """Cosines of centred vectors, less what makes a row near to everything.

    The correction is half of CSLS (Conneau et al., 2018): a row's mean cosine with its nearest rows.
    """

    def __init__(self, vectors: Vectors, weights: Weights) -> None:
        self._mean = vectors.mean(axis=0) if len(vectors) else np.zeros(1, dtype=np.float32)
        self._rows = embedding.centred(vectors, self._mean)
        self._hub = weights.hubs * _hubness(self._rows, weights.neighbours)

    def scores(self, vector: Vectors) -> Floats:
        asked = embedding.centred(vector, self._mean)
        return np.asarray(self._rows @ asked - self._hub, dtype=np.float32)


def _hubness(rows: Vectors, neighbours: int, *, block: int = 1024) -> Floats:
    """Mean cosine of each row with its nearest others."""
    count = min(neighbours, len(rows) - 1)
    if count < 1:
        return np.zeros(len(rows), dtype=np.float32)
    means = []
    for start in range(0, len(rows), block):
        near = rows[start : start + block] @ rows.T
        own = np.arange(len(near))
        near[own, own + start] = -1.0
        means.append(np.partition(near, -count, axis=1)[:, -count:].mean(axis=1))
    return np.concatenate(means).astype(np.float32)
