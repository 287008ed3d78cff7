# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``tickets``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import Address, MessageOutPage, Person, Promise, Stamp

__all__ = [
    "AssignTicket",
    "BulkResult",
    "BulkTickets",
    "ConversationOut",
    "CreateTicket",
    "HistoryItem",
    "HistoryItemPage",
    "MergedInto",
    "PatchTicket",
    "Refusal",
    "Requester",
    "StatusOut",
    "TagOut",
    "TicketOut",
    "TicketScore",
    "TicketScores",
]


class AssignTicket(Struct, kw_only=True):
    """Assign ticket."""

    agent_id: str | UnsetType | None = UNSET
    team_id: str | UnsetType | None = UNSET


class BulkResult(Struct, kw_only=True):
    """Bulk result."""

    changed: list[str]
    refused: list[Refusal]


class BulkTickets(Struct, kw_only=True):
    """Bulk tickets."""

    ids: list[str]
    changes: PatchTicket


class ConversationOut(Struct, kw_only=True):
    """Conversation out."""

    id: str
    channel: str
    inbox_id: str | None
    contact_id: str
    can_reply: bool
    window_closes_at: dt.datetime | None
    reply_to: str | None
    reason: str
    read_at: dt.datetime | None


class CreateTicket(Struct, kw_only=True):
    """Create ticket."""

    subject: str
    body: str
    requester: Requester
    type: str | UnsetType = UNSET
    priority: Literal["low", "normal", "high", "urgent"] | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    team_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET
    from_agent: bool | UnsetType = UNSET


class HistoryItem(Struct, kw_only=True):
    """History item."""

    id: str
    at: dt.datetime
    actor: Stamp
    type: str
    changes: dict[str, list[Any]]
    cause: dict[str, Any]
    data: dict[str, Any]


class HistoryItemPage(Struct, kw_only=True):
    """History item page."""

    items: list[HistoryItem]
    next_cursor: str | None = None


class MergedInto(Struct, kw_only=True):
    """Merged into."""

    id: str
    number: int


class PatchTicket(Struct, kw_only=True):
    """Patch ticket."""

    subject: str | UnsetType = UNSET
    status: str | UnsetType = UNSET
    priority: Literal["low", "normal", "high", "urgent"] | UnsetType = UNSET
    type: str | UnsetType = UNSET
    assignee_id: str | UnsetType | None = UNSET
    team_id: str | UnsetType | None = UNSET
    brand_id: str | UnsetType = UNSET
    requester_id: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    snoozed_until: dt.datetime | UnsetType | None = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    despite_children: bool | UnsetType = UNSET
    despite_items: bool | UnsetType = UNSET


class Refusal(Struct, kw_only=True):
    """Refusal."""

    id: str
    code: str
    detail: str


class Requester(Struct, kw_only=True):
    """Requester."""

    id: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    external_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET


class StatusOut(Struct, kw_only=True):
    """Status out."""

    id: str
    category: str  # new, open, waiting, resolved, closed
    name: dict[str, str]
    allowed: list[str]


class TagOut(Struct, kw_only=True):
    """Tag out."""

    tag: str
    count: int


class TicketOut(Struct, kw_only=True):
    """Ticket out."""

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
    description: str
    watchers: list[str]
    fields: dict[str, Any]
    conversations: list[ConversationOut]
    participants: list[Address]
    follow_up_of: str | None
    first_reply_at: dt.datetime | None
    resolved_at: dt.datetime | None
    allowed_statuses: list[str]
    abilities: list[str]
    merged_into: MergedInto | None = None
    messages: MessageOutPage | None = None


class TicketScore(Struct, kw_only=True):
    """Ticket score."""

    ticket_id: str
    score: float


class TicketScores(Struct, kw_only=True):
    """Ticket scores."""

    items: list[TicketScore]
