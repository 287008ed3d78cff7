"""What can be found: each domain registers its kind of thing, the search asks all of them.

A finder takes a query, a page size and a cursor of its own making, and gives only what the actor of the
transaction may see, each with the reason why it was found.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import msgspec

from yizhan.kernel import marks, query
from yizhan.kernel.tx import Tx


class Match(msgspec.Struct, frozen=True):
    """Where a hit matched: the field, and its text with the matching parts marked."""

    field: str  # number | field.KEY | subject | message | note | name | email | phone | domain | title | text …
    parts: list[marks.Part]
    title: dict[str, str] | None = None  # zh and en, of a field that the workspace made


class Hit(msgspec.Struct, kw_only=True):
    """Something that was found."""

    kind: str
    id: str
    title: str
    number: int | None = None
    snippet: str = ""
    at: datetime | None = None
    matches: list[Match] = []
    message_id: str | None = None


class Correction(msgspec.Struct, frozen=True):
    """A word that stands nowhere, and what was searched instead."""

    word: str
    used: list[str]


class Found(msgspec.Struct):
    """A finder's answer."""

    items: list[Hit]
    next_cursor: str | None = None
    corrected: list[Correction] = []
    problems: list[query.Misread] = []


Run = Callable[[Tx, query.Query, int, str | None], Awaitable[Found]]


class Finder(msgspec.Struct, frozen=True):
    """A kind of thing, and the function ``run(tx, query, limit, cursor)`` that finds it."""

    kind: str
    title: dict[str, str]
    run: Run
    position: int


_finders: dict[str, Finder] = {}


def kind(name: str, *, title: dict[str, str], position: int) -> Callable[[Run], Run]:
    """``@finding.kind("article", title={…}, position=40)``: register, at import of ``handlers.py``."""

    def keep(run: Run) -> Run:
        _finders[name] = Finder(name, title, run, position)
        return run

    return keep


def finders(names: Sequence[str] | None = None) -> list[Finder]:
    """All finders, or those of some kinds, in the order of their places."""
    found = sorted(_finders.values(), key=lambda finder: finder.position)
    return [finder for finder in found if names is None or finder.kind in names]
