"""Rows of channels as structs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """One way in and out: a mailbox, a chat on a site, a form, a bot."""

    id: int
    channel: str
    name: str
    brand_id: int
    team_id: int | None
    public_key: str
    settings: dict[str, Any]
    secrets: bytes | None
    active: bool
    cursor: dict[str, Any]
    last_in_at: datetime | None
    last_out_at: datetime | None
    last_error: str | None
    last_error_at: datetime | None
    version: int
    created_at: datetime


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that came in, raw."""

    id: int
    inbox_id: int
    dedupe_key: str
    state: str
    reason: str | None
    detail: str | None
    sha256: str
    size: int
    content_type: str
    meta: dict[str, Any]
    summary: dict[str, Any] | None
    attempts: int
    message_id: int | None
    ticket_id: int | None
    occurred_at: datetime | None
    received_at: datetime
    done_at: datetime | None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An outgoing message on its way."""

    message_id: int
    conversation_id: int
    inbox_id: int
    state: str
    attempts: int
    not_before: datetime
    leased_until: datetime | None
    error: str | None
    created_at: datetime


class WindowState(msgspec.Struct, frozen=True):
    """Whether a channel lets us answer now, until when, and how often."""

    open: bool = True
    closes_at: datetime | None = None
    remaining: int | None = None
    after: str = ""  # what is left when it is closed: none | template | tag | paid
