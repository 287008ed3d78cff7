"""Sums by day and dimension in the database: made from the facts, asked instead of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from yizhan.domains.analytics import ranks
from yizhan.domains.analytics.types import Asked
from yizhan.kernel.tx import Tx

FIRST, LAST = date(1900, 1, 1), date(9999, 1, 1)  # of all days that there can be
BEGAN, ENDED = "began", "ended"  # kinds of spans, beside those of facts
_PLACED = "channel, brand_id, team_id, agent_id, priority, tags"
_STATE = """
SELECT w.time_zone, c.zone, c.from_day FROM workspace w
LEFT JOIN report_counted c ON c.workspace_id = w.workspace_id WHERE w.workspace_id = $1
"""
# The days from $2 to $3, both included, by the time zone $5. Each dimension by itself from one pass, tags from
# a second one. Uses report_fact_count, report_span_began and report_span_open.
_BETWEEN = (
    "{0} >= $2::date::timestamp AT TIME ZONE $5 AND {0} < ($3::date + 1)::timestamp AT TIME ZONE $5"
)
_COUNTED = f"""
WITH f AS (
  SELECT kind, (at AT TIME ZONE $5)::date AS day, coalesce(value, 0) AS value, {_PLACED} FROM report_fact
  WHERE workspace_id = $1 AND kind = ANY($4) AND {_BETWEEN.format("at")}
  UNION ALL SELECT '{BEGAN}', (began_at AT TIME ZONE $5)::date, 0, {_PLACED} FROM report_span
  WHERE workspace_id = $1 AND {_BETWEEN.format("began_at")}
  UNION ALL SELECT '{ENDED}', (ended_at AT TIME ZONE $5)::date, 0, {_PLACED} FROM report_span
  WHERE workspace_id = $1 AND ended_at < 'infinity' AND {_BETWEEN.format("ended_at")}
)
SELECT CASE by WHEN 15 THEN 'channel' WHEN 23 THEN 'brand' WHEN 27 THEN 'team' WHEN 29 THEN 'agent'
  WHEN 30 THEN 'priority' ELSE 'all' END AS dimension, kind,
  coalesce(CASE by WHEN 15 THEN channel WHEN 23 THEN brand_id::text WHEN 27 THEN team_id::text
  WHEN 29 THEN agent_id::text WHEN 30 THEN priority END, '') AS key, day, n, total
FROM (SELECT kind, day, channel, brand_id, team_id, agent_id, priority,
    GROUPING(channel, brand_id, team_id, agent_id, priority) AS by, count(*) AS n, sum(value)::bigint AS total
  FROM f GROUP BY kind, day, GROUPING SETS ((), (channel), (brand_id), (team_id), (agent_id), (priority))) AS x
UNION ALL
SELECT 'tag', kind, coalesce(g.tag, ''), day, count(*), sum(value)::bigint
FROM f LEFT JOIN LATERAL unnest(tags) AS g (tag) ON true GROUP BY kind, g.tag, day
"""
_COUNT = f"""
INSERT INTO report_day AS d (workspace_id, dimension, kind, key, day, n, total)
SELECT $1, c.* FROM ({_COUNTED}) AS c
ON CONFLICT (workspace_id, dimension, kind, key, day)
DO UPDATE SET n = d.n + excluded.n, total = d.total + excluded.total
"""
_START = """
INSERT INTO report_counted (workspace_id, zone, from_day) VALUES ($1, $2, 'infinity')
ON CONFLICT (workspace_id) DO UPDATE SET zone = excluded.zone, from_day = excluded.from_day
"""
# Nothing of a ticket is earlier than its beginning.
_OLDEST = """
SELECT (min(at) AT TIME ZONE $2)::date FROM report_fact WHERE workspace_id = $1 AND kind = 'created'
"""
_DIFFERENT = f"""
SELECT coalesce(d.dimension, c.dimension) AS dimension, coalesce(d.kind, c.kind) AS kind,
  coalesce(d.key, c.key) AS key, coalesce(d.day, c.day) AS day, d.n, d.total, c.n, c.total
