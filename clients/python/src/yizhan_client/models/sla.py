# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``sla``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "Escalation",
    "HolidaySet",
    "PerPriority",
    "PublicDay",
    "SlaCalendarChange",
    "SlaCalendarIn",
    "SlaCalendarList",
    "SlaCalendarOut",
    "SlaClockOut",
    "SlaGapOut",
    "SlaHolidayIn",
    "SlaHolidaySets",
    "SlaHolidayText",
    "SlaNotify",
    "SlaPause",
    "SlaPolicyChange",
    "SlaPolicyIn",
    "SlaPolicyList",
    "SlaPolicyOrder",
    "SlaPolicyOut",
    "SlaPreviewIn",
    "SlaPreviewOut",
    "SlaRecomputationOut",
    "SlaRecomputed",
    "SlaSpanOut",
    "SlaTarget",
    "SlaWeek",
    "TicketSla",
]


class Escalation(Struct, kw_only=True):
    """Escalation."""

    key: str
    after: int
    targets: list[str] | UnsetType = UNSET
    notify: SlaNotify | UnsetType = UNSET
    actions: list[dict[str, Any]] | UnsetType = UNSET


class HolidaySet(Struct, kw_only=True):
    """Holiday set."""

    id: str
    year: int
    name: dict[str, str]
    source: str
    days: list[PublicDay]


class PerPriority(Struct, kw_only=True):
    """Per priority."""

    low: int | UnsetType | None = UNSET
    normal: int | UnsetType | None = UNSET
    high: int | UnsetType | None = UNSET
    urgent: int | UnsetType | None = UNSET


class PublicDay(Struct, kw_only=True):
    """Public day."""

    date: str
    name: dict[str, str]
    works: bool


class SlaCalendarChange(Struct, kw_only=True):
    """Sla calendar change."""

    name: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    hours: SlaWeek | UnsetType = UNSET
    holidays: list[SlaHolidayIn] | UnsetType = UNSET


class SlaCalendarIn(Struct, kw_only=True):
    """Sla calendar in."""

    name: str
    time_zone: str
    hours: SlaWeek
    holidays: list[SlaHolidayIn] | UnsetType = UNSET


class SlaCalendarList(Struct, kw_only=True):
    """Sla calendar list."""

    items: list[SlaCalendarOut]


class SlaCalendarOut(Struct, kw_only=True):
    """Sla calendar out."""

    id: str
    name: str
    time_zone: str
    hours: SlaWeek
    holidays: list[SlaHolidayIn]
    version: int
    updated_at: dt.datetime


class SlaClockOut(Struct, kw_only=True):
    """Sla clock out."""

    target: str
    name: str
    kind: str  # first_response, next_response, resolution, update, assignment
    cycle: int
    state: str  # running, paused, breached, met, met_late, dropped
    minutes: int
    elapsed_minutes: int
    started_at: dt.datetime
    due_at: dt.datetime | None
    warn_at: dt.datetime | None
    breached_at: dt.datetime | None
    ended_at: dt.datetime | None
    policy_id: str
    policy_name: str
    policy_version: int
    calendar_name: str
    time_zone: str
    pauses: list[SlaGapOut]
    spans: list[SlaSpanOut]
    spans_left_out: int
    next_open_at: dt.datetime | None


class SlaGapOut(Struct, kw_only=True):
    """Sla gap out."""

    begin: dt.datetime
    end: dt.datetime | None
    reason: str


class SlaHolidayIn(Struct, kw_only=True):
    """Sla holiday in."""

    date: str
    hours: list[list[Any]] | UnsetType = UNSET
    name: str | UnsetType = UNSET


class SlaHolidaySets(Struct, kw_only=True):
    """Sla holiday sets."""

    items: list[HolidaySet]


class SlaHolidayText(Struct, kw_only=True):
    """Sla holiday text."""

    text: str


class SlaNotify(Struct, kw_only=True):
    """Sla notify."""

    assignee: bool | UnsetType = UNSET
    team: bool | UnsetType = UNSET
    agents: list[str] | UnsetType = UNSET
    teams: list[str] | UnsetType = UNSET


class SlaPause(Struct, kw_only=True):
    """Sla pause."""

    categories: list[str] | UnsetType = UNSET
    statuses: list[str] | UnsetType = UNSET
    snoozed: bool | UnsetType = UNSET


class SlaPolicyChange(Struct, kw_only=True):
    """Sla policy change."""

    name: str | UnsetType = UNSET
    targets: list[SlaTarget] | UnsetType = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
    calendar_id: str | UnsetType | None = UNSET
    pause: SlaPause | UnsetType = UNSET
    escalations: list[Escalation] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class SlaPolicyIn(Struct, kw_only=True):
    """Sla policy in."""

    name: str
    targets: list[SlaTarget]
    condition: dict[str, Any] | UnsetType | None = UNSET
    calendar_id: str | UnsetType | None = UNSET
    pause: SlaPause | UnsetType = UNSET
    escalations: list[Escalation] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class SlaPolicyList(Struct, kw_only=True):
    """Sla policy list."""

    items: list[SlaPolicyOut]


class SlaPolicyOrder(Struct, kw_only=True):
    """Sla policy order."""

    ids: list[str]


class SlaPolicyOut(Struct, kw_only=True):
    """Sla policy out."""

    id: str
    name: str
    position: int
    active: bool
    calendar_id: str | None
    condition: dict[str, Any]
    targets: list[SlaTarget]
    pause: SlaPause
    escalations: list[Escalation]
    version: int
    updated_at: dt.datetime


class SlaPreviewIn(Struct, kw_only=True):
    """Sla preview in."""

    time_zone: str | UnsetType = UNSET
    hours: SlaWeek | UnsetType | None = UNSET
    holidays: list[SlaHolidayIn] | UnsetType = UNSET
    start: dt.datetime | UnsetType | None = UNSET
    minutes: list[int]


class SlaPreviewOut(Struct, kw_only=True):
    """Sla preview out."""

    start: dt.datetime
    open: bool
    due: list[dt.datetime | None]


class SlaRecomputationOut(Struct, kw_only=True):
    """Sla recomputation out."""

    id: str
    total: int
    done: int
    changed: int
    started_at: dt.datetime
    finished_at: dt.datetime | None


class SlaRecomputed(Struct, kw_only=True):
    """Sla recomputed."""

    latest: SlaRecomputationOut | None


class SlaSpanOut(Struct, kw_only=True):
    """Sla span out."""

    begin: dt.datetime
    end: dt.datetime | None


class SlaTarget(Struct, kw_only=True):
    """Sla target."""

    key: str
    kind: str  # first_response, next_response, resolution, update, assignment
    minutes: PerPriority
    name: str | UnsetType = UNSET
    pausable: bool | UnsetType = UNSET
    warn_minutes: int | UnsetType | None = UNSET


class SlaWeek(Struct, kw_only=True):
    """Sla week."""

    mon: list[list[Any]] | UnsetType = UNSET
    tue: list[list[Any]] | UnsetType = UNSET
    wed: list[list[Any]] | UnsetType = UNSET
    thu: list[list[Any]] | UnsetType = UNSET
    fri: list[list[Any]] | UnsetType = UNSET
    sat: list[list[Any]] | UnsetType = UNSET
    sun: list[list[Any]] | UnsetType = UNSET


class TicketSla(Struct, kw_only=True):
    """Ticket sla."""

    policy_id: str | None
    policy_name: str | None
    state: str  # running, paused, done, none
    clocks: list[SlaClockOut]
