"""Which tickets can fulfil a condition at all, where an index says that they are few.

Under row-level security a condition over tags or subjects cannot use an index by itself. So the index is
asked before: a list then reads these tickets, instead of all in its order until enough are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from yizhan.domains.tickets.filters.condition import Condition
from yizhan.domains.tickets.filters.fields import Field
from yizhan.kernel.tx import Tx

MOST = 5_000  # up to here it is quicker to read all than to walk along the order of a list
_MOST_ASKED = 8
_PARTS = frozenset({"is", "contains", "starts_with"})

_Ids = frozenset[int] | None
_Answer = Callable[[Sequence[_Ids]], _Ids]
_Tests = list[tuple[str, Any]]


async def few(tx: Tx, condition: Condition, fields: Mapping[str, Field]) -> list[int] | None:
    """Tickets among which are all that fulfil a condition; None when the index does not say.

    For conditions that have been made into a clause, which checks their values.
    """
    tests: _Tests = []
    answer = _answer(condition, fields, tests)
    if answer is None or not 0 < len(tests) <= _MOST_ASKED:
        return None
    asked = ", ".join(sql.format(f"${n}", "$1") for n, (sql, _) in enumerate(tests, 2))
    row = await tx.db.fetchrow(f"SELECT {asked}", MOST, *(value for _, value in tests))
    found = answer([None if ids is None else frozenset(ids) for ids in row or ()])
    return None if found is None or len(found) > MOST else sorted(found)


def only(place: str) -> str:
    """The tickets of a bound array as a table, in a statement whose ``$1`` is the workspace.

    OFFSET keeps the database from walking along the index of a list's order instead.
    """
    return (
        f"(SELECT * FROM ticket WHERE workspace_id = $1 AND id = ANY({place}::bigint[]) OFFSET 0)"
    )


def _answer(part: Condition, fields: Mapping[str, Field], tests: _Tests) -> _Answer | None:
    """How what the index says of ``tests`` answers a part of a condition. None: it does not."""
    if part.all is not None:
        parts = [found for one in part.all if (found := _answer(one, fields, tests)) is not None]
        return (lambda said: _every(one(said) for one in parts)) if parts else None
    if part.any is not None:
        begun = len(tests)
        ways = [_answer(one, fields, tests) for one in part.any]
        known = [one for one in ways if one is not None]
        if len(known) < len(ways):
            del tests[begun:]
            return None
        return lambda said: _either(one(said) for one in known)
    field = fields.get(part.field or "")
    value = _value(part.op or "", part.value)
    if field is None or field.few is None or value is None:
        return None
    tests.append((field.few, value))
    place = len(tests) - 1
    return lambda said: said[place]


def _value(op: str, value: Any) -> Any:
    """What the index is asked for by a test; None when it cannot answer that."""
    if op == "has":
        return [value]
    if op == "has_any" and value:
        return list(value)
    if op == "has_all" and value:
        return [value[0]]
    return value if op in _PARTS else None


def _every(parts: Iterable[_Ids]) -> _Ids:
    known = [one for one in parts if one is not None]
    return frozenset.intersection(*known) if known else None


def _either(parts: Iterable[_Ids]) -> _Ids:
    found: set[int] = set()
    for one in parts:
        if one is None:
            return None
        found |= one
    return frozenset(found)
