"""What the API takes and gives of webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from yizhan.domains.webhooks.types import Delivery, Health, State, Webhook

Url = Annotated[str, msgspec.Meta(min_length=8, max_length=2000)]
Events = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=100)]],
    msgspec.Meta(min_length=1, max_length=100),
]
Name = Annotated[str, msgspec.Meta(max_length=100)]


class WebhookIn(msgspec.Struct, forbid_unknown_fields=True):
    """A new webhook. ``events``: ``*``, families such as ``ticket.*``, or types."""

    url: Url
    events: Events = msgspec.field(default_factory=lambda: ["*"])
    name: Name = ""
    active: bool = True


class WebhookChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What changes; the rest stays."""

    url: Url | msgspec.UnsetType = msgspec.UNSET
    events: Events | msgspec.UnsetType = msgspec.UNSET
    name: Name | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET


class WebhookOut(msgspec.Struct, kw_only=True):
    """A webhook. ``secret`` is given once, when it is made or replaced."""

    id: str
    name: str
    url: str
    events: list[str]
    active: bool
    state: Health
    disabled_reason: str | None
    failing_since: datetime | None
    created_at: datetime
    secret: str | msgspec.UnsetType = msgspec.UNSET


class WebhookList(msgspec.Struct):
    """All webhooks of the workspace."""

    items: list[WebhookOut]
    next_cursor: str | None = None


class EventTypes(msgspec.Struct):
    """The event types that can be asked for."""

    items: list[str]


class WebhookDelivery(msgspec.Struct, kw_only=True):
    """One delivery with what became of it."""

    id: str
    event_id: str
    ticket_id: str | None
    type: str
    state: State
    attempts: int
    next_at: datetime | None
    status: int | None
    response: str | None
    error: str | None
    duration_ms: int | None
    created_at: datetime
    done_at: datetime | None
    body: str


class ReplayIn(msgspec.Struct, forbid_unknown_fields=True):
    """Send everything again that is behind a cursor of the event log, or since a moment."""

    after: str | None = None
    since: datetime | None = None


def webhook_out(row: Webhook, *, secret: str | None = None) -> WebhookOut:
    """A webhook as the API shows it."""
    return WebhookOut(
        id=str(row.id),
        name=row.name,
        url=row.url,
        events=row.events,
        active=row.active,
        state=row.health,
        disabled_reason=row.disabled_reason,
        failing_since=row.failing_since,
        created_at=row.created_at,
        secret=msgspec.UNSET if secret is None else secret,
    )


def delivery_out(row: Delivery) -> WebhookDelivery:
    """A delivery as the API shows it."""
    return WebhookDelivery(
        id=str(row.id),
        event_id=str(row.event_id),
        ticket_id=None if row.ticket_id is None else str(row.ticket_id),
        type=row.type,
        state=row.state,
        attempts=row.attempts,
        next_at=row.next_at if row.state == "pending" else None,
        status=row.status,
        response=row.response,
        error=row.error,
        duration_ms=row.duration_ms,
        created_at=row.created_at,
        done_at=row.done_at,
        body=row.body,
    )
