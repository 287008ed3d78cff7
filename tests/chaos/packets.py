"""Scenario: packets between the desk and its database are dropped by the kernel, in a network of our own."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos import lines
from tests.chaos.stage import Stage, scenario
from tests.chaos.town import Town

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET


def missing() -> str:
    """Why there can be no network of our own here."""
    if os.geteuid() != 0:
        return "a network namespace needs root"
    path = os.environ.get("PATH", "") + ":/usr/sbin"
    absent = [name for name in ("nft", "ip") if shutil.which(name, path=path) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


@contextlib.contextmanager
def own_network() -> Iterator[None]:
    """This thread, and all that it starts, sees only a loopback of its own."""
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        if libc.unshare(_NEW_NETWORK):
            raise OSError(ctypes.get_errno(), "unshare")
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        yield
    finally:
        libc.setns(before, _NEW_NETWORK)
        os.close(before)


@contextlib.asynccontextmanager
async def apart(folder: Path) -> AsyncIterator[Town]:
    """A desk in that network; threads that helped before belong to the old one."""
    loop = asyncio.get_running_loop()
    with own_network(), ThreadPoolExecutor(8) as helpers:
        loop.set_default_executor(helpers)
        async with lines.behind_line(folder) as opened:
            yield opened
        loop.set_default_executor(ThreadPoolExecutor())


async def _rules(text: str) -> None:
    done = await asyncio.create_subprocess_exec(
        "nft",
        "-f",
        "-",
        stdin=asyncio.subprocess.PIPE,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    await done.communicate(text.encode())
    assert done.returncode == 0, text


@scenario("database-packets-dropped", within=120, opened=apart, needs=missing)
async def packets_dropped(stage: Stage) -> None:
    """Nothing gets through for 8 and for 40 seconds, and nobody is told."""
    assert stage.town.line is not None
    port = stage.town.line.port
    for seconds in (8, 40):
        await stage.work(stage.rng.randrange(5, 30))
        await _rules(
            "add table inet chaos\n"
            "add chain inet chaos bad { type filter hook input priority 0; }\n"
            f"add rule inet chaos bad tcp dport {port} drop\n"
            f"add rule inet chaos bad tcp sport {port} drop\n"
        )
        await asyncio.sleep(seconds)
        await _rules("delete table inet chaos")
        await stage.recover(seconds=120)
        await stage.work(10, seconds=120)
    stage.notes["slowest"] = round(stage.load.slowest, 1)
