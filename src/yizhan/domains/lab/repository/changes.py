"""Changes that wait, or did."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from yizhan.domains.lab.types import Change
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_CHANGE = ", ".join(field.name for field in msgspec.structs.fields(Change))
_OPEN = "state IN ('checking', 'blocked')"


async def hold(tx: Tx, kind: str, subject: str) -> None:
    """One decision about a thing at a time, until the end of the transaction."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"lab:{tx.workspace_id}:{kind}:{subject}",
    )


async def add(tx: Tx, row: Change) -> None:
    values = {"workspace_id": tx.workspace_id, **msgspec.structs.asdict(row)}
    statement, args = sql.statement(sql.Insert("lab_change", values))
    await tx.db.execute(statement, *args)


async def get(tx: Tx, change_id: int, *, lock: bool = False) -> Change | None:
    return await tx.db.fetchrow_as(
        Change,
        f"SELECT {_CHANGE} FROM lab_change WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        change_id,
    )


async def waiting(tx: Tx, kind: str, subjects: Collection[str]) -> list[Change]:
    """The open ones of some subjects. Uses the index lab_change_open."""
    return await tx.db.fetch_as(
        Change,
        f"SELECT {_CHANGE} FROM lab_change WHERE workspace_id = $1 AND kind = $2"
        f" AND subject = ANY($3) AND {_OPEN}",
        tx.workspace_id,
        kind,
        sorted(subjects),
    )


async def change(tx: Tx, change_id: int, **values: Any) -> None:
    where = {"workspace_id": tx.workspace_id, "id": change_id}
    statement, args = sql.statement(sql.Update("lab_change", where, values))
    await tx.db.execute(statement, *args)


async def listed(tx: Tx, *, only_open: bool, before: int | None = None, limit: int) -> list[Change]:
    """The newest first."""
    return await tx.db.fetch_as(
        Change,
        f"SELECT {_CHANGE} FROM lab_change WHERE workspace_id = $1 AND (NOT $2 OR {_OPEN})"
        " AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        tx.workspace_id,
        only_open,
        before,
        limit,
    )
