"""SQL of the installation's own state. None of these tables and views belongs to a workspace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import asyncpg

from yizhan.domains.system.types import (
    Count,
    Index,
    Objective,
    Statement,
    Table,
    Transaction,
    Window,
)
from yizhan.kernel import timing
from yizhan.kernel.db import Database
from yizhan.kernel.errors import Unavailable

# What the database may refuse to tell: a view that is missing or not ours to read.
REFUSED = (asyncpg.PostgresError, Unavailable)

_WINDOWS: dict[Window, tuple[int, str]] = {
    "1h": (60, "1 hour"),
    "24h": (60, "24 hours"),
    "30d": (3600, "30 days"),
}
_STEPS: dict[Window, tuple[int, str, int]] = {
    "1h": (60, "1 minute", 60),
    "24h": (60, "1 hour", 24),
    "30d": (3600, "1 day", 30),
}
_COUNTS = """
SELECT measure, sum(good)::bigint AS good, sum(total)::bigint AS total, max(worst) AS worst FROM health_slot
WHERE size = $1 AND slot > now() - $2::text::interval GROUP BY measure
"""
_POINTS = """
SELECT date_bin($2::text::interval, slot, $3) AS at, measure, sum(good)::bigint AS good, sum(total)::bigint AS total
FROM health_slot WHERE size = $1 AND slot >= $3 GROUP BY 1, 2 ORDER BY 1
"""
_BEATS = """
SELECT count(*) AS seen, min(slot) AS since FROM health_slot
WHERE size = 60 AND measure = 'beat' AND slot > now() - interval '24 hours'
"""
_STATEMENTS = """
SELECT h.place, coalesce(t.text, '') AS text, sum(h.calls)::bigint AS calls, sum(h.seconds) AS seconds,
       max(h.worst) AS worst, sum(sum(h.seconds)) OVER () AS everything, min(min(h.slot)) OVER () AS since
FROM statement_hour h LEFT JOIN statement t ON t.place = h.place
WHERE h.slot >= now() - interval '24 hours' GROUP BY h.place, t.text ORDER BY sum(h.seconds) DESC LIMIT $1
"""
# Only what runs as our role, so that its text is ours and may be read.
_SERVER = """
SELECT s.query, s.calls, s.total_exec_time / 1000 AS seconds, s.max_exec_time / 1000 AS worst,
       sum(s.total_exec_time) OVER () / 1000 AS everything, i.stats_reset AS since
FROM pg_stat_statements s, pg_stat_statements_info i
WHERE s.userid = (SELECT oid FROM pg_roles WHERE rolname = current_user)
  AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY s.total_exec_time DESC LIMIT $1
"""
_TABLES = """
SELECT s.relname AS name, greatest(s.n_live_tup, c.reltuples::bigint, 0) AS rows, s.n_dead_tup AS dead,
       s.n_mod_since_analyze AS changed, s.seq_scan AS scans, s.seq_tup_read AS scanned,
       coalesce(s.idx_scan, 0) AS index_scans, pg_total_relation_size(s.relid) AS bytes,
       greatest(s.last_analyze, s.last_autoanalyze) AS analyzed_at,
       greatest(s.last_vacuum, s.last_autovacuum) AS vacuumed_at
FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid WHERE s.schemaname = 'public'
ORDER BY pg_total_relation_size(s.relid) DESC, s.relname
"""
_INDEXES = """
SELECT s.indexrelname AS name, s.relname AS table, s.idx_scan AS scans, pg_relation_size(s.indexrelid) AS bytes,
       i.indisvalid AS valid, i.indisunique AS needed
FROM pg_stat_user_indexes s JOIN pg_index i ON i.indexrelid = s.indexrelid WHERE s.schemaname = 'public'
ORDER BY pg_relation_size(s.indexrelid) DESC, s.indexrelname
"""
_DATABASE = """
SELECT numbackends AS connections, xact_commit AS commits, xact_rollback AS rollbacks, blks_read, blks_hit,
       temp_files, temp_bytes, deadlocks, pg_database_size(datname) AS bytes,
       extract(epoch FROM now() - coalesce(stats_reset, pg_postmaster_start_time()))::double precision AS stats_seconds,
       current_setting('max_connections')::int AS max_connections, current_setting('work_mem') AS work_mem,
       current_setting('shared_buffers') AS shared_buffers, current_setting('autovacuum') AS autovacuum,
       current_setting('server_version') AS version
