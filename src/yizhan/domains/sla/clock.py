"""The business clock: pure functions from a calendar to due times and elapsed minutes.

A minute is 60 seconds from the start on. It counts when the wall-clock minute in which it begins, in
the calendar's zone, lies in an open span, and it begins in no pause. Due is the end of the last minute
that counts. So an hour that a change of the clocks skips does not count, and one that it repeats
counts twice.

Nothing walks minutes: time is cut where the zone's offset changes, within a piece wall clock and
instants differ by a constant, and whole weeks are counted at once. All numbers are microseconds.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from yizhan.domains.sla.calendar import Calendar, zone

Pause = tuple[datetime, datetime | None]  # without an end it still lasts
Span = tuple[int, int]
_Stops = tuple[list[int], list[int]]  # begins and ends, sorted, apart

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_DAY = 24 * 60 * _MINUTE
_WEEK_DAYS = 7
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_FOREVER = 1 << 62
_LAST_YEAR = 9998
# Since 1970 no two changes of a zone are less than 167 hours apart, also of those foreseen.
_PROBE = 3 * _DAY


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(value: int) -> datetime:
    """The inverse of :func:`micros`. Errors: OverflowError behind the year 9999."""
    return _EPOCH + timedelta(microseconds=value)


def due(
    calendar: Calendar, start: datetime, *, minutes: int, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """When so many minutes will have counted. None: never, as far as is known now."""
    if minutes <= 0:
        return start
    origin, left = micros(start), minutes
    stops = _merged(pauses)
    steady = max(calendar.last_special, _last_day(stops))  # behind it all weeks are alike
    for piece in _pieces(calendar.zone.key, origin, until=_endless(stops)):
        day, last = piece.days()
        while day <= last:
            if day > steady and piece.begins_before(day):
                if not calendar.week_minutes:
                    return None
                weeks = min((last - day) // _WEEK_DAYS, (left - 1) // calendar.week_minutes)
                left -= weeks * calendar.week_minutes
                day += weeks * _WEEK_DAYS
            for opens, closes in _day(calendar, piece, day, stops):
                first = _steps(origin, opens)
                count = _steps(origin, closes) - first
                if count >= left:
                    return start + timedelta(minutes=first + left)
                left -= count
            day += 1
    return None


def elapsed(
    calendar: Calendar, start: datetime, *, end: datetime, pauses: Iterable[Pause] = ()
) -> int:
    """How many minutes have counted between two moments; one that has begun counts."""
    origin = micros(start)
    return sum(
        _steps(origin, closes) - _steps(origin, opens)
        for opens, closes in _intervals(calendar, origin, micros(end), pauses)
    )


def spans(
    calendar: Calendar, start: datetime, *, end: datetime, pauses: Iterable[Pause] = ()
) -> list[tuple[datetime, datetime]]:
    """The time between two moments that counts, in order; touching spans are one."""
    found: list[Span] = []
    for opens, closes in _intervals(calendar, micros(start), micros(end), pauses):
        if found and found[-1][1] == opens:
            found[-1] = (found[-1][0], closes)
        else:
            found.append((opens, closes))
    return [(moment_of(opens), moment_of(closes)) for opens, closes in found]


def open_at(calendar: Calendar, moment: datetime) -> bool:
    """Whether the minute of this moment counts."""
    return bool(spans(calendar, moment, end=moment + timedelta(microseconds=1)))


class _Piece(NamedTuple):
    """A stretch of time in which the zone's offset stays the same."""

    begin: int
    end: int
    offset: int

    def days(self) -> Span:
        """The first and the last local date, as ordinals."""
        return (
            (self.begin + self.offset) // _DAY + _EPOCH_DAY,
            (self.end - 1 + self.offset) // _DAY + _EPOCH_DAY,
        )

    def begins_before(self, day: int) -> bool:
        """Whether the whole of a date is behind the beginning."""
        return (day - _EPOCH_DAY) * _DAY - self.offset >= self.begin


def _intervals(
    calendar: Calendar, origin: int, end: int, pauses: Iterable[Pause]
) -> Iterator[Span]:
    stops = _merged(pauses)
    for piece in _pieces(calendar.zone.key, origin, until=end):
        first, last = piece.days()
        for day in range(first, last + 1):
            yield from _day(calendar, piece, day, stops)


def _day(calendar: Calendar, piece: _Piece, day: int, stops: _Stops) -> Iterator[Span]:
    """What is open on a date within a piece, without the pauses."""
    hours = calendar.special.get(day)
    if hours is None:
        hours = calendar.week[(day - 1) % _WEEK_DAYS]
    midnight = (day - _EPOCH_DAY) * _DAY - piece.offset
    for begin, end in hours:
        opens = max(midnight + begin * _MINUTE, piece.begin)
        closes = min(midnight + end * _MINUTE, piece.end)
        if opens < closes:
            yield from _without(opens, closes, stops)


def _without(opens: int, closes: int, stops: _Stops) -> Iterator[Span]:
    """A span less the pauses."""
    begins, ends = stops
    for number in range(bisect.bisect_right(ends, opens), len(ends)):
        if begins[number] >= closes:
            break
        if opens < begins[number]:
            yield opens, begins[number]
        opens = ends[number]
        if opens >= closes:
            return
    yield opens, closes


def _steps(origin: int, moment: int) -> int:
    """How many minutes from the origin on begin before a moment."""
    return -((origin - moment) // _MINUTE)


def _merged(pauses: Iterable[Pause]) -> _Stops:
    begins: list[int] = []
    ends: list[int] = []
    for begin, end in sorted((micros(a), _FOREVER if b is None else micros(b)) for a, b in pauses):
        if end <= begin:
            continue
        if ends and begin <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            begins.append(begin)
            ends.append(end)
    return begins, ends


def _last_day(stops: _Stops) -> int:
    """A date behind which nothing pauses any more, wherever it is."""
    return stops[1][-1] // _DAY + _EPOCH_DAY + 1 if stops[1] else 0


def _endless(stops: _Stops) -> int:
    """When a pause begins that has no end; without one, far behind all time."""
    return stops[0][-1] if stops[1] and stops[1][-1] == _FOREVER else _FOREVER


def _pieces(zone_name: str, origin: int, *, until: int = _FOREVER) -> Iterator[_Piece]:
    """Time from the origin on, cut where the offset changes and at the ends of years."""
    begin = origin
    for year in range(moment_of(origin).year, _LAST_YEAR):
        for change, offset in _year(zone_name, year):
            if begin >= until:
                return
            if change > begin:
                yield _Piece(begin, min(change, until), offset)
                begin = change


@lru_cache(maxsize=8192)
def _year(zone_name: str, year: int) -> tuple[Span, ...]:
    """(end, offset) of each stretch of a year."""
    place = zone(zone_name)
    found: list[Span] = []
    at, end = (micros(datetime(y, 1, 1, tzinfo=UTC)) for y in (year, year + 1))
    offset = _offset(place, at)
    while at < end:
        probe = min(at + _PROBE, end)
        after = _offset(place, probe)
        if after != offset:
            found.append((_change(place, at, probe), offset))
            offset = after
        at = probe
    if not found or found[-1][0] < end:
        found.append((end, offset))
    return tuple(found)


def _change(place: ZoneInfo, low: int, high: int) -> int:
    """The second in which the offset becomes another one."""
    before = _offset(place, low)
    while high - low > _SECOND:
        middle = (low + high) // 2 // _SECOND * _SECOND
        if _offset(place, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(place: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at // _SECOND, place).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)
