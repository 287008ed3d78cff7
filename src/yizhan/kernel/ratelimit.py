"""How often somebody may ask.

Of a token or person each process counts by itself, in memory, because every request of the API is
counted. Those without a sign-in are counted by all processes together, in the database.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

import msgspec

from yizhan.kernel import errors
from yizhan.kernel.db import Database

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


class Rate(msgspec.Struct, frozen=True):
    """At most so many within so many seconds, of one kind of thing."""

    name: str
    most: int
    seconds: int = 60


async def take(database: Database, rate: Rate, *who: str) -> None:
    """Count one over all processes. Errors: RateLimited, which is not counted; DatabaseDown."""
    key = hashlib.sha256("\0".join((rate.name, *who)).encode()).digest()
    rows = await database.lookup("SELECT yizhan_take($1, $2, $3)", key, rate.most, rate.seconds)
    wait: float = rows[0][0]
    if wait:
        raise RateLimited(retry_after=math.ceil(wait))
