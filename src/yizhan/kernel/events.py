"""Events: what happened, written in the same transaction as the change, read later without gaps.

An event is a frozen struct with ids and values only. It goes two ways: reactors (:func:`on`) run
within the transaction and may only write rows; consumers (:func:`consumer`) read the log behind a
durable cursor of their own, in order, in the worker.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from yizhan.kernel import clock

if TYPE_CHECKING:
    from yizhan.kernel.tx import Tx

# JavaScript's largest exact integer: above it a number travels as text. All our ids are above it.
_EXACT = 1 << 53


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events. Give each subclass ``tag="domain.past_tense"``."""


class Logged(msgspec.Struct, frozen=True):
    """One row of the log. ``data`` holds the event's fields; ids are text."""

    workspace_id: int
    id: int
    xid: int
    type: str
    at: datetime
    actor: dict[str, Any]
    ticket_id: int | None
    data: dict[str, Any]

    @property
    def cursor(self) -> str:
        return f"{self.xid}-{self.id}"

    def typed(self) -> Event:
        """The event as its struct. Errors: KeyError when this version does not know the type."""
        return msgspec.convert(self.data, registry()[self.type], strict=False)


def tag_of(kind: type[Event]) -> str:
    """The name of an event type in the log."""
    tag = kind.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{kind.__name__} has no tag")
    return tag


def registry() -> dict[str, type[Event]]:
    """All known event types by their name in the log."""
    found: dict[str, type[Event]] = {}
    waiting = list(Event.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind.__struct_config__.tag:
            found[tag_of(kind)] = kind
    return found


def plain(value: Any) -> Any:
    """Builtins for JSON: times as UTC, and every integer that JavaScript would round as text."""
    if value is None or isinstance(value, str | bool):  # most of them
        return value
    if isinstance(value, int):
        return str(value) if abs(value) >= _EXACT else value
    if isinstance(value, datetime):
        return clock.text(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def data_of(event: Event) -> dict[str, Any]:
    """What of an event goes into the log."""
    fields = msgspec.to_builtins(event, builtin_types=(datetime,))
    fields.pop("type", None)
    result: dict[str, Any] = plain(fields)
    return result


E = TypeVar("E", bound=Event)
Reactor = Callable[["Tx", Any], Awaitable[None]]
Consume = Callable[["Tx", Sequence[Logged]], Awaitable[None]]


class Consumer(msgspec.Struct, frozen=True):
    """A reader of the log with its own durable cursor per workspace."""

    name: str
    run: Consume
    batch: int


_reactors: dict[type[Event], list[Reactor]] = {}
_consumers: dict[str, Consumer] = {}


def on(
    *kinds: type[E],
) -> Callable[[Callable[[Tx, E], Awaitable[None]]], Callable[[Tx, E], Awaitable[None]]]:
    """Run a function in the transaction that emits one of these events. Rows only, no network."""

    def register(run: Callable[[Tx, E], Awaitable[None]]) -> Callable[[Tx, E], Awaitable[None]]:
        for kind in kinds:
            _reactors.setdefault(kind, []).append(run)
        return run

    return register


def reactors_of(event: Event) -> Sequence[Reactor]:
    """The reactors to an event, in the order of registration."""
    return _reactors.get(type(event), ())


def consumer(name: str, *, batch: int = 200) -> Callable[[Consume], Consume]:
    """Read the log in order, at least once, with the cursor saved in the same transaction."""

    def register(run: Consume) -> Consume:
        _consumers[name] = Consumer(name, run, batch)
        return run

    return register


def consumers() -> Sequence[Consumer]:
    """All registered readers of the log."""
    return tuple(_consumers.values())
