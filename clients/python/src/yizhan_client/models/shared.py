# Written by `make openapi` from openapi.json; do not edit.
"""Structs of several parts."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "Address",
    "AttachmentOut",
    "Author",
    "DeliveryOut",
    "FieldNames",
    "GrantOut",
    "HeldChange",
    "MentionIn",
    "MentionOut",
    "MessageOut",
    "MessageOutPage",
    "Person",
    "Promise",
    "RunOut",
    "Stamp",
    "StepDone",
    "StepIO",
    "TicketRow",
    "TicketRowPage",
]


class Address(Struct, kw_only=True):
    """Address."""

    address: str
    name: str | None = None


class AttachmentOut(Struct, kw_only=True):
    """Attachment out."""

    id: str
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str | None
    url: str


class Author(Struct, kw_only=True):
    """Author."""

    kind: str
    id: str | None
    name: str


class DeliveryOut(Struct, kw_only=True):
    """Delivery out."""

    state: str  # queued, sending, held, sent, delivered, read, failed, unknown, cancelled
    error: str | None
    at: dt.datetime | None
    undo_until: dt.datetime | None


class FieldNames(Struct, kw_only=True):
    """Field names."""

    zh: str | UnsetType = UNSET
    en: str | UnsetType = UNSET


class GrantOut(Struct, kw_only=True):
    """Grant out."""

    permission: str
    scope: str  # all, unit, team, own
    unit_id: str | None = None


class HeldChange(Struct, kw_only=True):
    """Held change."""

    id: str
    kind: str  # model, threshold, article, questions, skill, server
    state: str  # checking, blocked
    variant: str


class MentionIn(Struct, kw_only=True):
    """Mention in."""

    kind: Literal["agent", "team"]
    id: str


class MentionOut(Struct, kw_only=True):
    """Mention out."""

    kind: str  # agent, team
    id: str


class MessageOut(Struct, kw_only=True):
    """Message out."""

    id: str
    ticket_id: str
    conversation_id: str | None
    direction: str  # in, out, note, system
    visibility: str  # public, internal
    author: Author
    channel: str
    subject: str | None
    body_text: str
    body_html: str | None
    quoted_text: str | None
    quoted_html: str | None
    to: list[Address]
    cc: list[Address]
    attachments: list[AttachmentOut]
    mentions: list[MentionOut]
    delivery: DeliveryOut | None
    automatic: bool
    sender_verdict: str | None  # pass, fail, none, None
    has_raw: bool
    client_id: str | None
    meta: dict[str, Any]
    created_at: dt.datetime
    edited_at: dt.datetime | None


class MessageOutPage(Struct, kw_only=True):
    """Message out page."""

    items: list[MessageOut]
    next_cursor: str | None = None


class Person(Struct, kw_only=True):
    """Person."""

    id: str
    name: str


class Promise(Struct, kw_only=True):
    """Promise."""

    state: str  # running, paused, done
    target: str | None
    kind: str | None
    due_at: dt.datetime | None
    warn_at: dt.datetime | None
    breached: bool


class RunOut(Struct, kw_only=True):
    """Run out."""

    id: str
    ticket_id: str
    actor: Stamp
    cause: dict[str, Any]
    steps: list[StepDone]
    at: dt.datetime
    undone_at: dt.datetime | None
    undone_by: Stamp | None
    left_alone: list[str]


class Stamp(Struct, kw_only=True):
    """Stamp."""

    kind: str
    id: str | None
    name: str


class StepDone(Struct, kw_only=True):
    """Step done."""

    action: str
    params: dict[str, Any]
    undo: str  # yes, until_sent, no


class StepIO(Struct, kw_only=True):
    """Step i o."""

    action: str
    params: dict[str, Any] | UnsetType = UNSET


class TicketRow(Struct, kw_only=True):
    """Ticket row."""

    id: str
    number: int
    subject: str
    status: str
    status_category: str  # new, open, waiting, resolved, closed
    priority: str  # low, normal, high, urgent
    type: str
    tags: list[str]
    channel: str
    inbox_id: str | None
    brand_id: str | None
    team_id: str | None
    unit_id: str | None
    assignee_id: str | None
    requester: Person
    preview: str
    message_count: int
    last_message_at: dt.datetime | None
    last_customer_at: dt.datetime | None
    waiting_since: dt.datetime | None
    unread: bool
    draft: bool
    snoozed_until: dt.datetime | None
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    promise: Promise | None = None
    practice: bool | None = None
    mood: str | None = None  # negative, grave, None


class TicketRowPage(Struct, kw_only=True):
    """Ticket row page."""

    items: list[TicketRow]
    next_cursor: str | None = None
