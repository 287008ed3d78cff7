"""Calendars, policies and clocks in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yizhan.domains.sla import calendar, timeline
from yizhan.domains.sla.types import Body, Clock, Policy, StoredCalendar, Summary
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_CLOCK = ", ".join(field.name for field in msgspec.structs.fields(Clock))
_SUMMARY = tuple(field.name for field in msgspec.structs.fields(Summary))
_POLICY = ", ".join(field.name for field in msgspec.structs.fields(Policy))
_CALENDAR = ", ".join(field.name for field in msgspec.structs.fields(StoredCalendar))

# A row without a policy says that the ticket has clocks, so that one read tells of nothing to do.
_HEADS = """
SELECT * FROM (
  SELECT p.id, p.revision, p.position, p.calendar_id, c.revision AS calendar_revision
  FROM sla_policy p LEFT JOIN sla_calendar c ON c.workspace_id = p.workspace_id AND c.id = p.calendar_id
  WHERE p.workspace_id = $1 AND p.active
  UNION ALL
  SELECT NULL, NULL, NULL, NULL, NULL WHERE EXISTS (
    SELECT FROM sla_ticket WHERE workspace_id = $1 AND ticket_id = $2)
) h ORDER BY h.position NULLS LAST, h.id
"""
# Uses event_ticket.
_LOG = """
SELECT type, at, data->'changes' AS changes, data->>'message_id' AS message_id,
       coalesce((data->>'automatic')::boolean, false) AS automatic, data->'cause' AS cause
FROM event WHERE workspace_id = $1 AND ticket_id = $2 AND type = ANY($3) ORDER BY id
"""
_LOGS = _LOG.replace("SELECT type", "SELECT ticket_id, type").replace(
    "ticket_id = $2", "ticket_id = ANY($2)"
)
_TICKET = f"""
SELECT t.priority, t.status, t.status_category, t.assignee_id, t.team_id, t.created_at,
       t.first_reply_at, t.waiting_since, s.ticket_id IS NOT NULL AS followed,
       {", ".join(f"s.{name}" for name in _SUMMARY)}
FROM ticket t LEFT JOIN sla_ticket s ON s.workspace_id = t.workspace_id AND s.ticket_id = t.id
WHERE t.workspace_id = $1 AND t.id = $2
"""
_TICKETS = _TICKET.replace("SELECT t.priority", "SELECT t.id, t.priority").replace(
    "t.id = $2", "t.id = ANY($2) ORDER BY t.id"
)
_FORGET = """
DELETE FROM sla_clock c USING unnest($2::bigint[], $3::text[], $4::int[]) AS u (ticket_id, target, cycle)
WHERE c.workspace_id = $1 AND c.ticket_id = u.ticket_id AND c.target = u.target AND c.cycle = u.cycle
"""


def _all(table: str, columns: str, *, key: str, part: str) -> str:
    rest = [name for name in columns.split(", ") if name not in key.split(", ")]
    return f"""
