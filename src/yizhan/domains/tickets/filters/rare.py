"""Which tickets can fulfil a condition at all, where an index says that they are few.

A list is read along an index of its order, so that a condition which few tickets fulfil would lead past all
the others; and under row-level security one over tags or subjects can use no index by itself. So the index
of the condition is asked before: the list then reads these tickets and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from yizhan.domains.tickets.filters import ops
from yizhan.domains.tickets.filters.condition import Condition
from yizhan.domains.tickets.filters.fields import Field
from yizhan.kernel.tx import Tx

MOST = 5_000  # up to here it is quicker to read all than to walk along the order of a list
_MOST_ASKED = 8
_PARTS = frozenset({"is", "contains", "starts_with"})

_Ids = frozenset[int] | None
_Answer = Callable[[Sequence[_Ids]], _Ids]
_Tests = list[tuple[str, list[Any]]]


async def few(tx: Tx, condition: Condition, fields: Mapping[str, Field]) -> list[int] | None:
    """Tickets among which are all that fulfil a condition; None when the index does not say.

    For conditions that have been made into a clause, which checks their values.
    """
    tests: _Tests = []
    answer = _Collect(fields, tests, tx.now).answer(condition)
    if answer is None or not 0 < len(tests) <= _MOST_ASKED:
        return None
    args: list[Any] = [MOST, tx.workspace_id]
    asked = []
    for sql, values in tests:
        args += values
        places = [f"${len(args) - len(values) + n}" for n in range(1, len(values) + 1)]
        asked.append(sql.format(*places, most="$1::int", workspace="$2"))
    row = await tx.db.fetchrow(f"SELECT {', '.join(asked)}, $2::bigint", *args)
    found = answer([None if ids is None else frozenset(ids) for ids in (row or ())[:-1]])
    return None if found is None or len(found) > MOST else sorted(found)


def only(place: str) -> str:
    """The tickets of a bound array as a table, in a statement whose ``$1`` is the workspace.

    OFFSET keeps the database from walking along the index of a list's order instead.
    """
    return (
        f"(SELECT * FROM ticket WHERE workspace_id = $1 AND id = ANY({place}::bigint[]) OFFSET 0)"
    )


class _Collect:
    """Gathers what the indexes are asked, and how their answers become one."""

    def __init__(self, fields: Mapping[str, Field], tests: _Tests, now: datetime) -> None:
        self._fields = fields
        self._tests = tests
        self._now = now

    def answer(self, part: Condition) -> _Answer | None:
        """None: no index answers this part."""
        if part.all is not None:
            parts = [found for one in part.all if (found := self.answer(one)) is not None]
            return (lambda said: _every(one(said) for one in parts)) if parts else None
        if part.any is not None:
            begun = len(self._tests)
            ways = [self.answer(one) for one in part.any]
            known = [one for one in ways if one is not None]
            if len(known) < len(ways):
                del self._tests[begun:]
                return None
            return lambda said: _either(one(said) for one in known)
        return self._test(part)

    def _test(self, part: Condition) -> _Answer | None:
        field = self._fields.get(part.field or "")
        if field is None or field.few is None:
            return None
        op, value = part.op or "", part.value
        asked = self._within(op, value) if field.kind == "time" else _value(op, value)
        if asked is None:
            return None
        self._tests.append((field.few, asked))
        place = len(self._tests) - 1
        return lambda said: said[place]

    def _within(self, op: str, value: Any) -> list[datetime | None] | None:
        """The first and the last moment that a test lets through."""
        given = ops.values(ops.OPS["time"][op], "time", value, place=op)
        if op == "between":
            return given
        if op in ("within_last", "within_next"):
            ends = [
                self._now,
                self._now - given[0] if op == "within_last" else self._now + given[0],
            ]
            return [min(ends), max(ends)]
        if op == "after":
            return [given[0], None]
        if op == "before":
            return [None, given[0]]
        return [None, self._now - given[0]] if op == "older_than" else None


def _value(op: str, value: Any) -> list[Any] | None:
    """What the index of tags or of subjects is asked; None when it cannot answer that."""
    if op == "has":
        return [[value]]
    if op == "has_any" and value:
        return [list(value)]
    if op == "has_all" and value:
        return [[value[0]]]
    return [value] if op in _PARTS else None


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
