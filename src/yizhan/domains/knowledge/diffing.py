"""What two versions of an article say differently, line by line and word by word. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

Change = Literal["same", "added", "removed"]
_WORD = re.compile(r"[㐀-鿿]|\w+|\s+|.", re.UNICODE)
_MOST_WORDS = 4_000


class DiffPart(msgspec.Struct, frozen=True):
    """A piece of a line; ``changed`` where it differs from the other version's line."""

    text: str
    changed: bool = False


class DiffLine(msgspec.Struct, frozen=True):
    """A line of one of the versions, or of both."""

    change: Change
    parts: list[DiffPart]


def compare(old: str, new: str) -> list[DiffLine]:
    """The lines of both texts in reading order."""
    before, after = old.split("\n"), new.split("\n")
    lines: list[DiffLine] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            lines += [DiffLine("same", [DiffPart(text)]) for text in before[a:b]]
        elif tag == "replace":
            lines += _replaced(before[a:b], after[c:d])
        else:
            lines += [DiffLine("removed", [DiffPart(text)]) for text in before[a:b]]
            lines += [DiffLine("added", [DiffPart(text)]) for text in after[c:d]]
    return lines


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[DiffLine]:
    """Lines that stand for each other one by one, then what is left of the longer side."""
    for old, new in zip(before, after, strict=False):
        removed, added = _words(old, new)
        yield DiffLine("removed", removed)
        yield DiffLine("added", added)
    for text in before[len(after) :]:
        yield DiffLine("removed", [DiffPart(text)])
    for text in after[len(before) :]:
        yield DiffLine("added", [DiffPart(text)])


def _words(old: str, new: str) -> tuple[list[DiffPart], list[DiffPart]]:
    first, second = _WORD.findall(old), _WORD.findall(new)
    if len(first) + len(second) > _MOST_WORDS:
        return [DiffPart(old, changed=True)], [DiffPart(new, changed=True)]
    removed: list[DiffPart] = []
    added: list[DiffPart] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(
        None, first, second, autojunk=False
    ).get_opcodes():
        changed = tag != "equal"
        if b > a:
            removed.append(DiffPart("".join(first[a:b]), changed=changed))
        if d > c:
            added.append(DiffPart("".join(second[c:d]), changed=changed))
    return removed, added
