"""Words of praise and of blame, Chinese and English, and what turns them round.

The list is our own, in ``opinion.json``. Chinese is read by the longest word that fits, so that 不错 is
praise and 不 before 好吃 is not; a denial reaches a few characters (or three words) ahead.
"""

from __future__ import annotations

import functools
import json
import math
import re
from importlib import resources
from typing import Final, NamedTuple

from yizhan.learning.lexicon import plain

REACH: Final = 4
"""Chinese characters over which a denial reaches."""
REACH_WORDS: Final = 3
READ: Final = 2000
DENIAL: Final = 0

_LATIN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_BREAK: Final = re.compile(r"[,，。.!！?？;；~～…\n]")
_BUT: Final = re.compile(
    r"但是?|不过|可是|可惜|就是|然而|只是|except|\bbut\b|however|unfortunately|shame"
)


class Word(NamedTuple):
    """``sign`` is 1 for praise and -1 for blame, after a denial was taken into account."""

    said: str
    at: int
    sign: int
    denied: bool


@functools.cache
def _words() -> dict[str, int]:
    data = json.loads((resources.files(__package__) / "opinion.json").read_bytes())
    table = {"negative": -1, "positive": 1, "negator": DENIAL}
    return {
        plain.of(word).text: table[name.split("_")[0]]
        for name, words in data.items()
        for word in words
    }


@functools.cache
def _longest() -> int:
    return max(map(len, _words()))


@functools.lru_cache(maxsize=8)
def find(text: str) -> tuple[Word, ...]:
    """Every opinion in order. Asked for twice with each message: for the head and for its reasons."""
    folded = plain.of(text[:READ]).text
    found: list[Word] = []
    denial = -100
    at = 0
    while at < len(folded):
        length, sign = _at(folded, at)
        word = folded[at : at + length]
        if sign == DENIAL:
            denial = at + length
        elif sign is not None:
            denied = _reaches(folded, denial, at)
            found.append(Word(word, at, -sign if denied else sign, denied))
        at += length
    return tuple(found)


def _at(folded: str, at: int) -> tuple[int, int | None]:
    words = _words()
    if folded[at].isascii() and folded[at].isalpha():
        found = _LATIN.match(folded, at)
        word = found[0] if found else folded[at]
        if word in words:
            return len(word), words[word]
        return len(word), DENIAL if word.endswith("n't") else None
    for length in range(min(_longest(), len(folded) - at), 0, -1):
        sign = words.get(folded[at : at + length])
        if sign is not None:
            return length, sign
    return 1, None


def _reaches(folded: str, denial: int, at: int) -> bool:
    if denial < 0 or _BREAK.search(folded, denial, at):
        return False
    between = folded[denial:at]
    if between.isascii() and between.strip():
        return len(between.split()) < REACH_WORDS
    return len(between) <= REACH


FEATURES: Final = 12


def features(text: str) -> list[float]:
    """Counts that a head learns from; each about between 0 and 1."""
    found = find(text)
    good = [word for word in found if word.sign == 1]
    bad = [word for word in found if word.sign == -1]
    folded = plain.of(text[:READ]).text
    turn = max((one.start() for one in _BUT.finditer(folded)), default=-1)
    after = sum(word.sign for word in found if word.at > turn) if turn >= 0 else 0
    balance = (len(good) - len(bad)) / math.sqrt(len(found) + 1)
    return [
        _log(len(good)),
        _log(len(bad)),
        balance / 2,
        float(bool(good) and not bad),
        float(bool(bad) and not good),
        _log(sum(word.denied and word.sign == -1 for word in found)),
        _log(sum(word.denied and word.sign == 1 for word in found)),
        max(-1.0, min(1.0, after / 2)),
        0.0 if not found else float(found[-1].sign),
        0.0 if not found else float(found[0].sign),
        _log(folded.count("?")),
        _log(folded.count("!")),
    ]


def _log(count: int) -> float:
    return min(1.5, math.log1p(count) / 2)
