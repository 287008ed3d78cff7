"""Rows and values of work on tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from yizhan.domains.tasks.approvals.types import ApprovalAsk

Source = Literal["timer", "manual"]
MOST_MINUTES = 60 * 24 * 31


class TimeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Time that somebody spent on a ticket; without seconds it runs."""

    id: int
    ticket_id: int
    agent_id: int
    source: Source
    started_at: datetime
    seconds: int | None
    note: str
    billable: bool
    created_at: datetime
    updated_at: datetime


class ChecklistItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do on a ticket."""

    id: int
    ticket_id: int
    position: int
    text: str
    agent_id: int | None
    due_at: datetime | None
    rung_at: datetime | None
    done_at: datetime | None
    done_by: int | None
    created_at: datetime
    needed: bool = False  # before the ticket is resolved
    created_by: int | None = None


class TemplateItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a template; due so many minutes after it is put on a ticket."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"\S")]
    due_minutes: Annotated[int, msgspec.Meta(ge=1, le=525_600)] | None = None
    needed: bool = False
    approval: ApprovalAsk | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist to put on tickets."""

    id: int
    name: str
    items: list[TemplateItem]
    version: int
    created_at: datetime
    updated_at: datetime


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants to be told of a ticket."""

    id: int
    agent_id: int
    ticket_id: int
    at: datetime
    note: str
    rung_at: datetime | None
    created_at: datetime
