"""Several writes in one round trip: inserts and updates as one statement with bound values.

Table and column names come from our own code and are checked to be plain words; values are always
bound. The same shape of call gives the same text, so that the server keeps its plan.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import msgspec

_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def time_text(column: str) -> str:
    """A timestamp as all our JSON writes it, for JSON that the database makes: RFC 3339 in UTC, with Z."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


class Expr(msgspec.Struct, frozen=True):
    """An SQL expression around bound values, each written as ``{}``."""

    template: str
    values: tuple[Any, ...] = ()


class Insert(msgspec.Struct, frozen=True):
    """One row. ``on_conflict`` is the text after ON CONFLICT."""

    table: str
    values: Mapping[str, Any]
    on_conflict: str = ""


class Update(msgspec.Struct, frozen=True):
    """The rows that equal ``where`` get ``values``."""

    table: str
    where: Mapping[str, Any]
    values: Mapping[str, Any]


Step = Insert | Update


@functools.lru_cache(4096)
def _word(name: str) -> str:
    if not _WORD.fullmatch(name):
        raise ValueError(f"not a name: {name!r}")
    return name


def _bind(value: Any, args: list[Any]) -> str:
    if isinstance(value, Expr):
        places = []
        for item in value.values:
            args.append(item)
            places.append(f"${len(args)}")
        return value.template.format(*places)
    args.append(value)
    return f"${len(args)}"


def _render(step: Step, args: list[Any]) -> str:
    table = _word(step.table)
    names = [_word(name) for name in step.values]
    bound = [_bind(value, args) for value in step.values.values()]
    if isinstance(step, Insert):
        conflict = f" ON CONFLICT {step.on_conflict}" if step.on_conflict else ""
        return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(bound)}){conflict}"
    changes = ", ".join(f"{name} = {value}" for name, value in zip(names, bound, strict=True))
    where = " AND ".join(
        f"{_word(name)} = {_bind(value, args)}" for name, value in step.where.items()
    )
    return f"UPDATE {table} SET {changes} WHERE {where}"


def statement(*steps: Step) -> tuple[str, list[Any]]:
    """All steps as one statement, and its values. No two steps may touch the same row."""
    args: list[Any] = []
    parts = [_render(step, args) for step in steps]
    if len(parts) == 1:
        return parts[0], args
    named = ", ".join(f"s{n} AS ({part})" for n, part in enumerate(parts[:-1]))
    return f"WITH {named} {parts[-1]}", args
