"""What happens to webhooks. These events are never sent to webhooks themselves."""

from __future__ import annotations

from yizhan.kernel import events


class WebhookCreated(events.Event, tag="webhook.created", frozen=True):
    """A webhook was added."""

    webhook_id: int
    url: str
    events: list[str]


class WebhookUpdated(events.Event, tag="webhook.updated", frozen=True):
    """A webhook's settings changed."""

    webhook_id: int
    fields: list[str]


class WebhookSecretRotated(events.Event, tag="webhook.secret_rotated", frozen=True):
    """A webhook got a new secret; the old one signs besides for a day."""

    webhook_id: int


class WebhookDeleted(events.Event, tag="webhook.deleted", frozen=True):
    """A webhook was removed."""

    webhook_id: int


class WebhookFailed(events.Event, tag="webhook.failed", frozen=True):
    """A delivery was given up after a day of attempts."""

    webhook_id: int
    delivery_id: int


class WebhookDisabled(events.Event, tag="webhook.disabled", frozen=True):
    """The receiver said that it is gone for good."""

    webhook_id: int
    reason: str
