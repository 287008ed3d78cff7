"""What a word's surroundings tell about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yizhan.learning.dialogue.features import Seen
    from yizhan.learning.dialogue.spans import Token

REACH: Final = 4
ASKED: Final = 24
ITEM: Final = re.compile(r"[，,、。；;：:！!？?\n]|[是有去叫](?=.)|推荐您?|以及|还有|或者?|和")
PHRASE: Final = re.compile(r"[，,、。；;：:！!？?\n和去到从在吃]|以及|还有|或者?")
"""Ends a phrase: long names show what they are at their own ends, further away than REACH."""
ACT: Final = re.compile(r"[+|;]")
"""Parts an intent that is a set of acts: a rare set is made of frequent acts."""
KNOWN: Final = 16
"""Tokens of the longest known value that is looked for."""


def of(row: Seen, tokens: list[Token], *, intent: str, known: dict[str, str]) -> list[list[str]]:
    """The clues of every token of the turn."""
    words = [row.now[start:end].casefold() for start, end in tokens]
    marks = _marks(row, tokens, known)
    _phrases(row.now.casefold(), tokens, marks)
    whole = [f"i={intent}", *(f"j={one}" for one in ACT.split(intent))]
    whole += [f"n={min(len(words), 6)}", f"t={min(len(row.earlier), 6)}"]
    whole += [f"a={one}" for one in _asked(row)]
    return [_word(words, place) + marks[place] + whole for place in range(len(words))]


def _word(words: list[str], place: int) -> list[str]:
    def near_by(offset: int) -> str:
        near = place + offset
        return words[near] if 0 <= near < len(words) else ("<" if near < 0 else ">")

    word = words[place]
    found = [f"{offset}:{near_by(offset)}" for offset in range(-REACH, REACH + 1)]
    found += [f"{offset}s{_shape(near_by(offset))}" for offset in (-1, 0, 1)]
    found += [
        f"{offset}+{near_by(offset)} {near_by(offset + 1)}" for offset in (-3, -2, -1, 0, 1, 2)
    ]
    found += [
        f"{offset}++{near_by(offset)} {near_by(offset + 1)} {near_by(offset + 2)}"
        for offset in (-3, -2, 0, 1)
    ]
    found.append(f"-++{near_by(-1)} {word} {near_by(1)}")
    if len(word) > 3:
        found += [f"<{word[:3]}", f">{word[-3:]}", f">{word[-2:]}"]
    return found


def _shape(word: str) -> str:
    if word.isdigit():
        return f"0{min(len(word), 8)}"
    return "w" if word.isalpha() else word


def _asked(row: Seen) -> list[str]:
    """The last words of whoever spoke before: what was asked stands at the end."""
    text = (row.agent or row.last)[-ASKED:]
    who = "a" if row.agent else "u"
    if any("\u3400" <= one <= "\u9fff" for one in text):
        return [who + text[place : place + 2] for place in range(len(text) - 1)]
    return [who + word for word in text.split()]


def _marks(row: Seen, tokens: list[Token], known: dict[str, str]) -> list[list[str]]:
    """Which words stand in a known value, and which in something that the agent named."""
    found: list[list[str]] = [[] for _ in tokens]
    place = 0
    while place < len(tokens):
        width, slot = _longest(row.now, tokens, place, known)
        for offset in range(width):
            found[place + offset].append(f"k{at(offset, width)}={slot}")
        place += max(1, width)
    _named(row, tokens, found)
    return found


def _phrases(text: str, tokens: list[Token], found: list[list[str]]) -> None:
    """How the phrase begins and ends in which a word stands, and what surrounds it."""
    ends = [(one.start(), one.end()) for one in PHRASE.finditer(text)] + [(len(text), len(text))]
    start = number = 0
    for end, after in ends:
        phrase = text[start:end]
        told = [f"p{size}{phrase[-size:]}" for size in (1, 2, 3)]
        told += [f"p<{phrase[:2]}", f"pn{min(len(phrase), 12)}"]
        told += [f"p>>{text[end : end + 2]}", f"p<<{text[max(0, start - 2) : start]}"]
        while number < len(tokens) and tokens[number][0] < end:
            if tokens[number][0] >= start:
                found[number] += told
            number += 1
        start = after


def _longest(text: str, tokens: list[Token], place: int, known: dict[str, str]) -> tuple[int, str]:
    start = tokens[place][0]
    for last in range(min(len(tokens), place + KNOWN) - 1, place - 1, -1):
        slot = known.get(text[start : tokens[last][1]].casefold())
        if slot is not None:
            return last - place + 1, slot
    return 0, ""


def at(offset: int, width: int) -> str:
    """Where in a run of so many words: begin, inside, end, or single."""
    if width == 1:
        return "S"
    return "B" if offset == 0 else ("E" if offset == width - 1 else "I")


def _named(row: Seen, tokens: list[Token], found: list[list[str]]) -> None:
    """Things that were named before, whole or in part."""
    items = {one.strip().casefold() for one in ITEM.split(row.heard) if len(one.strip()) > 1}
    text, heard = row.now.casefold(), row.heard.casefold()
    place = 0
    while heard and place < len(tokens):
        last = place
        while last < len(tokens) and text[tokens[place][0] : tokens[last][1]] in heard:
            last += 1
        width = last - place
        whole = next((w for w in range(width, 0, -1) if _cut(text, tokens, place, w) in items), 0)
        width = whole or width
        if whole or width >= 3:
            for offset in range(width):
                found[place + offset].append(("w" if whole else "m") + at(offset, width))
        place += max(1, width if whole or width >= 3 else 1)


def _cut(text: str, tokens: list[Token], place: int, width: int) -> str:
    return text[tokens[place][0] : tokens[place + width - 1][1]]
