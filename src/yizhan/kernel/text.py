"""Words for search, cut in the application: Chinese bigrams, lower-case words, English stems, ids.

A run of Chinese becomes its overlapping pairs, so that any two-character word is found with full
recall and without a dictionary. A single character of a query matches as itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(
    r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003fa1f]+|[^\W_]+(?:[-_.@/#]?[^\W_]+)*", re.UNICODE
)
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003fa1f]")
_PART = re.compile(r"[^\W_]+", re.UNICODE)
_SUFFIXES = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "s")
_LONGEST = 60
_MOST_TOKENS = 4000


def _stem(word: str) -> str:
    """A light English stem: enough that *refunds*, *refunded* and *refunding* meet."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            root = word[: -len(suffix)]
            return root + "y" if suffix in ("ies", "ied") else root.removesuffix("e")
    return word.removesuffix("e")


def normal(text: str) -> str:
    """NFKC and lower case, so that full-width and half-width letters meet."""
    return unicodedata.normalize("NFKC", text).lower()


def _of_run(run: str, *, query: bool) -> Iterator[str]:
    if _HAN.match(run):
        if len(run) == 1 or not query:
            yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))
        return
    parts = _PART.findall(run)
    if query:
        yield from (_stem(part)[:_LONGEST] for part in parts)
        return
    for part in parts:
        yield part[:_LONGEST]
        yield _stem(part)[:_LONGEST]
    if len(parts) > 1:
        yield run[:_LONGEST]


def tokens(text: str) -> list[str]:
    """The words by which a document is found."""
    found: set[str] = set()
    for match in _RUN.finditer(normal(text)):
        found.update(_of_run(match.group(), query=False))
        if len(found) > _MOST_TOKENS:
            break
    return sorted(found)


def wanted(text: str) -> list[str]:
    """The words that a query asks for, in their order."""
    words: dict[str, None] = {}
    for match in _RUN.finditer(normal(text)[:500]):
        words.update(dict.fromkeys(_of_run(match.group(), query=True)))
    return list(words)


def lexeme(word: str) -> str:
    """A word as it stands in a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def query(text: str) -> str | None:
    """A tsquery that asks for all words of ``text``; None when there is no word in it."""
    return " & ".join(map(lexeme, wanted(text))) or None


def preview(text: str, *, length: int = 140) -> str:
    """The first words of a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
