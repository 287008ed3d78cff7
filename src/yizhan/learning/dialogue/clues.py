"""What a word's surroundings tell about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yizhan.learning.dialogue.features import Seen
    from yizhan.learning.dialogue.spans import Token

REACH: Final = 4
ASKED: Final = 24
KNOWN: Final = 16
"""Tokens of the longest known value that is looked for."""


def of(row: Seen, tokens: list[Token], intent: str, known: dict[str, str]) -> list[list[str]]:
    """The clues of every token of the turn."""
    words = [row.now[start:end].casefold() for start, end in tokens]
    marks = _marks(row, tokens, known)
    whole = [f"i={intent}", f"n={min(len(words), 6)}", f"t={min(len(row.earlier), 6)}"]
    whole += [f"a={one}" for one in _asked(row)]
    return [_word(words, place) + marks[place] + whole for place in range(len(words))]


def _word(words: list[str], place: int) -> list[str]:
    def at(offset: int) -> str:
        near = place + offset
        return words[near] if 0 <= near < len(words) else ("<" if near < 0 else ">")

    word = words[place]
    found = [f"{offset}:{at(offset)}" for offset in range(-REACH, REACH + 1)]
    found += [f"{offset}s{_shape(at(offset))}" for offset in (-1, 0, 1)]
    found += [f"{offset}+{at(offset)} {at(offset + 1)}" for offset in (-3, -2, -1, 0, 1, 2)]
    found += [
        f"{offset}++{at(offset)} {at(offset + 1)} {at(offset + 2)}" for offset in (-3, -2, 0, 1)
    ]
    found.append(f"-++{at(-1)} {word} {at(1)}")
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
            found[place + offset].append(f"k{'B' if offset == 0 else 'I'}={slot}")
        place += max(1, width)
    _named(row, tokens, found)
    return found


def _longest(text: str, tokens: list[Token], place: int, known: dict[str, str]) -> tuple[int, str]:
    start = tokens[place][0]
    for last in range(min(len(tokens), place + KNOWN) - 1, place - 1, -1):
        slot = known.get(text[start : tokens[last][1]].casefold())
        if slot is not None:
            return last - place + 1, slot
    return 0, ""


def _named(row: Seen, tokens: list[Token], found: list[list[str]]) -> None:
    """Runs of at least three tokens that the agent wrote, too."""
    place = 0
    while row.agent and place < len(tokens):
        last = place
        while last < len(tokens) and row.now[tokens[place][0] : tokens[last][1]] in row.agent:
            last += 1
        if last - place >= 3:
            for offset in range(place, last):
                found[offset].append("m" + ("B" if offset == place else "I"))
            found[last - 1].append("mE")
        place = max(place + 1, last if last - place >= 3 else place + 1)
