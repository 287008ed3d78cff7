"""Runs and what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from yizhan.domains.lab.types import Outcome, Run, Said
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_RUN = ", ".join(field.name for field in msgspec.structs.fields(Run))
_OUTCOME = ", ".join(field.name for field in msgspec.structs.fields(Outcome))
Which = Literal["all", "broke", "mended", "wrong"]
_WHICH: dict[Which, str] = {
    "all": "true",
    "broke": "turned = 'broke'",
    "mended": "turned = 'mended'",
    "wrong": "worth < 1",
}


async def add(tx: Tx, row: Run) -> None:
    values = {"workspace_id": tx.workspace_id, **msgspec.structs.asdict(row)}
    statement, args = sql.statement(sql.Insert("lab_run", values))
    await tx.db.execute(statement, *args)


async def next_number(tx: Tx, set_id: int) -> int:
    """The caller holds the set."""
    found: int = await tx.db.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM lab_run WHERE workspace_id = $1 AND set_id = $2",
        tx.workspace_id,
        set_id,
    )
    return found


async def get(tx: Tx, run_id: int, *, lock: bool = False) -> Run | None:
    return await tx.db.fetchrow_as(
        Run,
        f"SELECT {_RUN} FROM lab_run WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        run_id,
    )


async def change(tx: Tx, run_id: int, **values: Any) -> None:
    where = {"workspace_id": tx.workspace_id, "id": run_id}
    statement, args = sql.statement(sql.Update("lab_run", where, values))
    await tx.db.execute(statement, *args)


async def of_set(tx: Tx, set_id: int, *, limit: int = 60) -> list[Run]:
    """The newest first; what was measured only to compare with is shown once it is done."""
    return await tx.db.fetch_as(
        Run,
        f"SELECT {_RUN} FROM lab_run WHERE workspace_id = $1 AND set_id = $2"
        " AND (cause <> 'base' OR state = 'done') ORDER BY number DESC LIMIT $3",
        tx.workspace_id,
        set_id,
        limit,
    )


async def of_change(tx: Tx, change_id: int) -> list[Run]:
    """The newest of each set, in the order in which they are measured. Uses the index lab_run_change."""
    return await tx.db.fetch_as(
        Run,
        f"SELECT {_RUN} FROM (SELECT DISTINCT ON (set_id) {_RUN} FROM lab_run WHERE workspace_id = $1"
        " AND change_id = $2 ORDER BY set_id, id DESC) newest ORDER BY id",
        tx.workspace_id,
        change_id,
    )


async def latest(tx: Tx) -> dict[int, Run]:
    """The last run of each set that measured what was in use then, or is doing so."""
    rows = await tx.db.fetch_as(
        Run,
        f"SELECT DISTINCT ON (set_id) {_RUN} FROM lab_run WHERE workspace_id = $1"
        " AND version_id IS NULL AND change_id IS NULL AND state IN ('waiting', 'running', 'done')"
        " ORDER BY set_id, number DESC",
        tx.workspace_id,
    )
    return {row.set_id: row for row in rows}


async def base(tx: Tx, run: Run) -> Run | None:
    """What an ordinary run is compared with: the one before that measured what was in use."""
    return await tx.db.fetchrow_as(
        Run,
        f"SELECT {_RUN} FROM lab_run WHERE workspace_id = $1 AND set_id = $2 AND number < $3"
        " AND state = 'done' AND version_id IS NULL AND change_id IS NULL"
        " ORDER BY number DESC LIMIT 1",
        tx.workspace_id,
        run.set_id,
        run.number,
    )


async def same(tx: Tx, set_id: int, *, snapshot: str, fingerprint: str) -> Run | None:
    """A run that measured just this with just these cases."""
    return await tx.db.fetchrow_as(
        Run,
        f"SELECT {_RUN} FROM lab_run WHERE workspace_id = $1 AND set_id = $2 AND snapshot = $3"
        " AND fingerprint = $4 AND state = 'done' ORDER BY number DESC LIMIT 1",
        tx.workspace_id,
        set_id,
        snapshot,
        fingerprint,
    )


# --------------------------------------------------------------------------------------- outcomes


async def keep(tx: Tx, run_id: int, rows: Sequence[Outcome]) -> None:
    """What a run said, instead of what was kept of it."""
    await tx.db.execute(
        "DELETE FROM lab_outcome WHERE workspace_id = $1 AND run_id = $2", tx.workspace_id, run_id
    )
    names = _OUTCOME.split(", ")
    places = ", ".join(f"${number + 3}" for number in range(len(names)))
    await tx.db.executemany(
        f"INSERT INTO lab_outcome (workspace_id, run_id, {_OUTCOME}) VALUES ($1, $2, {places})",
        [(tx.workspace_id, run_id, *(getattr(row, name) for name in names)) for row in rows],
    )


async def outcomes(
    tx: Tx, run_id: int, *, which: Which = "all", after: int | None = None, limit: int | None = None
) -> list[Outcome]:
    """By case. Uses the primary key or the index lab_outcome_turned."""
    return await tx.db.fetch_as(
        Outcome,
        f"SELECT {_OUTCOME} FROM lab_outcome WHERE workspace_id = $1 AND run_id = $2"
        f" AND ($3::bigint IS NULL OR case_id > $3) AND {_WHICH[which]} ORDER BY case_id LIMIT $4",
        tx.workspace_id,
        run_id,
        after,
        limit,
    )


async def said(tx: Tx, run_id: int) -> Mapping[int, Said]:
    """By case, what a run said."""
    return {
        one.case_id: Said(
            answer=tuple(one.said),
            confidence=one.confidence,
            worth=one.worth,
            learned=one.learned,
        )
        for one in await outcomes(tx, run_id)
    }
