"""The numbers of a period: in total, step by step, and by group."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from yizhan.domains.analytics import asking, days, periods
from yizhan.domains.analytics.metrics import (
    KINDS,
    KINDS_WITH_MEAN,
    KINDS_WITH_RANKS,
    Metric,
    Number,
)
from yizhan.domains.analytics.service.rolling import Rolled, Series
from yizhan.domains.analytics.types import Asked, Cell
from yizhan.kernel.tx import Tx

_SUM = ", sum(t.value)::bigint AS total"
# percentile_disc gives values that occurred, so that a number leads to a row.
_RANKS = ", percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY t.value) AS ranks"
# Only what is needed: a mere count is read from the index alone.
_CELLS: dict[str | None, str] = dict.fromkeys(KINDS, "count(*) AS n")
_CELLS |= dict.fromkeys(KINDS_WITH_MEAN, f"count(*) AS n{_SUM}")
_CELLS |= dict.fromkeys(KINDS_WITH_RANKS, f"count(*) AS n{_RANKS}")


# Which part a row is of: all, a step, a group.
_BIT = {"step": 1, "grp": 2}


class Cells(msgspec.Struct, frozen=True):
    """What was counted of a kind: all of it, by place of the step, by group."""

    total: Cell
    steps: dict[int, Cell]
    groups: dict[str | None, Cell]


def _cell(row: asyncpg.Record) -> Cell:
    median, p90 = row.get("ranks") or (None, None)
    return Cell(row["n"], row.get("total"), median, p90)


class Counted:
    """Facts of one period, each kind counted once however many metrics ask for it."""

    def __init__(self, tx: Tx, asked: Asked) -> None:
        self.tx = tx
        self.asked = asked
        self.days = periods.steps(asked.period, asked.step)
        zone = ZoneInfo(asked.zone)
        self.begins = [periods.midnight(first, zone) for first, _ in self.days]
        self._known: dict[tuple[str, bool, bool], Cells] = {}
        self._ranked: dict[str, dict[int, Cell]] = {}
        self._rolled: Rolled | None = None

    async def of(self, metric: Metric, *, steps: bool, groups: bool) -> Series:
        """One metric of the period: from sums by day where they can say it, else from the facts."""
        if self._rolled is None:
            self._rolled = Rolled(self.tx, self.asked, state=await days.state(self.tx))
        grouped = groups and self.asked.group is not None
        if self._rolled.serves(metric, grouped=grouped):
            series = await self._rolled.of(metric, steps=steps, grouped=grouped)
            if not steps or metric.kind is None or metric.kind not in KINDS_WITH_RANKS:
                return series
            return Series(series.total, await self._steps_of(metric, metric.kind), series.groups)
        if metric.kind is None:
            return await self._open(steps=steps, groups=groups)
        asked = (metric.kind, steps, grouped)
        if asked not in self._known:
            self._known[asked] = await self._count(metric.kind, steps=steps, groups=asked[2])
        cells = self._known[asked]
        found = self._each_step(metric, cells.steps) if steps else []
        by_group = {key: metric.value(cell) for key, cell in cells.groups.items()}
        return Series(metric.value(cells.total), found, by_group)

    def _each_step(self, metric: Metric, cells: dict[int, Cell]) -> list[Number]:
        return [metric.value(cells.get(place, Cell())) for place in range(len(self.days))]

    async def _steps_of(self, metric: Metric, kind: str) -> list[Number]:
        if kind not in self._ranked:
            rows = await self._ranked_steps(kind)
            self._ranked[kind] = {row["step"] - 1: _cell(row) for row in rows}
        return self._each_step(metric, self._ranked[kind])

    async def _count(self, kind: str, *, steps: bool, groups: bool) -> Cells:
        """All parts from one pass over the facts, but for tags: a ticket is in the group of each tag."""
        ranked = kind in KINDS_WITH_RANKS
        if ranked:
            # A million values fit into it: sorting them on disk takes twice as long.
            await self.tx.db.execute("SELECT set_config('work_mem', '64MB', true)")
        apart = groups and (ranked or self.asked.group == "tag")
        rows = await self._pass(kind, steps=steps and not ranked, groups=groups and not apart)
        if apart:
            rows += await self._pass(kind, steps=False, groups=True)
        if steps and ranked:
            rows += await self._ranked_steps(kind)
        total = next((_cell(row) for row in rows if row["part"] == 0), Cell())
        return Cells(
            total,
            {row["step"] - 1: _cell(row) for row in rows if row["part"] == _BIT["step"]},
            {row["grp"]: _cell(row) for row in rows if row["part"] == _BIT["grp"]},
        )

    async def _pass(self, kind: str, *, steps: bool, groups: bool) -> list[asyncpg.Record]:
        """Uses report_fact_count."""
        made = asking.question(self.tx.actor, self.asked)
        made.add("t.kind = {}", kind)
        made.add("t.at >= {} AND t.at < {}", self.asked.period.begin, self.asked.period.end)
        names, shown, join = [], [], ""
        if steps:
            # Found among the beginnings: ten times cheaper than the day of each moment.
            shown.append(f"width_bucket(t.at, {made.bind(self.begins)}::timestamptz[]) AS step")
            names.append("step")
        if groups and self.asked.group is not None:
            group, join = asking.group_of(self.asked.group)
            shown.append(f"{group} AS grp")
            names.append("grp")
        part = "+".join(f"{_BIT[name]} * (1 - GROUPING({name}))" for name in names)
        sets = ", ".join(("()", *(f"({name})" for name in names)))
        rows = await self.tx.db.fetch(
            f"SELECT {part or 0} AS part{''.join(f', {name}' for name in names)}, {_CELLS[kind]} FROM"
            f" (SELECT {', '.join((*shown, 't.value'))} FROM report_fact t{join} WHERE {made.where}) t"
            f" GROUP BY GROUPING SETS ({sets})",
            *made.values,
        )
        return list(rows)

    async def _ranked_steps(self, kind: str) -> list[asyncpg.Record]:
        """Each step by itself: many short sorts are quicker than one. Uses report_fact_count."""
        made = asking.question(self.tx.actor, self.asked)
        made.add("t.kind = {}", kind)
        begins = made.bind(self.begins)
        ends = made.bind([*self.begins[1:], self.asked.period.end])
        rows = await self.tx.db.fetch(
            f"SELECT {_BIT['step']} AS part, s.step, c.* FROM unnest({begins}::timestamptz[], {ends}::timestamptz[])"
            " WITH ORDINALITY AS s (begin, until, step) CROSS JOIN LATERAL"
            f" (SELECT {_CELLS[kind]} FROM report_fact t WHERE {made.where}"
            " AND t.at >= s.begin AND t.at < s.until) AS c WHERE c.n > 0",
            *made.values,
        )
        return list(rows)

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
        last, begins = made.bind(period.end), made.bind(self.begins)
        # 0 is before the first step.
        rows = await self.tx.db.fetch(
            f"SELECT width_bucket(t.began_at, {begins}::timestamptz[]) AS began,"
            f" CASE WHEN t.ended_at < {last} THEN width_bucket(t.ended_at, {begins}::timestamptz[]) END"
            f" AS ended, count(*) AS n FROM report_span t WHERE {made.where} GROUP BY 1, 2",
            *made.values,
        )
        change = [0] * (len(self.days) + 1)
        for row in rows:
            change[row["began"]] += row["n"]
            if row["ended"] is not None:
                change[row["ended"]] -= row["n"]
        return list(itertools.accumulate(change))[1:]