FROM (SELECT * FROM report_day WHERE workspace_id = $1 AND (n <> 0 OR total <> 0)) AS d
FULL JOIN ({_COUNTED}) AS c USING (dimension, kind, key, day)
WHERE (d.n, d.total) IS DISTINCT FROM (c.n, c.total) ORDER BY 4, 1, 2, 3 LIMIT $6
"""


class State(msgspec.Struct, frozen=True):
    """By which time zone days are counted, and from which day on; the first day of all: everything."""

    wanted: str
    zone: str | None
    from_day: date | None

    @property
    def done(self) -> bool:
        return self.zone == self.wanted and self.from_day == date.min

    def serves(self, asked: Asked, *, since: date) -> bool:
        """Whether all days from one on are counted as somebody asks for them."""
        return self.from_day is not None and self.zone == asked.zone and self.from_day <= since


async def state(tx: Tx) -> State:
    """How far the days of this workspace are counted."""
    row = await tx.db.fetchrow(_STATE, tx.workspace_id)
    return State(*row) if row else State("UTC", None, None)


async def start(tx: Tx, *, zone: str) -> None:
    """Forget all days: they will be counted anew, by this time zone."""
    for table in ("report_day", "report_spread", "report_spread_by"):
        await tx.db.execute(f"DELETE FROM {table} WHERE workspace_id = $1", tx.workspace_id)
    await tx.db.execute(_START, tx.workspace_id, zone)


async def count(tx: Tx, first: date, last: date, *, kinds: Sequence[str], zone: str) -> None:
    """Count days that have not been counted yet; from now on the triggers keep them."""
    await tx.db.execute(_COUNT, tx.workspace_id, first, last, list(kinds), zone)
    await ranks.count(tx, first, last, zone=zone)
    await reach(tx, first)


async def reach(tx: Tx, first: date) -> None:
    """From this day on everything is counted."""
    await tx.db.execute(
        "UPDATE report_counted SET from_day = $2 WHERE workspace_id = $1", tx.workspace_id, first
    )


async def oldest(tx: Tx, *, zone: str) -> date | None:
    """The day of the first ticket."""
    found: date | None = await tx.db.fetchval(_OLDEST, tx.workspace_id, zone)
    return found


async def different(tx: Tx, *, kinds: Sequence[str], zone: str, most: int) -> list[str]:
    """Sums that are not those of the facts."""
    rows = await tx.db.fetch(_DIFFERENT, tx.workspace_id, FIRST, LAST, list(kinds), zone, most)
    found = [" ".join(map(str, row)) for row in rows]
    return found + await ranks.different(tx, zone=zone, most=most)


class Sum(msgspec.Struct, frozen=True):
    """How many facts of a kind, and the sum of their values."""

    n: int
    total: int


async def steps(
    tx: Tx, first: date, last: date, *, begins: Sequence[date], dimension: str, keys: Sequence[str]
) -> dict[str, dict[int, Sum]]:
    """Sums of all kinds by the place of the step, from 0. Uses the primary key."""
    rows = await tx.db.fetch(
        "SELECT kind, width_bucket(day, $6::date[]) - 1, sum(n)::bigint, sum(total)::bigint FROM report_day"
        " WHERE workspace_id = $1 AND dimension = $2 AND key = ANY($3) AND day BETWEEN $4 AND $5"
        f" AND kind <> '{BEGAN}' AND kind <> '{ENDED}' GROUP BY 1, 2",
        tx.workspace_id,
        dimension,
        list(keys),
        first,
        last,
        list(begins),
    )
    found: dict[str, dict[int, Sum]] = {}
    for kind, place, n, total in rows:
        found.setdefault(kind, {})[place] = Sum(n, total)
    return found


def _only(values: list[Any], keys: Sequence[str] | None) -> str:
    if keys is None:
        return ""
    values.append(list(keys))
    return f" AND key = ANY(${len(values)})"


async def groups(
    tx: Tx, first: date, last: date, *, kind: str, dimension: str, keys: Sequence[str] | None
) -> dict[str, Sum]:
    """Sums of a kind by group; ``keys`` are those that are asked for, None all."""
    values: list[Any] = [tx.workspace_id, dimension, kind, first, last]
    only = _only(values, keys)
    rows = await tx.db.fetch(
        "SELECT key, sum(n)::bigint, sum(total)::bigint FROM report_day WHERE workspace_id = $1"
        f" AND dimension = $2 AND kind = $3 AND day BETWEEN $4 AND $5{only} GROUP BY 1 HAVING sum(n) <> 0",
        *values,
    )
    return {row[0]: Sum(row[1], row[2]) for row in rows}


async def open_by_step(
    tx: Tx, last: date, *, begins: Sequence[date], dimension: str, keys: Sequence[str]
) -> dict[int, int]:
    """What came less what went, by the place of the step; under -1 what came and went before."""
    rows = await tx.db.fetch(
        "SELECT width_bucket(day, $5::date[]) - 1,"
        f" sum(CASE kind WHEN '{BEGAN}' THEN n ELSE -n END)::bigint FROM report_day"
        f" WHERE workspace_id = $1 AND dimension = $2 AND kind IN ('{BEGAN}', '{ENDED}') AND key = ANY($3)"
        " AND day <= $4 GROUP BY 1",
        tx.workspace_id,
        dimension,
        list(keys),
        last,
        list(begins),
    )
    return {row[0]: row[1] for row in rows}


async def open_by_group(
    tx: Tx, last: date, *, dimension: str, keys: Sequence[str] | None
) -> dict[str, int]:
    """What is open at the end of a day, by group."""
    values: list[Any] = [tx.workspace_id, dimension, last]
    only = _only(values, keys)
    rows = await tx.db.fetch(
        f"SELECT key, sum(CASE kind WHEN '{BEGAN}' THEN n ELSE -n END)::bigint AS n FROM report_day"
        f" WHERE workspace_id = $1 AND dimension = $2 AND kind IN ('{BEGAN}', '{ENDED}') AND day <= $3{only}"
        f" GROUP BY 1 HAVING sum(CASE kind WHEN '{BEGAN}' THEN n ELSE -n END) <> 0",
        *values,
    )
    return {row[0]: row[1] for row in rows}
