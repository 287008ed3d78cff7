"""What can go wrong with advice."""

from __future__ import annotations

from yizhan.kernel import errors


class TooFewAccepted(errors.Conflict):
    """Search learns from answers with articles; too few were sent yet."""
