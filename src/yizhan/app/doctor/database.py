"""What is asked of the database."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import asyncpg

from yizhan.app.backups import records
from yizhan.app.doctor.cures import check
from yizhan.domains.system.types import Check
from yizhan.kernel import clock as own
from yizhan.kernel import db, migrate
from yizhan.kernel.config import Config

OLDEST_POSTGRES = 160000
MOST_CLOCK_DRIFT = timedelta(seconds=5)
MOST_QUEUE_AGE = timedelta(minutes=5)

_UNFENCED = """
SELECT c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
ORDER BY 1
"""
_ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1"
_WAITING = """
SELECT now() - (SELECT min(execute_after) FROM pgqueuer WHERE status = 'queued') AS job,
       now() - (SELECT min(due_at) FROM timer) AS timer
"""
_STUCK = """
SELECT name, count(*) AS n FROM consumer WHERE failures > 0 GROUP BY name ORDER BY name
"""
# Uses delivery_held, delivery_open, webhook_delivery_held and webhook_delivery_open.
_HELD = """
WITH r AS (SELECT workspace_id, at FROM restored WHERE state <> 'send')
SELECT (SELECT min(at) FROM restored WHERE state = 'hold') AS at,
  (SELECT count(*) FROM delivery WHERE state = 'held')
  + (SELECT count(*) FROM delivery d JOIN r USING (workspace_id)
     WHERE d.state IN ('queued', 'sending') AND d.created_at <= r.at) AS messages,
  (SELECT count(*) FROM webhook_delivery WHERE state = 'held')
  + (SELECT count(*) FROM webhook_delivery w JOIN r USING (workspace_id)
     WHERE w.state = 'pending' AND w.created_at <= r.at) AS webhooks,
  (SELECT count(*) FROM held_job) AS others
"""
# Now and half a year on: one of them is in summer.
_ZONES = """
SELECT z.name, m.at, m.at AT TIME ZONE z.name AS local
FROM (SELECT DISTINCT time_zone AS name FROM workspace) AS z
CROSS JOIN (VALUES (now()), (now() + interval '182 days')) AS m (at)
WHERE EXISTS (SELECT FROM pg_timezone_names n WHERE n.name = z.name)
"""


async def server(_config: Config, connection: asyncpg.Connection) -> Check:
    """The database answers and is new enough."""
    number = int(await connection.fetchval("SHOW server_version_num"))
    version = await connection.fetchval("SHOW server_version")
    return check("database", f"PostgreSQL {version}", ok=number >= OLDEST_POSTGRES)


async def fence(_config: Config, connection: asyncpg.Connection) -> Check:
    """Row-level security is forced on each table of a tenant, under a role that it binds."""
    unfenced = [row["relname"] for row in await connection.fetch(_UNFENCED)]
    escapes = await connection.fetchval(_ROLE, db.APP_ROLE)
    if escapes is None:
        return check("isolation", f"role {db.APP_ROLE} is missing", ok=False)
    detail = ", ".join(unfenced) or (f"{db.APP_ROLE} escapes" if escapes else "forced")
    return check("isolation", detail, ok=not unfenced and not escapes)


async def clock(_config: Config, connection: asyncpg.Connection) -> Check:
    """This machine and the database agree what time it is."""
    drift = abs(own.own() - await connection.fetchval("SELECT clock_timestamp()"))
    return check("clock", f"{drift.total_seconds():.3f} s", ok=drift < MOST_CLOCK_DRIFT)


async def zones(_config: Config, connection: asyncpg.Connection) -> Check:
    """The time zones of workspaces are known here and there, and both have the same rules."""
    wanted = await connection.fetch("SELECT DISTINCT time_zone FROM workspace ORDER BY 1")
    said = await connection.fetch(_ZONES)
    known = {row["name"] for row in said}
    wrong = [f"the database does not know {row[0]}" for row in wanted if row[0] not in known]
    for row in said:
        try:
            here = row["at"].astimezone(ZoneInfo(row["name"])).replace(tzinfo=None)
        except (ZoneInfoNotFoundError, ValueError):
            wrong.append(f"{row['name']} is not known here")
            continue
        if here != row["local"]:
            wrong.append(f"{row['name']} is {here:%H:%M} here and {row['local']:%H:%M} there")
    return check("zones", ", ".join(dict.fromkeys(wrong)) or f"{len(wanted)}", ok=not wrong)


async def queue(_config: Config, connection: asyncpg.Connection) -> Check:
    """The oldest job and the oldest alarm do not wait for long: a worker is at work."""
    row = await connection.fetchrow(_WAITING)
    ages = [row["job"], row["timer"]] if row else []
    age = max([timedelta(0), *(one for one in ages if one is not None)])
    return check("queue", f"{age.total_seconds():.0f} s", ok=age < MOST_QUEUE_AGE)


async def readers(_config: Config, connection: asyncpg.Connection) -> Check:
    """Nobody who reads the log stands still before an event that they cannot take."""
    rows = await connection.fetch(_STUCK)
    stuck = ", ".join(f"{row['name']} ({row['n']})" for row in rows)
    return check("readers", stuck or "reading", ok=not rows)


async def held(_config: Config, connection: asyncpg.Connection) -> Check:
    """Nothing waits for a decision since a restore."""
    row = await connection.fetchrow(_HELD)
    said = ", ".join(f"{row[kind]} {kind}" for kind in ("messages", "webhooks", "others"))
    if row["messages"] or row["webhooks"] or row["others"]:
        return check("held", f"{said}; restored {row['at'] or 'earlier'}", ok=False)
    detail = f"automatic mail waits since {row['at']}" if row["at"] else "nothing"
    return check("held", detail, ok=True)


async def backup(_config: Config, connection: asyncpg.Connection) -> Check:
    """There is a backup of the last week, and the last drill brought it back."""
    detail, ok = await records.fault(connection)
    return check("backup", detail, ok=ok)


async def migrations(dsn: str) -> Check:
    """The schema is the one of this release."""
    known = {migration.number for migration in migrate.available()}
    seen = set(await migrate.applied(dsn))
    detail = f"{len(seen)}/{len(known)}"
    # An empty database is well: the first start migrates it.
    return check("migrations", detail, ok=not seen or known == seen)


# What can be asked of a database whatever its schema is.
ANY_SCHEMA = frozenset({server, fence, clock})
