"""Settings, servers and rules in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from yizhan.domains.copilot.types import ModelServer, Place, Rule, Settings
from yizhan.kernel.tx import Tx

_SETTINGS = tuple(field.name for field in msgspec.structs.fields(Settings))
_SERVER = tuple(field.name for field in msgspec.structs.fields(ModelServer))


async def settings(tx: Tx) -> Settings:
    """Those that were made, or those that hold without."""
    found = await tx.db.fetchrow_as(
        Settings,
        f"SELECT {', '.join(_SETTINGS)} FROM copilot_settings WHERE workspace_id = $1",
        tx.workspace_id,
    )
    return found or Settings()


async def put_settings(tx: Tx, row: Settings) -> None:
    values = msgspec.structs.asdict(row)
    places = ", ".join(f"${number}" for number in range(3, len(values) + 3))
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    await tx.db.execute(
        f"INSERT INTO copilot_settings (workspace_id, updated_at, {', '.join(values)})"
        f" VALUES ($1, $2, {places}) ON CONFLICT (workspace_id)"
        f" DO UPDATE SET updated_at = $2, {changes}",
        tx.workspace_id,
        tx.now,
        *values.values(),
    )


async def servers(tx: Tx) -> list[ModelServer]:
    """At most one for each place."""
    return await tx.db.fetch_as(
        ModelServer,
        f"SELECT {', '.join(_SERVER)} FROM copilot_server WHERE workspace_id = $1 ORDER BY place",
        tx.workspace_id,
    )


async def server(tx: Tx, place: Place, *, lock: bool = False) -> ModelServer | None:
    return await tx.db.fetchrow_as(
        ModelServer,
        f"SELECT {', '.join(_SERVER)} FROM copilot_server WHERE workspace_id = $1 AND place = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        place,
    )


async def put_server(tx: Tx, row: ModelServer) -> None:
    values = msgspec.structs.asdict(row)
    places = ", ".join(f"${number}" for number in range(2, len(values) + 2))
    changes = ", ".join(f"{name} = excluded.{name}" for name in values if name != "place")
    await tx.db.execute(
        f"INSERT INTO copilot_server (workspace_id, {', '.join(values)}) VALUES ($1, {places})"
        f" ON CONFLICT (workspace_id, place) DO UPDATE SET {changes}",
        tx.workspace_id,
        *values.values(),
    )


async def put_rest(tx: Tx, row: ModelServer, *, until: datetime | None) -> None:
    """Until when every process leaves a server alone; not if it was set up anew meanwhile."""
    await tx.db.execute(
        "UPDATE copilot_server SET resting_until = $4"
        " WHERE workspace_id = $1 AND place = $2 AND version = $3",
        tx.workspace_id,
        row.place,
        row.version,
        until,
    )


async def delete_server(tx: Tx, place: Place) -> None:
    await tx.db.execute(
        "DELETE FROM copilot_server WHERE workspace_id = $1 AND place = $2", tx.workspace_id, place
    )


async def rules(tx: Tx) -> list[Rule]:
    return await tx.db.fetch_as(
        Rule,
        "SELECT kind, subject, allowed FROM copilot_rule WHERE workspace_id = $1"
        " ORDER BY kind, subject",
        tx.workspace_id,
    )


async def put_rules(tx: Tx, rows: Sequence[Rule]) -> None:
    """All of them at once; what is not among them goes."""
    await tx.db.execute("DELETE FROM copilot_rule WHERE workspace_id = $1", tx.workspace_id)
    await tx.db.executemany(
        "INSERT INTO copilot_rule (workspace_id, kind, subject, allowed) VALUES ($1, $2, $3, $4)",
        [(tx.workspace_id, row.kind, row.subject, row.allowed) for row in rows],
    )


async def rules_about(
    tx: Tx, *, brands: Sequence[int], contacts: Sequence[int]
) -> dict[tuple[str, str], Rule]:
    """The rules of all fields, and of these brands and customers."""
    rows = await tx.db.fetch_as(
        Rule,
        "SELECT kind, subject, allowed FROM copilot_rule WHERE workspace_id = $1 AND (kind = 'field'"
        " OR (kind = 'brand' AND subject = ANY($2)) OR (kind = 'contact' AND subject = ANY($3)))",
        tx.workspace_id,
        [str(one) for one in brands],
        [str(one) for one in contacts],
    )
    return {(row.kind, row.subject): row for row in rows}
