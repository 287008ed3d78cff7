"""Short numbers for people, taken in blocks so that no row is hot.

A process takes a block in a transaction of its own and hands the numbers out. The block doubles
while numbers are used up within a second and shrinks again, so that a small desk counts 1, 2, 3.
Numbers may be skipped when a process ends or loses its database; they are never given twice. A server
that takes over without having heard of a block gives it again, so a block is worth nothing once the
line to the server that gave it has broken.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

_TAKE = """
INSERT INTO number_block AS b (workspace_id, kind, next) VALUES ($1, $2, $4::bigint + $3::bigint)
ON CONFLICT (workspace_id, kind) DO UPDATE SET next = b.next + $3::bigint
RETURNING next - $3::bigint
"""
_MOST = 64

Run = Callable[[int, str, str, int, int], Awaitable[int]]


class Numbers:
    """Hands out numbers per (workspace, kind). ``take`` runs the block's statement and commits it."""

    def __init__(self, take: Run) -> None:
        self._take = take
        self._free: dict[tuple[int, str], list[int]] = {}
        self._size: dict[tuple[int, str], tuple[int, float]] = {}
        self._locks: dict[tuple[int, str], asyncio.Lock] = {}

    def forget(self) -> None:
        """The server that gave the blocks may be another one now."""
        self._free.clear()

    async def next(self, workspace_id: int, kind: str, *, first: int = 1001) -> int:
        """The next number; ``first`` is where a new workspace begins."""
        place = (workspace_id, kind)
        async with self._locks.setdefault(place, asyncio.Lock()):
            free = self._free.get(place)
            if not free:
                size, taken_at = self._size.get(place, (1, 0.0))
                quick = time.monotonic() - taken_at < 1
                size = min(size * 2, _MOST) if quick else max(size // 2, 1)
                start = await self._take(workspace_id, kind, _TAKE, size, first)
                self._size[place] = (size, time.monotonic())
                free = self._free[place] = list(range(start + size - 1, start - 1, -1))
            return free.pop()
