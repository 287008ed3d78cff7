"""Entries that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import embedding
from yizhan.learning.later import np
from yizhan.learning.retrieval import adoption, lexical
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
        self._learned: adoption.Adoption | None = None
        self._place = np.zeros(0, dtype=np.int64)
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
        self.use(adoption.Adoption.fit(feedback, self._embedder))

    def use(self, learned: adoption.Adoption | None) -> None:
        """The same with what was learned earlier; None forgets."""
        self._learned = learned if learned is not None and learned.ids else None
        if self._learned is None:
            return
        place = {name: at for at, name in enumerate(self._learned.ids)}
        self._place = np.array([place.get(one, -1) for one in self.ids], dtype=np.int64)

    def search(self, text: str, k: int = 3, *, vector: Vectors | None = None) -> list[Hit]:
        """The best ``k``, best first. ``vector`` is the text's, where it is known already."""
        if not self.ids or not text.strip():
            return []
        words = self._words.scores(text)
        rows = self.weights.words * words
        similar: Floats | None = None
        if vector is None and self._embedder is not None:
            vector = self._embedder.embed([text])[0]
        if self._meaning is not None and vector is not None:
            similar = self._meaning.scores(vector)
            rows = rows + self.weights.meaning * similar
        scores = np.maximum.reduceat(rows, self._starts)
        added = self._added(text, vector, base=scores)
        scores = scores + added
        found = _Found(rows, words, similar, added)
        best = np.argsort(-scores, kind="stable")[:k]
        return [
            Hit(self.ids[at], float(scores[at]), self._why(int(at), text, found=found))
            for at in best
        ]

    def _added(self, text: str, vector: Vectors | None, *, base: Floats) -> Floats:
        """What accepted answers add to each entry."""
        if self._learned is None or not (self._place >= 0).any():
            return np.zeros(len(base), dtype=np.float32)
        shares, nearest = self._learned.shares(text, vector)
        known = self._place >= 0
        aligned = np.where(known, shares[self._place], 0.0)
        return self._learned.added(aligned, nearest, base=base, known=known)

    def _why(self, at: int, text: str, *, found: _Found) -> Why:
        first = int(self._starts[at])
        after = int(self._starts[at + 1]) if at + 1 < len(self._starts) else len(found.rows)
        row = first + int(np.argmax(found.rows[first:after]))
        return Why(
            near=self._texts[row],
            words=self._words.shared(text, row),
            covered=float(found.words[row]),
            similar=None if found.similar is None else float(found.similar[row]),
            learned=float(found.added[at]),
        )


class _Found(NamedTuple):
    """By row of text; ``added`` by entry."""

    rows: Floats
    words: Floats
    similar: Floats | None
    added: Floats


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
