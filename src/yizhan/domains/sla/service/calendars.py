"""Calendars: made, changed, filled with holidays, tried out."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.sla import calendar, clock, errors, events, repository, schemas
from yizhan.domains.sla.calendar import Holiday
from yizhan.domains.sla.service import recompute
from yizhan.domains.sla.types import StoredCalendar
from yizhan.kernel.tx import Tx

PERMISSION = "sla:manage"
MOST_HOLIDAYS = 2000
_FIELDS = ("name", "time_zone", "hours", "holidays")
_SPAN = re.compile(r"(\d{1,2}:\d{2})\s*[-–—~]\s*(\d{1,2}:\d{2})")


async def listed(tx: Tx) -> list[StoredCalendar]:
    """All calendars."""
    permissions.require_staff(tx.actor)
    return await repository.calendars(tx)


async def get(tx: Tx, calendar_id: int) -> StoredCalendar:
    """Errors: CalendarNotFound."""
    permissions.require_staff(tx.actor)
    found = await repository.calendars(tx, [calendar_id])
    if not found:
        raise errors.CalendarNotFound
    return found[0]


async def create(tx: Tx, new: schemas.SlaCalendarIn) -> StoredCalendar:
    """Errors: CalendarInvalid."""
    permissions.require(tx.actor, PERMISSION)
    stored = StoredCalendar(
        id=tx.new_id(),
        name=new.name.strip(),
        time_zone=new.time_zone,
        hours=_week(new.hours),
        holidays=_holidays(new.holidays),
        version=1,
        revision=tx.new_id(),
        created_at=tx.now,
        updated_at=tx.now,
    )
    _check(stored)
    await repository.put_calendar(tx, stored)
    changes = changing.said(changing.differences(None, stored, *_FIELDS))
    tx.emit(events.SlaCalendarCreated(sla_calendar_id=stored.id, changes=changes))
    return stored


async def update(tx: Tx, calendar_id: int, *, change: schemas.SlaCalendarChange) -> StoredCalendar:
    """Running clocks follow in the background. Errors: CalendarNotFound, CalendarInvalid."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await get(tx, calendar_id)
    values = changing.given(change, "name", "time_zone")
    if change.hours is not UNSET:
        values["hours"] = _week(change.hours)
    if change.holidays is not UNSET:
        values["holidays"] = _holidays(change.holidays)
    return await _put(tx, old, changing.replaced(old, values))


async def add_holidays(tx: Tx, calendar_id: int, *, text: str) -> StoredCalendar:
    """Holidays from a plain list; a date that is there already is replaced.

    Errors: CalendarNotFound, CalendarInvalid with the number of the line.
    """
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await get(tx, calendar_id)
    merged = {one.date: one for one in [*old.holidays, *read_holidays(text)]}
    if len(merged) > MOST_HOLIDAYS:
        raise errors.CalendarInvalid(field="holidays", reason=f"at most {MOST_HOLIDAYS}")
    holidays = [merged[date] for date in sorted(merged)]
    return await _put(tx, old, msgspec.structs.replace(old, holidays=holidays))


def read_holidays(text: str) -> list[Holiday]:
    """``2026-10-01 National Day`` or ``2026-10-10 09:00-12:00 13:30-18:00 make-up day`` a line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip().lstrip("\ufeff")
        if not said:
            continue
        date, _, rest = said.replace(",", " ").replace("\t", " ").partition(" ")
        hours = tuple((begin.zfill(5), end.zfill(5)) for begin, end in _SPAN.findall(rest))
        one = Holiday(date.replace("/", "-"), hours, " ".join(_SPAN.sub(" ", rest).split())[:100])
        try:
            calendar.build(time_zone="UTC", hours={}, holidays=[one])
        except errors.CalendarInvalid as error:
            reason = f"line {number}: {error.extra['reason']}"
            raise errors.CalendarInvalid(field="text", reason=reason) from error
        found.append(one)
    return found


async def delete(tx: Tx, calendar_id: int) -> None:
    """Errors: CalendarNotFound, CalendarInUse."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await get(tx, calendar_id)
    if policies := await repository.used(tx, calendar_id):
        raise errors.CalendarInUse(policies=policies)
    await repository.remove(tx, "sla_calendar", calendar_id)
    tx.emit(events.SlaCalendarDeleted(sla_calendar_id=calendar_id, name=old.name))


def preview(tx: Tx, wanted: schemas.SlaPreviewIn) -> schemas.SlaPreviewOut:
    """What a calendar that need not be stored would lead to. Errors: CalendarInvalid."""
    permissions.require(tx.actor, PERMISSION)
    made = calendar.always(wanted.time_zone)
    if wanted.hours is not None:
        made = calendar.build(
            time_zone=wanted.time_zone,
            hours=_week(wanted.hours),
            holidays=_holidays(wanted.holidays),
        )
    start = _aware(wanted.start) if wanted.start else tx.now
    return schemas.SlaPreviewOut(
        start=start,
        open=clock.open_at(made, start),
        due=[clock.due(made, start, minutes=minutes) for minutes in wanted.minutes],
    )


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise errors.CalendarInvalid(field="start", reason="a time needs its offset from UTC")
    return moment.astimezone(UTC)


async def _put(tx: Tx, old: StoredCalendar, new: StoredCalendar) -> StoredCalendar:
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    _check(new)
    new = msgspec.structs.replace(
        new, version=old.version + 1, revision=tx.new_id(), updated_at=tx.now
    )
    await repository.put_calendar(tx, new)
    tx.emit(events.SlaCalendarChanged(sla_calendar_id=new.id, changes=changing.said(changes)))
    if set(changes) != {"name"} and await repository.used(tx, new.id):
        await recompute.start(tx, cause={"kind": "calendar", "id": str(new.id)})
    return new


def _week(week: schemas.SlaWeek) -> dict[str, list[tuple[str, str]]]:
    return {day: spans for day, spans in msgspec.structs.asdict(week).items() if spans}


def _holidays(given: list[schemas.SlaHolidayIn]) -> list[Holiday]:
    found = {one.date: Holiday(one.date, tuple(one.hours), one.name.strip()) for one in given}
    if len(found) < len(given):
        raise errors.CalendarInvalid(field="holidays", reason="a date is there twice")
    return [found[date] for date in sorted(found)]


def _check(stored: StoredCalendar) -> None:
    """What a calendar of the desk must be, beyond what can be computed with."""
    days = [(f"hours.{day}", spans) for day, spans in stored.hours.items()]
    days += [(f"holidays.{one.date}", list(one.hours)) for one in stored.holidays]
    for place, spans in days:
        for (_, until), (since, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            if since < until:
                raise errors.CalendarInvalid(field=place, reason="spans overlap")
        if any(begin == end for begin, end in spans):
            raise errors.CalendarInvalid(field=place, reason="a span ends where it begins")
    made = repository.ready(stored)
    if not made.week_minutes:
        raise errors.CalendarInvalid(field="hours", reason="nothing is ever open")
