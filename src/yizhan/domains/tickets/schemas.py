"""What the API takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.tickets.types import Category
from yizhan.kernel.actor import Stamp
from yizhan.kernel.pagination import Page

Text = Annotated[str, Meta(max_length=200_000)]
Short = Annotated[str, Meta(max_length=500)]
Tag = Annotated[str, Meta(min_length=1, max_length=60)]
IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Priority = Literal["low", "normal", "high", "urgent"]
Visibility = Literal["public", "internal"]
DeliveryState = Literal[
    "queued", "sending", "held", "sent", "delivered", "read", "failed", "unknown", "cancelled"
]


class Person(msgspec.Struct):
    id: str
    name: str


class Promise(msgspec.Struct, kw_only=True):
    """What is promised to the customer next: paused without a due time, done when all is kept."""

    state: Literal["running", "paused", "done"]
    target: str | None
    kind: str | None
    due_at: datetime | None
    warn_at: datetime | None
    breached: bool


class TicketRow(msgspec.Struct, kw_only=True):
    """A ticket in a list."""

    id: str
    number: int
    subject: str
    status: str
    status_category: Category
    priority: Priority
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
    last_message_at: datetime | None
    last_customer_at: datetime | None
    waiting_since: datetime | None
    unread: bool
    draft: bool
    snoozed_until: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    promise: Promise | None = None
    practice: bool = False  # an exercise: in lists of one's own, not among the work of others
    mood: Literal["negative", "grave"] | None = None  # of the customer, as far as anybody knows


class ConversationOut(msgspec.Struct, kw_only=True):
    id: str
    channel: str
    inbox_id: str | None
    contact_id: str
    can_reply: bool
    window_closes_at: datetime | None
    reply_to: str | None
    reason: str
    read_at: datetime | None


class AttachmentOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    content_type: str
    size: int
    inline: bool
    content_id: str | None
    url: str


class DeliveryOut(msgspec.Struct, kw_only=True):
    state: DeliveryState
    error: str | None
    at: datetime | None
    undo_until: datetime | None


class Author(msgspec.Struct):
    kind: str
    id: str | None
    name: str


class Address(msgspec.Struct):
    """A mail-like address with its display name."""

    address: str
    name: str = ""


class MentionOut(msgspec.Struct):
    """An agent or a team that is named."""

    kind: Literal["agent", "team"]
    id: str


class MessageOut(msgspec.Struct, kw_only=True):
    """A message, an internal note or a line of the system."""

    id: str
    ticket_id: str
    conversation_id: str | None
    direction: Literal["in", "out", "note", "system"]
    visibility: Visibility
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
    sender_verdict: Literal["pass", "fail", "none"] | None
    has_raw: bool
    client_id: str | None
    meta: dict[str, Any]
    created_at: datetime
    edited_at: datetime | None


class MergedInto(msgspec.Struct):
    """The ticket that a merged one is part of now."""

    id: str
    number: int


class TicketOut(TicketRow, kw_only=True):
    """A ticket in full."""

    description: str
    watchers: list[str]
    fields: dict[str, Any]
    conversations: list[ConversationOut]
    participants: list[Address]
    follow_up_of: str | None
    first_reply_at: datetime | None
    resolved_at: datetime | None
    allowed_statuses: list[str]
    abilities: list[str]
    merged_into: MergedInto | None = None
    messages: Page[MessageOut] | UnsetType = UNSET  # only when asked for


class Requester(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Whom a ticket is from; one of id, email, phone and external_id is needed."""

    id: IdText | None = None
    email: Annotated[str, Meta(max_length=320)] | None = None
    phone: Annotated[str, Meta(max_length=40)] | None = None
    external_id: Annotated[str, Meta(max_length=200)] | None = None
    name: Annotated[str, Meta(max_length=200)] = ""


