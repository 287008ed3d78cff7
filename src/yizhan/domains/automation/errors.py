"""What can go wrong with actions, macros and bulk work."""

from __future__ import annotations

from yizhan.kernel import errors


class UnknownAction(errors.Invalid):
    """This desk has no such action."""


class MacroNotFound(errors.NotFound):
    """There is no such macro, or it is not yours to use."""


class MacroNotYours(errors.Forbidden):
    """A macro for a team or for all may only be changed by those who manage macros."""


class MacroEmpty(errors.Invalid):
    """A macro needs a text or an action."""


class UnknownVariable(errors.Invalid):
    """The text uses a variable that does not exist."""


class ShortcutTaken(errors.Conflict):
    """Another macro has this shortcut already."""


class MacroDoesNotApply(errors.Conflict):
    """The conditions of this macro do not hold for the ticket."""


class RunNotFound(errors.NotFound):
    """There is no such change set, or it is not yours to see."""


class AlreadyUndone(errors.Conflict):
    """This was undone already."""


class BulkNotFound(errors.NotFound):
    """There is no such bulk run, or it is not yours to see."""


class BulkTooLarge(errors.Invalid):
    """More tickets than one bulk run may change; narrow the selection."""


class BulkEmpty(errors.Invalid):
    """Nothing is selected, or there is nothing to do."""


class BulkRunning(errors.Conflict):
    """This bulk run still works; cancel it or wait for its end."""


class BulkOver(errors.Conflict):
    """This bulk run has ended already."""
