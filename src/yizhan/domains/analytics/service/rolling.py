"""Days are counted from today to the oldest, a few at a time; numbers come from them where they can."""

from __future__ import annotations

import asyncio
import itertools
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.analytics import asking, days, periods, ranks, repository
from yizhan.domains.analytics.metrics import KINDS, KINDS_WITH_RANKS, Metric, Number
from yizhan.domains.analytics.types import Asked, Cell, Dimension, FactKind
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.pace import Pace
from yizhan.kernel.tx import Tx

JOB = "analytics.count_days"
_AT_ONCE = 8  # days: a second of work at a million tickets a year
_MOST_AT_ONCE = 64
_DAY = timedelta(days=1)
# One workspace at a time, of all workers together.
_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('analytics.count_days', 0))"
_turn = asyncio.Lock()


class Series(msgspec.Struct, frozen=True):
    """A metric over a period: all of it, its steps, its groups."""

    total: Number
    steps: list[Number]
    groups: dict[str | None, Number]


async def wanted(tx: Tx) -> None:
    """Have the days counted where they are not, or by another time zone."""
    if not (await days.state(tx)).done:
        tx.defer(JOB, key=f"{JOB}:{tx.workspace_id}", priority=-2)


async def step(tx: Tx, consumer: str, *, most: int = _AT_ONCE) -> bool:
    """Count a few more days. Returns whether there are more."""
    await repository.hold(tx, consumer)  # nobody writes facts meanwhile
    known = await days.state(tx)
    zone = known.wanted
    if known.done:
        return False
    before = _DAY * (most - 1)
    today = tx.now.astimezone(ZoneInfo(zone)).date()
    if known.zone != zone or known.from_day is None or known.from_day == date.max:
        await days.start(tx, zone=zone)
        await days.count(tx, today - before, days.LAST, kinds=sorted(KINDS), zone=zone)
        return True
    oldest = await days.oldest(tx, zone=zone)
    if oldest is None or oldest >= known.from_day:
        await days.reach(tx, date.min)
        return False
    last = known.from_day - _DAY
    await days.count(tx, last - before, last, kinds=sorted(KINDS), zone=zone)
    return True


async def complete(database: Database, workspace_id: int, *, consumer: str) -> None:
    """Count all days that are not counted yet, in short transactions, for somebody who waits for it."""
    more = True
    while more:
        async with database.begin(system(workspace_id, name=consumer)) as tx:
            more = await step(tx, consumer)


async def gently(database: Database, workspace_id: int, *, consumer: str) -> bool:
    """The same behind everything else. Returns False when another workspace is being counted here."""
    if _turn.locked():
        return False
    async with _turn:
        pace = Pace(2, most=_MOST_AT_ONCE)
        more = True
        while more:
            async with database.begin(system(workspace_id, name=consumer)) as tx:
                mine = await tx.db.fetchval(_TURN)
                pace.begin()
                if mine:
                    more = await step(tx, consumer, most=pace.size)
            if more:
                await (pace.rest(database) if mine else asyncio.sleep(1))
    return True


async def anew(database: Database, workspace_id: int, *, consumer: str) -> None:
    """Count all days again."""
    async with database.begin(system(workspace_id, name=consumer)) as tx:
        await repository.hold(tx, consumer)
        await days.start(tx, zone=(await days.state(tx)).wanted)
    await complete(database, workspace_id, consumer=consumer)


