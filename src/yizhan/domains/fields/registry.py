"""Where higher domains say how their records are found: for relations, and for forms of a record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from yizhan.domains.fields.types import Object
from yizhan.kernel.tx import Tx


class Record(msgspec.Struct, frozen=True):
    """A record's stored values, what conditions may ask of it besides, and whether it may be changed."""

    values: dict[str, Any]
    context: dict[str, str | None] = {}
    editable: bool = True


class Provider(msgspec.Struct, frozen=True):
    """``labels`` names the records that the actor may see; ``record`` loads one, or None."""

    labels: Callable[[Tx, Sequence[int]], Awaitable[dict[int, str]]]
    record: Callable[[Tx, int], Awaitable[Record | None]]
    # All records with values, for the index: batches of (id, stored values) behind an id.
    stored: Callable[[Tx, int, int], Awaitable[list[tuple[int, dict[str, Any]]]]]


_providers: dict[str, Provider] = {}


def provide(name: Object, provider: Provider) -> None:
    """Called once by the domain that owns the records."""
    _providers[name] = provider


def of(name: str) -> Provider | None:
    return _providers.get(name)
