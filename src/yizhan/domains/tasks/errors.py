"""What can go wrong with work on tickets."""

from __future__ import annotations

from yizhan.kernel import errors


class TimeEntryNotFound(errors.NotFound):
    """There is no such time entry."""


class TimeEntryRunning(errors.Conflict):
    """This timer runs; stop it before you change how long it took."""


class NoTimer(errors.Conflict):
    """None of your timers runs."""


class TimeInvalid(errors.Invalid):
    """This time cannot be."""


class ChecklistItemNotFound(errors.NotFound):
    """There is no such item on a checklist."""


class ChecklistFull(errors.Invalid):
    """A ticket can have up to 200 items."""


class ChecklistOrderInvalid(errors.Invalid):
    """An order names every item once."""


class ChecklistTemplateNotFound(errors.NotFound):
    """There is no such checklist template."""


class TooManyTemplates(errors.Invalid):
    """There can be up to 200 checklist templates."""


class ReminderNotFound(errors.NotFound):
    """There is no such reminder."""


class ReminderPast(errors.Invalid):
    """A reminder needs a time that is still to come."""


class TooManyReminders(errors.Invalid):
    """You can have up to 20 reminders of a ticket."""
