"""What can go wrong when looking at the installation."""

from __future__ import annotations

from yizhan.kernel import errors


class HeldAlreadyDecided(errors.Conflict):
    """What was held since the restore is being sent or was set aside already; that cannot be turned round."""


class ShownElsewhere(errors.NotFound):
    """The state of the installation is shown in its operator's workspace only (YIZHAN_OPERATOR_WORKSPACE)."""
