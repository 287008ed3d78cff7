"""What a run costs: processor time by part, memory, log written, and what else the machine did meanwhile.

Read from ``/proc``; where there is none (or the database stands elsewhere) the figures are left out.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Mapping
from pathlib import Path

import asyncpg
import msgspec

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")
_ROUNDS = 200_000
CONTENDED = 0.5  # cores that others took; above it figures are not to be relied on


class Reading(msgspec.Struct, frozen=True):
    """Counters at one moment, in seconds of processor time and bytes."""

    at: float
    own: float
    parts: dict[str, float]
    machine: float
    wal: int


class Cost(msgspec.Struct, frozen=True):
    """The difference of two readings."""

    seconds: float
    own_cpu: float
    parts_cpu: dict[str, float]  # web, worker, database
    foreign: float  # cores taken by what is not part of the run
    wal_bytes: int
    rss_mb: dict[str, float]
    calibration_ms: float
    load_average: float

    @property
    def contended(self) -> bool:
        return self.foreign > CONTENDED


def _stat(folder: Path) -> tuple[int, int, float, int] | None:
    """Pid, parent, seconds of processor time with ended children, resident pages."""
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    used = sum(int(fields[n]) for n in (11, 12, 13, 14)) / _TICK
    return int(folder.name), int(fields[1]), used, int(fields[21])


def _processes() -> dict[int, tuple[int, float, int]]:
    found = (_stat(folder) for folder in _PROC.glob("[0-9]*"))
    return {one[0]: one[1:] for one in found if one is not None}


def _family(processes: Mapping[int, tuple[int, float, int]], root: int) -> set[int]:
    """A process and all below it."""
    found = {root} & processes.keys()
    while True:
        more = {pid for pid, row in processes.items() if row[0] in found} - found
        if not more:
            return found
        found |= more


def _machine() -> float:
    """Seconds in which some core did not idle, also for other machines on the same hardware."""
    try:
        fields = (_PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, *rest = (int(field) for field in fields)
    return (user + nice + system + sum(rest)) / _TICK


def calibration() -> float:
    """Milliseconds of a fixed piece of work: how fast this machine is right now."""
    best = float("inf")
    for _ in range(3):
        began, total = time.perf_counter(), 0
        for number in range(_ROUNDS):
            total += number & 7
        best = min(best, time.perf_counter() - began)
    return best * 1000


class Meter:
    """Reads counters of the parts of a desk, each named by the process at its root."""

    def __init__(self, owner: asyncpg.Pool[asyncpg.Record]) -> None:
        self._owner = owner
        self.roots: dict[str, int] = {}

    async def find_database(self) -> None:
        """The server that answers us, where it runs on this machine."""
        backend = await self._owner.fetchval("SELECT pg_backend_pid()")
        row = _stat(_PROC / str(backend))
        if row is not None:
            self.roots["database"] = row[1]

    async def read(self) -> Reading:
        processes = _processes()
        parts = {
            name: sum(processes[pid][1] for pid in _family(processes, root))
            for name, root in self.roots.items()
        }
        wal = await self._owner.fetchval("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
        own = sum(os.times()[:2])
        return Reading(time.perf_counter(), own, parts, _machine(), int(wal))

    def rss(self) -> dict[str, float]:
        """Resident megabytes of web and worker, and of the largest process of web."""
        processes = _processes()
        page = resource.getpagesize() / 1e6
        found = {}
        for name in self.roots.keys() - {"database"}:
            sizes = [processes[pid][2] * page for pid in _family(processes, self.roots[name])]
            found[name] = round(sum(sizes), 1)
            found[f"{name}_largest"] = round(max(sizes, default=0.0), 1)
        return found

    def cost(self, before: Reading, after: Reading) -> Cost:
        """What happened between two readings."""
        seconds = max(after.at - before.at, 1e-9)
        parts = {
            name: max(0.0, after.parts[name] - before.parts.get(name, 0.0)) for name in after.parts
        }
        own = after.own - before.own
        others = after.machine - before.machine - own - sum(parts.values())
        return Cost(
            seconds=seconds,
            own_cpu=own,
            parts_cpu=parts,
            foreign=max(0.0, others / seconds),
            wal_bytes=after.wal - before.wal,
            rss_mb=self.rss(),
            calibration_ms=calibration(),
            load_average=os.getloadavg()[0],
        )


def ratios(cost: Cost, done: int) -> dict[str, object]:
    """What one request costs."""
    each = max(done, 1)
    out: dict[str, object] = {
        f"{name}_cpu_ms": round(used * 1000 / each, 2) for name, used in cost.parts_cpu.items()
    }
    out["generator_cpu_ms"] = round(cost.own_cpu * 1000 / each, 2)
    out["wal_bytes"] = round(cost.wal_bytes / each)
    return out


def told(cost: Cost) -> dict[str, object]:
    """The state of the machine, as results carry it."""
    return {
        "foreign_load": round(cost.foreign, 2),
        "contended": cost.contended,
        "calibration_ms": round(cost.calibration_ms, 2),
        "load_average": round(cost.load_average, 2),
        "memory_mb": cost.rss_mb,
    }
