"""What the API takes and gives of work on tickets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.tasks.approvals.schemas import ApprovalOut
from yizhan.domains.tasks.approvals.types import ApprovalAsk
from yizhan.domains.tasks.types import (
    MOST_MINUTES,
    ChecklistItem,
    Reminder,
    Source,
    Template,
    TemplateItem,
    TimeEntry,
)

IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Text = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
Note = Annotated[str, Meta(max_length=500)]
Minutes = Annotated[int, Meta(ge=1, le=MOST_MINUTES)]
TemplateItems = Annotated[list[TemplateItem], Meta(min_length=1, max_length=100)]


class WorkAgent(msgspec.Struct):
    """Who works."""

    id: str
    name: str


class TimerIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a timer is about."""

    note: Note = ""
    billable: bool = False


class TimeIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Time written down by hand; without a beginning it ended just now."""

    minutes: Minutes
    started_at: datetime | None = None
    note: Note = ""
    billable: bool = False


class TimeChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    minutes: Minutes | UnsetType = UNSET
    started_at: datetime | UnsetType = UNSET
    note: Note | UnsetType = UNSET
    billable: bool | UnsetType = UNSET


class TimeEntryOut(msgspec.Struct, kw_only=True):
    """Time that somebody spent; while ``seconds`` is null the timer runs."""

    id: str
    ticket_id: str
    agent: WorkAgent
    source: Source
    started_at: datetime
    seconds: int | None
    note: str
    billable: bool
    may_change: bool


class TimerOut(msgspec.Struct, kw_only=True):
    """Your running timer, and on which ticket it runs; null when none does."""

    entry: TimeEntryOut | None
    ticket_number: int | None = None


class TimerStarted(msgspec.Struct, kw_only=True):
    """The timer that runs now, and the one that stopped for it."""

    started: TimeEntryOut
    stopped: TimeEntryOut | None = None


class TicketTime(msgspec.Struct, kw_only=True):
    """Time on a ticket: the newest entries, and the sums of all that do not run."""

    items: list[TimeEntryOut]
    total_seconds: int
    billable_seconds: int


class ChecklistLine(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An item to add: ``needed`` before the ticket is resolved; with ``approval`` people are asked."""

    text: Text
    agent_id: IdText | None = None
    due_at: datetime | None = None
    needed: bool = False
    approval: ApprovalAsk | None = None


class ChecklistIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Items to add behind those that are there; a template's come first."""

    items: Annotated[list[ChecklistLine], Meta(max_length=100)] = []
    template_id: IdText | None = None


class ChecklistItemChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    text: Text | UnsetType = UNSET
    agent_id: IdText | UnsetType | None = UNSET
    due_at: datetime | UnsetType | None = UNSET
    done: bool | UnsetType = UNSET
    needed: bool | UnsetType = UNSET


class ChecklistItemOut(msgspec.Struct, kw_only=True):
    """Something to do on a ticket."""

    id: str
    text: str
    agent: WorkAgent | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: WorkAgent | None
    needed: bool
    approval: ApprovalOut | None


class Checklist(msgspec.Struct):
    """The items of a ticket in their order."""

    items: list[ChecklistItemOut]


class ChecklistOrder(msgspec.Struct, forbid_unknown_fields=True):
    """Every item once, the first at the beginning."""

    ids: Annotated[list[IdText], Meta(max_length=200)]


class ChecklistTemplateIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new template."""

    name: Name
    items: TemplateItems


class ChecklistTemplateChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    name: Name | UnsetType = UNSET
    items: TemplateItems | UnsetType = UNSET


class ChecklistTemplateOut(msgspec.Struct, kw_only=True):
    """A checklist to put on tickets."""

    id: str
    name: str
    items: list[TemplateItem]
    version: int
    updated_at: datetime


class ChecklistTemplateList(msgspec.Struct):
    """All templates by name."""

    items: list[ChecklistTemplateOut]


class ReminderIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """When to be told of the ticket, and why."""

    at: datetime
    note: Note = ""


class ReminderOut(msgspec.Struct, kw_only=True):
    """One of your reminders that still waits."""

    id: str
    ticket_id: str
    at: datetime
    note: str


class TicketWork(msgspec.Struct, kw_only=True):
    """Everything beside a ticket's conversation at once; reminders are your own."""

    checklist: list[ChecklistItemOut]
    time: TicketTime
    running: TimerOut
    reminders: list[ReminderOut]


def agent_out(agent_id: int, names: Mapping[int, str]) -> WorkAgent:
    return WorkAgent(str(agent_id), names.get(agent_id, ""))


def entry_out(row: TimeEntry, names: Mapping[int, str], *, may_change: bool) -> TimeEntryOut:
    """A time entry as the API shows it."""
    return TimeEntryOut(
        id=str(row.id),
        ticket_id=str(row.ticket_id),
        agent=agent_out(row.agent_id, names),
        source=row.source,
        started_at=row.started_at,
        seconds=row.seconds,
        note=row.note,
        billable=row.billable,
        may_change=may_change,
    )


def item_out(
    row: ChecklistItem, names: Mapping[int, str], *, approval: ApprovalOut | None = None
) -> ChecklistItemOut:
    """An item as the API shows it."""
    return ChecklistItemOut(
        id=str(row.id),
        text=row.text,
        agent=None if row.agent_id is None else agent_out(row.agent_id, names),
        due_at=row.due_at,
        done_at=row.done_at,
        done_by=None if row.done_by is None else agent_out(row.done_by, names),
        needed=row.needed,
        approval=approval,
    )


def template_out(row: Template) -> ChecklistTemplateOut:
    """A template as the API shows it."""
    return ChecklistTemplateOut(
        id=str(row.id),
        name=row.name,
        items=row.items,
        version=row.version,
        updated_at=row.updated_at,
    )


def reminder_out(row: Reminder) -> ReminderOut:
    """A reminder as the API shows it."""
    return ReminderOut(id=str(row.id), ticket_id=str(row.ticket_id), at=row.at, note=row.note)
