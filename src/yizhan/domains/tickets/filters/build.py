"""From a condition to SQL. Names are ours, values are always bound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets.errors import ConditionInvalid
from yizhan.domains.tickets.filters.condition import Condition
from yizhan.domains.tickets.filters.fields import Field
from yizhan.domains.tickets.filters.ops import CASTS, OPS, values
from yizhan.kernel.tx import Tx


class Reader(msgspec.Struct, frozen=True):
    """Who asks: ``me`` and ``my_teams`` in a condition mean them."""

    agent_id: int
    teams: tuple[int, ...]
    now: datetime


class Clause(msgspec.Struct, frozen=True):
    """SQL over the ticket ``t``, and the values for its parameters."""

    sql: str
    args: tuple[Any, ...]


def reader(tx: Tx) -> Reader:
    return Reader(tx.actor.agent_id or 0, tuple(sorted(tx.actor.teams)), tx.now)


def clause(condition: Condition, fields: Mapping[str, Field], *, who: Reader, first: int) -> Clause:
    """The condition as SQL; its values take the positional parameters from ``$first`` on.

    Errors: ConditionInvalid for a field or operator that is not known, or an unfit value.
    """
    builder = _Builder(fields, who, first)
    return Clause(builder.part(condition), tuple(builder.args))


# What only tickets with one of the values can fulfil.
_POSITIVE = frozenset({"is", "in", "has", "has_any"})


class _Builder:
    def __init__(self, fields: Mapping[str, Field], who: Reader, first: int) -> None:
        self._fields = fields
        self._who = who
        self._first = first
        self.args: list[Any] = []

    def part(self, condition: Condition) -> str:
        if condition.all is not None:
            return f"({' AND '.join(map(self.part, condition.all)) or 'true'})"
        if condition.any is not None:
            return f"({' OR '.join(map(self.part, condition.any)) or 'false'})"
        if condition.negated is not None:
            return f"NOT {self.part(condition.negated)}"
        return f"({self._test(condition)})"

    def _test(self, test: Condition) -> str:
        field = self._fields.get(test.field or "")
        if field is None:
            raise ConditionInvalid(field=test.field, reason="no such field")
        op = OPS[field.kind].get(test.op or "")
        if op is None:
            known = ", ".join(OPS[field.kind])
            raise ConditionInvalid(field=field.name, reason=f"the operator is one of {known}")
        bound = values(op, field.kind, self._mine(field, test.value), place=field.name)
        cast = "interval" if op.takes == "span" else CASTS[field.kind]
        cast += "[]" if op.takes == "many" else ""
        places = [f"{self._bind(value)}::{cast}" for value in bound]
        now = f"{self._bind(self._who.now)}::timestamptz" if "{now}" in op.sql else ""
        asked = op.sql.format(*places, f=field.sql, now=now)
        if field.narrow is None or test.op not in _POSITIVE:
            return asked
        words = self._bind([word for value in bound for word in field.narrow.words(value)])
        few = field.narrow.sql.format(f"{words}::text[]")
        return f"t.id = ANY((SELECT {few})::bigint[]) AND {asked}"

    def _mine(self, field: Field, value: Any) -> Any:
        """``me`` and ``my_teams`` as those of the reader."""
        if field.kind not in ("person", "reference"):
            return value
        if isinstance(value, (list, tuple)):
            flat: list[Any] = []
            for one in value:
                flat += list(self._who.teams) if one == "my_teams" else [self._mine(field, one)]
            return flat
        return self._who.agent_id if value == "me" else value

    def _bind(self, value: Any) -> str:
        self.args.append(value)
        return f"${self._first + len(self.args) - 1}"
