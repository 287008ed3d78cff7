"""Days, weeks and months of a workspace's own time zone. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yizhan.domains.analytics import errors
from yizhan.domains.analytics.types import Period, Step

MOST_STEPS = 400
_MONTHS = 12


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins; where the clock jumps over midnight, that of the jump."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def period(first: date, last: date, *, zone: ZoneInfo, today: date) -> Period:
    """Whole days; what lies ahead is cut off. Errors: PeriodInvalid."""
    last = min(last, today)
    if first > last or first.year < datetime(1990, 1, 1, tzinfo=UTC).year:
        raise errors.PeriodInvalid
    return Period(first, last, midnight(first, zone), midnight(last + timedelta(days=1), zone))


def before(one: Period, *, zone: ZoneInfo) -> Period:
    """The same length right before: whole months for whole months, else as many days."""
    last = one.first - timedelta(days=1)
    months = _whole_months(one)
    if months:
        first = one.first
        for _ in range(months):
            first = (first - timedelta(days=1)).replace(day=1)
    else:
        first = one.first - (one.last - one.first) - timedelta(days=1)
    return Period(first, last, midnight(first, zone), one.begin)


def _whole_months(one: Period) -> int:
    ends = one.last.day == monthrange(one.last.year, one.last.month)[1]
    if one.first.day != 1 or not ends:
        return 0
    return (one.last.year - one.first.year) * _MONTHS + one.last.month - one.first.month + 1


def step_of(day: date, step: Step) -> date:
    """The first day of the step in which a day lies; weeks begin on Monday."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def steps(one: Period, step: Step) -> list[tuple[date, date]]:
    """The steps of a period with their first and last days, cut off at its ends.

    Errors: PeriodInvalid.
    """
    found: list[tuple[date, date]] = []
    for begin in _starts(one, step):
        if len(found) == MOST_STEPS:
            raise errors.PeriodInvalid
        if found:
            found[-1] = (found[-1][0], begin - timedelta(days=1))
        found.append((max(begin, one.first), one.last))
    return found


def _starts(one: Period, step: Step) -> Iterator[date]:
    day = step_of(one.first, step)
    while day <= one.last:
        yield day
        ahead = {"day": 1, "week": 7, "month": 32}[step]
        day = step_of(day + timedelta(days=ahead), step)
