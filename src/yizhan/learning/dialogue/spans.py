"""Where in a text a labelled value stands, and which value a piece of text means.

Labels write some values otherwise than people do: ``2小时 - 3小时`` for "2到3个小时", ``是`` for a thing
that is merely named. What was seen in training is remembered, with and without the parts that vary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+|\d+|[^\w\s]|_")
LONGEST: Final = 1000
WIDEST: Final = 24
RANGE: Final = re.compile(r"(?<=\d)[到至~～、—–]|--")
HOURS: Final = re.compile(r"个?小时|個?小時|hours?")
VARIES: Final = re.compile(r"[\s个個分元块塊钱之间間左右的()（）]")
UNIT: Final = re.compile(r"(?<=\d)[h天](?=-)")
YES: Final = frozenset({"是", "yes", "true"})

Token = tuple[int, int]


def split(text: str) -> list[Token]:
    """Borders of words, single Chinese characters, numbers and signs."""
    return [found.span() for found in TOKEN.finditer(text[:LONGEST])]


def loose(text: str) -> str:
    """Without units, blanks and other parts that vary."""
    plain = HOURS.sub("h", unicodedata.normalize("NFKC", text).casefold())
    plain = RANGE.sub("-", VARIES.sub("", RANGE.sub("-", plain)))
    # "2h-3h" and "2-3h" are the same.
    return UNIT.sub("", re.sub(r"(?<=[h天])[到至~-]", "-", plain)).strip(" .,，。")


def place(text: str, tokens: list[Token], *, slot: str, value: str) -> Token | None:
    """First and last token (exclusive) of a value, or None where it does not stand in the text."""
    for wanted in _spellings(slot, value):
        found = _exact(text, tokens, wanted)
        if found:
            return found
    key = loose(value)
    if not re.search(r"\d", key):
        return None
    return _loosely(text, tokens, key, len(value) + 8)


def thing(slot: str) -> str:
    """What a slot that is either so or not is about: ``hotel-facilities-sauna`` says sauna."""
    return re.split(r"[-_]", slot)[-1]


def _spellings(slot: str, value: str) -> Iterable[str]:
    yield thing(slot) if value.casefold() in YES else value


def _exact(text: str, tokens: list[Token], wanted: str) -> Token | None:
    start = text.casefold().find(wanted.casefold()) if wanted else -1
    if start < 0:
        return None
    inside = [
        number
        for number, (begin, end) in enumerate(tokens)
        if begin < start + len(wanted) and end > start
    ]
    return (inside[0], inside[-1] + 1) if inside else None


def _loosely(text: str, tokens: list[Token], key: str, longest: int) -> Token | None:
    best: Token | None = None
    for first, (begin, _) in enumerate(tokens):
        for last in range(first, min(len(tokens), first + WIDEST)):
            end = tokens[last][1]
            if end - begin > longest:
                break
            if loose(text[begin:end]) == key and (best is None or first > best[0]):
                best = (first, last + 1)
    return best


class Values:
    """What a piece of text means as the value of a slot."""

    def __init__(self, exact: dict[str, dict[str, str]], near: dict[str, dict[str, str]]) -> None:
        self._exact, self._near = exact, near

    @classmethod
    def fit(cls, seen: Iterable[tuple[str, str, str]]) -> Self:
        """Of (slot, piece of text, value)."""
        exact: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        near: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for slot, piece, value in seen:
            exact[slot][piece][value] += 1
            near[slot][loose(piece)][value] += 1
        return cls(_most(exact, odd=True), _most(near, odd=False))

    def of(self, slot: str, piece: str) -> str:
        """The value that the piece of text means."""
        known = self._exact.get(slot, {}).get(piece)
        if known is not None:
            return known
        if not re.search(r"\d", piece):
            return piece
        return self._near.get(slot, {}).get(loose(piece), piece)

    def dump(self) -> dict[str, Any]:
        return {"exact": self._exact, "near": self._near}

    @classmethod
    def load(cls, document: dict[str, Any]) -> Self:
        return cls(document["exact"], document["near"])


def _most(counts: dict[str, dict[str, Counter[str]]], *, odd: bool) -> dict[str, dict[str, str]]:
    """The most frequent value of each piece; with ``odd`` only where it differs from the piece."""
    kept: dict[str, dict[str, str]] = {}
    for slot, pieces in counts.items():
        best = {piece: values.most_common(1)[0][0] for piece, values in pieces.items()}
        if odd:
            best = {piece: value for piece, value in best.items() if piece != value}
        else:
            best = {piece: value for piece, value in best.items() if re.search(r"\d", piece)}
        kept[slot] = best
    return kept
