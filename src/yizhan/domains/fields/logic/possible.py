"""Can conditions hold together? For finding contradictions before a rule is stored.

The conditions are spread into alternatives; in each alternative every field is on its own. A field's
tests change their answer only at the values that they name, so trying those, their neighbours, "empty"
and one value that nobody names decides. Where that is too much work the answer is "maybe", which is
taken as yes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations, pairwise
from typing import Any

from yizhan.domains.fields.logic import conditions, values
from yizhan.domains.fields.logic.conditions import FAMILY
from yizhan.domains.fields.types import FieldCondition

_MOST_ALTERNATIVES = 512
_MOST_LISTED = 8
_OTHER = "\U0010ffff other"  # a value that no condition names

Literal = tuple[FieldCondition, bool]  # a test, and whether it must hold
Alternative = tuple[Literal, ...]


class _TooMany(Exception):
    """More alternatives than we look at."""


class Domain:
    """What a field can hold: its kind, and the closed list of its options if it has one."""

    def __init__(self, kind: str, options: Sequence[str] | None = None) -> None:
        self.kind = kind
        self.options = options


def together(wanted: Iterable[FieldCondition], domains: Mapping[str, Domain]) -> bool:
    """False only if it is certain that these never hold at once."""
    try:
        alternatives = _spread(FieldCondition(all=tuple(wanted)), hold=True)
    except _TooMany:
        return True
    return any(_consistent(one, domains) for one in alternatives)


def _spread(condition: FieldCondition, *, hold: bool) -> list[Alternative]:
    if condition.field is not None:
        return [((condition, hold),)]
    if condition.negated is not None:
        return _spread(condition.negated, hold=not hold)
    parts = condition.all if condition.all is not None else condition.any or ()
    spread = [_spread(part, hold=hold) for part in parts]
    if (condition.all is not None) == hold:
        found: list[Alternative] = [()]
        for options in spread:
            found = [(*one, *other) for one in found for other in options]
            _bounded(found)
        return found
    return _bounded(list(chain.from_iterable(spread)))


def _bounded(found: list[Alternative]) -> list[Alternative]:
    if len(found) > _MOST_ALTERNATIVES:
        raise _TooMany
    return found


def _consistent(literals: Alternative, domains: Mapping[str, Domain]) -> bool:
    by_field: dict[str, list[Literal]] = defaultdict(list)
    for literal in literals:
        by_field[literal[0].field or ""].append(literal)
    return all(
        _satisfiable(tests, domains[name]) for name, tests in by_field.items() if name in domains
    )


def _satisfiable(tests: Sequence[Literal], domain: Domain) -> bool:
    family = FAMILY[domain.kind]
    found = _candidates(tests, domain, family)
    if found is None:
        return True
    return any(
        all(conditions.test(test, value, family) == hold for test, hold in tests) for value in found
    )


def _constants(tests: Sequence[Literal]) -> list[Any]:
    found: list[Any] = []
    for test, _ in tests:
        found += test.value if isinstance(test.value, (list, tuple)) else [test.value]
    return [one for one in found if one is not None]


def _candidates(tests: Sequence[Literal], domain: Domain, family: str) -> list[Any] | None:
    """Values of which one fits if any does; None where there is no such list."""
    named = _constants(tests)
    if family == "flag":
        return [True, None]
    if family in ("number", "date", "datetime"):
        return _around(
            [value for one in named if (value := values.reckon(family, one)) is not None]
        )
    if family == "list":
        return _subsets(named, domain)
    if domain.options is not None:
        return [None, *domain.options]
    if any(test.op in ("contains", "starts_with", "not_contains") for test, _ in tests):
        return _by_parts(tests, named)
    return [None, _OTHER, *named]


def _by_parts(tests: Sequence[Literal], named: list[Any]) -> list[Any] | None:
    """Texts asked by their parts: exact where one test names the whole text or emptiness."""
    exact = [test for test, hold in tests if hold and test.op in ("is", "in", "empty")]
    return [None, *named] if exact else None


def _around(named: list[Any]) -> list[Any]:
    points = sorted(set(named))
    found: list[Any] = [None, *points]
    found += [_middle(low, high) for low, high in pairwise(points)]
    if points:
        step: Any = Decimal(1) if isinstance(points[0], Decimal) else timedelta(days=1)
        for point, sign in ((points[0], -1), (points[-1], 1)):
            try:
                found.append(point + sign * step)
            except OverflowError:
                continue
    return found or [None]


def _middle(low: Any, high: Any) -> Any:
    """Something between two values, or the first again when there is nothing."""
    if isinstance(low, (Decimal, datetime)):
        return low + (high - low) / 2
    return low + timedelta(days=max((high - low).days // 2, 0)) if isinstance(low, date) else low


def _subsets(named: list[Any], domain: Domain) -> list[Any] | None:
    options = domain.options
    known = [one for one in dict.fromkeys(named) if options is None or one in options]
    if len(known) > _MOST_LISTED:
        return None
    other = [_OTHER] if options is None else [one for one in options if one not in known][:1]
    pool = [*known, *other]
    return [
        tuple(chosen) or None
        for count in range(len(pool) + 1)
        for chosen in combinations(pool, count)
    ]
