"""Rows of webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

State = Literal["pending", "held", "delivered", "failed"]
Health = Literal["ok", "failing", "failed", "disabled"]


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """Where events go. The secrets are encrypted."""

    id: int
    name: str
    url: str
    events: list[str]
    secret: bytes
    active: bool
    disabled_reason: str | None
    created_at: datetime
    previous_secret: bytes | None
    previous_until: datetime | None
    failing_since: datetime | None
    failed_at: datetime | None

    @property
    def health(self) -> Health:
        if not self.active:
            return "disabled"
        if self.failed_at is not None:
            return "failed"
        return "ok" if self.failing_since is None else "failing"

    @property
    def place(self) -> str:
        """What its secrets are bound to."""
        return f"webhook.secret.{self.id}"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its way to one webhook."""

    id: int
    webhook_id: int
    event_id: int
    ticket_id: int | None
    type: str
    body: str
    state: State
    attempts: int
    next_at: datetime
    status: int | None
    response: str | None
    error: str | None
    duration_ms: int | None
    created_at: datetime
    done_at: datetime | None


class NewDelivery(msgspec.Struct, frozen=True):
    """What is written for an event that matches."""

    webhook_id: int
    event_id: int
    ticket_id: int | None
    type: str
    body: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one attempt came to."""

    status: int | None = None
    response: str | None = None
    error: str | None = None
    duration_ms: int = 0

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class TicketFacts(msgspec.Struct, frozen=True):
    """What a receiver wants to know of a ticket without asking."""

    id: int
    number: int
    status: str
