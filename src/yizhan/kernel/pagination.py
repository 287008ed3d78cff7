"""Keyset pages: a cursor is where the last row stood, never an offset."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from yizhan.kernel import errors

T = TypeVar("T")

DEFAULT = 50
MOST = 200


class BadCursor(errors.BadRequest):
    """This cursor does not belong to this list; start again without one."""


class Page(msgspec.Struct, Generic[T]):
    """A page of a list, and the cursor of the next one, if there is any."""

    items: list[T]
    next_cursor: str | None = None


def limit_of(limit: int | None) -> int:
    """The page size within its bounds."""
    return max(1, min(limit or DEFAULT, MOST))


def encode(*key: Any) -> str:
    """A cursor from the sort key of the last row."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The sort key in a cursor, typed. Errors: :class:`BadCursor`."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[kinds])  # type: ignore[valid-type] # built at run time
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise BadCursor from error


def moment_and_id(cursor: str | None) -> tuple[datetime | None, int | None]:
    """The usual key: a time and an id."""
    key = decode(cursor, datetime, int)
    return (None, None) if key is None else (key[0], key[1])


def page(rows: list[T], limit: int, key: Any) -> Page[T]:
    """A page from ``limit + 1`` rows; ``key(row)`` gives the sort key."""
    more = len(rows) > limit
    items = rows[:limit]
    return Page(items, encode(*key(items[-1])) if more else None)


def page_json(records: Sequence[Any], limit: int, *, backwards: bool = False) -> bytes:
    """A page as JSON from ``limit + 1`` records of (item as JSON text, sort key …).

    ``backwards`` turns the page round for reading; the cursor still leads on in the order of the query.
    """
    more = len(records) > limit
    kept = records[:limit]
    cursor = msgspec.json.encode(encode(*tuple(kept[-1])[1:]) if more else None)
    items = [record[0] for record in (reversed(kept) if backwards else kept)]
    return b'{"items":[' + ",".join(items).encode() + b'],"next_cursor":' + cursor + b"}"
