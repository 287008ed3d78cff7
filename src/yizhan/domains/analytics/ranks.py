"""Exact medians of many values: a count of where values lie, then one short walk along an index."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec

from yizhan.domains.analytics import asking
from yizhan.domains.analytics.types import Asked, Cell, Dimension, FactKind, Period
from yizhan.kernel.tx import Tx

SHARES: Final = (0.5, 0.9)
KINDS: Final = frozenset({"first_response", "resolution"})  # that report_fact_valued is of
_KEPT_BITS = 5

COUNT = """
INSERT INTO report_spread AS d (workspace_id, kind, day, low, n)
SELECT workspace_id, kind, (at AT TIME ZONE $4)::date, yizhan_report_low(value), count(*) FROM report_fact
WHERE workspace_id = $1 AND kind IN ('first_response', 'resolution') AND value IS NOT NULL
  AND at >= $2::date::timestamp AT TIME ZONE $4 AND at < ($3::date + 1)::timestamp AT TIME ZONE $4
GROUP BY 1, 2, 3, 4
ON CONFLICT (workspace_id, kind, day, low) DO UPDATE SET n = d.n + excluded.n
"""
_COUNTED_BY = """
SELECT k.dimension, f.kind, k.key, (f.at AT TIME ZONE {zone})::date AS day, yizhan_report_low(f.value) AS low,
  count(*) AS n
FROM report_fact AS f CROSS JOIN LATERAL yizhan_report_keys(
  f.channel, f.brand_id, f.team_id, f.agent_id, f.priority, f.tags) AS k
WHERE f.workspace_id = $1 AND f.kind IN ('first_response', 'resolution') AND f.value IS NOT NULL
  AND k.dimension <> 'all'{days}
GROUP BY 1, 2, 3, 4, 5
"""
_DAYS = " AND f.at >= $2::date::timestamp AT TIME ZONE $4 AND f.at < ($3::date + 1)::timestamp AT TIME ZONE $4"
_COUNT_BY = f"""
INSERT INTO report_spread_by AS d (workspace_id, dimension, kind, key, day, low, n)
SELECT $1, c.* FROM ({_COUNTED_BY.format(zone="$4", days=_DAYS)}) AS c
ON CONFLICT (workspace_id, dimension, kind, key, day, low) DO UPDATE SET n = d.n + excluded.n
"""
_DIFFERENT_BY = f"""
SELECT dimension, kind, key, day, low, d.n, c.n
FROM (SELECT dimension, kind, key, day, low, n FROM report_spread_by WHERE workspace_id = $1 AND n <> 0) AS d
FULL JOIN ({_COUNTED_BY.format(zone="$2", days="")}) AS c USING (dimension, kind, key, day, low)
WHERE d.n IS DISTINCT FROM c.n ORDER BY 4, 1, 2, 3, 5 LIMIT $3
"""
_DIFFERENT = """
SELECT coalesce(d.kind, c.kind) AS kind, coalesce(d.day, c.day) AS day, coalesce(d.low, c.low) AS low, d.n, c.n
FROM (SELECT kind, day, low, n FROM report_spread WHERE workspace_id = $1 AND n <> 0) AS d
FULL JOIN (
  SELECT kind, (at AT TIME ZONE $2)::date AS day, yizhan_report_low(value) AS low, count(*) AS n FROM report_fact
  WHERE workspace_id = $1 AND kind IN ('first_response', 'resolution') AND value IS NOT NULL GROUP BY 1, 2, 3
) AS c USING (kind, day, low)
WHERE d.n IS DISTINCT FROM c.n ORDER BY 2, 1, 3 LIMIT $3
"""
_SPREAD = """
SELECT low, sum(n)::bigint AS n FROM report_spread
WHERE workspace_id = $1 AND kind = $2 AND day BETWEEN $3 AND $4 GROUP BY low HAVING sum(n) > 0 ORDER BY low
"""
# The kind stands in the text, or a prepared plan would not know that the index holds it.
_VALUE = """
SELECT value FROM report_fact WHERE workspace_id = $1 AND kind = '{}' AND value >= $2 AND value < $3
  AND at >= $4 AND at < $5 ORDER BY value OFFSET $6 LIMIT 1
