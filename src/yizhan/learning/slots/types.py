"""What is found in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 4000
"""Characters of a text that are read."""


class Slot(NamedTuple):
    """A value as it stands in the text, ``text[start:end]``."""

    name: str
    value: str
    start: int
    end: int
    normal: str = ""
    """One spelling for what means the same: digits, an ISO date, ``213 CNY``."""
    rank: int = 5
    """Where rules overlap the lower one wins."""


class Rule(NamedTuple):
    """A pattern whose group ``v`` is the value."""

    name: str
    pattern: re.Pattern[str]
    rank: int


def rule(name: str, pattern: str, *, rank: int = 5) -> Rule:
    """``pattern`` is read without regard to case and with blanks that count."""
    return Rule(name, re.compile(pattern, re.IGNORECASE), rank)


def matches(text: str, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, int, int]]:
    """Every place where a rule holds, with the borders of its value."""
    for one in rules:
        for hit in one.pattern.finditer(text):
            yield one, *hit.span("v")
