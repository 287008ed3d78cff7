"""One ticket and many conditions: which of them hold?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhan.domains.tickets.filters import build, fields
from yizhan.domains.tickets.filters.condition import Condition, fields_of
from yizhan.kernel.tx import Tx


async def matches(tx: Tx, ticket_id: int, *, condition: Condition) -> bool:
    """Whether a condition holds for a ticket. Errors: ConditionInvalid."""
    return bool(await matching(tx, ticket_id, conditions={0: condition}))


async def matching(tx: Tx, ticket_id: int, *, conditions: Mapping[int, Condition]) -> list[int]:
    """The keys of the conditions that hold, in the order of the mapping: one query for all."""
    if not conditions:
        return []
    names = set().union(*(fields_of(condition) for condition in conditions.values()))
    known = await fields.known(tx, names)
    who = build.reader(tx)
    columns: list[str] = []
    args: list[Any] = [tx.workspace_id, ticket_id]
    for condition in conditions.values():
        made = build.clause(condition, known, who=who, first=len(args) + 1)
        columns.append(made.sql)
        args += made.args
    record = await tx.db.fetchrow(
        f"SELECT {', '.join(columns)} FROM ticket t WHERE t.workspace_id = $1 AND t.id = $2", *args
    )
    if record is None:
        return []
    return [key for key, holds in zip(conditions, record, strict=True) if holds]