class Rolled:
    """Sums by day for one question, each read once however many metrics ask for it."""

    def __init__(self, tx: Tx, asked: Asked, *, state: days.State) -> None:
        self.tx = tx
        self.asked = asked
        self.state = state
        self.ranges = periods.steps(asked.period, asked.step)
        self.begins = [first for first, _ in self.ranges]
        self.filtered, self.keys = _filtered(asked)
        self._known: dict[str, dict[int, days.Sum]] | None = None
        self._ranks: dict[tuple[str, str], dict[str, Cell]] = {}

    def serves(self, metric: Metric, *, grouped: bool) -> bool:
        """Only who may count all tickets is answered by sums of all tickets; and each sum is of one
        dimension by itself."""
        group = self.asked.group if grouped else None
        if len(self.asked.filters) > 1 or not _everything(self.tx):
            return False
        if group and self.asked.filters and (group != self.filtered or group == "tag"):
            return False
        since = date.min if metric.kind is None else self.asked.period.first
        return self.state.serves(self.asked, since=since)

    async def of(self, metric: Metric, *, steps: bool, grouped: bool) -> Series:
        """One metric of the period."""
        if metric.kind is None:
            return await self._open(steps=steps, grouped=grouped)
        if metric.kind in KINDS_WITH_RANKS:
            return await self._ranked(metric, metric.kind, grouped=grouped)
        cells = (await self._steps()).get(metric.kind, {})
        whole = days.Sum(
            sum(one.n for one in cells.values()), sum(one.total for one in cells.values())
        )
        places = range(len(self.ranges)) if steps else range(0)
        found = [metric.value(_cell(cells.get(place))) for place in places]
        by_group: dict[str | None, Number] = {}
        if grouped and self.asked.group is not None:
            period = self.asked.period
            sums = await days.groups(
                self.tx, period.first, period.last,
                kind=metric.kind, dimension=self.asked.group, keys=self._among,
            )  # fmt: skip
            by_group = {
                _id(self.asked.group, key): metric.value(_cell(s)) for key, s in sums.items()
            }
        return Series(metric.value(_cell(whole)), found, by_group)

    async def _ranked(self, metric: Metric, kind: FactKind, *, grouped: bool) -> Series:
        """Medians and ninetieth percentiles of all of it and of its groups. Of steps they are found in the
        facts: together the steps hold all facts, and each has another median."""
        whole = (await self._parts(kind, "")).get("", Cell())
        group = self.asked.group if grouped else None
        by_group = await self._parts(kind, group) if group else {}
        groups = {_id(group, key): metric.value(cell) for key, cell in by_group.items() if group}
        return Series(metric.value(whole), [], groups)

    async def _parts(self, kind: FactKind, by: Dimension | Literal[""]) -> dict[str, Cell]:
        if (kind, by) not in self._ranks:
            self._ranks[kind, by] = await self._ask_ranks(kind, by)
        return self._ranks[kind, by]

    async def _ask_ranks(self, kind: FactKind, by: Dimension | Literal[""]) -> dict[str, Cell]:
        if not by and not self.asked.filters:
            return {"": await ranks.of(self.tx, kind, self.asked.period)}
        question = asking.question(self.tx.actor, self.asked)
        part, within = ranks.ALL, ranks.Within(self.filtered, self.keys)
        if by:
            part, within = ranks.by_group(by), ranks.Within(by, self._among)
        return await ranks.parts(
            self.tx, kind, question, asked=self.asked, part=part, within=within
        )

    @property
    def _among(self) -> list[str] | None:
        return self.keys if self.asked.filters else None

    async def _steps(self) -> dict[str, dict[int, days.Sum]]:
        if self._known is None:
            period = self.asked.period
            self._known = await days.steps(
                self.tx, period.first, period.last,
                begins=self.begins, dimension=self.filtered, keys=self.keys,
            )  # fmt: skip
        return self._known

    async def _open(self, *, steps: bool, grouped: bool) -> Series:
        """What is open at the end of each step: all that came before it, less all that went."""
        last = self.asked.period.last
        change = await days.open_by_step(
            self.tx, last, begins=self.begins, dimension=self.filtered, keys=self.keys
        )
        places = range(-1, len(self.ranges))
        levels: list[Number] = list(itertools.accumulate(change.get(place, 0) for place in places))
        groups: dict[str | None, Number] = {}
        if grouped and self.asked.group is not None:
            found = await days.open_by_group(
                self.tx, last, dimension=self.asked.group, keys=self._among
            )
            groups = {_id(self.asked.group, key): n for key, n in found.items()}
        return Series(levels[-1], levels[1:] if steps else [], groups)


def _everything(tx: Tx) -> bool:
    return permissions.ticket_reach(tx.actor, asking.PERMISSION).everything


def _filtered(asked: Asked) -> tuple[str, list[str]]:
    """The dimension that is filtered by and the keys that are let through; without a filter all."""
    for name, value in asked.filters.items():
        return name, asking.keys_of(name, value)
    return "all", [""]


def _cell(found: days.Sum | None) -> Cell:
    return Cell() if found is None else Cell(found.n, found.total)


def _id(group: Dimension, key: str) -> str | None:
    """Channels and priorities are what they are; nobody, no team and no tag are none."""
    return None if key == "" and group not in ("channel", "priority") else key