class CreateTicket(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new ticket with the customer's first message."""

    subject: Annotated[str, Meta(min_length=1, max_length=500)]
    body: Text
    requester: Requester
    type: Annotated[str, Meta(max_length=60)] = "question"
    priority: Priority = "normal"
    tags: Annotated[list[Tag], Meta(max_length=50)] = []
    fields: dict[str, Any] = {}
    team_id: IdText | None = None
    brand_id: IdText | None = None
    from_agent: bool = False  # the body is ours and is sent to the customer


class PatchTicket(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What may be changed on a ticket; what is absent stays."""

    subject: Annotated[str, Meta(min_length=1, max_length=500)] | UnsetType = UNSET
    status: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    type: Annotated[str, Meta(min_length=1, max_length=60)] | UnsetType = UNSET
    assignee_id: IdText | UnsetType | None = UNSET
    team_id: IdText | UnsetType | None = UNSET
    brand_id: IdText | UnsetType = UNSET
    requester_id: IdText | UnsetType = UNSET
    tags: Annotated[list[Tag], Meta(max_length=50)] | UnsetType = UNSET
    snoozed_until: datetime | UnsetType | None = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    despite_children: bool | UnsetType = UNSET  # resolve it though tickets below it are open
    despite_items: bool | UnsetType = UNSET  # resolve it though items that must be done are not


class MentionIn(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["agent", "team"]
    id: IdText


class CreateMessage(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An answer or a note. ``seen_up_to`` is the id of the last message that the writer has seen."""

    body: Text = ""
    body_html: Annotated[str, Meta(max_length=1_000_000)] | None = None
    visibility: Visibility = "public"
    channel: Annotated[str, Meta(max_length=60)] | None = None
    conversation_id: IdText | None = None
    seen_up_to: IdText | None = None
    confirm_stale: bool = False
    attachments: Annotated[list[IdText], Meta(max_length=50)] = []
    mentions: Annotated[list[MentionIn], Meta(max_length=50)] = []
    client_id: Annotated[str, Meta(max_length=100)] | None = None
    status: Annotated[str, Meta(max_length=60)] | None = None
    despite_children: bool = False
    despite_items: bool = False
    to: Annotated[list[Short], Meta(max_length=50)] = []
    cc: Annotated[list[Short], Meta(max_length=50)] = []


class AssignTicket(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    agent_id: IdText | UnsetType | None = UNSET
    team_id: IdText | UnsetType | None = UNSET


class BulkTickets(msgspec.Struct, forbid_unknown_fields=True):
    ids: Annotated[list[IdText], Meta(min_length=1, max_length=100)]
    changes: PatchTicket


class Refusal(msgspec.Struct):
    """Why one of many was not changed."""

    id: str
    code: str
    detail: str


class BulkResult(msgspec.Struct):
    changed: list[str]
    refused: list[Refusal]


class DraftIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    body_html: Annotated[str, Meta(max_length=1_000_000)] = ""
    body: Text = ""
    attachments: Annotated[list[IdText], Meta(max_length=50)] = []
    mentions: Annotated[list[MentionIn], Meta(max_length=50)] = []
    # Unfinished as the text is, so not yet checked; null leaves it to the server: whoever wrote.
    to: Annotated[list[Short], Meta(max_length=50)] | None = None
    cc: Annotated[list[Short], Meta(max_length=50)] | None = None


class DraftOut(msgspec.Struct, kw_only=True):
    mode: str
    body_html: str
    body: str
    attachments: list[AttachmentOut]
    mentions: list[MentionOut]
    to: list[str] | None
    cc: list[str] | None
    updated_at: datetime | None


class HistoryItem(msgspec.Struct, kw_only=True):
    id: str
    at: datetime
    actor: Stamp
    type: str
    changes: dict[str, tuple[Any, Any]]  # field -> old, new
    cause: dict[str, Any]
    data: dict[str, Any]


class TimelineTicket(msgspec.Struct):
    """The ticket of a line of the time line."""

    id: str
    number: int
    subject: str
    status: str
    status_category: Category


class TimelineItem(msgspec.Struct, kw_only=True):
    """Something that was said with a customer, on whatever channel."""

    id: str
    at: datetime
    ticket: TimelineTicket
    conversation_id: str
    channel: str
    direction: Literal["in", "out"]
    author: str
    text: str
    files: int


class TagOut(msgspec.Struct):
    """A tag and how many recent tickets have it."""

    tag: str
    count: int


class StatusOut(msgspec.Struct, kw_only=True):
    id: str
    category: Category
    name: dict[str, str]
    allowed: list[str]


class PresenceIn(msgspec.Struct, forbid_unknown_fields=True):
    state: Literal["viewing", "typing", "left"]
    mode: Visibility = "public"  # what is being typed


class RetryMessage(msgspec.Struct, forbid_unknown_fields=True):
    confirm_duplicate: bool = False


class ReadUpTo(msgspec.Struct, forbid_unknown_fields=True):
    message_id: IdText | None = None


class FileOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    content_type: str
    size: int
    url: str
