"""Values and rows of tickets. Times are aware UTC; ids are integers inside and text outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Category = Literal["new", "open", "waiting", "resolved", "closed"]
CATEGORIES = ("new", "open", "waiting", "resolved", "closed")
ACTIVE = ("new", "open", "waiting")
PRIORITIES = ("low", "normal", "high", "urgent")
FIRST_NUMBER = 1001

# What every workspace starts with. An empty ``allowed`` permits any next status.
DEFAULT_STATUSES: tuple[tuple[str, Category, str, str, tuple[str, ...]], ...] = (
    ("new", "new", "新建", "New", ("open", "pending", "on_hold", "resolved", "closed")),
    ("open", "open", "处理中", "Open", ("pending", "on_hold", "resolved", "closed")),
    (
        "pending",
        "waiting",
        "等待客户",
        "Waiting for customer",
        ("open", "on_hold", "resolved", "closed"),
    ),
    ("on_hold", "waiting", "挂起", "On hold", ("open", "pending", "resolved", "closed")),
    ("resolved", "resolved", "已解决", "Resolved", ("open", "closed")),
    ("closed", "closed", "已关闭", "Closed", ()),
)


class Status(msgspec.Struct, frozen=True):
    """A workspace's status: its category decides how the desk treats it."""

    id: str
    category: Category
    name: dict[str, str]
    position: int
    allowed: list[str]


class Ticket(msgspec.Struct, frozen=True):
    """A ticket as services work with it."""

    id: int
    number: int
    subject: str
    status: str
    status_category: str
    priority: str
    type: str
    tags: list[str]
    channel: str
    inbox_id: int | None
    brand_id: int | None
    team_id: int | None
    unit_id: int | None
    assignee_id: int | None
    requester_id: int
    follow_up_of: int | None
    fields: dict[str, Any]
    last_message_id: int | None
    last_customer_message_id: int | None
    waiting_since: datetime | None
    first_reply_at: datetime | None
    snoozed_until: datetime | None
    resolved_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    merged_into: int | None = None  # a closed stub: everything is there


class Conversation(msgspec.Struct, frozen=True):
    """One thread with one customer on one channel."""

    id: int
    ticket_id: int
    inbox_id: int | None
    channel: str
    contact_id: int
    identity_id: int | None
    external_key: str | None
    reply_to: str | None
    last_inbound_at: datetime | None
    meta: dict[str, Any]


class KeptFile(msgspec.Struct, frozen=True):
    """A file whose bytes are in the store and of which there is no row yet."""

    name: str
    content_type: str
    size: int
    sha256: str


class StoredFile(msgspec.Struct, frozen=True):
    """A file that is already in the store and belongs to a message."""

    file_id: int
    inline: bool = False
    content_id: str | None = None


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer wrote, after the channel has found out who and to which conversation.

    ``conversation_id`` or ``conversation_key`` continue a conversation; with neither a new one
    begins. ``related_ticket_id`` only leaves a note: the sender has no right to join that ticket.
    """

    channel: str
    contact_id: int
    author_name: str
    text: str
    inbox_id: int | None = None
    brand_id: int | None = None
    team_id: int | None = None
    identity_id: int | None = None
    conversation_id: int | None = None
    conversation_key: str | None = None
    related_ticket_id: int | None = None
    reply_to: str | None = None
    external_id: str | None = None
    client_id: str | None = None
    envelope_id: int | None = None
    subject: str | None = None
    html: str | None = None
    quoted_text: str | None = None
    quoted_html: str | None = None
    files: tuple[StoredFile, ...] = ()
    occurred_at: datetime | None = None
    automatic: bool = False
    sender_verdict: str | None = None
    addressing: dict[str, Any] | None = None
    participants: tuple[tuple[str, str], ...] = ()  # (address, name)
    priority: str = "normal"
    type: str = "question"
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    meta: dict[str, Any] = {}


class Receipt(msgspec.Struct, frozen=True):
    """Where a received message ended."""

    ticket_id: int
    ticket_number: int
    conversation_id: int
    message_id: int
    new_ticket: bool
    duplicate: bool = False


class Mention(msgspec.Struct, frozen=True):
    """An agent or a team named in a message."""

    kind: str  # agent | team
    id: str


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent writes: an answer (public) or a note (internal)."""

    body: str
    visibility: str = "public"
    body_html: str | None = None
    channel: str | None = None  # only a conversation on this channel will do
    conversation_id: int | None = None
    seen_up_to: int | None = None
    confirm_stale: bool = False
    attachments: tuple[int, ...] = ()
    mentions: tuple[Mention, ...] = ()
    client_id: str | None = None
    status: str | None = None
    despite_children: bool = False
    despite_items: bool = False
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    automatic: bool = False
    undo_seconds: int | None = None
