"""What is promised of the desk, measured as it happens: good and all, by minute, kept in memory.

``domains/system`` writes it to the database once a minute. Noting something costs less than a
microsecond and never fails.
"""

from __future__ import annotations

import time

import msgspec

MINUTE = 60
_MOST_SLOTS = 240  # so long is kept while the database cannot be reached

# Within how many seconds something is good; changed on the page, read again each minute.
limits: dict[str, float] = {"fast": 0.3, "stream": 2.0, "jobs": 30.0}


class Tally(msgspec.Struct):
    """How many there were in a minute and how many of them were good."""

    good: int = 0
    total: int = 0
    worst: float = 0.0  # seconds


_slots: dict[tuple[int, str], Tally] = {}


def tally(
    measure: str, *, good: int, total: int, worst: float = 0.0, at: int | None = None
) -> None:
    """Count several at once. ``at``: seconds since 1970, now if not given."""
    slot = int(time.time() if at is None else at) // MINUTE
    found = _slots.get((slot, measure))
    if found is None:
        if len(_slots) > _MOST_SLOTS * 8:
            _slots.clear()
        found = _slots[slot, measure] = Tally()
    found.good += good
    found.total += total
    found.worst = max(found.worst, worst)


def took(measure: str, seconds: float) -> None:
    """Something was done after so long; good when within its limit."""
    tally(measure, good=seconds <= limits[measure], total=1, worst=seconds)


def answered(status: int, seconds: float) -> None:
    """A request was answered; ``seconds`` until its answer began."""
    tally("api", good=status < 500, total=1)
    if status < 500:
        took("fast", seconds)


def take(*, until: float | None = None) -> dict[tuple[int, str], Tally]:
    """What was counted in minutes that are over, by minute and measure."""
    before = int(time.time() if until is None else until) // MINUTE
    found = {key: value for key, value in _slots.items() if key[0] < before}
    for key in found:
        del _slots[key]
    return found


def give_back(found: dict[tuple[int, str], Tally]) -> None:
    """It could not be written: keep it for the next time."""
    for (slot, measure), one in found.items():
        tally(measure, good=one.good, total=one.total, worst=one.worst, at=slot * MINUTE)
