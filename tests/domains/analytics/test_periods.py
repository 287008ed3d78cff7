"""Days, weeks, months and what comes before them."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from yizhan.domains.analytics import errors, periods
from yizhan.domains.analytics.types import Period, Step

BERLIN = ZoneInfo("Europe/Berlin")
FAR = date(2999, 1, 1)


def period(first: str, last: str, zone: ZoneInfo = BERLIN) -> Period:
    return periods.period(date.fromisoformat(first), date.fromisoformat(last), zone=zone, today=FAR)


def test_a_day_of_the_jump_is_an_hour_shorter() -> None:
    day = period("2026-03-29", "2026-03-29")
    assert (day.end - day.begin).total_seconds() == 23 * 3600
    day = period("2026-10-25", "2026-10-25")
    assert (day.end - day.begin).total_seconds() == 25 * 3600


def test_where_midnight_is_jumped_over_the_day_begins_with_the_jump() -> None:
    day = period("2026-09-06", "2026-09-06", ZoneInfo("America/Santiago"))
    assert day.begin == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert (day.end - day.begin).total_seconds() == 23 * 3600


@pytest.mark.parametrize(
    ("first", "last", "earlier", "later"),
    [
        ("2026-03-05", "2026-03-11", "2026-02-26", "2026-03-04"),
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
        ("2026-03-01", "2026-03-30", "2026-01-30", "2026-02-28"),
    ],
)
def test_the_period_before_has_the_same_length(
    first: str, last: str, earlier: str, later: str
) -> None:
    found = periods.before(period(first, last), zone=BERLIN)
    assert (found.first.isoformat(), found.last.isoformat()) == (earlier, later)
    assert found.end == period(first, last).begin


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_steps_are_a_period_without_gaps(step: Step) -> None:
    found = periods.steps(period("2025-12-17", "2026-03-04"), step)
    assert found[0][0] == date(2025, 12, 17)
    assert found[-1][1] == date(2026, 3, 4)
    for (_, last), (first, _) in itertools.pairwise(found):
        assert (first - last).days == 1
        assert periods.step_of(first, step) == first


def test_a_period_of_too_many_steps_is_refused() -> None:
    with pytest.raises(errors.PeriodInvalid):
        periods.steps(period("2024-01-01", "2026-01-01"), "day")
    with pytest.raises(errors.PeriodInvalid):
        period("2026-01-02", "2026-01-01")
