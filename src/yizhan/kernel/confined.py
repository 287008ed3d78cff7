"""Work on bytes that may break whoever reads them: in a process of its own, with little time and memory.

The parent calls :func:`run` with the name of a module, which is run as ``python -m``. That module reads
its order from standard input, calls :func:`limit` before it looks at the bytes, and writes its answer to
standard output. Nobody misses the process when it dies.
"""

from __future__ import annotations

import asyncio
import resource
import sys

_MEMORY = 1 << 30  # bytes of address space
_children = asyncio.Semaphore(2)  # their memory adds up


class GaveUp(Exception):
    """The process took too long, took too much, or died."""


def limit(*, seconds: int) -> None:
    """In the child: no more memory, time and core files than these."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # Its end also when nobody waits for it any more.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 5, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def run(module: str, order: bytes, *, seconds: int) -> bytes:
    """In the parent: the child's answer. Errors: GaveUp."""
    async with _children:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what it says may repeat a customer's words
        )
        try:
            async with asyncio.timeout(seconds):
                out, _ = await child.communicate(order)
        except TimeoutError as error:
            raise GaveUp(f"took longer than {seconds} s") from error
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    if child.returncode != 0:
        raise GaveUp(f"ended with {child.returncode}")
    return out
