"""What a condition can ask about. A higher domain registers what it knows of a ticket."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from yizhan.domains.tickets.filters.ops import Kind
from yizhan.kernel.tx import Tx


class Narrow(msgspec.Struct, frozen=True):
    """SQL that finds the few tickets with one of some values by an index: an array of ids.

    ``{0}`` is the place of the values; ``words`` makes them of what was asked. The test itself is asked
    besides, so it may give too many tickets, never too few.
    """

    sql: str
    words: Callable[[Any], list[str]]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field: how people call it, its kind, and its SQL over the ticket ``t``.

    ``choices`` are the values of a closed list; ``of`` says where values of a reference come from
    (agent, team, brand, inbox, contact, company), so that the screen can offer them.
    """

    name: str
    kind: Kind
    title: dict[str, str]
    sql: str
    choices: tuple[str, ...] = ()
    of: str | None = None
    group: str = "ticket"
    called: dict[
        str, dict[str, str]
    ] = {}  # choices by their names, where they are a workspace's own
    narrow: Narrow | None = None
    few: str | None = None  # SQL of those that few tickets have: see ``few``


Resolver = Callable[[Tx, list[str]], Awaitable[list[Field]]]

_FIELDS: dict[str, Field] = {}
_RESOLVERS: dict[str, Resolver] = {}


def register(*fields: Field) -> None:
    """Add fields, at import. Twice the same name is an error of the programmer."""
    for field in fields:
        if field.name in _FIELDS:
            raise ValueError(f"the filter field {field.name} exists already")
        _FIELDS[field.name] = field


def resolver(prefix: str) -> Callable[[Resolver], Resolver]:
    """``@filters.resolver("field.")``: who knows fields that a workspace made itself.

    The function is asked for some names, or with none for all that there are.
    """

    def keep(function: Resolver) -> Resolver:
        _RESOLVERS[prefix] = function
        return function

    return keep


async def known(tx: Tx, names: set[str] | None = None) -> dict[str, Field]:
    """All fields, or those of some names; a name that nobody knows is not in the answer."""
    if names is None:
        found = dict(_FIELDS)
        for ask in _RESOLVERS.values():
            found |= {field.name: field for field in await ask(tx, [])}
        return found
    found = {name: _FIELDS[name] for name in names if name in _FIELDS}
    for prefix, ask in _RESOLVERS.items():
        if wanted := sorted(name for name in names if name.startswith(prefix)):
            found |= {field.name: field for field in await ask(tx, wanted)}
    return found
