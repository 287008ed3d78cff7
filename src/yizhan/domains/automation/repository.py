"""Macros, change sets and bulk work in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.automation.types import Bulk, CallSecret, Handled, Item, Macro, Run
from yizhan.kernel import sql
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_RUN = ", ".join(field.name for field in msgspec.structs.fields(Run))
_MACRO = ", ".join(field.name for field in msgspec.structs.fields(Macro))
_SECRET = ", ".join(field.name for field in msgspec.structs.fields(CallSecret))
_BULK = ", ".join(field.name for field in msgspec.structs.fields(Bulk))
MOST_RUNS = 50
MOST_MACROS = 2_000


async def _insert(tx: Tx, table: str, row: msgspec.Struct) -> None:
    values = {field: getattr(row, field) for field in row.__struct_fields__}
    statement, args = sql.statement(sql.Insert(table, {"workspace_id": tx.workspace_id, **values}))
    await tx.db.execute(statement, *args)


async def add_runs(tx: Tx, runs: Sequence[Run]) -> None:
    """Keep change sets."""
    await tx.db.execute(
        f"INSERT INTO action_run (workspace_id, {_RUN}) SELECT $1, {_RUN}"
        " FROM jsonb_populate_recordset(NULL::action_run, $2::jsonb)",
        tx.workspace_id,
        [msgspec.structs.asdict(run) for run in runs],
    )


async def lock_runs(tx: Tx, ids: Sequence[int]) -> dict[int, Run]:
    """Change sets, held."""
    rows = await tx.db.fetch_as(
        Run,
        f"SELECT {_RUN} FROM action_run WHERE workspace_id = $1 AND id = ANY($2)"
        " ORDER BY id FOR UPDATE",
        tx.workspace_id,
        list(ids),
    )
    return {row.id: row for row in rows}


async def runs_of(tx: Tx, ticket_id: int) -> list[Run]:
    """The newest change sets of a ticket."""
    return await tx.db.fetch_as(
        Run,
        f"SELECT {_RUN} FROM action_run WHERE workspace_id = $1 AND ticket_id = $2"
        f" ORDER BY id DESC LIMIT {MOST_RUNS}",
        tx.workspace_id,
        ticket_id,
    )


async def set_undone(tx: Tx, runs: Sequence[Run]) -> None:
    """Note that change sets were taken back."""
    await tx.db.execute(
        "UPDATE action_run r SET undone_at = u.undone_at, undone_by = u.undone_by,"
        " left_alone = u.left_alone FROM jsonb_populate_recordset(NULL::action_run, $2::jsonb) AS u"
        " WHERE r.workspace_id = $1 AND r.id = u.id",
        tx.workspace_id,
        [msgspec.structs.asdict(run) for run in runs],
    )


async def drop_change_sets(database: Database, *, usual_days: int, most: int) -> int:
    """In all workspaces; each decides how long it keeps them."""
    rows = await database.lookup("SELECT yizhan_drop_change_sets($1, $2)", usual_days, most)
    return int(rows[0][0])


# ------------------------------------------------------------------------- calls to the outside


async def call_secret(tx: Tx) -> CallSecret | None:
    """With what calls are signed, once there was one."""
    return await tx.db.fetchrow_as(
        CallSecret, f"SELECT {_SECRET} FROM call_secret WHERE workspace_id = $1", tx.workspace_id
    )


async def first_call_secret(tx: Tx, row: CallSecret) -> CallSecret:
    """Two first calls at once agree on one."""
    values = {field: getattr(row, field) for field in row.__struct_fields__}
    added = sql.Insert("call_secret", {"workspace_id": tx.workspace_id, **values}, "DO NOTHING")
    statement, args = sql.statement(added)
    await tx.db.execute(statement, *args)
    return await call_secret(tx) or row


async def replace_call_secret(tx: Tx, row: CallSecret) -> CallSecret:
    """Sign with another one from now on."""
    values = {field: getattr(row, field) for field in row.__struct_fields__}
    statement, args = sql.statement(
        sql.Update("call_secret", {"workspace_id": tx.workspace_id}, values)
    )
    await tx.db.execute(statement, *args)
    return row


# ------------------------------------------------------------------------------------ macros


async def macros(tx: Tx, where: str = "true", *args: Any) -> list[Macro]:
    """Macros by a condition over the parameters from $2 on."""
    return await tx.db.fetch_as(
        Macro,
        f"SELECT {_MACRO} FROM macro WHERE workspace_id = $1 AND ({where})"
        f" ORDER BY folder, lower(title), id LIMIT {MOST_MACROS}",
        tx.workspace_id,
        *args,
    )


async def macro(tx: Tx, macro_id: int, *, lock: bool = False) -> Macro | None:
    """One macro."""
    return await tx.db.fetchrow_as(
        Macro,
        f"SELECT {_MACRO} FROM macro WHERE workspace_id = $1 AND id = $2"
        f"{' FOR UPDATE' if lock else ''}",
        tx.workspace_id,
        macro_id,
    )


async def add_macro(tx: Tx, row: Macro) -> None:
    await _insert(tx, "macro", row)


async def change_macro(tx: Tx, macro_id: int, **values: Any) -> None:
    statement, args = sql.statement(
        sql.Update(
            "macro",
            {"workspace_id": tx.workspace_id, "id": macro_id},
            {**values, "updated_at": tx.now, "version": sql.Expr("version + 1")},
        )
    )
    await tx.db.execute(statement, *args)


async def delete_macro(tx: Tx, macro_id: int) -> None:
    """A macro and its figures; the change sets that it made stay."""
    for table, column in (("macro_use", "macro_id"), ("macro", "id")):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = $2",
            tx.workspace_id,
            macro_id,
        )


async def shortcut_taken(tx: Tx, row: Macro) -> bool:
    """Whether another macro of the same people has this shortcut."""
    found: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM macro WHERE workspace_id = $1 AND lower(shortcut) = lower($2)"
        " AND reach = $3 AND owner_id IS NOT DISTINCT FROM $4 AND team_id IS NOT DISTINCT FROM $5"
        " AND active AND id <> $6)",
        tx.workspace_id,
        row.shortcut,
        row.reach,
        row.owner_id,
        row.team_id,
        row.id,
    )
    return found


# -------------------------------------------------------------------------------------- bulk


async def add_bulk(tx: Tx, row: Bulk) -> None:
    await _insert(tx, "bulk", row)


async def bulk(tx: Tx, bulk_id: int, *, lock: bool = False) -> Bulk | None:
    """One bulk run."""
    return await tx.db.fetchrow_as(
        Bulk,
        f"SELECT {_BULK} FROM bulk WHERE workspace_id = $1 AND id = $2{' FOR UPDATE' if lock else ''}",
        tx.workspace_id,
        bulk_id,
    )


async def bulks(
    tx: Tx, *, agent_id: int | None, token_id: int | None, everybody: bool
) -> list[Bulk]:
    """The newest bulk runs: one's own, or everybody's."""
    return await tx.db.fetch_as(
        Bulk,
        f"SELECT {_BULK} FROM bulk WHERE workspace_id = $1"
        " AND ($4 OR agent_id = $2 OR (agent_id IS NULL AND token_id = $3)) ORDER BY id DESC LIMIT 50",
        tx.workspace_id,
        agent_id,
        token_id,
        everybody,
    )


async def add_items(tx: Tx, bulk_id: int, *, tickets: Sequence[int]) -> None:
    await tx.db.execute(
        "INSERT INTO bulk_item (workspace_id, bulk_id, ticket_id)"
        " SELECT $1, $2, u FROM unnest($3::bigint[]) u",
        tx.workspace_id,
        bulk_id,
        list(tickets),
    )


async def add_undo_items(tx: Tx, bulk_id: int, *, undo_of: int) -> int:
    """What the other run has done. Returns how many."""
    tag = await tx.db.execute(
        "INSERT INTO bulk_item (workspace_id, bulk_id, ticket_id, run_id)"
        " SELECT workspace_id, $2, ticket_id, run_id FROM bulk_item"
        " WHERE workspace_id = $1 AND bulk_id = $3 AND state = 'done'",
        tx.workspace_id,
        bulk_id,
        undo_of,
    )
    return int(tag.rpartition(" ")[2])


async def waiting_items(tx: Tx, bulk_id: int, *, most: int) -> list[Item]:
    """The next tickets, in an order that all runs share, so that two never wait for each other."""
    return await tx.db.fetch_as(
        Item,
        "SELECT ticket_id, run_id FROM bulk_item WHERE workspace_id = $1 AND bulk_id = $2"
        " AND state = 'waiting' ORDER BY ticket_id LIMIT $3",
        tx.workspace_id,
        bulk_id,
        most,
    )


async def settle_items(tx: Tx, bulk_id: int, *, outcomes: Sequence[Handled]) -> None:
    """Write what became of tickets."""
    await tx.db.execute(
        "UPDATE bulk_item b SET state = u.state, reason = u.reason, run_id = coalesce(u.run_id, b.run_id)"
        " FROM unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[])"
        "   AS u (ticket_id, state, reason, run_id)"
        " WHERE b.workspace_id = $1 AND b.bulk_id = $2 AND b.ticket_id = u.ticket_id",
        tx.workspace_id,
        bulk_id,
        [one.ticket_id for one in outcomes],
        [one.state for one in outcomes],
        [one.reason for one in outcomes],
        [one.run_id for one in outcomes],
    )


async def give_up_items(tx: Tx, bulk_id: int, *, state: str, reason: str) -> int:
    """All tickets that still wait get the same outcome. Returns how many."""
    tag = await tx.db.execute(
        "UPDATE bulk_item SET state = $3, reason = $4"
        " WHERE workspace_id = $1 AND bulk_id = $2 AND state = 'waiting'",
        tx.workspace_id,
        bulk_id,
        state,
        reason,
    )
    return int(tag.rpartition(" ")[2])


async def change_bulk(tx: Tx, bulk_id: int, **values: Any) -> None:
    statement, args = sql.statement(
        sql.Update("bulk", {"workspace_id": tx.workspace_id, "id": bulk_id}, values)
    )
    await tx.db.execute(statement, *args)


async def undone_by(tx: Tx, bulk_id: int) -> int | None:
    """The run that takes this one back, if there is one."""
    found: int | None = await tx.db.fetchval(
        "SELECT id FROM bulk WHERE workspace_id = $1 AND undo_of = $2", tx.workspace_id, bulk_id
    )
    return found


async def outcomes(
    tx: Tx, bulk_id: int, *, state: str | None, after: int, most: int
) -> list[dict[str, Any]]:
    """Tickets of a run with what became of them, in the order of work."""
    rows = await tx.db.fetch(
        "SELECT b.ticket_id, t.number, t.subject, b.state, b.reason, b.run_id, t.unit_id, t.team_id,"
        " t.assignee_id FROM bulk_item b"
        " JOIN ticket t ON t.workspace_id = b.workspace_id AND t.id = b.ticket_id"
        " WHERE b.workspace_id = $1 AND b.bulk_id = $2 AND b.ticket_id > $3"
        " AND ($4::text IS NULL OR b.state = $4) ORDER BY b.ticket_id LIMIT $5",
        tx.workspace_id,
        bulk_id,
        after,
        state,
        most,
    )
    return [dict(row) for row in rows]


async def reasons(tx: Tx, bulk_id: int) -> dict[str, int]:
    """Why tickets were passed over, and how many each."""
    rows = await tx.db.fetch(
        "SELECT reason, count(*)::int FROM bulk_item WHERE workspace_id = $1 AND bulk_id = $2"
        " AND reason <> '' GROUP BY reason ORDER BY 2 DESC",
        tx.workspace_id,
        bulk_id,
    )
    return {row[0]: row[1] for row in rows}