"""


async def different(tx: Tx, *, zone: str, most: int) -> list[str]:
    """Counts that are not those of the facts."""
    rows = await tx.db.fetch(_DIFFERENT, tx.workspace_id, zone, most)
    rows += await tx.db.fetch(_DIFFERENT_BY, tx.workspace_id, zone, most)
    return [" ".join(map(str, row)) for row in rows]


async def count(tx: Tx, first: date, last: date, *, zone: str) -> None:
    """Count days that have not been counted yet."""
    await tx.db.execute(COUNT, tx.workspace_id, first, last, zone)
    await tx.db.execute(_COUNT_BY, tx.workspace_id, first, last, zone)


async def of(tx: Tx, kind: FactKind, period: Period) -> Cell:
    """How many values there are, and those at the ranks, over all tickets. Uses report_fact_valued."""
    rows = await tx.db.fetch(_SPREAD, tx.workspace_id, kind, period.first, period.last)
    steps = [(row[0], row[1]) for row in rows]
    many = sum(n for _, n in steps)
    if not many:
        return Cell()
    values = [
        await tx.db.fetchval(
            _VALUE.format(kind),
            *(tx.workspace_id, low, low + width(low), period.begin, period.end, place),
        )
        for low, place in (find(steps, math.ceil(share * many)) for share in SHARES)
    ]
    return Cell(many, None, values[0], values[1])


class Part(msgspec.Struct, frozen=True):
    """What is told apart: how in the sums by day, and how in the facts. Both give the same text."""

    spread: str
    fact: str
    join: str = ""


ALL: Final = Part("''", "''")


def by_group(group: Dimension) -> Part:
    """The groups of a dimension by their key."""
    fact, join = asking.group_of(group)
    return Part("key", f"coalesce({fact}, '')", join)


# The values of the steps that hold a wanted rank, counted within each part. Uses report_fact_valued.
_VALUES = """
SELECT w.key, w.low, w.place, r.value FROM (
  SELECT f.key, f.low, f.value, row_number() OVER (PARTITION BY f.key, f.low ORDER BY f.value) - 1 AS place
  FROM (
    SELECT {fact} AS key, s.low, t.value
    FROM (SELECT DISTINCT low, high FROM unnest({lows}::bigint[], {highs}::bigint[]) AS x (low, high)) AS s
    JOIN report_fact AS t ON t.value >= s.low AND t.value < s.high AND t.kind = '{kind}'
      AND t.at >= {begin} AND t.at < {end}{join} WHERE {where}
  ) AS f JOIN (SELECT DISTINCT key, low FROM unnest({keys}::text[], {lows}::bigint[]) AS y (key, low)) AS k
    ON k.key = f.key AND k.low = f.low
) AS r JOIN unnest({keys}::text[], {lows}::bigint[], {places}::bigint[]) AS w (key, low, place)
  ON w.key = r.key AND w.low = r.low AND w.place = r.place
"""


class Within(msgspec.Struct, frozen=True):
    """Of which sums by day a question is answered: a dimension, and its keys; None: all of them."""

    dimension: str
    keys: Sequence[str] | None


async def parts(
    tx: Tx, kind: FactKind, question: asking.Question, *, asked: Asked, part: Part, within: Within
) -> dict[str, Cell]:
    """How many values each part has, and those at the ranks. ``question`` knows what is filtered by."""
    steps = await _steps(tx, kind, asked=asked, part=part, within=within)
    ranked: dict[str, list[tuple[int, int]]] = {}
    for key, spread in steps.items():
        many = sum(n for _, n in spread)
        ranked[key] = [find(spread, math.ceil(share * many)) for share in SHARES]
    wanted = sorted({(key, *place) for key, places in ranked.items() for place in places})
    if not wanted:
        return {}
    bind = question.bind
    rows = await tx.db.fetch(
        _VALUES.format(
            kind=kind,
            fact=part.fact,
            join=part.join,
            begin=bind(asked.period.begin),
            end=bind(asked.period.end),
            keys=bind([key for key, _, _ in wanted]),
            lows=bind([low for _, low, _ in wanted]),
            highs=bind([low + width(low) for _, low, _ in wanted]),
            places=bind([place for _, _, place in wanted]),
            where=question.where,
        ),
        *question.values,
    )
    values = {(row["key"], row["low"], row["place"]): row["value"] for row in rows}
    return {
        key: Cell(
            sum(n for _, n in steps[key]), None, *(values.get((key, *place)) for place in places)
        )
        for key, places in ranked.items()
    }


async def _steps(
    tx: Tx, kind: FactKind, *, asked: Asked, part: Part, within: Within
) -> dict[str, list[tuple[int, int]]]:
    """How many values lie where, of each part. Uses the primary keys of the sums alone."""
    values: list[Any] = [tx.workspace_id, kind, asked.period.first, asked.period.last]
    table, conditions = "report_spread", ""
    if within.dimension != "all":
        table, conditions = "report_spread_by", " AND dimension = $5"
        values.append(within.dimension)
        if within.keys is not None:
            values.append(list(within.keys))
            conditions += " AND key = ANY($6::text[])"
    rows = await tx.db.fetch(
        f"SELECT {part.spread} AS part, low, sum(n)::bigint AS n FROM {table}"
        f" WHERE workspace_id = $1 AND kind = $2 AND day BETWEEN $3 AND $4{conditions}"
        " GROUP BY 1, 2 HAVING sum(n) > 0 ORDER BY 1, 2",
        *values,
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        found.setdefault(row["part"], []).append((row["low"], row["n"]))
    return found


def width(low: int) -> int:
    """How many values a step holds. Pure."""
    return 1 << max(0, low.bit_length() - _KEPT_BITS)


def find(steps: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    """The step in which the value of a rank lies, and its place there from 0. Pure."""
    ends = itertools.accumulate(n for _, n in steps)
    return next(
        (low, rank - 1 - (end - n))
        for (low, n), end in zip(steps, ends, strict=True)
        if end >= rank
    )
