"""Time-ordered 64-bit ids, made by the application.

Layout, high to low: 41 bits milliseconds since 2024-01-01 UTC, 10 bits node, 12 bits sequence
(Snowflake's layout). A node number is leased from the database, so two processes never share one.
"""

from __future__ import annotations

import threading

from yizhan.kernel import clock

EPOCH_MS = 1_704_067_200_000
_SEQUENCE = 12
_NODE = 10


class Generator:
    """Makes ids for one node. Safe between threads; never goes backwards with the clock.

    ``after`` is an id that the new one must follow, made perhaps by a host whose clock is ahead:
    the generator then goes on from there, as a hybrid logical clock does (Kulkarni et al., 2014).
    """

    def __init__(self, node: int) -> None:
        if not 0 <= node < 1 << _NODE:
            raise ValueError(f"node must be 0 to {(1 << _NODE) - 1}")
        self.node = node
        self._last = 0
        self._sequence = 0
        self._lock = threading.Lock()

    def __call__(self, *, after: int | None = None) -> int:
        with self._lock:
            now = clock.milliseconds() - EPOCH_MS
            if after is not None:
                now = max(now, (after >> (_NODE + _SEQUENCE)) + 1)
            if now > self._last:
                self._last, self._sequence = now, 0
            else:  # the same millisecond, or a clock that went back: go on where we were
                self._sequence += 1
                if self._sequence >> _SEQUENCE:
                    self._last, self._sequence = self._last + 1, 0
            return self._last << (_NODE + _SEQUENCE) | self.node << _SEQUENCE | self._sequence


def at_ms(value: int) -> int:
    """Milliseconds since 1970 at which an id was made."""
    return (value >> (_NODE + _SEQUENCE)) + EPOCH_MS


def first_at(milliseconds: int) -> int:
    """The smallest id of a moment, in milliseconds since 1970: for ranges by time."""
    return (milliseconds - EPOCH_MS) << (_NODE + _SEQUENCE)
