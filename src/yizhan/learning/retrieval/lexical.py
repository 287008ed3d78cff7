"""Ranking by words and pieces of words: BM25 (Robertson and Zaragoza, 2009), no dictionary needed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from yizhan.learning.later import np
from yizhan.learning.retrieval import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST: Final = 4000
"""Characters of a text that are read."""
_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"))
K1: Final = 1.2
B: Final = 0.75
_RUNS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff_]+"
)


def pieces(text: str) -> list[str]:
    """Chinese and Japanese: characters and pairs. Other words: the word, and its pieces of 3 and 4.

    Pieces carry a mark that no word has, so that "card" as a word outweighs "card" in "discard".
    """
    found: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text[:LONGEST]).lower()):
        if _is_cjk(run[0]):
            said = wording.plain(run)
            found += said
            found += [said[at : at + 2] for at in range(len(said) - 1)]
            continue
        if run in wording.FILLERS:
            continue
        word = wording.ENGLISH.get(run, run)
        found.append(word)
        whole = f"^{word}$"
        found += [f"#{whole[at : at + n]}" for n in (3, 4) for at in range(len(whole) - n + 1)]
    return found


def _is_cjk(char: str) -> bool:
    return any(first <= char <= last for first, last in _CJK)


class Bm25:
    """Texts by their pieces. Scores are shares: 1 would be every piece of the query, often."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._place: dict[str, int] = {}
        starts, columns, counts = [0], [], []
        for text in texts:
            for piece, count in Counter(pieces(text)).items():
                columns.append(self._place.setdefault(piece, len(self._place)))
                counts.append(count)
            starts.append(len(columns))
        size = len(texts)
        often = np.bincount(np.asarray(columns, dtype=np.int64), minlength=len(self._place))
        self._rarity = np.log(1 + (size - often + 0.5) / (often + 0.5)).astype(np.float32)
        self._unseen = float(np.log(1 + (size + 0.5) / 0.5))
        counted = np.asarray(counts, dtype=np.float32)
        rows = np.repeat(np.arange(size), np.diff(starts))
        lengths = np.bincount(rows, weights=counted, minlength=size)
        usual = K1 * (1 - B + B * lengths / max(1e-9, float(lengths.mean() if size else 1)))
        weights = (
            counted / (counted + usual[rows]) * self._rarity[np.asarray(columns, dtype=np.int64)]
        )
        # By column: a query reads a few columns whole.
        order = np.argsort(np.asarray(columns, dtype=np.int64), kind="stable")
        self._rows, self._weights = rows[order], weights[order].astype(np.float32)
        self._spans = np.concatenate([[0], np.cumsum(often)])
        self._texts = texts

    def scores(self, query: str) -> NDArray[np.float32]:
        """For each text the share of the query's weight that it covers."""
        wanted = set(pieces(query))
        known = sorted(self._place[piece] for piece in wanted if piece in self._place)
        total = float(self._rarity[known].sum()) + self._unseen * (len(wanted) - len(known))
        found = np.zeros(len(self._texts), dtype=np.float32)
        for column in known:
            span = slice(self._spans[column], self._spans[column + 1])
            found[self._rows[span]] += self._weights[span]
        return found / np.float32(max(total, 1e-9))

    def shared(self, query: str, row: int, *, most: int = 5) -> tuple[str, ...]:
        """Pieces of the query that a text has, the rarest first; none within another."""
        both = {*pieces(query)} & {*pieces(self._texts[row])}
        held = {
            piece: float(self._rarity[self._place[piece]])
            for piece in both
            if not piece.startswith("#")
        }
        best: list[str] = []
        for piece in sorted(held, key=lambda piece: (-len(piece), -held[piece], piece)):
            if not any(piece in other for other in best):
                best.append(piece)
        return tuple(sorted(best, key=lambda piece: (-held[piece], piece))[:most])
