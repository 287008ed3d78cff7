"""Texts to sparse numbers: pieces of words and words, weighted by how rare they are (TF-IDF)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from yizhan.learning import later
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse
    from sklearn.feature_extraction import text as extraction
else:
    sparse = later.Module("scipy.sparse")
    extraction = later.Module("sklearn.feature_extraction.text")

LONGEST: Final = 4000
"""Characters of a text that are read."""
KINDS: Final[dict[str, dict[str, Any]]] = {
    "char": {"analyzer": "char_wb", "ngram_range": (1, 5)},
    # Where a script has no spaces, each character counts as a word.
    "word": {
        "analyzer": "word",
        "ngram_range": (1, 2),
        "token_pattern": r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+",
    },
}
MOST: Final = 120_000
"""Features of a kind that are kept, the most frequent ones."""
NUMBER: Final = re.compile(r"\d{4,}")
"""Orders, phones, cards: all of them are one piece, and none is kept in a model."""
FEW: Final = 300
"""Below this many texts even a piece seen once is kept."""


def normal(text: str) -> str:
    """One form of each character, lower case, no numbers that name somebody, no more than is read."""
    whole = text[:LONGEST].encode("utf-8", "ignore").decode()  # half a character is none
    return NUMBER.sub("0000", unicodedata.normalize("NFKC", whole).lower())


class Words:
    """The pieces that were seen, and their weights; each kind of piece at unit length."""

    def __init__(
        self, names: dict[str, list[str]], weights: dict[str, NDArray[np.float32]]
    ) -> None:
        self.names = names
        self.weights = weights
        self._counters = {
            kind: extraction.CountVectorizer(vocabulary=seen, lowercase=False, **KINDS[kind])
            for kind, seen in names.items()
            if seen
        }

    @functools.cached_property
    def _cutting(self) -> dict[str, tuple[Callable[[str], list[str]], dict[str, int]]]:
        """How a text is cut into pieces of a kind, and their columns: for whoever reads one by one."""
        return {
            kind: (counter.build_analyzer(), {name: at for at, name in enumerate(self.names[kind])})
            for kind, counter in self._counters.items()
        }

    @classmethod
    def fit(cls, texts: Sequence[str], *, most: int = MOST, everywhere: float = 1.0) -> Words:
        """Keeps the ``most`` frequent of each kind, less those in a larger share than ``everywhere``."""
        clean = [normal(text) for text in texts]
        names: dict[str, list[str]] = {}
        weights: dict[str, NDArray[np.float32]] = {}
        for kind, how in KINDS.items():
            counter = extraction.CountVectorizer(
                lowercase=False,
                min_df=1 if len(clean) < FEW else 2,
                max_df=everywhere,
                max_features=most,
                **how,
            )
            try:
                seen = counter.fit_transform(clean)
            except ValueError:  # nothing in any text that could be counted
                names[kind], weights[kind] = [], np.zeros(0, dtype=np.float32)
                continue
            names[kind] = [str(name) for name in counter.get_feature_names_out()]
            often = np.diff(seen.tocsc().indptr)
            weights[kind] = (np.log((1 + len(clean)) / (1 + often)) + 1).astype(np.float32)
        return cls(names, weights)

    @property
    def size(self) -> int:
        return sum(len(names) for names in self.names.values())

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The weights of each text's pieces, each kind of piece at unit length."""
        if len(texts) == 1 and self._counters:
            return self._one(normal(texts[0]))
        parts = [
            self._weighed(part.astype(np.float32), kind)
            for kind, part in zip(self._counters, self._counted(texts), strict=True)
        ]
        return _beside(parts, len(texts))

    def _one(self, clean: str) -> sparse.csr_matrix:
        """The same of one text, which the libraries' ways for many take most time for."""
        columns, shares, start = [], [], 0
        for kind, (cut, places) in self._cutting.items():
            counted = Counter(places[piece] for piece in cut(clean) if piece in places)
            own = np.array(sorted(counted), dtype=np.int32)
            often = np.array([counted[at] for at in own.tolist()], dtype=np.float32)
            weights = (1 + np.log(often)) * self.weights[kind][own]
            length = np.sqrt(np.maximum((weights.astype(np.float64) ** 2).sum(), 1e-12))
            columns.append(own + start)
            shares.append(weights / np.float32(length))
            start += len(places)
        at, data = np.concatenate(columns), np.concatenate(shares)
        parts = (data.astype(np.float32), at, np.array([0, len(at)], np.int32))
        return sparse.csr_matrix(parts, shape=(1, start))

    def count(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """How often each piece stands in each text."""
        return _beside(self._counted(texts), len(texts))

    def _counted(self, texts: Sequence[str]) -> list[sparse.csr_matrix]:
        clean = [normal(text) for text in texts]
        return [counter.transform(clean) for counter in self._counters.values()]

    def weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Counts to weights, each kind of piece at unit length."""
        parts, start = [], 0
        for kind in self._counters:
            end = start + len(self.names[kind])
            parts.append(self._weighed(counts[:, start:end].tocsr(), kind))
            start = end
        return _beside(parts, counts.shape[0])

    def _weighed(self, part: sparse.csr_matrix, kind: str) -> sparse.csr_matrix:
        """One kind's counts, changed in place."""
        part.data = (1 + np.log(part.data)) * self.weights[kind][part.indices]
        row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        squares = np.bincount(row, weights=part.data**2, minlength=part.shape[0])
        part.data /= np.sqrt(np.maximum(squares, 1e-12))[row].astype(np.float32)
        return part

    def name(self, column: int) -> str:
        """The piece of a column."""
        for kind in self._counters:
            if column < len(self.names[kind]):
                return self.names[kind][column].strip()
            column -= len(self.names[kind])
        raise IndexError(column)


def _beside(parts: Sequence[sparse.csr_matrix], rows: int) -> sparse.csr_matrix:
    if not parts:
        return sparse.csr_matrix((rows, 0), dtype=np.float32)
    return sparse.hstack(parts, format="csr", dtype=np.float32)