INSERT INTO {table} (workspace_id, ticket_id, {columns})
SELECT $1, ticket_id, {columns} FROM jsonb_populate_recordset(NULL::{table}, $2::jsonb->'{part}')
ON CONFLICT (workspace_id, ticket_id{key})
DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in rest)}"""


_SAVE = (
    f"WITH clocks AS ({_all('sla_clock', _CLOCK, key=', target, cycle', part='clocks')})"
    f"{_all('sla_ticket', ', '.join(_SUMMARY), key='', part='summaries')}"
)


class Head(msgspec.Struct, frozen=True):
    """Which version of a policy and of its calendar holds now."""

    id: int
    revision: int
    calendar_id: int | None
    calendar_revision: int | None


class Place(msgspec.Struct, frozen=True):
    """What of a ticket the clocks need besides its log."""

    priority: str
    assignee_id: int | None
    team_id: int | None
    columns: dict[str, Any]
    summary: Summary | None


async def heads(tx: Tx, ticket_id: int) -> tuple[list[Head], bool]:
    """The active policies in order, and whether the ticket has clocks."""
    rows = await tx.db.fetch(_HEADS, tx.workspace_id, ticket_id)
    found = [
        Head(row["id"], row["revision"], row["calendar_id"], row["calendar_revision"])
        for row in rows
        if row["id"] is not None
    ]
    return found, len(found) < len(rows)


async def hold_tickets(tx: Tx, ticket_ids: Sequence[int]) -> list[int]:
    """Hold tickets until the end of the transaction, all in one order, so that two who hold several do
    not wait for each other. Gives those that there are."""
    rows = await tx.db.fetch(
        "SELECT id FROM ticket WHERE workspace_id = $1 AND id = ANY($2) ORDER BY id FOR NO KEY UPDATE",
        tx.workspace_id,
        ticket_ids,
    )
    return [row[0] for row in rows]


async def place(tx: Tx, ticket_id: int) -> Place | None:
    """A ticket as the clocks see it."""
    row = await tx.db.fetchrow(_TICKET, tx.workspace_id, ticket_id)
    return None if row is None else _place(row)


async def places(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, Place]:
    """Some tickets as the clocks see them, those that there are."""
    rows = await tx.db.fetch(_TICKETS, tx.workspace_id, ticket_ids)
    return {row["id"]: _place(row) for row in rows}


def _place(row: Any) -> Place:
    kept = Summary(**{name: row[name] for name in _SUMMARY}) if row["followed"] else None
    return Place(row["priority"], row["assignee_id"], row["team_id"], dict(row), kept)


async def log(tx: Tx, ticket_id: int) -> list[timeline.Happened]:
    """What the log has of a ticket, as far as clocks listen to it."""
    rows = await tx.db.fetch(_LOG, tx.workspace_id, ticket_id, list(timeline.TYPES))
    return [_happened(row) for row in rows]


async def logs(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, list[timeline.Happened]]:
    """What the log has of each ticket."""
    found: dict[int, list[timeline.Happened]] = {one: [] for one in ticket_ids}
    for row in await tx.db.fetch(_LOGS, tx.workspace_id, ticket_ids, list(timeline.TYPES)):
        found[row["ticket_id"]].append(_happened(row))
    return found


def _happened(row: Any) -> timeline.Happened:
    return timeline.Happened(
        row["type"],
        row["at"],
        row["changes"] or {},
        row["message_id"],
        row["automatic"],
        row["cause"] or {},
    )


async def clocks(tx: Tx, ticket_id: int) -> dict[tuple[str, int], Clock]:
    """All clocks of a ticket."""
    return (await clocks_of(tx, [ticket_id]))[ticket_id]


async def clocks_of(
    tx: Tx, ticket_ids: Sequence[int]
) -> defaultdict[int, dict[tuple[str, int], Clock]]:
    """All clocks of some tickets."""
    rows = await tx.db.fetch(
        f"SELECT ticket_id, {_CLOCK} FROM sla_clock WHERE workspace_id = $1 AND ticket_id = ANY($2)"
        " ORDER BY started_at, target, cycle",
        tx.workspace_id,
        ticket_ids,
    )
    found: defaultdict[int, dict[tuple[str, int], Clock]] = defaultdict(dict)
    for row in rows:
        values = dict(row)
        ticket_id = values.pop("ticket_id")
        one = Clock(**{**values, "escalated": tuple(values["escalated"])})
        found[ticket_id][one.id] = one
    return found


class Change(msgspec.Struct, frozen=True):
    """What of a ticket's promises is different now."""

    ticket_id: int
    changed: Sequence[Clock]
    gone: Sequence[tuple[str, int]]
    summary: Summary | None


async def save(tx: Tx, changes: Sequence[Change]) -> None:
    """Write what is different of some tickets, in one round trip, and one more where clocks vanish."""
    gone = [(one.ticket_id, *key) for one in changes for key in one.gone]
    if gone:
        await tx.db.execute(_FORGET, tx.workspace_id, *map(list, zip(*gone, strict=True)))
    clocks = [
        {"ticket_id": one.ticket_id, **msgspec.structs.asdict(clock)}
        for one in changes
        for clock in one.changed
    ]
    summaries = [
        {"ticket_id": one.ticket_id, **msgspec.structs.asdict(one.summary)}
        for one in changes
        if one.summary is not None
    ]
    if clocks or summaries:
        await tx.db.execute(_SAVE, tx.workspace_id, {"clocks": clocks, "summaries": summaries})


def _put(
    table: str, also: Iterable[str], key: dict[str, Any], values: dict[str, Any]
) -> sql.Insert:
    keys = [*key, *also]
    rest = [name for name in values if name not in keys]
    conflict = f"({', '.join(keys)}) DO UPDATE SET " + ", ".join(
        f"{name} = excluded.{name}" for name in rest
    )
    return sql.Insert(table, {**key, **values}, conflict)


