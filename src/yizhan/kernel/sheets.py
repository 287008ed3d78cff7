"""Tables for spreadsheets. No spreadsheet runs what a customer wrote."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

MARK: Final = "\ufeff".encode()
"""Stands before the first line, so that a spreadsheet takes the rest for UTF-8."""
# What begins a formula, also as it is typed with a Chinese or Japanese keyboard.
_ACTING: Final = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n")


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def cell(value: Any) -> Any:
    """Text that begins like a formula, also behind blanks and invisible marks, is marked as text."""
    if not isinstance(value, str):
        return "" if value is None else value
    acts = value.startswith(_ACTING) or _bare(value).startswith(_ACTING)
    return f"'{value}" if acts else value


def _bare(value: str) -> str:
    """Its beginning without what nobody sees, in plain letters."""
    for at, char in enumerate(value[:400]):
        if unicodedata.category(char)[0] not in "ZC":
            return unicodedata.normalize("NFKC", value[at : at + 4])
    return ""
