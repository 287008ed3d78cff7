"""Days are counted from today to the oldest, a few at a time; numbers come from them where they can."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.analytics import asking, days, periods, ranks, repository
from yizhan.domains.analytics.metrics import KINDS, KINDS_WITH_RANKS, Metric, Number
from yizhan.domains.analytics.types import Asked, Cell, Dimension, FactKind
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

JOB = "analytics.count_days"
_AT_ONCE = timedelta(days=7)  # a second of work at a million tickets a year
_DAY = timedelta(days=1)


class Series(msgspec.Struct, frozen=True):
    """A metric over a period: all of it, its steps, its groups."""

    total: Number
    steps: list[Number]
    groups: dict[str | None, Number]


async def wanted(tx: Tx) -> None:
    """Have the days counted where they are not, or by another time zone."""
    if not (await days.state(tx)).done:
        tx.defer(JOB, key=f"{JOB}:{tx.workspace_id}", priority=-2)


async def step(tx: Tx, consumer: str) -> bool:
    """Count a few more days. Returns whether there are more."""
    await repository.hold(tx, consumer)  # nobody writes facts meanwhile
    known = await days.state(tx)
    zone = known.wanted
    if known.done:
        return False
    today = tx.now.astimezone(ZoneInfo(zone)).date()
    if known.zone != zone or known.from_day is None or known.from_day == date.max:
        await days.start(tx, zone=zone)
        await days.count(tx, today - _AT_ONCE, days.LAST, kinds=sorted(KINDS), zone=zone)
        return True
    oldest = await days.oldest(tx, zone=zone)
    if oldest is None or oldest >= known.from_day:
        await days.reach(tx, date.min)
        return False
    last = known.from_day - _DAY
    await days.count(tx, last - _AT_ONCE, last, kinds=sorted(KINDS), zone=zone)
    return True


async def complete(database: Database, workspace_id: int, *, consumer: str) -> None:
    """Count all days that are not counted yet, in short transactions."""
    more = True
    while more:
        async with database.begin(system(workspace_id, name=consumer)) as tx:
            more = await step(tx, consumer)


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
        self._ranks: dict[str, Cell] = {}

    def serves(self, metric: Metric, *, steps: bool, grouped: bool) -> bool:
        """Only who may count all tickets is answered by sums of all tickets; and each sum is of one
        dimension by itself. Of ranks only those of everything are known."""
        if metric.kind in KINDS_WITH_RANKS and (steps or grouped or self.asked.filters):
            return False
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
            return Series(metric.value(await self._ranked(metric.kind)), [], {})
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

    async def _ranked(self, kind: FactKind) -> Cell:
        if kind not in self._ranks:
            self._ranks[kind] = await ranks.of(self.tx, kind, self.asked.period)
        return self._ranks[kind]

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