def _policy(row: Any) -> Policy:
    return Policy(**{**row, "body": msgspec.convert(row["body"], Body, strict=False)})


def _calendar(row: Any) -> StoredCalendar:
    return msgspec.convert(dict(row), StoredCalendar)


async def policies(tx: Tx, ids: Sequence[int] | None = None) -> list[Policy]:
    """Policies in their order: all, or some."""
    rows = await tx.db.fetch(
        f"SELECT {_POLICY} FROM sla_policy WHERE workspace_id = $1 AND ($2::bigint[] IS NULL OR id = ANY($2))"
        " ORDER BY position, id",
        tx.workspace_id,
        None if ids is None else list(ids),
    )
    return [_policy(row) for row in rows]


async def calendars(tx: Tx, ids: Sequence[int] | None = None) -> list[StoredCalendar]:
    """Calendars by name: all, or some."""
    rows = await tx.db.fetch(
        f"SELECT {_CALENDAR} FROM sla_calendar"
        " WHERE workspace_id = $1 AND ($2::bigint[] IS NULL OR id = ANY($2)) ORDER BY name, id",
        tx.workspace_id,
        None if ids is None else list(ids),
    )
    return [_calendar(row) for row in rows]


async def put_policy(tx: Tx, policy: Policy) -> None:
    """Write a policy and keep this version of it."""
    values = msgspec.structs.asdict(policy) | {"body": msgspec.to_builtins(policy.body)}
    await _keep(tx, "sla_policy", "policy", values)


async def put_calendar(tx: Tx, stored: StoredCalendar) -> None:
    """Write a calendar and keep this version of it."""
    values = msgspec.structs.asdict(stored) | {
        "hours": msgspec.to_builtins(stored.hours),
        "holidays": msgspec.to_builtins(stored.holidays),
    }
    await _keep(tx, "sla_calendar", "calendar", values)


async def _keep(tx: Tx, table: str, kind: str, values: dict[str, Any]) -> None:
    kept = {
        name: value
        for name, value in values.items()
        if name not in ("id", "version", "revision", "created_at", "updated_at")
    }
    version = sql.Insert(
        "sla_version",
        {
            "workspace_id": tx.workspace_id,
            "revision": values["revision"],
            "kind": kind,
            "object_id": values["id"],
            "version": values["version"],
            "body": {**kept, "calendar_id": str(kept["calendar_id"])}
            if kept.get("calendar_id")
            else kept,
            "at": tx.now,
            "actor": tx.actor.stamp(),
        },
    )
    statement, args = sql.statement(
        _put(table, ("id",), {"workspace_id": tx.workspace_id}, values), version
    )
    await tx.db.execute(statement, *args)


async def remove(tx: Tx, table: str, key: int) -> bool:
    """Delete a policy or a calendar; its versions stay. Returns whether it was there."""
    if table not in ("sla_policy", "sla_calendar"):
        raise ValueError(table)
    tag = await tx.db.execute(
        f"DELETE FROM {table} WHERE workspace_id = $1 AND id = $2", tx.workspace_id, key
    )
    return tag != "DELETE 0"


async def hold(tx: Tx) -> None:
    """One change of policies and calendars at a time: two at once would share a position."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"sla:{tx.workspace_id}"
    )


async def used(tx: Tx, calendar_id: int) -> list[str]:
    """The names of the policies that count by a calendar."""
    rows = await tx.db.fetch(
        "SELECT name FROM sla_policy WHERE workspace_id = $1 AND calendar_id = $2 ORDER BY position",
        tx.workspace_id,
        calendar_id,
    )
    return [row[0] for row in rows]


def ready(stored: StoredCalendar) -> calendar.Calendar:
    """A stored calendar to compute with."""
    return calendar.build(time_zone=stored.time_zone, hours=stored.hours, holidays=stored.holidays)


async def version(tx: Tx, revision: int) -> dict[str, Any] | None:
    """What a policy or a calendar said in a version of it."""
    row = await tx.db.fetchrow(
        "SELECT version, body, at FROM sla_version WHERE workspace_id = $1 AND revision = $2",
        tx.workspace_id,
        revision,
    )
    return None if row is None else dict(row)
