"""Texts to ids of pieces: of all ways to cut a word into known pieces, the likeliest (Kudo, 2018)."""

from __future__ import annotations

import functools
import re
from typing import Final

from yizhan.learning.e5.packed import Vocabulary

_SPACE: Final = "▁"
_SPACES: Final = re.compile(" {2,}")
_RARE: Final = 10.0  # how much less likely than the rarest piece a sign is that is in none
_REMEMBERED: Final = 20_000
_LONGEST: Final = 64
"""Signs of a word that is remembered: Chinese has no spaces, and whole sentences do not come again."""


class Pieces:
    """Cuts texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._ids = {piece: place for place, piece in enumerate(vocabulary.pieces) if piece}
        self._ids.pop(vocabulary.pieces[vocabulary.unknown], None)
        self._scores = vocabulary.scores
        self._unknown = vocabulary.unknown
        self._rare = min(vocabulary.scores) - _RARE
        self._signs = vocabulary.signs
        self._longest: dict[str, int] = {}
        for piece in self._ids:
            self._longest[piece[0]] = max(len(piece), self._longest.get(piece[0], 0))
        self._remembered = functools.lru_cache(_REMEMBERED)(self._cut)

    def ids(self, text: str) -> list[int]:
        """Of a text's pieces. No piece has a space but at its beginning, so words are cut one by one."""
        plain = _SPACES.sub(" ", text.translate(self._signs))
        found: list[int] = []
        for word in plain.removeprefix(" ").split(" "):
            marked = _SPACE + word
            cut = self._remembered if len(marked) <= _LONGEST else self._cut
            found += cut(marked)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        size = len(word)
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)  # from where, by which piece
        known, scores = self._ids, self._scores
        for start in range(size):
            before = best[start]
            if before + self._rare > best[start + 1]:
                best[start + 1] = before + self._rare
                came[start + 1] = (start, self._unknown)
            last = min(size, start + self._longest.get(word[start], 0))
            for end in range(start + 1, last + 1):
                piece = known.get(word[start:end])
                if piece is not None and before + scores[piece] > best[end]:
                    best[end] = before + scores[piece]
                    came[end] = (start, piece)
        found: list[int] = []
        at = size
        while at:
            at, piece = came[at]
            found.append(piece)
        return tuple(reversed(found))
