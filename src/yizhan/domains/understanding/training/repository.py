"""Versions of models and what decides about them, in the database."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.understanding.training.types import Head, Settings, Using, Version
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_VERSION = ", ".join(field.name for field in msgspec.structs.fields(Version))
_SETTINGS = ("weekly", "after_labels", "promote", "target", "category_field", "version")


def _version(row: Any) -> Version:
    return msgspec.convert(dict(row), Version)


async def versions(tx: Tx, *, head: Head | None = None, limit: int = 100) -> list[Version]:
    """Newest first."""
    rows = await tx.db.fetch(
        f"SELECT {_VERSION} FROM model_version WHERE workspace_id = $1"
        " AND ($2::text IS NULL OR head = $2) ORDER BY id DESC LIMIT $3",
        tx.workspace_id,
        head,
        limit,
    )
    return [_version(row) for row in rows]


async def version(tx: Tx, version_id: int, *, lock: bool = False) -> Version | None:
    row = await tx.db.fetchrow(
        f"SELECT {_VERSION} FROM model_version WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        version_id,
    )
    return None if row is None else _version(row)


async def in_state(tx: Tx, head: Head, *, state: str) -> Version | None:
    """The one that is in use or in training."""
    row = await tx.db.fetchrow(
        f"SELECT {_VERSION} FROM model_version"
        " WHERE workspace_id = $1 AND head = $2 AND state = $3",
        tx.workspace_id,
        head,
        state,
    )
    return None if row is None else _version(row)


async def newest(tx: Tx, head: Head) -> Version | None:
    """The last one that was trained to its end."""
    row = await tx.db.fetchrow(
        f"SELECT {_VERSION} FROM model_version WHERE workspace_id = $1 AND head = $2"
        " AND state IN ('candidate', 'in_use', 'retired') ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
        head,
    )
    return None if row is None else _version(row)


async def before(tx: Tx, current: Version) -> Version | None:
    """What was in use until ``current`` came."""
    row = await tx.db.fetchrow(
        f"SELECT {_VERSION} FROM model_version WHERE workspace_id = $1 AND head = $2"
        " AND state = 'retired' AND promoted_at < $3 ORDER BY promoted_at DESC LIMIT 1",
        tx.workspace_id,
        current.head,
        current.promoted_at,
    )
    return None if row is None else _version(row)


async def using(tx: Tx) -> list[Using]:
    """What messages are read with, of every head. Uses the index model_version_in_use."""
    return await tx.db.fetch_as(
        Using,
        "SELECT id, head, number, sha256, threshold FROM model_version"
        " WHERE workspace_id = $1 AND state = 'in_use' AND sha256 IS NOT NULL",
        tx.workspace_id,
    )


async def add(tx: Tx, row: Version) -> None:
    statement, args = sql.statement(
        sql.Insert(
            "model_version", {"workspace_id": tx.workspace_id, **msgspec.structs.asdict(row)}
        )
    )
    await tx.db.execute(statement, *args)


async def next_number(tx: Tx, head: Head) -> int:
    found: int = await tx.db.fetchval(
        "SELECT coalesce(max(number), 0) + 1 FROM model_version"
        " WHERE workspace_id = $1 AND head = $2",
        tx.workspace_id,
        head,
    )
    return found


async def change(tx: Tx, version_id: int, **values: Any) -> None:
    statement, args = sql.statement(
        sql.Update("model_version", {"workspace_id": tx.workspace_id, "id": version_id}, values)
    )
    await tx.db.execute(statement, *args)


async def hold(tx: Tx, head: Head) -> None:
    """One decision about a head at a time, until the end of the transaction."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"learning:{tx.workspace_id}:{head}",
    )


async def settings(tx: Tx) -> Settings:
    found = await tx.db.fetchrow_as(
        Settings,
        f"SELECT {', '.join(_SETTINGS)} FROM learning_setting WHERE workspace_id = $1",
        tx.workspace_id,
    )
    return found or Settings()


async def put_settings(tx: Tx, row: Settings) -> None:
    values = msgspec.structs.asdict(row)
    rest = ", ".join(f"{name} = excluded.{name}" for name in (*_SETTINGS, "updated_at"))
    statement, args = sql.statement(
        sql.Insert(
            "learning_setting",
            {"workspace_id": tx.workspace_id, **values, "updated_at": tx.now},
            f"(workspace_id) DO UPDATE SET {rest}",
        )
    )
    await tx.db.execute(statement, *args)
