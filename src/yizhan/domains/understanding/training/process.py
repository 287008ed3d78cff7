"""The training process seen from the worker: started, listened to, ended."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from typing import Final

import msgspec

from yizhan.domains.understanding.training.work import Frame, Order, Progress
from yizhan.kernel.confined import GaveUp

MODULE: Final = "yizhan.domains.understanding.training.work"
PULSE: Final = 0.5  # seconds
_one = asyncio.Semaphore(1)  # two would only slow each other and everything else down
_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


async def run(order: Order) -> AsyncGenerator[Frame]:
    """Progress and at last the result. Errors: GaveUp. Closing the iterator ends the process."""
    async with _one:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", MODULE),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what it says may repeat a customer's words
            env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1")},
        )
        try:
            async for frame in _frames(child, msgspec.msgpack.encode(order)):
                yield frame
        finally:
            if child.returncode is None:
                child.kill()
            await child.wait()
        if child.returncode != 0:
            raise GaveUp(f"ended with {child.returncode}")


async def _frames(child: asyncio.subprocess.Process, order: bytes) -> AsyncGenerator[Frame]:
    if child.stdin is None or child.stdout is None:
        raise GaveUp("has no pipes")
    try:
        child.stdin.write(order)
        await child.stdin.drain()
        child.stdin.close()
    except (BrokenPipeError, ConnectionResetError) as error:
        raise GaveUp("ended before it had read its order") from error
    last: Frame = Progress("reading", 0, 0)
    reading = asyncio.create_task(_next(child.stdout))
    try:
        while True:
            # The same again while it thinks: whoever listens may have been told to stop.
            if not (await asyncio.wait({reading}, timeout=PULSE))[0]:
                yield last
                continue
            found = reading.result()
            if found is None:
                await child.wait()
                return
            yield (last := found)
            reading = asyncio.create_task(_next(child.stdout))
    finally:
        reading.cancel()


async def _next(stream: asyncio.StreamReader) -> Frame | None:
    try:
        length = int.from_bytes(await stream.readexactly(4), "big")
        found: Frame = msgspec.msgpack.decode(await stream.readexactly(length), type=Frame)
    except asyncio.IncompleteReadError:
        return None
    return found
