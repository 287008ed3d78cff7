# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``relations``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import Person, Stamp

__all__ = [
    "AnswerIncidents",
    "Answered",
    "IncidentList",
    "IncidentOut",
    "LinkOut",
    "LinkTicket",
    "MergeTicket",
    "OperationOut",
    "RelationRelationPreview",
    "Relations",
    "SplitTicket",
    "TicketBrief",
]


class AnswerIncidents(Struct, kw_only=True):
    """Answer incidents."""

    body: str
    key: str
    body_html: str | UnsetType | None = UNSET
    attachments: list[str] | UnsetType = UNSET
    status: str | UnsetType | None = UNSET
    despite_children: bool | UnsetType = UNSET
    only: list[str] | UnsetType = UNSET


class Answered(Struct, kw_only=True):
    """Answered."""

    operation: OperationOut
    left_out: list[IncidentOut]


class IncidentList(Struct, kw_only=True):
    """Incident list."""

    items: list[IncidentOut]


class IncidentOut(Struct, kw_only=True):
    """Incident out."""

    ticket: TicketBrief
    channel: str
    reply_to: str | None
    reason: str


class LinkOut(Struct, kw_only=True):
    """Link out."""

    role: str
    ticket: TicketBrief


class LinkTicket(Struct, kw_only=True):
    """Link ticket."""

    role: Literal["related", "duplicate", "original", "child", "parent", "incident", "problem"]
    ticket_id: str


class MergeTicket(Struct, kw_only=True):
    """Merge ticket."""

    into_id: str


class OperationOut(Struct, kw_only=True):
    """Operation out."""

    id: str
    kind: str  # merge, split, link, unlink, answer
    ticket_id: str
    other_id: str | None
    at: dt.datetime
    actor: Stamp
    undone_at: dt.datetime | None
    left_alone: list[str]


class RelationRelationPreview(Struct, kw_only=True):
    """Relation relation preview."""

    messages: int
    files: int
    conversations: int
    tags: list[str]
    watchers: list[str]
    participants: list[str]
    links: int
    warnings: list[str]


class Relations(Struct, kw_only=True):
    """Relations."""

    links: list[LinkOut]
    merged: list[TicketBrief]
    operations: list[OperationOut]
    hidden: int


class SplitTicket(Struct, kw_only=True):
    """Split ticket."""

    message_ids: list[str]
    subject: str | UnsetType = UNSET


class TicketBrief(Struct, kw_only=True):
    """Ticket brief."""

    id: str
    number: int
    subject: str
    status: str
    status_category: str
    priority: str
    channel: str
    assignee_id: str | None
    requester: Person
    updated_at: dt.datetime
    merged: bool
