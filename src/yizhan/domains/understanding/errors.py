"""What can go wrong with what is read in messages."""

from __future__ import annotations

from yizhan.kernel import errors


class NothingRead(errors.NotFound):
    """Nothing of this ticket has been read yet; wait a moment, or for a message of the customer."""


class UnknownLabel(errors.Invalid):
    """There is no such label; take one of those that are offered."""


class HeadUnknown(errors.Invalid):
    """This cannot be corrected; intent, category, emotion, urgency, complexity and slots can."""


class UnderstandingInvalid(errors.Invalid):
    """These settings cannot be."""
