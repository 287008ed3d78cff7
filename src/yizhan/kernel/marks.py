"""Where words stand in a text: snippets with the matching parts marked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

_AROUND = 36
_MOST = 160


class Part(msgspec.Struct, frozen=True):
    """A piece of a text; ``hit`` when it matched."""

    text: str
    hit: bool = False


def _folded(text: str) -> str:
    """Lower case and half width, of the same length: places stay places."""
    return "".join(
        folded if len(folded := unicodedata.normalize("NFKC", char).lower()) == 1 else char
        for char in text
    )


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where any of the words stands, longest first, without overlaps. Latin words begin at a border."""
    alternatives = []
    for word in sorted({w for w in words if w}, key=len, reverse=True):
        start = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
        alternatives.append(start + re.escape(word))
    if not alternatives:
        return []
    return [match.span() for match in re.finditer("|".join(alternatives), _folded(text))]


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
