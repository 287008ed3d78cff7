# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``search``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

__all__ = [
    "Correction",
    "Hit",
    "KindOut",
    "Match",
    "Misread",
    "Part",
    "SearchHits",
]


class Correction(Struct, kw_only=True):
    """Correction."""

    word: str
    used: list[str]


class Hit(Struct, kw_only=True):
    """Hit."""

    kind: str
    id: str
    title: str
    number: int | None = None
    snippet: str | None = None
    at: dt.datetime | None = None
    matches: list[Match] | None = None
    message_id: str | None = None


class KindOut(Struct, kw_only=True):
    """Kind out."""

    kind: str
    title: dict[str, str]


class Match(Struct, kw_only=True):
    """Match."""

    field: str
    parts: list[Part]
    title: dict[str, str] | None = None


class Misread(Struct, kw_only=True):
    """Misread."""

    term: str
    code: str
    message: dict[str, str]


class Part(Struct, kw_only=True):
    """Part."""

    text: str
    hit: bool | None = None


class SearchHits(Struct, kw_only=True):
    """Search hits."""

    items: list[Hit]
    next_cursor: str | None
    problems: list[Misread]
    corrected: list[Correction]
    kinds: list[KindOut]
