"""Which layout wins, and who would be shown one. Pure.

A layout fits where each thing that it asks for is so. Of those that fit the one wins that asks for most; of
equals the one that asks for a role, then for a type, then for a channel; then the first in order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

import msgspec

from yizhan.domains.fields.layouts.types import Content, Layout

OTHER = ""  # a type or channel that no layout names


class Held(msgspec.Struct, frozen=True):
    """A layout with what it says where it is asked."""

    layout: Layout
    content: Content


def rank(held: Held) -> tuple[int, ...]:
    """Sorted by this, the first that fits wins."""
    said = held.content
    asked = tuple(bool(one) for one in (said.role_ids, said.types, said.channels))
    return (-sum(asked), *(-one for one in asked), held.layout.position, held.layout.id)


def fits(said: Content, *, roles: Collection[int], type: str, channel: str) -> bool:
    """Whether everything that a layout asks for is so."""
    if said.role_ids and not set(said.role_ids) & set(roles):
        return False
    return (not said.types or type in said.types) and (
        not said.channels or channel in said.channels
    )


def choose(held: Iterable[Held], *, roles: Collection[int], type: str, channel: str) -> Held | None:
    """The layout that wins, if any fits."""
    for one in sorted(held, key=rank):
        if fits(one.content, roles=roles, type=type, channel=channel):
            return one
    return None


class Person(msgspec.Struct, frozen=True):
    """Somebody who would be shown a layout."""

    id: int
    name: str
    roles: frozenset[int]


class Reached(msgspec.Struct, frozen=True):
    """Of a person: always where the layout fits, or only where no other one wins."""

    person: Person
    when: Literal["always", "sometimes"]


class Beaten(msgspec.Struct, frozen=True):
    """A layout that wins over the asked one, for how many people."""

    layout: Layout
    people: int


def reach(
    held: Sequence[Held], mine: Held, *, people: Sequence[Person]
) -> tuple[list[Reached], list[Beaten]]:
    """Who is shown ``mine``, which is one of ``held``, and which others win over it."""
    places = _places(held, mine)
    reached: list[Reached] = []
    beaten: dict[int, set[int]] = {}
    known: dict[frozenset[int], Mapping[int, int]] = {}
    for person in people:
        if not fits(mine.content, roles=person.roles, type=places[0][0], channel=places[0][1]):
            continue
        if person.roles not in known:
            known[person.roles] = _winners(held, places, person.roles)
        won = known[person.roles]
        if mine.layout.id in won:
            reached.append(Reached(person, "always" if len(won) == 1 else "sometimes"))
        for other in won.keys() - {mine.layout.id}:
            beaten.setdefault(other, set()).add(person.id)
    by_id = {one.layout.id: one.layout for one in held}
    return reached, [Beaten(by_id[key], len(ids)) for key, ids in beaten.items()]


def _places(held: Sequence[Held], mine: Held) -> list[tuple[str, str]]:
    """Every kind of ticket that makes a difference, of those that ``mine`` is for."""
    types = mine.content.types or (OTHER, *{t for one in held for t in one.content.types})
    channels = mine.content.channels or (OTHER, *{c for one in held for c in one.content.channels})
    return list(product(types, channels))


def _winners(
    held: Sequence[Held], places: Sequence[tuple[str, str]], roles: frozenset[int]
) -> dict[int, int]:
    """How often each layout wins."""
    found: dict[int, int] = {}
    for type_, channel in places:
        won = choose(held, roles=roles, type=type_, channel=channel)
        if won is not None:
            found[won.layout.id] = found.get(won.layout.id, 0) + 1
    return found
