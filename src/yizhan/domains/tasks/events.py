"""What happens to time, checklists and reminders. Who works is ``agent_id``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class TimeStarted(events.Event, frozen=True, tag="time.started"):
    """Somebody's timer runs on a ticket."""

    ticket_id: int
    time_entry_id: int
    agent_id: int


class TimeStopped(events.Event, frozen=True, tag="time.stopped"):
    """A timer was stopped."""

    ticket_id: int
    time_entry_id: int
    agent_id: int
    seconds: int


class TimeAdded(events.Event, frozen=True, tag="time.added"):
    """Time was written down by hand."""

    ticket_id: int
    time_entry_id: int
    agent_id: int
    seconds: int
    billable: bool


class TimeChanged(events.Event, frozen=True, tag="time.changed"):
    """A time entry says something else. ``edited`` maps a field to its old and new value."""

    ticket_id: int
    time_entry_id: int
    agent_id: int
    edited: Changes


class TimeDeleted(events.Event, frozen=True, tag="time.deleted"):
    """A time entry is gone."""

    ticket_id: int
    time_entry_id: int
    agent_id: int
    seconds: int | None


class ChecklistAdded(events.Event, frozen=True, tag="checklist.added"):
    """Items were put on a ticket, of a template if there is one."""

    ticket_id: int
    checklist_item_ids: list[int]
    checklist_template_id: int | None = None
    agent_ids: list[int] = []


class ChecklistChanged(events.Event, frozen=True, tag="checklist.changed"):
    """An item has another text, due time or person. ``edited`` maps a field to its old and new value."""

    ticket_id: int
    checklist_item_id: int
    edited: Changes
    agent_ids: list[int] = []  # who shall do it from now on


class ChecklistDone(events.Event, frozen=True, tag="checklist.done"):
    """An item was done."""

    ticket_id: int
    checklist_item_id: int


class ChecklistReopened(events.Event, frozen=True, tag="checklist.reopened"):
    """An item was not done after all."""

    ticket_id: int
    checklist_item_id: int


class ChecklistRemoved(events.Event, frozen=True, tag="checklist.removed"):
    """An item was taken off."""

    ticket_id: int
    checklist_item_id: int
    text: str


class ChecklistOrdered(events.Event, frozen=True, tag="checklist.ordered"):
    """The items of a ticket are in another order."""

    ticket_id: int
    checklist_item_ids: list[int]


class ChecklistItemDue(events.Event, frozen=True, tag="checklist.item_due"):
    """An item is due and not done. ``agent_id`` shall do it, else whoever has the ticket."""

    ticket_id: int
    checklist_item_id: int
    due_at: datetime
    text: str
    agent_id: int | None = None


class ChecklistTemplateCreated(events.Event, frozen=True, tag="checklist_template.created"):
    """A new template."""

    checklist_template_id: int
    changes: Changes


class ChecklistTemplateChanged(events.Event, frozen=True, tag="checklist_template.changed"):
    """A template says something else; what is on tickets stays."""

    checklist_template_id: int
    changes: Changes


class ChecklistTemplateDeleted(events.Event, frozen=True, tag="checklist_template.deleted"):
    """A template is gone; what is on tickets stays."""

    checklist_template_id: int
    name: str


class ReminderSet(events.Event, frozen=True, tag="reminder.set"):
    """Somebody wants to be told of a ticket."""

    ticket_id: int
    reminder_id: int
    agent_id: int
    remind_at: datetime


class ReminderDropped(events.Event, frozen=True, tag="reminder.dropped"):
    """A reminder is no longer wanted."""

    ticket_id: int
    reminder_id: int
    agent_id: int


class ReminderDue(events.Event, frozen=True, tag="reminder.due"):
    """The time has come."""

    ticket_id: int
    reminder_id: int
    agent_id: int
    note: str
