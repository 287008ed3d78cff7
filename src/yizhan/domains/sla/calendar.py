"""When a desk works: open spans of each weekday in a time zone, and days that differ."""

from __future__ import annotations

import functools
import re
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from yizhan.domains.sla import errors

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|(24):(00)")
Spans = tuple[tuple[int, int], ...]  # minutes of the local day, end not included


class Holiday(msgspec.Struct, frozen=True):
    """A date whose hours replace those of its weekday. Without hours nobody works."""

    date: str
    hours: tuple[tuple[str, str], ...] = ()
    name: str = ""


class Calendar(msgspec.Struct, frozen=True):
    """A calendar ready to compute with."""

    zone: zoneinfo.ZoneInfo
    week: tuple[Spans, ...]  # from Monday
    special: Mapping[int, Spans]  # by ordinal of the date
    week_minutes: int
    last_special: int  # the last ordinal that differs from its weekday


@lru_cache(maxsize=600)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """A time zone by its IANA name. Errors: CalendarInvalid."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise errors.CalendarInvalid(field="time_zone", reason=f"no time zone {name!r}") from error


def build(
    *,
    time_zone: str,
    hours: Mapping[str, Sequence[Sequence[str]]],
    holidays: Iterable[Holiday] = (),
) -> Calendar:
    """A calendar from what people write. Overlapping spans count once. Errors: CalendarInvalid."""
    for name in hours:
        if name not in WEEKDAYS:
            known = ", ".join(WEEKDAYS)
            raise errors.CalendarInvalid(field=f"hours.{name}", reason=f"a day is one of {known}")
    week = tuple(_spans(hours.get(name, ()), f"hours.{name}") for name in WEEKDAYS)
    special = {_ordinal(one.date): _spans(one.hours, f"holidays.{one.date}") for one in holidays}
    return Calendar(
        zone=zone(time_zone),
        week=week,
        special=special,
        week_minutes=sum(end - begin for day in week for begin, end in day),
        last_special=max(special, default=0),
    )


@functools.cache
def always(time_zone: str = "UTC") -> Calendar:
    """Around the clock."""
    return build(time_zone=time_zone, hours=dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),)))


def _ordinal(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError as error:
        raise errors.CalendarInvalid(field="holidays", reason=f"no date: {text!r}") from error


def _minute(text: str, place: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None:
        reason = f"{text!r} is not a time from 00:00 to 24:00"
        raise errors.CalendarInvalid(field=place, reason=reason)
    return int(found[1] or found[3]) * 60 + int(found[2] or found[4])


def _spans(given: Iterable[Sequence[str]], place: str) -> Spans:
    """Sorted, merged, without empty ones."""
    found = []
    for pair in given:
        if len(pair) != 2:
            raise errors.CalendarInvalid(field=place, reason="a span is [from, to]")
        begin, end = _minute(pair[0], place), _minute(pair[1], place)
        if end < begin:
            reason = f"{pair[1]} is before {pair[0]}; hours over midnight are two spans"
            raise errors.CalendarInvalid(field=place, reason=reason)
        if begin < end:
            found.append((begin, end))
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return tuple(merged)
