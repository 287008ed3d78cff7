"""Whether the disk has room. Below a reserve nothing new is taken, so that the database keeps what it
needs: without a byte for its log PostgreSQL ends, and then nobody reads either."""

from __future__ import annotations

import os
import time
from pathlib import Path

from yizhan.kernel import errors

_LOOK_SECONDS = 1.0


class StorageFull(errors.Unavailable):
    """There is no room to store anything new; nothing was accepted."""


class Room:
    """The free space of a folder's disk, looked up at most once a second."""

    def __init__(self, folder: Path, *, reserve_mb: int) -> None:
        self.folder = folder
        self.reserve = reserve_mb << 20
        self._seen = float("-inf")
        self._short = False

    def require(self) -> None:
        """Errors: :class:`StorageFull` below the reserve."""
        if self.short():
            raise StorageFull(retry_after=10)

    def short(self) -> bool:
        """Whether less than the reserve is free. What cannot be looked at is not short."""
        now = time.monotonic()
        if self.reserve and now - self._seen >= _LOOK_SECONDS:
            self._seen, self._short = now, self._look()
        return self._short

    def _look(self) -> bool:
        try:
            found = os.statvfs(self.folder)
        except OSError:
            return False
        return found.f_bavail * found.f_frsize < self.reserve
