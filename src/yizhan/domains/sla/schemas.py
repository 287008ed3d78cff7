"""What the API takes and gives of promises."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.sla.holidays import HolidaySet
from yizhan.domains.sla.types import (
    Escalation,
    IdText,
    Kind,
    Minutes,
    Policy,
    Recomputation,
    SlaPause,
    SlaTarget,
    State,
    StoredCalendar,
)

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Day = Annotated[list[tuple[Clock, Clock]], Meta(max_length=24)]
Targets = Annotated[list[SlaTarget], Meta(max_length=20)]
Steps = Annotated[list[Escalation], Meta(max_length=40)]
# Written by people as tickets.filters understands it.
Condition = dict[str, Any]


class SlaWeek(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Open spans of each weekday; ``24:00`` ends a day. Without a span a day is closed."""

    mon: Day = []
    tue: Day = []
    wed: Day = []
    thu: Day = []
    fri: Day = []
    sat: Day = []
    sun: Day = []


class SlaHolidayIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A date whose hours replace those of its weekday; without hours nobody works."""

    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    hours: Day = []
    name: Annotated[str, Meta(max_length=100)] = ""


Holidays = Annotated[list[SlaHolidayIn], Meta(max_length=2000)]
Zone = Annotated[str, Meta(min_length=1, max_length=64)]


class SlaCalendarIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new calendar."""

    name: Name
    time_zone: Zone
    hours: SlaWeek
    holidays: Holidays = []


class SlaCalendarChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    name: Name | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    hours: SlaWeek | UnsetType = UNSET
    holidays: Holidays | UnsetType = UNSET


class SlaCalendarOut(msgspec.Struct, kw_only=True):
    """A calendar."""

    id: str
    name: str
    time_zone: str
    hours: SlaWeek
    holidays: list[SlaHolidayIn]
    version: int
    updated_at: datetime


class SlaCalendarList(msgspec.Struct):
    """All calendars."""

    items: list[SlaCalendarOut]


class SlaHolidaySets(msgspec.Struct):
    """Public holidays that can be taken over, the newest year first."""

    items: list[HolidaySet]


class SlaHolidayText(msgspec.Struct, forbid_unknown_fields=True):
    """Holidays as plain text, one a line: a date, hours if anybody works, a name.

    ``2026-10-01 National Day``, ``2026-10-10 09:00-12:00 13:30-18:00 make-up day``. An empty line
    and one that begins with # say nothing. A date that is there already is replaced.
    """

    text: Annotated[str, Meta(max_length=200_000)]


class SlaPreviewIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """When would it be due? Without hours and zone: around the clock."""

    time_zone: Zone = "UTC"
    hours: SlaWeek | None = None
    holidays: Holidays = []
    start: datetime | None = None
    minutes: Annotated[list[Minutes], Meta(min_length=1, max_length=20)]


class SlaPreviewOut(msgspec.Struct):
    """A due time for each number of minutes; null for one that never comes."""

    start: datetime
    open: bool
    due: list[datetime | None]


class SlaPolicyIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new policy. Without a calendar it counts around the clock."""

    name: Name
    targets: Targets
    condition: Condition | None = None
    calendar_id: IdText | None = None
    pause: SlaPause = msgspec.field(default_factory=SlaPause)
    escalations: Steps = []
    active: bool = True


class SlaPolicyChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    name: Name | UnsetType = UNSET
    targets: Targets | UnsetType = UNSET
    condition: Condition | UnsetType | None = UNSET
    calendar_id: IdText | UnsetType | None = UNSET
    pause: SlaPause | UnsetType = UNSET
    escalations: Steps | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class SlaPolicyOut(msgspec.Struct, kw_only=True):
    """A policy."""

    id: str
    name: str
    position: int
    active: bool
    calendar_id: str | None
    condition: Condition
    targets: list[SlaTarget]
    pause: SlaPause
    escalations: list[Escalation]
    version: int
    updated_at: datetime


class SlaPolicyList(msgspec.Struct):
    """All policies in the order in which they are asked."""

    items: list[SlaPolicyOut]


class SlaPolicyOrder(msgspec.Struct, forbid_unknown_fields=True):
    """All policies, the one that is asked first at the beginning."""

    ids: Annotated[list[IdText], Meta(max_length=500)]


class SlaRecomputationOut(msgspec.Struct, kw_only=True):
    """Running clocks being set again after a change."""

    id: str
    total: int
    done: int
    changed: int
    started_at: datetime
    finished_at: datetime | None


class SlaRecomputed(msgspec.Struct):
    """The last recomputation; null where there was none yet."""

    latest: SlaRecomputationOut | None


class SlaSpanOut(msgspec.Struct):
    """From one moment to another."""

    begin: datetime
    end: datetime | None


class SlaGapOut(msgspec.Struct):
    """When a clock stood still, and why: solved, snoozed, or a status."""

    begin: datetime
    end: datetime | None
    reason: str


class SlaClockOut(msgspec.Struct, kw_only=True):
    """One run of a target: what was promised, what became of it, and how that was counted."""

    target: str
    name: str
    kind: Kind
    cycle: int
    state: Literal["running", "paused", "breached", "met", "met_late", "dropped"]
    minutes: int
    elapsed_minutes: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    policy_id: str
    policy_name: str
    policy_version: int
    calendar_name: str
    time_zone: str
    pauses: list[SlaGapOut]
    spans: list[SlaSpanOut]
    spans_left_out: int  # of long clocks only the last spans are given
    next_open_at: datetime | None  # when it counts on, while it does not


class TicketSla(msgspec.Struct, kw_only=True):
    """The promises of a ticket."""

    policy_id: str | None
    policy_name: str | None
    state: State
    clocks: list[SlaClockOut]


def calendar_out(row: StoredCalendar) -> SlaCalendarOut:
    """A calendar as the API shows it."""
    return SlaCalendarOut(
        id=str(row.id),
        name=row.name,
        time_zone=row.time_zone,
        hours=msgspec.convert(row.hours, SlaWeek),
        holidays=msgspec.convert(msgspec.to_builtins(row.holidays), list[SlaHolidayIn]),
        version=row.version,
        updated_at=row.updated_at,
    )


def policy_out(row: Policy) -> SlaPolicyOut:
    """A policy as the API shows it."""
    return SlaPolicyOut(
        id=str(row.id),
        name=row.name,
        position=row.position,
        active=row.active,
        calendar_id=None if row.calendar_id is None else str(row.calendar_id),
        condition=msgspec.to_builtins(row.body.condition),
        targets=list(row.body.targets),
        pause=row.body.pause,
        escalations=list(row.body.escalations),
        version=row.version,
        updated_at=row.updated_at,
    )


def recomputation_out(row: Recomputation) -> SlaRecomputationOut:
    """A recomputation as the API shows it."""
    return SlaRecomputationOut(
        id=str(row.id),
        total=row.total,
        done=row.done,
        changed=row.changed,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
