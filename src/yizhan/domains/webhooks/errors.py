"""What can go wrong with webhooks."""

from __future__ import annotations

from yizhan.kernel import errors


class WebhookNotFound(errors.NotFound):
    """There is no such webhook."""


class DeliveryNotFound(errors.NotFound):
    """There is no such delivery."""


class UnknownEventType(errors.Invalid):
    """There is no such event; use *, a family such as ticket.*, or a type from the list."""


class WebhookInactive(errors.Conflict):
    """The webhook is switched off; switch it on first."""


class ReplayUnclear(errors.Invalid):
    """A replay begins either behind a cursor (after) or at a moment (since): give one of them."""
