"""The numbers of a period: in total, step by step, and by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import asyncpg
import msgspec

from yizhan.domains.analytics import asking, periods
from yizhan.domains.analytics.metrics import (
    KINDS,
    KINDS_WITH_MEAN,
    KINDS_WITH_RANKS,
    Metric,
    Number,
)
from yizhan.domains.analytics.types import Asked, Cell
from yizhan.kernel.tx import Tx

_SUM = ", sum(t.value)::bigint AS total"
# percentile_disc gives values that occurred, so that a number leads to a row.
_RANKS = ", percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY t.value) AS ranks"
# Only what is needed: a mere count is read from the index alone.
_CELLS: dict[str | None, str] = dict.fromkeys(KINDS, "count(*) AS n")
_CELLS |= dict.fromkeys(KINDS_WITH_MEAN, f"count(*) AS n{_SUM}")
_CELLS |= dict.fromkeys(KINDS_WITH_RANKS, f"count(*) AS n{_RANKS}")


class Series(msgspec.Struct, frozen=True):
    """A metric over a period: all of it, its steps, its groups."""

    total: Number
    steps: list[Number]
    groups: dict[str | None, Number]


def _cell(row: asyncpg.Record) -> Cell:
    median, p90 = row.get("ranks") or (None, None)
    return Cell(row["n"], row.get("total"), median, p90)


class Counted:
    """Facts of one period, each kind counted once however many metrics ask for it."""

    def __init__(self, tx: Tx, asked: Asked) -> None:
        self.tx = tx
        self.asked = asked
        self.days = periods.steps(asked.period, asked.step)
        self._known: dict[tuple[str, str], Mapping[Any, Cell]] = {}

    async def of(self, metric: Metric, *, steps: bool, groups: bool) -> Series:
        """One metric of the period."""
        if metric.kind is None:
            return await self._open(steps=steps, groups=groups)
        total = (await self._cells(metric.kind, "total")).get(None, Cell())
        found: list[Number] = []
        if steps:
            cells = await self._cells(metric.kind, "steps")
            found = [metric.value(cells.get(self._key(day), Cell())) for day, _ in self.days]
        grouped = await self._cells(metric.kind, "groups") if groups else {}
        by_group = {key: metric.value(cell) for key, cell in grouped.items()}
        return Series(metric.value(total), found, by_group)

    def _key(self, day: date) -> date:
        return periods.step_of(day, self.asked.step)

    async def _cells(self, kind: str, part: str) -> Mapping[Any, Cell]:
        if (kind, part) not in self._known:
            self._known[kind, part] = await self._count(kind, part)
        return self._known[kind, part]

    async def _count(self, kind: str, part: str) -> Mapping[Any, Cell]:
        """Uses report_fact_at."""
        made = asking.question(self.tx.actor, self.asked)
        made.add("t.kind = {}", kind)
        made.add("t.at >= {} AND t.at < {}", self.asked.period.begin, self.asked.period.end)
        key, join = "NULL", ""
        if part == "steps":
            key = asking.step_of("t.at", self.asked, made)
        elif part == "groups" and self.asked.group is not None:
            key, join = asking.group_of(self.asked.group)
        rows = await self.tx.db.fetch(
            f"SELECT {key} AS key, {_CELLS[kind]} FROM report_fact t{join} WHERE {made.where} GROUP BY 1",
            *made.values,
        )
        return {row["key"]: _cell(row) for row in rows}

    async def _open(self, *, steps: bool, groups: bool) -> Series:
        levels = await self._levels() if steps else []
        grouped = await self._open_by(groups=True) if groups else {}
        if levels:
            return Series(levels[-1], list(levels), grouped)
        return Series((await self._open_by(groups=False)).get(None, 0), [], grouped)

    async def _open_by(self, *, groups: bool) -> dict[str | None, Number]:
        """What is open at the end of the period. Uses report_span_open."""
        made = asking.question(self.tx.actor, self.asked)
        made.add("t.began_at < {0} AND t.ended_at >= {0}", self.asked.period.end)
        key, join = "NULL", ""
        if groups and self.asked.group is not None:
            key, join = asking.group_of(self.asked.group)
        rows = await self.tx.db.fetch(
            f"SELECT {key}, count(*) FROM report_span t{join} WHERE {made.where} GROUP BY 1",
            *made.values,
        )
        return {row[0]: row[1] for row in rows}

    async def _levels(self) -> Sequence[int]:
        """What is open at the end of each step: what was open before, and what came and went since."""
        period = self.asked.period
        made = asking.question(self.tx.actor, self.asked)
        made.add("t.ended_at >= {} AND t.began_at < {}", period.begin, period.end)
        first, last = made.bind(period.begin), made.bind(period.end)
        began = asking.step_of("t.began_at", self.asked, made)
        ended = asking.step_of("t.ended_at", self.asked, made)
        rows = await self.tx.db.fetch(
            f"SELECT CASE WHEN t.began_at >= {first} THEN {began} END AS began,"
            f" CASE WHEN t.ended_at < {last} THEN {ended} END AS ended, count(*) AS n"
            f" FROM report_span t WHERE {made.where} GROUP BY 1, 2",
            *made.values,
        )
        level = sum(row["n"] for row in rows if row["began"] is None)
        change: dict[date, int] = {}
        for row in rows:
            for name, by in (("began", row["n"]), ("ended", -row["n"])):
                if row[name] is not None:
                    change[row[name]] = change.get(row[name], 0) + by
        levels = []
        for day, _ in self.days:
            level += change.get(self._key(day), 0)
            levels.append(level)
        return levels
