"""What is said without words: rows of marks, capitals, and the count of earlier contacts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = tuple[str, str, float, int, int, str]

_MARKS: Final = re.compile(r"[!?！？]{3,}")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_TIMES_ZH: Final = re.compile(
    r"(?:打|联系|找|催|问|反映|投诉|沟通|申请|联络|催促|报修|说)(?:过|了)?(?:你们|客服)?(?:过|了)?"
    r"(?:[两二三四五六七八九十几好多无]{1,2}|[2-9]|[1-9]\d)[次遍回个]"
)
_TIMES_ZH_FRONT: Final = re.compile(
    r"第(?:[二三四五六七八九十几]|[2-9]|[1-9]\d)[次遍回](?:来|打|联系|找|催|问|反映|投诉)"
)
_TIMES_EN: Final = re.compile(
    r"\b(?:(?:third|fourth|fifth|sixth|\d{1,2}th|3rd) (?:time|email|call|message|ticket|request|complaint)"
    r"|(?:contacted|called|emailed|phoned|rang|asked|written|messaged|chased)"
    r"(?: (?:you|them|support|in|to you)){0,2} (?:\d{1,2}|three|four|five|six|several|many|multiple|countless) times)",
    re.IGNORECASE,
)
FEWEST_WORDS: Final = 4
FEWEST_LETTERS: Final = 12
LOUD: Final = 0.7
"""Share of words in capitals, from which on somebody shouts."""


def find(text: str) -> Iterator[Found]:
    """(term, category, weight, start, end, said) of each kind, at most once."""
    if (marks := max(_MARKS.finditer(text), key=lambda one: len(one[0]), default=None)) is not None:
        weight = min(0.3, 0.1 + 0.04 * (len(marks[0]) - 3))
        yield ("!?", "tone", weight, *marks.span(), marks[0])
    words = _WORD.findall(text)
    loud = [word for word in words if word.isupper()]
    enough = len(loud) >= FEWEST_WORDS and sum(map(len, loud)) >= FEWEST_LETTERS
    if enough and len(loud) >= LOUD * len(words):
        yield ("CAPITALS", "tone", 0.3, 0, len(text), text[:40])
    for pattern in (_TIMES_ZH, _TIMES_ZH_FRONT, _TIMES_EN):
        if (again := pattern.search(text)) is not None:
            yield ("×n", "repeat", 0.4, *again.span(), again[0])
            return
