"""Cases of the business clock as lines of JSON, for whoever wants to check it from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec

from yizhan.domains.sla import calendar, clock, errors

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Hours(msgspec.Struct):
    """A calendar as a case writes it."""

    time_zone: str
    hours: dict[str, list[tuple[str, str]]]
    holidays: list[calendar.Holiday] = []


class Line(msgspec.Struct):
    """A case as it is written."""

    calendar: Hours
    start: Moment
    minutes: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
    pauses: list[tuple[Moment, Moment | None]] = []


class Case(msgspec.Struct, frozen=True):
    """A case ready to compute."""

    calendar: calendar.Calendar
    start: datetime
    minutes: int
    pauses: tuple[clock.Pause, ...]


_DECODER = msgspec.json.Decoder(Line)


def parse(raw: Any) -> Case:
    """A checked case. Errors: CaseInvalid, CalendarInvalid."""
    try:
        return _case(msgspec.convert(raw, Line))
    except msgspec.ValidationError as error:
        raise errors.CaseInvalid(str(error)) from error


def _case(line: Line) -> Case:
    for begin, end in line.pauses:
        if end is not None and end < begin:
            raise errors.CaseInvalid("a pause ends before it begins - at `$.pauses`")
    found = calendar.build(
        time_zone=line.calendar.time_zone,
        hours=line.calendar.hours,
        holidays=line.calendar.holidays,
    )
    return Case(found, line.start, line.minutes, tuple(line.pauses))


def due(case: Case) -> datetime | None:
    """When a case is due; None: never."""
    return clock.due(case.calendar, case.start, minutes=case.minutes, pauses=case.pauses)


def read(lines: Iterable[bytes]) -> Iterator[Case]:
    """Cases from lines of JSON; empty lines are passed over. Errors: CaseInvalid, with the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _case(_DECODER.decode(line))
        except (msgspec.DecodeError, errors.CaseInvalid, errors.CalendarInvalid) as error:
            raise errors.CaseInvalid(f"line {number}: {_said(error)}") from error


def _said(error: Exception) -> str:
    if isinstance(error, errors.CalendarInvalid):
        return f"{error.extra['field']}: {error.extra['reason']}"
    return str(error)
