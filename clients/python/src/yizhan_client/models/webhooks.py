# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``webhooks``."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "EventTypes",
    "ReplayIn",
    "ReplayStarted",
    "WebhookChanges",
    "WebhookDelivery",
    "WebhookDeliveryPage",
    "WebhookIn",
    "WebhookList",
    "WebhookOut",
]


class EventTypes(Struct, kw_only=True):
    """Event types."""

    items: list[str]


class ReplayIn(Struct, kw_only=True):
    """Replay in."""

    after: str | UnsetType | None = UNSET
    since: dt.datetime | UnsetType | None = UNSET


class ReplayStarted(Struct, kw_only=True):
    """Replay started."""

    started: bool | None = None


class WebhookChanges(Struct, kw_only=True):
    """Webhook changes."""

    url: str | UnsetType = UNSET
    events: list[str] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class WebhookDelivery(Struct, kw_only=True):
    """Webhook delivery."""

    id: str
    event_id: str
    ticket_id: str | None
    type: str
    state: str  # pending, held, delivered, failed
    attempts: int
    next_at: dt.datetime | None
    status: int | None
    response: str | None
    error: str | None
    duration_ms: int | None
    created_at: dt.datetime
    done_at: dt.datetime | None
    body: str


class WebhookDeliveryPage(Struct, kw_only=True):
    """Webhook delivery page."""

    items: list[WebhookDelivery]
    next_cursor: str | None = None


class WebhookIn(Struct, kw_only=True):
    """Webhook in."""

    url: str
    events: list[str] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class WebhookList(Struct, kw_only=True):
    """Webhook list."""

    items: list[WebhookOut]
    next_cursor: str | None = None


class WebhookOut(Struct, kw_only=True):
    """Webhook out."""

    id: str
    name: str
    url: str
    events: list[str]
    active: bool
    state: str  # ok, failing, failed, disabled
    disabled_reason: str | None
    failing_since: dt.datetime | None
    created_at: dt.datetime
    secret: str | None = None
