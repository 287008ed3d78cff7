# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``channels``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "CapabilitiesOut",
    "ChannelOut",
    "CheckOut",
    "CheckResult",
    "EnvelopeDetail",
    "EnvelopeOut",
    "EnvelopeOutPage",
    "FileHint",
    "InboxChange",
    "InboxOut",
    "InboxOutPage",
    "InboxState",
    "NewInbox",
    "Window",
]


class CapabilitiesOut(Struct, kw_only=True):
    """Capabilities out."""

    transport: str  # webhook, pull, stream, socket, form, api
    html: bool
    files: bool
    max_text: int | None
    max_file_bytes: int | None
    receipts: list[str]
    typing: bool
    subject: bool
    recipients: bool
    can_start: bool
    idempotent_send: bool
    immediate: bool
    fetched: bool
    practice: bool
    windows: list[Window]


class ChannelOut(Struct, kw_only=True):
    """Channel out."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    tier: str
    version: str
    docs: str
    has_inbox: bool
    capabilities: CapabilitiesOut
    settings_schema: dict[str, Any]
    strings: dict[str, dict[str, Any]]


class CheckOut(Struct, kw_only=True):
    """Check out."""

    code: str
    ok: bool
    detail: str


class CheckResult(Struct, kw_only=True):
    """Check result."""

    ok: bool
    detail: str
    checks: list[CheckOut]


class EnvelopeDetail(Struct, kw_only=True):
    """Envelope detail."""

    id: str
    inbox_id: str
    state: str
    reason: str | None
    detail: str | None
    sender: str
    subject: str
    preview: str
    size: int
    content_type: str
    message_id: str | None
    ticket_id: str | None
    received_at: dt.datetime
    done_at: dt.datetime | None
    text: str
    files: list[FileHint]


class EnvelopeOut(Struct, kw_only=True):
    """Envelope out."""

    id: str
    inbox_id: str
    state: str
    reason: str | None
    detail: str | None
    sender: str
    subject: str
    preview: str
    size: int
    content_type: str
    message_id: str | None
    ticket_id: str | None
    received_at: dt.datetime
    done_at: dt.datetime | None


class EnvelopeOutPage(Struct, kw_only=True):
    """Envelope out page."""

    items: list[EnvelopeOut]
    next_cursor: str | None = None


class FileHint(Struct, kw_only=True):
    """File hint."""

    name: str
    content_type: str


class InboxChange(Struct, kw_only=True):
    """Inbox change."""

    name: str | UnsetType = UNSET
    brand_id: str | UnsetType = UNSET
    team_id: str | UnsetType | None = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class InboxOut(Struct, kw_only=True):
    """Inbox out."""

    id: str
    name: str
    channel: str
    brand_id: str
    team_id: str | None
    active: bool
    settings: dict[str, Any]
    secrets_set: list[str]
    state: InboxState
    embed: dict[str, str]
    version: int
    created_at: dt.datetime


class InboxOutPage(Struct, kw_only=True):
    """Inbox out page."""

    items: list[InboxOut]
    next_cursor: str | None = None


class InboxState(Struct, kw_only=True):
    """Inbox state."""

    last_in_at: dt.datetime | None
    last_out_at: dt.datetime | None
    last_error: str | None
    last_error_at: dt.datetime | None


class NewInbox(Struct, kw_only=True):
    """New inbox."""

    name: str
    channel: str
    brand_id: str
    team_id: str | UnsetType | None = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class Window(Struct, kw_only=True):
    """Window."""

    opens_on: str
    seconds: int
    max_messages: int | None = None
    after: str | None = None
