"""What can go wrong with calendars and policies."""

from __future__ import annotations

from yizhan.kernel import errors


class CalendarInvalid(errors.Invalid):
    """This calendar cannot be computed with."""


class CaseInvalid(errors.Invalid):
    """A case cannot be read."""


class CalendarNotFound(errors.NotFound):
    """There is no such calendar."""


class CalendarInUse(errors.Conflict):
    """Policies count by this calendar; give them another one first."""


class PolicyNotFound(errors.NotFound):
    """There is no such policy."""


class PolicyInvalid(errors.Invalid):
    """This policy cannot hold."""
