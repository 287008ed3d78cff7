"""The shape of a condition, and what is wrong with one that came from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from yizhan.domains.tickets.errors import ConditionInvalid

MOST_TESTS = 200
DEEPEST = 8
_PEOPLE = frozenset({"assignee", "team", "customer"})
_OF_READER = frozenset({"me", "my_teams"})


class Condition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One part: exactly one of ``all``, ``any``, ``not`` and ``field`` is set."""

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    negated: Condition | None = msgspec.field(default=None, name="not")
    field: str | None = None
    op: str | None = None
    value: Any = None


EVERYTHING = Condition(all=())


def parse(raw: object, *, place: str = "condition") -> Condition:
    """A checked condition. Errors: ConditionInvalid, with the path of the part that is wrong."""
    try:
        found = msgspec.convert(raw, Condition)
    except msgspec.ValidationError as error:
        raise ConditionInvalid(field=place, reason=str(error)) from error
    check(found, place=place)
    return found


def decode(text: str, *, place: str = "condition") -> Condition:
    """A checked condition from JSON. Errors: ConditionInvalid."""
    try:
        raw = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ConditionInvalid(field=place, reason="not JSON") from error
    return parse(raw, place=place)


def check(condition: Condition, *, place: str = "condition") -> None:
    """Errors: ConditionInvalid."""
    tests = 0
    for depth, path, part in _walk(condition, place):
        parts = (part.all, part.any, part.negated, part.field)
        if sum(one is not None for one in parts) != 1:
            raise ConditionInvalid(field=path, reason="one of all, any, not, field")
        if (part.field is None) != (part.op is None):
            raise ConditionInvalid(
                field=path, reason="a field needs an op, and nothing else has one"
            )
        tests += part.field is not None
        if depth > DEEPEST:
            raise ConditionInvalid(field=path, reason=f"nested deeper than {DEEPEST}")
        if tests > MOST_TESTS:
            raise ConditionInvalid(field=path, reason=f"more than {MOST_TESTS} tests")


def _walk(part: Condition, path: str, depth: int = 0) -> Iterator[tuple[int, str, Condition]]:
    yield depth, path, part
    if depth > DEEPEST:
        return
    for name, group in (("all", part.all), ("any", part.any)):
        for number, below in enumerate(group or ()):
            yield from _walk(below, f"{path}.{name}[{number}]", depth + 1)
    if part.negated is not None:
        yield from _walk(part.negated, f"{path}.not", depth + 1)


def asks_reader(condition: Condition) -> bool:
    """Whether a condition means whoever asks, so that the desk itself cannot ask by it."""
    return any(
        part.field in _PEOPLE and bool(_OF_READER & set(map(str, _values(part.value))))
        for _, _, part in _walk(condition, "")
    )


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def fields_of(condition: Condition) -> set[str]:
    """The names of all fields that a condition asks about."""
    return {part.field for _, _, part in _walk(condition, "") if part.field is not None}
