# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``tasks``."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "ApprovalAgain",
    "ApprovalAnswer",
    "ApprovalAsk",
    "ApprovalOut",
    "ApprovalPerson",
    "Checklist",
    "ChecklistIn",
    "ChecklistItemChange",
    "ChecklistItemOut",
    "ChecklistLine",
    "ChecklistOrder",
    "ChecklistTemplateChange",
    "ChecklistTemplateIn",
    "ChecklistTemplateList",
    "ChecklistTemplateOut",
    "ReminderIn",
    "ReminderOut",
    "TemplateItem",
    "TicketTime",
    "TicketWork",
    "TimeChange",
    "TimeEntryOut",
    "TimeIn",
    "TimerIn",
    "TimerOut",
    "TimerStarted",
    "WaitingApproval",
    "WaitingApprovals",
    "WorkAgent",
]


class ApprovalAgain(Struct, kw_only=True):
    """Approval again."""

    ask: ApprovalAsk | UnsetType | None = UNSET
    text: str | UnsetType | None = UNSET


class ApprovalAnswer(Struct, kw_only=True):
    """Approval answer."""

    approve: bool
    comment: str | UnsetType = UNSET


class ApprovalAsk(Struct, kw_only=True):
    """Approval ask."""

    agent_ids: list[str] | UnsetType = UNSET
    team_id: str | UnsetType | None = UNSET
    role_id: str | UnsetType | None = UNSET
    all: bool | UnsetType = UNSET


class ApprovalOut(Struct, kw_only=True):
    """Approval out."""

    state: str  # waiting, approved, declined
    round: int
    ask: ApprovalAsk
    people: list[ApprovalPerson]
    asked_by: str | None
    asked_by_name: str
    asked_at: dt.datetime
    may_answer: bool
    may_take_back: bool


class ApprovalPerson(Struct, kw_only=True):
    """Approval person."""

    id: str
    name: str
    state: str  # waiting, approved, declined
    comment: str
    answered_at: dt.datetime | None


class Checklist(Struct, kw_only=True):
    """Checklist."""

    items: list[ChecklistItemOut]


class ChecklistIn(Struct, kw_only=True):
    """Checklist in."""

    items: list[ChecklistLine] | UnsetType = UNSET
    template_id: str | UnsetType | None = UNSET


class ChecklistItemChange(Struct, kw_only=True):
    """Checklist item change."""

    text: str | UnsetType = UNSET
    agent_id: str | UnsetType | None = UNSET
    due_at: dt.datetime | UnsetType | None = UNSET
    done: bool | UnsetType = UNSET
    needed: bool | UnsetType = UNSET


class ChecklistItemOut(Struct, kw_only=True):
    """Checklist item out."""

    id: str
    text: str
    agent: WorkAgent | None
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    done_by: WorkAgent | None
    needed: bool
    approval: ApprovalOut | None


class ChecklistLine(Struct, kw_only=True):
    """Checklist line."""

    text: str
    agent_id: str | UnsetType | None = UNSET
    due_at: dt.datetime | UnsetType | None = UNSET
    needed: bool | UnsetType = UNSET
    approval: ApprovalAsk | UnsetType | None = UNSET


class ChecklistOrder(Struct, kw_only=True):
    """Checklist order."""

    ids: list[str]


class ChecklistTemplateChange(Struct, kw_only=True):
    """Checklist template change."""

    name: str | UnsetType = UNSET
    items: list[TemplateItem] | UnsetType = UNSET


class ChecklistTemplateIn(Struct, kw_only=True):
    """Checklist template in."""

    name: str
    items: list[TemplateItem]


class ChecklistTemplateList(Struct, kw_only=True):
    """Checklist template list."""

    items: list[ChecklistTemplateOut]


class ChecklistTemplateOut(Struct, kw_only=True):
    """Checklist template out."""

    id: str
    name: str
    items: list[TemplateItem]
    version: int
    updated_at: dt.datetime


class ReminderIn(Struct, kw_only=True):
    """Reminder in."""

    at: dt.datetime
    note: str | UnsetType = UNSET


class ReminderOut(Struct, kw_only=True):
    """Reminder out."""

    id: str
    ticket_id: str
    at: dt.datetime
    note: str


class TemplateItem(Struct, kw_only=True):
    """Template item."""

    text: str
    due_minutes: int | UnsetType | None = UNSET
    needed: bool | UnsetType = UNSET
    approval: ApprovalAsk | UnsetType | None = UNSET


class TicketTime(Struct, kw_only=True):
    """Ticket time."""

    items: list[TimeEntryOut]
    total_seconds: int
    billable_seconds: int


class TicketWork(Struct, kw_only=True):
    """Ticket work."""

    checklist: list[ChecklistItemOut]
    time: TicketTime
    running: TimerOut
    reminders: list[ReminderOut]


class TimeChange(Struct, kw_only=True):
    """Time change."""

    minutes: int | UnsetType = UNSET
    started_at: dt.datetime | UnsetType = UNSET
    note: str | UnsetType = UNSET
    billable: bool | UnsetType = UNSET


class TimeEntryOut(Struct, kw_only=True):
    """Time entry out."""

    id: str
    ticket_id: str
    agent: WorkAgent
    source: str  # timer, manual
    started_at: dt.datetime
    seconds: int | None
    note: str
    billable: bool
    may_change: bool


class TimeIn(Struct, kw_only=True):
    """Time in."""

    minutes: int
    started_at: dt.datetime | UnsetType | None = UNSET
    note: str | UnsetType = UNSET
    billable: bool | UnsetType = UNSET


class TimerIn(Struct, kw_only=True):
    """Timer in."""

    note: str | UnsetType = UNSET
    billable: bool | UnsetType = UNSET


class TimerOut(Struct, kw_only=True):
    """Timer out."""

    entry: TimeEntryOut | None
    ticket_number: int | None = None


class TimerStarted(Struct, kw_only=True):
    """Timer started."""

    started: TimeEntryOut
    stopped: TimeEntryOut | None = None


class WaitingApproval(Struct, kw_only=True):
    """Waiting approval."""

    item_id: str
    text: str
    due_at: dt.datetime | None
    asked_at: dt.datetime
    asked_by_name: str
    ticket_id: str
    ticket_number: int
    ticket_subject: str


class WaitingApprovals(Struct, kw_only=True):
    """Waiting approvals."""

    items: list[WaitingApproval]


class WorkAgent(Struct, kw_only=True):
    """Work agent."""

    id: str
    name: str
