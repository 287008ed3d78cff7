"""Where words stand in a text: snippets with the matching parts marked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import msgspec

_AROUND = 36
_MOST = 160


class Part(msgspec.Struct, frozen=True):
    """A piece of a text; ``hit`` when it matched."""

    text: str
    hit: bool = False


class _Folds(dict[int, str]):
    """Lower case and half width of each character, of the same length: places stay places."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDS = _Folds()


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDS)


@lru_cache(256)
def _pattern(words: frozenset[str]) -> re.Pattern[str] | None:
    """Any of the words, longest first. Latin words begin at a border."""
    alternatives = []
    for word in sorted(filter(None, words), key=lambda word: (-len(word), word)):
        start = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
        alternatives.append(start + re.escape(word))
    return re.compile("|".join(alternatives)) if alternatives else None


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stands, without overlaps."""
    pattern = _pattern(frozenset(words))
    return [] if pattern is None else [match.span() for match in pattern.finditer(_folded(text))]


def mark(text: str, words: Sequence[str]) -> list[Part]:
    """The whole text with its matches marked."""
    return _cut(text, _places(text, words), 0, len(text))


def _cut(text: str, places: list[tuple[int, int]], begin: int, end: int) -> list[Part]:
    parts: list[Part] = []
    last = begin
    for start, stop in places:
        if start < begin or stop > end:
            continue
        if start > last:
            parts.append(Part(text[last:start]))
        parts.append(Part(text[start:stop], hit=True))
        last = stop
    if last < end:
        parts.append(Part(text[last:end]))
    return parts


def snippet(text: str, words: Sequence[str]) -> list[Part] | None:
    """The part of a text around its first matches; None when nothing in it matches."""
    line = " ".join(text[:100_000].split())
    places = _places(line, words)
    if not places:
        return None
    begin = max(0, places[0][0] - _AROUND)
    end = min(len(line), begin + _MOST)
    parts = _cut(line, places, begin, end)
    if begin > 0:
        parts.insert(0, Part("…"))
    if end < len(line):
        parts.append(Part("…"))
    return parts


def plain(parts: Sequence[Part]) -> str:
    """The text without marks."""
    return "".join(part.text for part in parts)
