"""Plays a scenario: clients work, something breaks, it is mended, and the checker looks at all of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos import checker, seen, town
from tests.chaos.checker import Fault, Seen
from tests.chaos.clients import Load
from tests.chaos.follower import Follower
from tests.chaos.journal import Journal, Work
from tests.chaos.town import Town
from tests.support import served as serving
from tests.support.served import Served

SEED = int(os.environ.get("YIZHAN_CHAOS_SEED", "7"))
PARTS = ("web", "worker", "database", "keeper")

logger = logging.getLogger("yizhan.chaos")


@dataclass
class Stage:
    """What a scenario gets."""

    town: Town
    load: Load
    rng: random.Random
    folder: Path
    recovered: float = 0.0  # the slowest recovery
    notes: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(
        default_factory=list
    )  # promises of the scenario's own that were broken

    async def kill(self, part: str, *, sign: int = signal.SIGKILL) -> None:
        """Send a signal to a part of the desk."""
        pid = await asyncio.to_thread(
            serving.until, partial(self.desk.part, part), what=f"{part} runs"
        )
        with contextlib.suppress(ProcessLookupError):  # it had just ended with another one
            os.kill(pid, sign)

    async def recover(self, *, seconds: float = 90) -> None:
        """Wait until the desk is ready again."""
        took = await asyncio.to_thread(partial(town.ready_again, self.desk, seconds=seconds))
        self.recovered = max(self.recovered, took)

    async def work(self, least: int, *, seconds: float = 60) -> None:
        """Let clients go on until they had so many more good answers."""
        wanted = self.done + least
        deadline = time.monotonic() + seconds
        while self.done < wanted:
            if time.monotonic() > deadline:
                self.wrong.append(f"clients had {self.done} of {wanted} answers")
                return
            await asyncio.sleep(0.05)

    async def met(self, what: str, count: Callable[[], int], *, least: int = 3) -> None:
        """Let clients go on until the fault was really met: one that nobody notices shows nothing."""
        already = count()
        for _ in range(60):
            if count() - already >= least:
                break
            await self.work(5)
            await asyncio.sleep(1)
        self.notes[what] = count() - already
        self.expect(f"{what}: at least {least}", holds=count() - already >= least)

    @property
    def desk(self) -> Served:
        assert self.town.desk is not None
        return self.town.desk

    @property
    def done(self) -> int:
        return sum(n for status, n in self.load.answers.items() if 200 <= status < 300)

    def expect(self, what: str, *, holds: bool) -> None:
        """A promise of this scenario alone."""
        if not holds:
            self.wrong.append(what)


Play = Callable[[Stage], Awaitable[None]]
Opened = Callable[[Path], AbstractAsyncContextManager[Town]]


@dataclass(frozen=True)
class Scenario:
    """A fault with what is promised of it."""

    name: str
    play: Play
    within: float  # seconds until ready again
    opened: Opened
    quiet: float = 240.0  # seconds until everything has left or is called unknown
    gives_up: float = 0.1
    needs: Callable[[], str] = lambda: ""  # why it cannot be played here
    leases: bool = True  # wait also for what a killed sender held

    @property
    def limit(self) -> float:
        """Seconds after which it is called endless."""
        return self.quiet + 480


_scenarios: dict[str, Scenario] = {}


def scenario(
    name: str, *, within: float = 60, opened: Opened = town.opened, **more: Any
) -> Callable[[Play], Play]:
    """Register ``async def play(stage)`` under a name."""

    def register(play: Play) -> Play:
        _scenarios[name] = Scenario(name, play, within, opened, **more)
        return play

    return register


def scenarios() -> dict[str, Scenario]:
    return dict(_scenarios)


@dataclass
class Report:
    """How a scenario went."""

    name: str
    seed: int
    faults: list[Fault]
    works: int
    acknowledged: int
    answers: dict[int, int]
    recovered: float
    seconds: float
    notes: dict[str, Any]

    @classmethod
    def of_failure(cls, chosen: Scenario, what: str, *, seed: int, seconds: float) -> Report:
        """Of a scenario that could not be played to its end."""
        fault = Fault("F", chosen.name, what)
        return cls(chosen.name, seed, [fault], 0, 0, {}, 0.0, seconds, {})

    @property
    def good(self) -> bool:
        return not self.faults

    def line(self) -> str:
        word = "ok" if self.good else "; ".join(map(str, self.faults[:5]))
        return (
            f"{self.name} seed={self.seed} works={self.works} acknowledged={self.acknowledged}"
            f" recovered={self.recovered:.1f}s took={self.seconds:.0f}s {self.notes or ''}: {word}"
        )

    def as_result(self) -> dict[str, Any]:
        """For a book of results."""
        return asdict(self) | {"good": self.good, "faults": [str(f) for f in self.faults]}


async def ended(chosen: Scenario, folder: Path, *, seed: int) -> Report:
    """Plays it; whatever happens, there is a report within its limit."""
    began = time.monotonic()
    limit = asyncio.timeout(chosen.limit)
    try:
        async with limit:
            return await play(chosen, folder, seed=seed)
    except Exception as error:
        logger.exception("%s could not be played to its end", chosen.name)
        what = f"{type(error).__name__}: {error}"[:500]
    if limit.expired():
        what = f"no end within {chosen.limit:g} s"
    return Report.of_failure(chosen, what, seed=seed, seconds=time.monotonic() - began)


async def play(chosen: Scenario, folder: Path, *, seed: int, clients: int = 4) -> Report:
    """From an empty desk to the checker's word."""
    began = time.monotonic()
    async with chosen.opened(folder) as opened, _following(opened) as follower:
        with Journal(folder / "journal") as journal:
            load = Load(opened.doors, journal, seed=seed, clients=clients, gives_up=chosen.gives_up)
            stage = Stage(opened, load, random.Random(f"{chosen.name}/{seed}"), folder)
            load.start()
            try:
                await chosen.play(stage)
                await load.stop()
            finally:
                await load.drop()
            works = journal.works()
        left = await seen.quiet(opened, works, seconds=chosen.quiet, leases=chosen.leases)
        if chosen.leases:  # others wait behind what a killed sender held
            stage.expect(f"all leaves within {chosen.quiet:g} s; not yet: {left}", holds=not left)
        found = await seen.gather(opened, works, follower=follower)
    _add(found, stage, chosen)
    return _report(chosen, stage, works, found, seconds=time.monotonic() - began, seed=seed)


def _add(found: Seen, stage: Stage, chosen: Scenario) -> None:
    found.recovered, found.within = stage.recovered, chosen.within
    found.complaints += [*stage.load.wrong, *stage.wrong]


def _report(
    chosen: Scenario, stage: Stage, works: Sequence[Work], found: Seen, *, seconds: float, seed: int
) -> Report:
    report = Report(
        name=chosen.name,
        seed=seed,
        faults=checker.check(works, found),
        works=len(works),
        acknowledged=sum(work.acknowledged for work in works),
        answers=dict(stage.load.answers),
        recovered=stage.recovered,
        seconds=seconds,
        notes=stage.notes | {"messages": dict(Counter(sent.state for sent in found.sent))},
    )
    logger.info(report.line())
    return report


@contextlib.asynccontextmanager
async def _following(opened: Town) -> AsyncIterator[Follower]:
    follower = Follower(opened)
    await follower.start()
    try:
        yield follower
    finally:
        await follower.stop()
