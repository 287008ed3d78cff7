"""What can go wrong with calendars and policies."""

from __future__ import annotations

from yizhan.kernel import errors


class CalendarInvalid(errors.Invalid):
    """This calendar cannot be computed with."""


class CaseInvalid(errors.Invalid):
    """A case cannot be read."""
