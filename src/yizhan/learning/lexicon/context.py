"""Whether a word is denied or only quoted where it stands."""

from __future__ import annotations

import re
from typing import Final

LOOKED_BACK: Final = 40
LONGEST_QUOTE: Final = 200

# Ours, anchored at the end of a short window, each step of fixed length: no input makes them slow.
_DENIED: Final = re.compile(
    r"(?:(?:不是|并非|没有|没|不想|不要|不会|不打算|不准备|无意|不用|不必|没必要|懒得|不愿意?|不至于|别)"
    r"(?:想|要|会|打算|准备|去|再|来|为了|说|真的|在|找|请|跟你们|和你们|对你们|给你们|你们|你|是)*"
    r"|(?<![得能要])不)$"
    r"|(?:\bnot|n't|\bnever|\bwithout|\bno)"
    r"(?:\s+(?:an?|the|any|to|going|want|wanting|trying|planning|threatening|looking|need|for|be|about|"
    r"even|gonna|here|making|filing|file|make|of))*\s*$"
)
_FORCED: Final = re.compile(r"(?:不得不|不能不|没办法不|不会不)$")
_AFTER: Final = re.compile(r"^(?:都?不行|才怪|也得)")

_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "《": "》"}


def denied(text: str, start: int, end: int) -> bool:
    """Of folded text: does a denial stand right before the span?"""
    before = text[max(0, start - LOOKED_BACK) : start]
    if _FORCED.search(before) or _AFTER.search(text[end : end + 4]):
        return False
    return _DENIED.search(before) is not None


def quoted(text: str, start: int, end: int) -> bool:
    """Between quotation marks, or in a line that a mail program quoted."""
    line = text[text.rfind("\n", 0, start) + 1 : start].lstrip()
    if line.startswith(">"):
        return True
    before, after = text[max(0, start - LONGEST_QUOTE) : start], text[end : end + LONGEST_QUOTE]
    if any(before.rfind(a) > before.rfind(b) and b in after for a, b in _PAIRS.items()):
        return True
    return text[max(0, start - LONGEST_QUOTE) : start].count('"') % 2 == 1 and '"' in after
