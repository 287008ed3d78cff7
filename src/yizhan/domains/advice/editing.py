"""How much of an inserted text was changed before it was sent. Pure."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 600
"""Words (or Chinese characters) of a text that are compared: longer texts by their beginning."""
_WORDS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff_]+")


def _words(text: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", text).lower())


def distance(inserted: str, sent: str) -> float:
    """The share of the inserted words that were taken out, replaced or had others put between them.

    What stands before and after the text in the answer (a greeting, a closing) is no change to it, and
    neither are blanks and punctuation. 0: sent as it was; 1: nothing is left.
    """
    old = _words(inserted)[:MOST]
    new = _words(sent)
    if not old:
        return 0.0
    joined = "\0".join(["", *old, ""])
    if joined in "\0".join(["", *new, ""]):
        return 0.0
    blocks = [
        block
        for block in SequenceMatcher(
            None, old, new[: 2 * MOST], autojunk=False
        ).get_matching_blocks()
        if block.size
    ]
    if not blocks:
        return 1.0
    kept = sum(block.size for block in blocks)
    span = blocks[-1].b + blocks[-1].size - blocks[0].b
    return round(min(1.0, max(len(old) - kept, span - kept) / len(old)), 4)