FROM pg_stat_database WHERE datname = current_database()
"""


async def counts(database: Database) -> dict[Window, dict[str, Count]]:
    """Good and all of each measure in each window."""
    found: dict[Window, dict[str, Count]] = {}
    for window, (size, span) in _WINDOWS.items():
        rows = await database.lookup(_COUNTS, size, span)
        found[window] = {
            row["measure"]: Count(row["good"], row["total"], row["worst"]) for row in rows
        }
    return found


async def points(
    database: Database, window: Window, *, since: datetime
) -> list[tuple[datetime, str, Count]]:
    """Good and all over time, for a chart."""
    size, step, _ = _STEPS[window]
    rows = await database.lookup(_POINTS, size, step, since)
    return [(row["at"], row["measure"], Count(row["good"], row["total"])) for row in rows]


def steps(window: Window) -> tuple[int, int]:
    """How many steps a chart of a window has, and how many seconds each lasts."""
    _, step, many = _STEPS[window]
    return many, {"1 minute": 60, "1 hour": 3600, "1 day": 86_400}[step]


async def beats(database: Database) -> tuple[int, datetime | None]:
    """In how many minutes of the last day the desk measured anything, and since when."""
    (row,) = await database.lookup(_BEATS)
    return row["seen"], row["since"]


async def objectives(database: Database) -> dict[str, Objective]:
    """What was changed of the promises."""
    rows = await database.lookup("SELECT measure, target, within FROM health_objective")
    return {row["measure"]: Objective(**row) for row in rows}


async def write(database: Database, found: dict[str, Any]) -> None:
    """What a process has counted: all or nothing."""
    await database.lookup("SELECT yizhan_health_write($1::jsonb)", found)


async def claim(database: Database, slot: datetime) -> tuple[bool, datetime | None]:
    """Whether this process probes for a minute, and for which minute that was done last."""
    rows = await database.lookup(
        "WITH last AS (SELECT max(slot) AS slot FROM health_slot WHERE size = 60 AND measure = 'probe'"
        " AND slot < $1), mine AS (INSERT INTO health_slot (size, slot, measure, good, total)"
        " VALUES (60, $1, 'probe', 1, 1) ON CONFLICT DO NOTHING RETURNING 1)"
        " SELECT EXISTS (SELECT FROM mine) AS mine, (SELECT slot FROM last) AS last",
        slot,
    )
    return rows[0]["mine"], rows[0]["last"]


async def deliveries(
    database: Database, *, first_id: int, start: datetime, end: datetime, within: float
) -> Count:
    """Of messages that were due in a span: those that left in time."""
    (row,) = await database.lookup(
        "SELECT * FROM yizhan_health_deliveries($1, $2, $3, $4)", first_id, start, end, within
    )
    return Count(row["good"], row["total"])


async def oldest_job(database: Database) -> float:
    """Seconds that the oldest due job waits."""
    rows = await database.lookup(
        "SELECT extract(epoch FROM now() - min(execute_after))::double precision FROM pgqueuer"
        " WHERE status = 'queued' AND execute_after < now()"
    )
    return float(rows[0][0] or 0)


async def inboxes(database: Database) -> list[asyncpg.Record]:
    """All inboxes of the installation, with what is known of their state."""
    return await database.lookup("SELECT * FROM yizhan_health_inboxes()")


def _per_minute(calls: int, since: datetime | None, now: datetime) -> float:
    minutes = max(1.0, (now - since).total_seconds() / 60) if since else 1.0
    return calls / minutes


async def statements(
    database: Database, *, now: datetime, most: int
) -> tuple[list[Statement], datetime | None]:
    """What our own processes have timed in the last day, the costliest first."""
    rows = await database.lookup(_STATEMENTS, most)
    since = rows[0]["since"] if rows else None
    return [
        _statement(row, row["place"], text=row["text"], since=since, now=now) for row in rows
    ], since


async def server_statements(
    database: Database, *, now: datetime, most: int
) -> tuple[list[Statement], datetime | None] | None:
    """The same as the server counts it; None where pg_stat_statements is not there or not loaded."""
    installed = await database.lookup(
        "SELECT FROM pg_extension WHERE extname = 'pg_stat_statements'"
    )
    if not installed:
        return None
    try:
        rows = await database.lookup(_SERVER, most)
    except REFUSED:
        return None
    since = rows[0]["since"] if rows else None
    return [
        _statement(row, "", text=timing.plain(row["query"] or ""), since=since, now=now)
        for row in rows
    ], since


def _statement(
    row: asyncpg.Record, place: str, *, text: str, since: datetime | None, now: datetime
) -> Statement:
    return Statement(
        place,
        text,
        row["calls"],
        float(row["seconds"]),
        float(row["worst"]),
        share=float(row["seconds"]) / float(row["everything"] or 1),
        per_minute=_per_minute(row["calls"], since, now),
    )


async def tables(database: Database) -> list[Table]:
    """All our tables, the largest first."""
    return [Table(**row) for row in await database.lookup(_TABLES)]


async def indexes(database: Database) -> list[Index]:
    """All our indexes, the largest first."""
    return [Index(**row) for row in await database.lookup(_INDEXES)]


async def transactions(database: Database) -> list[Transaction]:
    """Transactions that have been open for more than a minute."""
    rows = await database.lookup("SELECT * FROM yizhan_health_transactions()")
    return [Transaction(**row) for row in rows]


async def server(database: Database) -> dict[str, Any]:
    """What the database counts of itself, and those of its settings that advice may be about."""
    (row,) = await database.lookup(_DATABASE)
    return dict(row)
