"""Golden sets and their cases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.lab.types import Asked, Case, Gathering, GoldenFilters, Kind, Set
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_SET = ", ".join(field.name for field in msgspec.structs.fields(Set))
_CASE = ", ".join(field.name for field in msgspec.structs.fields(Case))


def _set(row: Any) -> Set:
    return msgspec.convert(dict(row), Set)


async def sets(tx: Tx) -> list[Set]:
    """By name."""
    rows = await tx.db.fetch(
        f"SELECT {_SET} FROM golden_set WHERE workspace_id = $1 ORDER BY name, id", tx.workspace_id
    )
    return [_set(row) for row in rows]


async def get(tx: Tx, set_id: int, *, lock: bool = False) -> Set | None:
    row = await tx.db.fetchrow(
        f"SELECT {_SET} FROM golden_set WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        set_id,
    )
    return None if row is None else _set(row)


async def guarding(tx: Tx, kinds: Sequence[Kind]) -> list[Set]:
    """Sets with cases that changes of these kinds wait for. Uses the index golden_case_active."""
    rows = await tx.db.fetch(
        f"SELECT {_SET} FROM golden_set s WHERE workspace_id = $1 AND kind = ANY($2) AND guards"
        " AND EXISTS (SELECT FROM golden_case c WHERE c.workspace_id = $1 AND c.set_id = s.id"
        "   AND c.active) ORDER BY id",
        tx.workspace_id,
        list(kinds),
    )
    return [_set(row) for row in rows]


async def add(tx: Tx, row: Set) -> None:
    values = {"workspace_id": tx.workspace_id, **msgspec.to_builtins(row)}
    values |= {"created_at": row.created_at, "updated_at": row.updated_at}
    statement, args = sql.statement(sql.Insert("golden_set", values))
    await tx.db.execute(statement, *args)


async def change(tx: Tx, set_id: int, **values: Any) -> None:
    kept = {
        name: msgspec.to_builtins(value) if isinstance(value, GoldenFilters | Gathering) else value
        for name, value in values.items()
    }
    where = {"workspace_id": tx.workspace_id, "id": set_id}
    statement, args = sql.statement(sql.Update("golden_set", where, {**kept, "updated_at": tx.now}))
    await tx.db.execute(statement, *args)


async def remove(tx: Tx, set_id: int) -> None:
    """With its cases, runs and what they said."""
    of_runs = "run_id IN (SELECT id FROM lab_run WHERE workspace_id = $1 AND set_id = $2)"
    for table, where in (
        ("lab_outcome", of_runs),
        ("lab_run", "set_id = $2"),
        ("golden_snapshot", "set_id = $2"),
        ("golden_case", "set_id = $2"),
        ("golden_set", "id = $2"),
    ):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {where}", tx.workspace_id, set_id
        )


async def counts(tx: Tx) -> dict[int, tuple[int, int]]:
    """Of each set, cases that count and cases that were retired."""
    rows = await tx.db.fetch(
        "SELECT set_id, count(*) FILTER (WHERE active) AS active, count(*) AS all FROM golden_case"
        " WHERE workspace_id = $1 GROUP BY 1",
        tx.workspace_id,
    )
    return {row["set_id"]: (row["active"], row["all"] - row["active"]) for row in rows}


# ------------------------------------------------------------------------------------------ cases


async def cases(
    tx: Tx,
    set_id: int,
    *,
    active: bool | None = None,
    q: str = "",
    before: int | None = None,
    limit: int,
) -> list[Case]:
    """The newest first."""
    return await tx.db.fetch_as(
        Case,
        f"SELECT {_CASE} FROM golden_case WHERE workspace_id = $1 AND set_id = $2"
        " AND ($3::boolean IS NULL OR active = $3) AND ($4::bigint IS NULL OR id < $4)"
        " AND ($5 = '' OR strpos(lower(text), lower($5)) > 0 OR $5 = ANY(expected))"
        " ORDER BY id DESC LIMIT $6",
        tx.workspace_id,
        set_id,
        active,
        before,
        q,
        limit,
    )


async def case(tx: Tx, case_id: int) -> Case | None:
    return await tx.db.fetchrow_as(
        Case,
        f"SELECT {_CASE} FROM golden_case WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        tx.workspace_id,
        case_id,
    )


async def texts(tx: Tx, set_id: int) -> list[str]:
    """Of all cases, also of retired ones: what was thrown out does not come back."""
    rows = await tx.db.fetch(
        "SELECT text FROM golden_case WHERE workspace_id = $1 AND set_id = $2 ORDER BY id",
        tx.workspace_id,
        set_id,
    )
    return [row[0] for row in rows]


async def inputs(tx: Tx, set_id: int) -> list[dict[str, Any]]:
    """What skills see in all cases, also in retired ones."""
    rows = await tx.db.fetch(
        "SELECT input FROM golden_case WHERE workspace_id = $1 AND set_id = $2"
        " AND input IS NOT NULL ORDER BY id",
        tx.workspace_id,
        set_id,
    )
    return [row[0] for row in rows]


async def messages(tx: Tx, set_id: int) -> set[int]:
    """The messages that cases of a set were taken from."""
    rows = await tx.db.fetch(
        "SELECT message_id FROM golden_case WHERE workspace_id = $1 AND set_id = $2"
        " AND message_id IS NOT NULL",
        tx.workspace_id,
        set_id,
    )
    return {row[0] for row in rows}


async def kept_back(tx: Tx, kind: Kind) -> tuple[set[int], set[str]]:
    """Messages and texts that nothing may be learned from. Uses the index golden_case_active."""
    rows = await tx.db.fetch(
        "SELECT c.message_id, c.text FROM golden_case c JOIN golden_set s"
        " ON s.workspace_id = c.workspace_id AND s.id = c.set_id"
        " WHERE c.workspace_id = $1 AND c.active AND s.kind = $2",
        tx.workspace_id,
        kind,
    )
    ids = {row["message_id"] for row in rows if row["message_id"] is not None}
    return ids, {row["text"].strip() for row in rows}


async def add_cases(tx: Tx, rows: Sequence[Case]) -> None:
    names = _CASE.split(", ")
    places = ", ".join(f"${number + 2}" for number in range(len(names)))
    await tx.db.executemany(
        f"INSERT INTO golden_case (workspace_id, {_CASE}) VALUES ($1, {places})",
        [(tx.workspace_id, *(getattr(row, name) for name in names)) for row in rows],
    )


async def change_case(tx: Tx, case_id: int, **values: Any) -> None:
    where = {"workspace_id": tx.workspace_id, "id": case_id}
    statement, args = sql.statement(
        sql.Update("golden_case", where, {**values, "updated_at": tx.now})
    )
    await tx.db.execute(statement, *args)


# -------------------------------------------------------------------------------------- snapshots


async def freeze(tx: Tx, row: Set) -> tuple[str, list[Asked]]:
    """The cases that count now, kept under their hash."""
    found = [
        Asked(
            id=one["id"],
            text=one["text"],
            expected=tuple(one["expected"]),
            learned_until=one["since"] if one["message_id"] is not None else None,
            input=UNSET if one["input"] is None else one["input"],
        )
        for one in await tx.db.fetch(
            "SELECT id, text, expected, since, message_id, input FROM golden_case WHERE workspace_id = $1"
            " AND set_id = $2 AND active ORDER BY id",
            tx.workspace_id,
            row.id,
        )
    ]
    content = msgspec.json.encode([row.kind, found])
    digest = hashlib.sha256(content).hexdigest()
    await tx.db.execute(
        "INSERT INTO golden_snapshot (workspace_id, set_id, hash, cases, created_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        row.id,
        digest,
        msgspec.to_builtins(found),
        tx.now,
    )
    return digest, found


async def frozen(tx: Tx, set_id: int, digest: str) -> list[Asked]:
    """The cases that a run measured with."""
    content = await tx.db.fetchval(
        "SELECT cases FROM golden_snapshot WHERE workspace_id = $1 AND set_id = $2 AND hash = $3",
        tx.workspace_id,
        set_id,
        digest,
    )
    return msgspec.convert(content or [], list[Asked])
