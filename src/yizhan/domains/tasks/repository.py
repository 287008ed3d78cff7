"""Time, checklists and reminders in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from yizhan.domains.tasks.types import ChecklistItem, Reminder, Template, TimeEntry
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_MOST_ENTRIES = 200
T = TypeVar("T", TimeEntry, ChecklistItem, Template, Reminder)
_TABLES: dict[type[msgspec.Struct], str] = {
    TimeEntry: "time_entry",
    ChecklistItem: "checklist_item",
    Template: "checklist_template",
    Reminder: "reminder",
}


def _columns(kind: type[msgspec.Struct]) -> str:
    return ", ".join(field.name for field in msgspec.structs.fields(kind))


async def _find(
    tx: Tx, kind: type[T], where: str, *args: Any, order: str = "id", lock: bool = False
) -> list[T]:
    rows = await tx.db.fetch(
        f"SELECT {_columns(kind)} FROM {_TABLES[kind]} WHERE workspace_id = $1 AND {where}"
        f" ORDER BY {order}" + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        *args,
    )
    return [msgspec.convert(dict(row), kind) for row in rows]


async def get(tx: Tx, kind: type[T], key: int, *, lock: bool = False) -> T | None:
    """One row by its id."""
    found = await _find(tx, kind, "id = $2", key, lock=lock)
    return found[0] if found else None


async def put(tx: Tx, row: TimeEntry | ChecklistItem | Template | Reminder) -> None:
    """Write a row, new or changed."""
    values = msgspec.structs.asdict(row)
    if isinstance(row, Template):
        values["items"] = msgspec.to_builtins(row.items)
    rest = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    statement, args = sql.statement(
        sql.Insert(
            _TABLES[type(row)],
            {"workspace_id": tx.workspace_id, **values},
            f"(workspace_id, id) DO UPDATE SET {rest}",
        )
    )
    await tx.db.execute(statement, *args)


async def remove(tx: Tx, row: TimeEntry | ChecklistItem | Template | Reminder) -> None:
    await tx.db.execute(
        f"DELETE FROM {_TABLES[type(row)]} WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        row.id,
    )


async def hold(tx: Tx, what: str) -> None:
    """One at a time until the end of the transaction."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"tasks:{tx.workspace_id}:{what}"
    )


async def running(tx: Tx, agent_id: int) -> TimeEntry | None:
    """An agent's running timer. Uses the unique index time_entry_running."""
    found = await _find(tx, TimeEntry, "agent_id = $2 AND seconds IS NULL", agent_id)
    return found[0] if found else None


async def entries(tx: Tx, ticket_id: int) -> list[TimeEntry]:
    """The newest. Uses the index time_entry_ticket."""
    order = f"started_at DESC, id DESC LIMIT {_MOST_ENTRIES}"
    return await _find(tx, TimeEntry, "ticket_id = $2", ticket_id, order=order)


async def sums(tx: Tx, ticket_id: int) -> tuple[int, int]:
    """Seconds on a ticket, and those of them that are billable."""
    row = await tx.db.fetchrow(
        "SELECT coalesce(sum(seconds), 0) AS total,"
        " coalesce(sum(seconds) FILTER (WHERE billable), 0) AS billable"
        " FROM time_entry WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return (int(row["total"]), int(row["billable"])) if row is not None else (0, 0)


async def ticket_number(tx: Tx, ticket_id: int) -> int | None:
    found: int | None = await tx.db.fetchval(
        "SELECT number FROM ticket WHERE workspace_id = $1 AND id = $2", tx.workspace_id, ticket_id
    )
    return found


async def items(tx: Tx, ticket_id: int) -> list[ChecklistItem]:
    return await _find(tx, ChecklistItem, "ticket_id = $2", ticket_id, order="position, id")


async def set_order(tx: Tx, ids: Sequence[int]) -> None:
    await tx.db.execute(
        "UPDATE checklist_item i SET position = u.position FROM unnest($2::bigint[])"
        " WITH ORDINALITY AS u (id, position) WHERE i.workspace_id = $1 AND i.id = u.id",
        tx.workspace_id,
        list(ids),
    )


async def templates(tx: Tx) -> list[Template]:
    return await _find(tx, Template, "true", order="name, id")


async def reminders(tx: Tx, agent_id: int, *, ticket_id: int) -> list[Reminder]:
    """Those that still wait. Uses the index reminder_waiting."""
    return await _find(
        tx,
        Reminder,
        "agent_id = $2 AND ticket_id = $3 AND rung_at IS NULL",
        agent_id,
        ticket_id,
        order="at, id",
    )


async def names(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    """What agents are called."""
    rows = await tx.db.fetch(
        "SELECT id, name FROM agent WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        sorted(set(ids)),
    )
    return {row[0]: row[1] for row in rows}
