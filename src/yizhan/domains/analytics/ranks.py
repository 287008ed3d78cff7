"""Exact medians of many values: a count of where values lie, then one short walk along an index."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from yizhan.domains.analytics.types import Cell, FactKind, Period
from yizhan.kernel.tx import Tx

SHARES: Final = (0.5, 0.9)
KINDS: Final = frozenset({"first_response", "resolution"})  # that report_fact_ranked is of
_KEPT_BITS = 5

COUNT = """
INSERT INTO report_spread AS d (workspace_id, kind, day, low, n)
SELECT workspace_id, kind, (at AT TIME ZONE $4)::date, yizhan_report_low(value), count(*) FROM report_fact
WHERE workspace_id = $1 AND kind IN ('first_response', 'resolution') AND value IS NOT NULL
  AND at >= $2::date::timestamp AT TIME ZONE $4 AND at < ($3::date + 1)::timestamp AT TIME ZONE $4
GROUP BY 1, 2, 3, 4
ON CONFLICT (workspace_id, kind, day, low) DO UPDATE SET n = d.n + excluded.n
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
    return [" ".join(map(str, row)) for row in rows]


async def count(tx: Tx, first: date, last: date, *, zone: str) -> None:
    """Count days that have not been counted yet."""
    await tx.db.execute(COUNT, tx.workspace_id, first, last, zone)


async def of(tx: Tx, kind: FactKind, period: Period) -> Cell:
    """How many values there are, and those at the ranks, over all tickets. Uses report_fact_ranked."""
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
