"""How many submissions one network address may make. Counted in this process, kept for an hour.

Several web processes count apart, so the limit is at most multiplied by their number: it is there
to slow machines down, what they send is caught by quarantine.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

_SECONDS = 3600.0
_MOST_KEYS = 20_000


class Limiter:
    """A sliding window for each key, the longest unused key forgotten first."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, key: str, *, most: int) -> bool:
        """Count one; False when it would be one too many."""
        moment = self._now()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while times and times[0] <= moment - _SECONDS:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(moment)
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return True
