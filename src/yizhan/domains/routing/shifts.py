"""When an agent works: weekly shifts on their own clock, also over midnight, and leave. Pure.

The time between two moments is cut by the business clock of promises, so that shifts and calendars
agree on what a change of the clocks means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import msgspec

from yizhan.domains.sla import calendar, clock
from yizhan.domains.sla.calendar import WEEKDAYS

HORIZON = timedelta(days=8)  # longer than the longest gap within a week
Shifts = Mapping[str, Sequence[Sequence[str]]]
Leave = tuple[datetime, datetime]  # on the agent's own clock


class Standing(msgspec.Struct, frozen=True):
    """Whether an agent works at a moment, and when that may change."""

    on_shift: bool
    on_leave: bool
    next_change_at: datetime | None

    @property
    def working(self) -> bool:
        return self.on_shift and not self.on_leave


def plan(time_zone: str, shifts: Shifts) -> calendar.Calendar | None:
    """A week of shifts ready to compute with; None when there are none. Errors: CalendarInvalid."""
    if not any(shifts.values()):
        calendar.zone(time_zone)
        return None
    frozen = tuple(
        (day, tuple((str(begin), str(end)) for begin, end in shifts.get(day, ())))
        for day in WEEKDAYS
    )
    return _plan(time_zone, frozen)


@lru_cache(maxsize=4096)
def _plan(
    time_zone: str, week: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> calendar.Calendar:
    hours: dict[str, list[tuple[str, str]]] = {day: [] for day in WEEKDAYS}
    for number, (day, spans) in enumerate(week):
        following = WEEKDAYS[(number + 1) % len(WEEKDAYS)]
        for begin, end in spans:
            if begin < end:
                hours[day].append((begin, end))
            else:  # over midnight
                hours[day].append((begin, "24:00"))
                hours[following].append(("00:00", end))
    return calendar.build(time_zone=time_zone, hours=hours)


def standing(time_zone: str, shifts: Shifts, *, leave: Sequence[Leave], now: datetime) -> Standing:
    """Whether somebody with these shifts and this leave works now."""
    on_shift, changes = _shift(plan(time_zone, shifts), now)
    on_leave = False
    for begins, ends in leave:
        moments = [instant(begins, time_zone), instant(ends, time_zone)]
        on_leave = on_leave or moments[0] <= now < moments[1]
        changes += [moment for moment in moments if moment > now]
    return Standing(on_shift, on_leave, min(changes, default=None))


def _shift(week: calendar.Calendar | None, now: datetime) -> tuple[bool, list[datetime]]:
    if week is None:
        return True, []
    until = now + HORIZON
    spans = clock.spans(week, now, end=until)
    if not spans:
        return False, [until]
    begins, ends = spans[0]
    return (True, [ends]) if begins <= now else (False, [begins])


def instant(local: datetime, time_zone: str) -> datetime:
    """A wall-clock time as a moment; the first of two, and behind a gap."""
    return local.replace(tzinfo=calendar.zone(time_zone)).astimezone(UTC)
