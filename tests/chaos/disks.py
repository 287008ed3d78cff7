"""Scenarios: the disk of the data directory runs full, nearly and wholly, and is freed again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2

from tests.chaos import town
from tests.chaos.stage import Stage, scenario
from tests.chaos.town import Town

_MEGABYTE = 1 << 20
_SIZE = 320  # megabytes
_RESERVE = 48


def missing() -> str:
    """Why there can be no small disk here, "" when there can."""
    return "" if os.geteuid() == 0 else "mounting a small disk needs root"


@contextlib.asynccontextmanager
async def small_disk(folder: Path) -> AsyncIterator[Town]:
    """A desk whose data directory is a disk of its own: database, its log, files."""
    data = folder / "data"
    data.mkdir(mode=0o711)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}m,mode=711", "none", str(data)]
    await asyncio.to_thread(subprocess.run, mount, check=True)
    try:
        environment = {"YIZHAN_RESERVE_MB": str(_RESERVE)}
        async with town.opened(folder, environment=environment) as opened:
            yield opened
    finally:
        await asyncio.to_thread(subprocess.run, ["umount", "-l", str(data)], check=True)


def _fill(ballast: Path, *, leave: int) -> None:
    """Write until only so many bytes are free."""
    with ballast.open("ab") as out, contextlib.suppress(OSError):
        while True:
            found = os.statvfs(ballast.parent)
            free = found.f_bavail * found.f_frsize - leave
            if free <= 0:
                return
            out.write(b"\0" * min(free, _MEGABYTE))
            out.flush()


async def _reads(stage: Stage) -> int:
    async with stage.town.api() as api:
        try:
            return (await api.get("/api/v1/tickets?view=all")).status_code
        except httpx2.TransportError:
            return 0


@scenario("disk-nearly-full", within=60, opened=small_disk, needs=missing)
async def disk_nearly_full(stage: Stage) -> None:
    """Below the reserve nothing new is taken (503 with Retry-After), reads go on, freeing it is enough."""
    await stage.work(30)
    ballast = stage.folder / "data" / "ballast"
    await asyncio.to_thread(_fill, ballast, leave=(_RESERVE - 8) * _MEGABYTE)
    await asyncio.sleep(2)
    before, refused = stage.done, stage.load.answers[503]
    await asyncio.sleep(8)
    stage.expect("nothing was taken below the reserve", holds=stage.done == before)
    stage.expect("clients were told", holds=stage.load.answers[503] > refused)
    stage.expect("reads go on", holds=await _reads(stage) == 200)
    ballast.unlink()
    await stage.recover()
    await stage.work(30)


@scenario("disk-full", within=120, opened=small_disk, needs=missing)
async def disk_full(stage: Stage) -> None:
    """Not a byte is left, also for the database's log, and it is killed besides; then room is made."""
    await stage.work(30)
    ballast = stage.folder / "data" / "ballast"
    await asyncio.to_thread(_fill, ballast, leave=0)
    await asyncio.sleep(10)
    stage.notes["reads"] = await _reads(stage)
    await stage.kill("database")
    await asyncio.sleep(10)
    ballast.unlink()
    await stage.recover(seconds=180)
    await stage.work(30, seconds=120)
