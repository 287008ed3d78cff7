"""Shifts and leave against a walk over every minute, and at changes of the clocks."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.domains.routing import shifts
from yizhan.domains.sla.calendar import WEEKDAYS

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
# The weeks of the changes of the clocks of 2026, and quiet ones.
WEEKS = (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 27, tzinfo=UTC),
         datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))  # fmt: skip


def week_of(choose: random.Random) -> dict[str, list[tuple[str, str]]]:
    """Up to two shifts a day, also over midnight."""
    found: dict[str, list[tuple[str, str]]] = {}
    for day in WEEKDAYS:
        for _ in range(choose.choice((0, 0, 1, 1, 2))):
            begin, end = (f"{n // 4:02}:{n % 4 * 15:02}" for n in choose.sample(range(96), 2))
            found.setdefault(day, []).append((begin, end))
    return found


def works(week: dict[str, list[tuple[str, str]]], zone: str, moment: datetime) -> bool:
    """By the wall clock alone."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = f"{local.hour:02}:{local.minute:02}"
    today, before = WEEKDAYS[local.weekday()], WEEKDAYS[(local.weekday() - 1) % 7]
    for begin, end in week.get(today, ()):
        if begin < end and begin <= clock < end:
            return True
        if begin > end and clock >= begin:
            return True
    return any(begin > end and clock < end for begin, end in week.get(before, ()))


@settings(max_examples=150)
@given(st.integers(0, 1 << 32))
def test_a_shift_is_what_the_wall_clock_says(seed: int) -> None:
    choose = random.Random(seed)
    week, zone, start = week_of(choose), choose.choice(ZONES), choose.choice(WEEKS)
    minutes = choose.randint(0, 3 * 24 * 60)
    now = start + timedelta(minutes=minutes)
    found = shifts.standing(zone, week, leave=(), now=now)
    expected = not week or works(week, zone, now)
    assert found.on_shift == expected
    if not week:
        assert found.next_change_at is None
        return
    assert found.next_change_at is not None
    assert found.next_change_at > now
    # Nothing turns before the next change, and there it does, unless that is only a look ahead.
    for step in range(0, min(2000, int((found.next_change_at - now).total_seconds() // 60)), 7):
        assert works(week, zone, now + timedelta(minutes=step)) == expected
    if found.next_change_at < now + shifts.HORIZON:
        assert works(week, zone, found.next_change_at) != expected


def test_a_night_shift_goes_on_behind_midnight() -> None:
    week = {"fri": [("22:00", "06:00")]}
    friday = datetime(2026, 11, 20, 13, 59, tzinfo=UTC)  # 21:59 in Shanghai
    zone = "Asia/Shanghai"
    before = shifts.standing(zone, week, leave=(), now=friday)
    assert (before.on_shift, before.next_change_at) == (False, friday + timedelta(minutes=1))
    night = shifts.standing(zone, week, leave=(), now=friday + timedelta(hours=4))
    assert night.on_shift
    assert night.next_change_at == datetime(2026, 11, 20, 22, tzinfo=UTC)


def test_a_shift_over_the_change_of_the_clocks_keeps_its_wall_clock() -> None:
    week = {"sat": [("22:00", "06:00")]}
    night = datetime(2026, 10, 24, 21, tzinfo=UTC)  # 23:00 in Berlin, an hour longer than usual
    found = shifts.standing("Europe/Berlin", week, leave=(), now=night)
    assert found.next_change_at == datetime(2026, 10, 25, 5, tzinfo=UTC)


def test_leave_ends_a_shift_and_gives_it_back() -> None:
    week = {"mon": [("09:00", "18:00")]}
    leave = [(datetime(2026, 11, 23, 12), datetime(2026, 11, 23, 14))]  # noqa: DTZ001 -- on a wall clock
    zone = "Asia/Shanghai"

    def at(hour: int) -> shifts.Standing:
        return shifts.standing(
            zone, week, leave=leave, now=datetime(2026, 11, 23, hour - 8, tzinfo=UTC)
        )

    assert at(10).working
    assert at(10).next_change_at == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert (at(12).on_shift, at(12).on_leave, at(12).working) == (True, True, False)
    assert at(12).next_change_at == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert at(14).working


def test_who_has_no_shifts_works_whenever_they_are_there() -> None:
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert shifts.standing("UTC", {}, leave=(), now=now) == shifts.Standing(True, False, None)  # noqa: FBT003 -- the row as it is


@pytest.mark.parametrize("zone", ["Mars/Olympus", ""])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    from yizhan.domains.sla.errors import CalendarInvalid

    with pytest.raises(CalendarInvalid):
        shifts.plan(zone, {"mon": [("09:00", "10:00")]})
