"""One spelling of what can be written in many: width, case, traditional characters, letters set apart.

Every character of the plain text knows where in the original it stood, so that evidence can be shown
in the writer's own words.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Final, NamedTuple

from yizhan.learning.lexicon import hanzi

UNSEEN: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f")
APART: Final = frozenset(" \t\u3000·.*_-~|/、")
"""What people put between the characters of a word that they fear is filtered: 投 诉, 举*报."""


class Plain(NamedTuple):
    """``places[i]`` is where character ``i`` of ``text`` stands in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of ``text[start:end]``."""
        return self.places[start], self.places[end - 1] + 1


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@functools.lru_cache(maxsize=20_000)
def fold(char: str) -> str:
    """Half width, lower case, simplified; always one character."""
    wide = unicodedata.normalize("NFKC", char)
    char = wide if len(wide) == 1 else char
    low = char.lower()
    char = low if len(low) == 1 else char
    return hanzi.SIMPLER.get(char, char)


@functools.lru_cache(maxsize=8)
def of(text: str) -> Plain:
    """Folded, without what cannot be seen, and with Chinese words drawn together again.

    Several heads ask for the same message, one after the other: it is folded once.
    """
    kept: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char in UNSEEN:
            continue
        plain = {"’": "'", "‘": "'"}.get(char) or fold(char)
        if is_han(plain):
            _draw_together(kept, places)
        kept.append(plain)
        places.append(at)
    return Plain("".join(kept), tuple(places))


def _draw_together(kept: list[str], places: list[int]) -> None:
    """Takes one separator back when it stands between two Chinese characters."""
    if len(kept) >= 2 and kept[-1] in APART and is_han(kept[-2]):
        kept.pop()
        places.pop()
