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


# ------------------------------------------------------------------ work of tickets that become one

_LAST = (
    "SELECT coalesce(max(x.position), 0) FROM checklist_item x"
    " WHERE x.workspace_id = $1 AND x.ticket_id = $3"
)
# Table → what of a ticket's rows goes along, and what becomes of their place there.
CARRIED: dict[str, tuple[str, str]] = {
    "time_entry": ("true", ""),
    "checklist_item": ("true", f", position = o.position + ({_LAST})"),
    "reminder": ("o.rung_at IS NULL", ""),
}


async def carry(tx: Tx, kind: str, *, source: int, target: int, operation_id: int) -> None:
    """Rows of one ticket become rows of another, behind its own; what moved is noted."""
    which, place = CARRIED[kind]
    position = "position" if place else "NULL::int AS position"
    await tx.db.execute(
        f"WITH old AS (SELECT id, {position} FROM {kind} o"
        f"  WHERE workspace_id = $1 AND ticket_id = $2 AND {which} FOR UPDATE),"
        f" moved AS (UPDATE {kind} r SET ticket_id = $3{place} FROM old o"
        "  WHERE r.workspace_id = $1 AND r.id = o.id RETURNING r.id, o.position)"
        " INSERT INTO task_move (workspace_id, operation_id, kind, row_id, from_id, into_id, position)"
        " SELECT $1, $4, $5, id, $2, $3, position FROM moved",
        tx.workspace_id,
        source,
        target,
        operation_id,
        kind,
    )


async def carry_back(tx: Tx, kind: str, *, operation_id: int) -> None:
    """The other way round, in the order in which they were."""
    place = ", position = m.position" if CARRIED[kind][1] else ""
    await tx.db.execute(
        f"UPDATE {kind} r SET ticket_id = m.from_id{place} FROM task_move m"
        " WHERE m.workspace_id = $1 AND m.operation_id = $2 AND m.kind = $3"
        " AND r.workspace_id = $1 AND r.id = m.row_id AND r.ticket_id = m.into_id",
        tx.workspace_id,
        operation_id,
        kind,
    )


async def forget_moves(tx: Tx, operation_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM task_move WHERE workspace_id = $1 AND operation_id = $2",
        tx.workspace_id,
        operation_id,
    )
