"""The business clock once more, minute by minute, and random cases for it.

Shares nothing with the clock but the words of its promise: it asks the time zone for the wall clock
of every single minute.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONES = (
    "Asia/Shanghai", "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe",
    "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "America/St_Johns",
    "Asia/Beirut", "Pacific/Chatham", "America/Havana", "Europe/Dublin", "Antarctica/Troll",
)  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
Case = dict[str, Any]


def due(case: Case, *, most: int) -> datetime | None:
    """The promise, word by word. None when it takes more than ``most`` steps."""
    zone = ZoneInfo(case["calendar"]["time_zone"])
    hours = case["calendar"]["hours"]
    holidays = {one["date"]: one["hours"] for one in case["calendar"]["holidays"]}
    pauses = [tuple(map(datetime.fromisoformat, pause)) for pause in case["pauses"]]
    moment = datetime.fromisoformat(case["start"]).astimezone(UTC)
    left = case["minutes"]
    of_day: dict[int, list[tuple[int, int]]] = {}
    for _ in range(most):
        if not left:
            return moment
        local = moment.astimezone(zone)
        day = local.toordinal()
        if day not in of_day:
            spans = holidays.get(local.date().isoformat(), hours.get(DAYS[local.weekday()], []))
            of_day[day] = [(_minute(begin), _minute(end)) for begin, end in spans]
        clock = local.hour * 60 + local.minute
        for begin, end in of_day[day]:
            if begin <= clock < end:
                left -= not any(since <= moment < until for since, until in pauses)
                break
        moment += MINUTE
    return None


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
