"""A server that keeps failing is left alone for a while, so that nobody waits for it in vain.

In memory, of one process; :meth:`Rests.left` is what others need to be told.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

import msgspec

from yizhan.kernel.llm.types import ModelFailed

PATIENCE = 4
REST = 30.0
LONGEST = 600.0
# Its own fault; a wrong key or a question that is too long is ours, and waiting mends neither.
_ITS_FAULT = frozenset(
    {"unreachable", "timeout", "server_error", "broken", "no_model", "empty", "nonsense"}
)
_MOST_KEPT = 10_000


class _State(msgspec.Struct):
    failures: int = 0
    until: float = 0.0


class Rests:
    """How servers are doing, by any key. ``clock`` gives seconds that never go back."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._states: OrderedDict[Hashable, _State] = OrderedDict()

    def check(self, key: Hashable) -> None:
        """Errors: ModelFailed while the server rests; of those who come after, one may try."""
        state = self._states.get(key)
        if state is None or not state.until:
            return
        now = self._clock()
        if now < state.until:
            raise ModelFailed(
                "resting", "It failed too often; it is tried again soon.", wait=state.until - now
            )
        state.until = now + REST  # the others wait for the one who tries

    def left(self, key: Hashable) -> float:
        """Seconds for which it rests."""
        state = self._states.get(key)
        return 0.0 if state is None else max(0.0, state.until - self._clock())

    def well(self, key: Hashable) -> None:
        """It answered."""
        self._states.pop(key, None)

    def ill(self, key: Hashable, failed: ModelFailed) -> None:
        """It failed; what it asks to wait for counts at once."""
        limited = failed.reason == "limited" and failed.wait is not None
        if failed.reason not in _ITS_FAULT and not limited:
            return
        state = self._states.setdefault(key, _State())
        self._states.move_to_end(key)
        if len(self._states) > _MOST_KEPT:
            self._states.popitem(last=False)
        now = self._clock()
        if limited:
            state.until = max(state.until, now + (failed.wait or 0.0))
            return
        state.failures += 1
        over = state.failures - PATIENCE
        if over >= 0:
            state.until = now + min(LONGEST, REST * 2 ** min(over, 10))
