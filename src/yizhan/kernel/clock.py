"""Time as the application sees it: aware datetimes in UTC, by the database's clock.

All processes of a desk share one database, so its clock is everybody's: a machine whose own clock is
wrong by more than a second corrects it by what it measured (``kernel/db.py`` does, with its lease). A
due time written on one machine then means the same on every other.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(seconds=1)  # less is the way to the database and back, or does no harm


class _Skew:
    """How far this machine's clock is ahead of the database's."""

    ahead = timedelta()
    ahead_ms = 0


_skew = _Skew()


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return own() - _skew.ahead


def milliseconds() -> int:
    """The current moment in milliseconds since 1970."""
    return time.time_ns() // 1_000_000 - _skew.ahead_ms


def own() -> datetime:
    """What this machine's clock says, right or wrong."""
    return datetime.now(UTC)


def correct(theirs: datetime, *, asked: datetime, answered: datetime) -> timedelta:
    """Go by the database's clock from now on; ``asked`` and ``answered`` are of our own.

    Returns how far ours is ahead; 0 while that may be the way alone.
    """
    way = answered - asked
    ahead = asked + way / 2 - theirs
    if abs(ahead) <= max(TOLERATED, way):
        ahead = timedelta()
    _skew.ahead, _skew.ahead_ms = ahead, round(ahead.total_seconds() * 1000)
    return ahead


def text(moment: datetime) -> str:
    """A moment as all our JSON writes it: RFC 3339 in UTC, with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
