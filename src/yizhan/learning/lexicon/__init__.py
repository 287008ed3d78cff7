"""Words that say a conversation is about to get worse: a second opinion on emotion that anyone can read.

An entry is a plain word or phrase, never a pattern, so that no entry can hang the program. Chinese
entries match wherever they stand, others at the borders of words; width, case, traditional characters,
invisible characters and single separators between Chinese characters make no difference. Longer entries
go first: one of the category ``plain`` shields what it contains ("过度曝光" is about photographs).

What is denied ("不是要投诉") or quoted weighs less. A tenant's own list is a :class:`Lexicon` of its own,
made by :meth:`Lexicon.changed` or read from JSON.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from yizhan.learning.lexicon import context, plain, tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CATEGORIES: Final = (
    *("legal", "media", "regulator", "churn", "threat", "safety", "abuse"),
    *("complaint", "repeat", "tone"),
)
"""``repeat`` is contact made again and again, ``tone`` marks and capitals, ``safety`` harm to people."""
SHIELD: Final = "plain"
LONGEST: Final = 64
MOST: Final = 5000
READ: Final = 20_000
"""Characters of a text that are looked at."""

DENIED: Final = 0.2
QUOTED: Final = 0.5


class Unfit(ValueError):
    """An entry or a list that cannot be used; the message says which and why."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``weight`` is from 0 to 1: how much it alone says that somebody senior should look."""

    term: str
    category: str
    weight: float = 0.5
    lang: str = ""


class Hit(NamedTuple):
    """A term that was found. ``said`` is how it stood in the text, ``weight`` what is left of it."""

    term: str
    category: str
    weight: float
    start: int
    end: int
    said: str
    denied: bool = False
    quoted: bool = False


class Lexicon:
    """An immutable list of entries, ready to be searched for. Raises Unfit."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        known: dict[str, Entry] = {}
        for entry in entries:
            known[_checked(entry)] = entry
        if len(known) > MOST:
            raise Unfit(f"{len(known)} entries; at most {MOST} are possible")
        self.entries = tuple(known.values())
        self._by_start: dict[str, list[tuple[str, Entry]]] = {}
        for folded in sorted(known, key=lambda one: (-len(one), one)):
            self._by_start.setdefault(folded[0], []).append((folded, known[folded]))
        # Several heads ask for the same message, one after the other.
        self._remembered = functools.lru_cache(maxsize=8)(self._find)

    @classmethod
    def of_json(cls, data: bytes | str) -> Lexicon:
        """A JSON list of entries: ``[{"term", "category", "weight", "lang"}]``. Raises Unfit."""
        try:
            return cls(msgspec.json.decode(data, type=list[Entry]))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unfit(f"no list of entries: {error}") from error

    def to_json(self) -> bytes:
        return msgspec.json.encode(self.entries)

    def changed(self, *, add: Iterable[Entry] = (), remove: Iterable[str] = ()) -> Lexicon:
        """With entries added or replaced, and terms taken out. Raises Unfit."""
        gone = {plain.of(term).text for term in remove}
        kept = [one for one in self.entries if plain.of(one.term).text not in gone]
        return Lexicon([*kept, *add])

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every entry that the text has, in order, with tone at the end."""
        return self._remembered(text[:READ])

    def _find(self, text: str) -> tuple[Hit, ...]:
        folded = plain.of(text)
        words = (hit for hit in self._words(folded, text) if hit.category != SHIELD)
        return (*words, *(Hit(*one) for one in tone.find(text)))

    def _words(self, folded: plain.Plain, text: str) -> Iterator[Hit]:
        at = 0
        while at < len(folded.text):
            found = self._at(folded.text, at)
            if found is None:
                at += 1
                continue
            term, entry = found
            yield _hit(folded, text, entry=entry, span=(at, at + len(term)))
            at += len(term)

    def _at(self, text: str, at: int) -> tuple[str, Entry] | None:
        for term, entry in self._by_start.get(text[at], ()):
            if text.startswith(term, at) and _at_borders(text, at, at + len(term)):
                return term, entry
        return None


def _checked(entry: Entry) -> str:
    folded = plain.of(entry.term.strip()).text
    if not folded:
        raise Unfit("an entry needs a term")
    if len(entry.term) > LONGEST:
        raise Unfit(f"{entry.term[:20]}…: a term has at most {LONGEST} characters")
    if entry.category not in (*CATEGORIES, SHIELD):
        raise Unfit(f"{entry.term}: the category is one of {', '.join((*CATEGORIES, SHIELD))}")
    if not 0 <= entry.weight <= 1:
        raise Unfit(f"{entry.term}: the weight is from 0 to 1")
    return folded


def _at_borders(text: str, start: int, end: int) -> bool:
    """No letter goes on at either side, unless it is a Chinese one."""
    return not (
        (start > 0 and _goes_on(text[start - 1], text[start]))
        or (end < len(text) and _goes_on(text[end - 1], text[end]))
    )


def _goes_on(left: str, right: str) -> bool:
    return all(one.isalnum() and not plain.is_han(one) for one in (left, right))


def _hit(folded: plain.Plain, text: str, *, entry: Entry, span: tuple[int, int]) -> Hit:
    # A gap in the original ends what was said before: "不要 我要投诉" denies nothing.
    apart = span[0] > 0 and folded.places[span[0]] - folded.places[span[0] - 1] > 1
    denied = not apart and context.denied(folded.text, *span)
    quoted = context.quoted(folded.text, *span)
    weight = entry.weight * (DENIED if denied else 1) * (QUOTED if quoted else 1)
    start, end = folded.span(*span)
    return Hit(
        term=entry.term,
        category=entry.category,
        weight=round(weight, 3),
        start=start,
        end=end,
        said=text[start:end],
        denied=denied,
        quoted=quoted,
    )


def strength(hits: Iterable[Hit]) -> float:
    """0 to 1: all hits together, each of a term counted once, as independent witnesses."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.term] = max(best.get(hit.term, 0.0), hit.weight)
    calm = 1.0
    for weight in best.values():
        calm *= 1 - weight
    return round(1 - calm, 3)


@functools.cache
def shipped() -> Lexicon:
    """The list that comes with the program, Chinese and English."""
    return Lexicon.of_json((resources.files(__name__) / "escalation.json").read_bytes())
