"""How much one token or person may ask of one process: a bucket that fills up again each second."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from yizhan.kernel import errors

_MOST_KEPT = 50_000


class RateLimited(errors.TooMany):
    """Too many requests in a short time; wait as long as Retry-After says."""


class Limiter:
    """Buckets by key. A bucket holds a minute's requests; ``per_minute`` 0 means no limit.

    ``clock`` gives seconds that never go back.
    """

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()  # left, when

    def take(self, key: Hashable) -> None:
        """Count a request. Errors: RateLimited with the seconds until the next one is free."""
        if self.per_minute <= 0:
            return
        now = self._clock()
        most = float(self.per_minute)
        left, since = self._buckets.get(key, (most, now))
        left = min(most, left + (now - since) * most / 60)
        if left < 1:
            raise RateLimited(retry_after=max(1, math.ceil((1 - left) * 60 / most)))
        self._buckets[key] = (left - 1, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > _MOST_KEPT:
            self._buckets.popitem(last=False)
