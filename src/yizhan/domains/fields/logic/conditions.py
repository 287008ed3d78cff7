"""Conditions over fields: what may be asked of each kind, and whether it holds.

The shape is that of the conditions over tickets. A field without a value is simply not equal, not
larger and not contained, so that ``not`` gives exactly the other cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yizhan.domains.fields.logic import functions, values
from yizhan.domains.fields.logic.money import Money
from yizhan.domains.fields.types import FieldCondition

MOST_TESTS = 100
DEEPEST = 6
_MOST_VALUES = 200

# What a ticket says besides its fields; a form knows them before there is a ticket.
CONTEXT = ("ticket.type", "ticket.priority", "ticket.channel", "ticket.brand")


class BadCondition(ValueError):
    """The condition cannot be read; the message says why."""


def walk(condition: FieldCondition, depth: int = 0) -> Iterator[tuple[int, FieldCondition]]:
    """All parts with their depth."""
    yield depth, condition
    if depth > DEEPEST:
        return
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from walk(part, depth + 1)
    if condition.negated is not None:
        yield from walk(condition.negated, depth + 1)


def names(condition: FieldCondition) -> set[str]:
    """The fields that a condition asks about."""
    return {part.field for _, part in walk(condition) if part.field is not None}


def check(condition: FieldCondition, kinds: Mapping[str, str]) -> None:
    """``kinds`` maps what can be asked about to its kind. Errors: BadCondition."""
    tests = 0
    for depth, part in walk(condition):
        if depth > DEEPEST:
            raise BadCondition(f"nested deeper than {DEEPEST}")
        given = (part.all, part.any, part.negated, part.field)
        if sum(one is not None for one in given) != 1 or (part.field is None) != (part.op is None):
            raise BadCondition("each part is one of all, any, not, or a field with an op")
        if part.field is not None:
            tests += 1
            kind = kinds.get(part.field)
            if kind is None:
                raise BadCondition(f"there is no field “{part.field}”")
            _check_test(part, kind)
    if tests > MOST_TESTS:
        raise BadCondition(f"more than {MOST_TESTS} tests")


def _check_test(part: FieldCondition, kind: str) -> None:
    takes = OPS[FAMILY[kind]].get(part.op or "")
    if takes is None:
        known = ", ".join(OPS[FAMILY[kind]])
        raise BadCondition(f"“{part.field}” is asked with one of {known}")
    if takes == "none":
        return
    many = takes in ("many", "two")
    given = part.value if many else [part.value]
    if not isinstance(given, (list, tuple)) or not 0 < len(given) <= _MOST_VALUES:
        raise BadCondition(f"“{part.field}” needs a list of values")
    if takes == "two" and len(given) != 2:
        raise BadCondition(f"“{part.field}” needs two values, from and to")
    if any(_value(FAMILY[kind], one) is None for one in given):
        raise BadCondition(f"a value does not fit “{part.field}”")


_FAMILIES = {
    "text": "text", "long_text": "text", "number": "number", "money": "number", "date": "date",
    "datetime": "datetime", "choice": "choice", "person": "choice", "context": "choice",
    "tree": "tree", "multi_choice": "list", "relation": "list", "file": "list",
    "checkbox": "flag",
}  # fmt: skip
FAMILY: Mapping[str, str] = _FAMILIES
_EMPTY = {"empty": "none", "not_empty": "none"}
_SAME = {"is": "one", "is_not": "one", "in": "many", "not_in": "many"}
_ORDER = {"lt": "one", "lte": "one", "gt": "one", "gte": "one", "between": "two"}
_TIME = {"is": "one", "before": "one", "after": "one", "between": "two"}
OPS: dict[str, dict[str, str]] = {
    "text": {**_SAME, "contains": "one", "not_contains": "one", "starts_with": "one", **_EMPTY},
    "number": {"is": "one", "is_not": "one", **_ORDER, **_EMPTY},
    "date": {**_TIME, **_EMPTY},
    "datetime": {**_TIME, **_EMPTY},
    "choice": {**_SAME, **_EMPTY},
    "tree": {**_SAME, "under": "one", **_EMPTY},
    "list": {"has": "one", "has_any": "many", "has_all": "many", "has_none": "many", **_EMPTY},
    "flag": {"is": "one"},
}


def _value(family: str, raw: Any) -> Any:
    """A value of a condition as it is compared; None for what does not fit."""
    if family == "flag":
        return raw if isinstance(raw, bool) else None
    if family in ("number", "date", "datetime"):
        return values.reckon(family, raw)
    return raw if isinstance(raw, str) and raw and "\x00" not in raw else None


def holds(condition: FieldCondition, known: Mapping[str, Any], kinds: Mapping[str, str]) -> bool:
    """Whether a checked condition holds; ``known`` maps names to what is reckoned with."""
    if condition.all is not None:
        return all(holds(part, known, kinds) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, known, kinds) for part in condition.any)
    if condition.negated is not None:
        return not holds(condition.negated, known, kinds)
    name = condition.field or ""
    return test(condition, known.get(name), FAMILY.get(kinds.get(name, ""), "text"))


def test(part: FieldCondition, value: Any, family: str) -> bool:
    """One test of one value."""
    op = part.op or ""
    if op in ("empty", "not_empty"):
        return (value is None or value == ()) == (op == "empty")
    takes = OPS[family].get(op)
    given = part.value if takes in ("many", "two") else [part.value]
    if takes is None or not isinstance(given, (list, tuple)):
        return False
    wanted = [_value(family, one) for one in given]
    if family == "flag":
        return (value is True) == (wanted[0] is True)
    if isinstance(value, Money):
        value = value.amount
    return _TESTS[op](value, wanted)


def _ordered(*places: int) -> Callable[[Any, list[Any]], bool]:
    return lambda value, wanted: functions.order(value, wanted[0]) in places


def _is(value: Any, wanted: list[Any]) -> bool:
    if isinstance(value, (Decimal, datetime, date)):
        return functions.order(value, wanted[0]) == 0
    return value is not None and value == wanted[0]


def _between(value: Any, wanted: list[Any]) -> bool:
    low, high = functions.order(value, wanted[0]), functions.order(value, wanted[1])
    return low in (0, 1) and high in (-1, 0)


def _inside(value: Any, part: Any) -> bool:
    return isinstance(value, str) and isinstance(part, str) and part.lower() in value.lower()


def _under(value: Any, path: Any) -> bool:
    return isinstance(value, str) and (value == path or value.startswith(f"{path}/"))


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


_TESTS: dict[str, Callable[[Any, list[Any]], bool]] = {
    "is": _is,
    "is_not": lambda v, w: not _is(v, w),
    "in": lambda v, w: v is not None and v in w,
    "not_in": lambda v, w: v is None or v not in w,
    "lt": _ordered(-1),
    "lte": _ordered(-1, 0),
    "gt": _ordered(1),
    "gte": _ordered(0, 1),
    "before": _ordered(-1),
    "after": _ordered(1),
    "between": _between,
    "contains": lambda v, w: _inside(v, w[0]),
    "not_contains": lambda v, w: not _inside(v, w[0]),
    "starts_with": lambda v, w: (
        isinstance(v, str) and isinstance(w[0], str) and v.lower().startswith(w[0].lower())
    ),
    "under": lambda v, w: _under(v, w[0]),
    "has": lambda v, w: w[0] in _listed(v),
    "has_any": lambda v, w: any(one in _listed(v) for one in w),
    "has_all": lambda v, w: all(one in _listed(v) for one in w),
    "has_none": lambda v, w: not any(one in _listed(v) for one in w),
}
