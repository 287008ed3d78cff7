"""Cases that say nearly the same prove it once: they are found by the pieces that they share. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from yizhan.learning import asking

ALIKE: Final = 0.75
"""The share of three-letter pieces in common from which two texts are one case."""
_DIGITS: Final = re.compile(r"\d+")
_TOKENS: Final = re.compile(r"‹([A-Z]+)_\d+›")


class Known:
    """Texts that there are; each is looked up by its pieces, not beside every other."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for text in texts:
            self._keep(_pieces(text))

    def add(self, text: str) -> bool:
        """Keep a text. False: there is one that says nearly the same."""
        found = _pieces(text)
        shared = Counter(place for piece in found for place in self._places.get(piece, ()))
        for place, count in shared.items():
            if count / (len(found) + self._sizes[place] - count) >= ALIKE:
                return False
        self._keep(found)
        return True

    def _keep(self, found: frozenset[str]) -> None:
        for piece in found:
            self._places[piece].append(len(self._sizes))
        self._sizes.append(len(found))


def _pieces(text: str) -> frozenset[str]:
    """Of the words: two that differ in a number or in a name are the same case."""
    return asking.pieces(_DIGITS.sub("0", _TOKENS.sub(r"\1", text)))
