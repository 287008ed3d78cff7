"""Which words of a text spoke for a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMED: Final = 4
"""Pieces that are named at most."""
LONGEST: Final = 600
"""Characters of a text in which they are looked for."""
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
SPACED: Final = re.compile(r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
WIDTHS: Final = (2, 3, 4)


def words(text: str, pieces: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """The words, or short runs where a script has no spaces, that carry most of what the pieces weigh."""
    text = text[:LONGEST]
    heat = [0.0] * len(text)
    for piece, weight in pieces:
        at = text.find(piece)
        if at >= 0:
            for place in range(at, at + len(piece)):
                heat[place] += weight / len(piece)
    spans = [match.span() for match in SPACED.finditer(text)]
    for run in UNSPACED.finditer(text):
        spans += [
            (start, start + width)
            for width in WIDTHS
            for start in range(run.start(), run.end() - width + 1)
        ]
    scored = sorted(((sum(heat[a:b]) / (b - a) ** 0.5, -a, b - a) for a, b in spans), reverse=True)
    taken: list[tuple[int, int]] = []
    for weight, start, width in scored:
        a, b = -start, -start + width
        if weight <= 0 or len(taken) == NAMED:
            break
        if all(b <= low or a >= high for low, high in taken):
            taken.append((a, b))
    return tuple(dict.fromkeys(text[a:b] for a, b in taken))
