"""Long work in the background that gives way: short pieces, and a rest after each by what else waits."""

from __future__ import annotations

import asyncio
import time

from yizhan.kernel.db import Database

# What a job of ordinary priority has waited, and how long a rest follows: times the piece of work before it.
_RESTS = ((5.0, 20.0), (0.02, 6.0), (0.0, 1.0))
_REMEMBERED = 10.0  # seconds: a queue that is empty for a moment is no idle desk
_OLDEST = """
SELECT coalesce(extract(epoch FROM now() - min(execute_after)), 0)::double precision FROM pgqueuer
WHERE status = 'queued' AND priority >= 0 AND execute_after <= now()
"""


class Pace:
    """Of one piece of long work, from its beginning to its end.

    ``size`` grows and shrinks so that a piece takes about ``wanted`` seconds, between 1 and ``most``.
    """

    def __init__(self, size: int, *, most: int, wanted: float = 0.2) -> None:
        self.size = size
        self._most = most
        self._wanted = wanted
        self._began = time.monotonic()
        self._seen: list[tuple[float, float]] = []

    def begin(self) -> None:
        """A piece begins."""
        self._began = time.monotonic()

    async def rest(self, database: Database) -> None:
        """A piece is done: let others go on, for longer the longer they wait."""
        now = time.monotonic()
        worked = now - self._began
        if worked > self._wanted * 2:
            self.size = max(1, self.size // 2)
        elif worked < self._wanted / 2:
            self.size = min(self._most, self.size * 2)
        rows = await database.lookup(_OLDEST)
        self._seen = [one for one in self._seen if now - one[0] < _REMEMBERED]
        self._seen.append((now, rows[0][0]))
        waited = max(age for _, age in self._seen)
        await asyncio.sleep(worked * next(rest for age, rest in _RESTS if waited >= age))
