"""The business clock: by examples, and equal to a walk over every minute."""

from __future__ import annotations

import random
import time
import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.domains.sla import walk
from yizhan.domains.sla import calendar, cases, clock, errors

WEEK = {
    day: [["09:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
ALL_DAY = {day: [["00:00", "24:00"]] for day in walk.DAYS}


def _case(start: str, minutes: int, **changes: Any) -> walk.Case:
    parts = {"time_zone": "Asia/Shanghai", "hours": WEEK, "holidays": []} | changes
    pauses = parts.pop("pauses", [])
    return {"calendar": parts, "start": start, "minutes": minutes, "pauses": pauses}


def _due(case: walk.Case) -> datetime | None:
    return cases.due(cases.parse(case))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # Friday afternoon: the rest of the afternoon, then Monday
        (_case("2026-11-20T17:30:00+08:00", 60), "2026-11-23T09:30:00+08:00"),
        # over the midday break; the last minute of a shift ends with it
        (_case("2026-11-23T11:50:00+08:00", 10), "2026-11-23T12:00:00+08:00"),
        (_case("2026-11-23T11:50:00+08:00", 11), "2026-11-23T13:31:00+08:00"),
        (_case("2026-11-21T03:00:00+08:00", 0), "2026-11-21T03:00:00+08:00"),
        # a half day instead of Monday, a working Saturday
        (_case("2026-11-23T09:00:00+08:00", 120, holidays=[{"date": "2026-11-23", "hours": [["09:00", "10:00"]]}]),
         "2026-11-24T10:00:00+08:00"),
        (_case("2026-11-21T08:00:00+08:00", 30, holidays=[{"date": "2026-11-21", "hours": [["10:00", "24:00"]]}]),
         "2026-11-21T10:30:00+08:00"),
        # a pause over midnight
        (_case("2026-11-23T22:00:00+08:00", 120, hours=ALL_DAY,
               pauses=[["2026-11-23T23:00:00+08:00", "2026-11-24T06:00:00+08:00"]]),
         "2026-11-24T07:00:00+08:00"),
        # New York loses 02:00 to 03:00 on 8 March 2026 and has 01:00 to 02:00 twice on 1 November
        (_case("2026-03-08T01:30:00-05:00", 60, hours=ALL_DAY, time_zone="America/New_York"),
         "2026-03-08T03:30:00-04:00"),
        (_case("2026-03-07T12:00:00-05:00", 30, hours={"sun": [["02:00", "03:15"]]}, time_zone="America/New_York"),
         "2026-03-15T02:15:00-04:00"),
        (_case("2026-11-01T00:30:00-04:00", 90, hours={"sun": [["01:00", "02:00"]]}, time_zone="America/New_York"),
         "2026-11-01T01:30:00-05:00"),
        # Samoa had no 30 December 2011
        (_case("2011-12-29T23:00:00-10:00", 120, hours=ALL_DAY, time_zone="Pacific/Apia"),
         "2011-12-31T01:00:00+14:00"),
    ],
)  # fmt: skip
def test_due(case: walk.Case, expected: str) -> None:
    assert _due(case) == datetime.fromisoformat(expected)
    assert walk.due(case, most=100_000) == datetime.fromisoformat(expected)


def test_equals_a_walk_over_every_minute() -> None:
    rng = random.Random(2026)
    never = 0
    for number in range(800):
        case = walk.case(rng)
        walked = walk.due(case, most=5_000)
        if walked is None:
            never += 1
            continue
        assert _due(case) == walked, (number, case)
    assert never < 300


def test_elapsed_is_the_inverse_and_spans_are_what_it_counts() -> None:
    rng = random.Random(7)
    for _ in range(500):
        case = cases.parse(walk.case(rng))
        found = cases.due(case)
        if found is None:
            continue
        before = found - timedelta(minutes=1)
        where = (case.calendar, case.start)
        assert clock.elapsed(*where, end=found, pauses=case.pauses) == case.minutes
        assert clock.elapsed(*where, end=before, pauses=case.pauses) == case.minutes - 1
        counted = clock.spans(*where, end=found, pauses=case.pauses)
        total = sum((end - begin for begin, end in counted), timedelta())
        # a start within a minute gives each span up to a minute more or less
        assert abs(total - timedelta(minutes=case.minutes)) < timedelta(minutes=len(counted) + 1)


def test_years_ahead_is_at_once() -> None:
    case = cases.parse(
        _case("2026-11-20T17:30:00+08:00", 450 * 5 * 52 * 40, time_zone="Europe/Berlin")
    )
    began = time.perf_counter()
    found = cases.due(case)
    assert time.perf_counter() - began < 1
    assert found is not None
    assert found.year == 2066


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": {}},
        {"hours": {"mon": [["09:00", "09:00"]]}},
        {"hours": {}, "holidays": [{"date": "2026-11-25", "hours": [["09:00", "09:30"]]}]},
        {"pauses": [["2026-11-20T00:00:00+08:00", None]]},
    ],
)
def test_what_is_never_due_says_so_at_once(changes: dict[str, Any]) -> None:
    began = time.perf_counter()
    assert _due(_case("2026-11-20T17:30:00+08:00", 60, **changes)) is None
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (_case("2026-11-20T17:30:00", 60), "start"),
        (_case("yesterday", 60), "start"),
        (_case("2026-11-20T17:30:00+08:00", -1), "minutes"),
        (_case("2026-11-20T17:30:00+08:00", 60, time_zone="Mars/Olympus"), "time zone"),
        (_case("2026-11-20T17:30:00+08:00", 60, time_zone="../etc/passwd"), "time zone"),
        (_case("2026-11-20T17:30:00+08:00", 60, hours={"monday": []}), "a day is one of"),
        (_case("2026-11-20T17:30:00+08:00", 60, hours={"mon": [["22:00", "02:00"]]}), "two spans"),
        (_case("2026-11-20T17:30:00+08:00", 60, hours={"mon": [["9:00", "24:30"]]}), "not a time"),
        (_case("2026-11-20T17:30:00+08:00", 60, holidays=[{"date": "2026-02-30", "hours": []}]), "no date"),
        (_case("2026-11-20T17:30:00+08:00", 60, pauses=[["2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z"]]), "pause"),
        ({"start": "2026-11-20T17:30:00Z", "minutes": 1}, "calendar"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(case: walk.Case, reason: str) -> None:
    with pytest.raises((errors.CaseInvalid, errors.CalendarInvalid)) as caught:
        cases.parse(case)
    assert reason in str(caught.value.detail) + str(caught.value.extra)


@pytest.mark.parametrize("name", ["Asia/Shanghai", *sorted(zoneinfo.available_timezones())[::40]])
def test_the_changes_of_a_zone_are_all_found(name: str) -> None:
    """Hour by hour over twelve years: no change hides between two probes."""
    place = zoneinfo.ZoneInfo(name)
    pieces = clock._pieces(name, clock.micros(datetime(2015, 1, 1, tzinfo=UTC)))
    piece = next(pieces)
    for hour in range(12 * 8766):
        at = clock.micros(datetime(2015, 1, 1, tzinfo=UTC)) + hour * 60 * clock._MINUTE
        while piece.end <= at:
            piece = next(pieces)
        assert clock._offset(place, at) == piece.offset, clock.moment_of(at)


def test_around_the_clock() -> None:
    start = datetime(2026, 3, 8, tzinfo=UTC)
    assert clock.due(calendar.always(), start, minutes=1440) == start + timedelta(days=1)
    assert clock.open_at(calendar.always(), start)
