"""The business clock once more, minute by minute, and random cases for it.

Shares nothing with the clock but the words of its promise: it asks the time zone for the wall clock
of every single minute, and keeps the answers, since a hundred thousand cases ask for the same days.
"""

from __future__ import annotations

import random
from array import array
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

ZONES = (
    "Asia/Shanghai", "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe",
    "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns",
    "Asia/Beirut", "Pacific/Chatham", "America/Havana", "Europe/Dublin", "Antarctica/Troll",
)  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
NONE = timedelta(0)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Case = dict[str, Any]
_DAY = 24 * 60
_same: dict[bytes, array[int]] = {}  # days with the same clock are kept once


def due(case: Case, *, most: int) -> datetime | None:
    """The promise, word by word. None when it takes more than ``most`` steps."""
    start = datetime.fromisoformat(case["start"]).astimezone(UTC)
    paused = _paused(case["pauses"], start, most=most)
    first = (start - EPOCH) // MINUTE
    opened = _Opened(case["calendar"])
    left, step = case["minutes"], 0
    while left:
        day, minute = divmod(first + step, _DAY)
        size = min(_DAY - minute, most - step)
        if size <= 0:
            return None
        open_ = opened.minutes(day, minute, size)
        counted = _without(open_, paused[step : step + size])
        if (found := counted.count(1)) < left:
            left -= found
            step += size
            continue
        last = -1
        for _ in range(left):
            last = counted.index(1, last + 1)
        left, step = 0, step + last + 1
    return start + step * MINUTE if step < most else None


@cache
def _offsets(name: str, day: int) -> array[int]:
    """How far the wall clock is from UTC in each minute of a day, each minute asked of the zone."""
    zone = ZoneInfo(name)
    begin = EPOCH + timedelta(days=day)
    walls = ((begin + n * MINUTE).astimezone(zone) for n in range(_DAY))
    found = array("h", [(wall.utcoffset() or NONE) // MINUTE for wall in walls])
    return _same.setdefault(found.tobytes(), found)


class _Opened:
    """For each minute whether it counts by the hours of its local day."""

    def __init__(self, calendar: Case) -> None:
        self.zone: str = calendar["time_zone"]
        self.hours = calendar["hours"]
        self.holidays = {one["date"]: one["hours"] for one in calendar["holidays"]}
        self.days: dict[int, bytes] = {}

    def minutes(self, day: int, minute: int, size: int) -> bytes:
        """Some minutes within one day of UTC."""
        offsets = _offsets(self.zone, day)[minute : minute + size]
        begin = day * _DAY + minute
        if offsets.count(offsets[0]) == size:
            today, clock = divmod(begin + offsets[0], _DAY)
            return (self.of(today) + self.of(today + 1))[clock : clock + size]
        walls = (divmod(begin + n + offset, _DAY) for n, offset in enumerate(offsets))
        return bytes(self.of(today)[clock] for today, clock in walls)

    def of(self, today: int) -> bytes:
        if today not in self.days:
            local = EPOCH.date() + timedelta(days=today)
            spans = self.holidays.get(local.isoformat(), self.hours.get(DAYS[local.weekday()], []))
            found = bytearray(_DAY)
            for begin, end in spans:
                _fill(found, _minute(begin), _minute(end))
            self.days[today] = bytes(found)
        return self.days[today]


def _paused(pauses: list[list[str]], start: datetime, *, most: int) -> bytearray:
    """For each step whether it begins within a pause."""
    found = bytearray(most)
    for pause in pauses:
        since, until = ((datetime.fromisoformat(one) - start) / MINUTE for one in pause)
        _fill(found, max(0, ceil(since)), min(most, ceil(until)))
    return found


def _fill(flags: bytearray, begin: int, end: int) -> None:
    if begin < end:
        flags[begin:end] = b"\1" * (end - begin)


def _without(flags: bytes, others: bytes | bytearray) -> bytes:
    """Set in the one and not in the other, all at once as one number."""
    both = int.from_bytes(flags, "big") & ~int.from_bytes(others, "big")
    return both.to_bytes(len(flags), "big")


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def case(rng: random.Random) -> Case:
    """A calendar, a start, minutes and pauses; often close to a change of the clocks."""
    start = _start(rng)
    name = rng.choice(ZONES)
    return {
        "calendar": {
            "time_zone": name,
            "hours": {day: _spans(rng) for day in DAYS if rng.random() < 0.75},
            "holidays": [
                {"date": day.isoformat(), "hours": _spans(rng) if rng.random() < 0.5 else []}
                for day in _dates(rng, start)
            ],
        },
        "start": start.astimezone(rng.choice((UTC, ZoneInfo(name)))).isoformat(),
        "minutes": rng.choice((1, 7, 30, 60, 240, 480, rng.randrange(1, 1200))),
        "pauses": [_pause(rng, start) for _ in range(rng.choice((0, 0, 1, 2, 5)))],
    }


def _start(rng: random.Random) -> datetime:
    day = datetime(
        rng.randrange(2024, 2031),
        rng.choice((3, 3, 4, 9, 10, 11, rng.randrange(1, 13))),
        1,
        tzinfo=UTC,
    )
    seconds = rng.choice((0, 0, 0, rng.randrange(60)))
    return day + timedelta(minutes=rng.randrange(31 * 24 * 60), seconds=seconds)


def _dates(rng: random.Random, start: datetime) -> set[date]:
    return {start.date() + timedelta(days=rng.randrange(-1, 12)) for _ in range(rng.randrange(4))}


def _spans(rng: random.Random) -> list[list[str]]:
    """Up to three shifts; also some that touch, overlap, or last until midnight."""
    found = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        begin, end = sorted(rng.sample(range(0, 1441, rng.choice((1, 15, 30))), 2))
        found.append([f"{begin // 60:02}:{begin % 60:02}", f"{end // 60:02}:{end % 60:02}"])
    return found


def _pause(rng: random.Random, start: datetime) -> list[str]:
    begin = start + timedelta(minutes=rng.randrange(-600, 6000))
    end = begin + timedelta(minutes=rng.choice((1, 45, rng.randrange(3000))))
    return [begin.isoformat(), end.isoformat()]
