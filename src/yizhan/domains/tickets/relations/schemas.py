"""What the API of relations takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.tickets.relations import types
from yizhan.domains.tickets.relations.incidents import Target
from yizhan.domains.tickets.relations.repository import Brief
from yizhan.domains.tickets.schemas import IdText, Person, Text
from yizhan.kernel.actor import Stamp, stamped


class TicketBrief(msgspec.Struct, kw_only=True):
    """A ticket in a line."""

    id: str
    number: int
    subject: str
    status: str
    status_category: str
    priority: str
    channel: str
    assignee_id: str | None
    requester: Person
    updated_at: datetime
    merged: bool


class LinkOut(msgspec.Struct):
    """Another ticket, and what it is to this one."""

    role: types.Role
    ticket: TicketBrief


class OperationOut(msgspec.Struct, kw_only=True):
    """Something that was done with tickets and can be taken back."""

    id: str
    kind: types.Kind
    ticket_id: str
    other_id: str | None
    at: datetime
    actor: Stamp
    undone_at: datetime | None
    left_alone: list[str]  # what the undo could not take back


class Relations(msgspec.Struct, kw_only=True):
    """How a ticket belongs to others. ``hidden`` are tickets that you may not see."""

    links: list[LinkOut]
    merged: list[TicketBrief]
    operations: list[OperationOut]
    hidden: int


class RelationRelationPreview(msgspec.Struct, kw_only=True):
    """What would move, and what to think of before."""

    messages: int
    files: int
    conversations: int
    tags: list[str]
    watchers: list[str]
    participants: list[str]
    links: int
    warnings: list[str]


class MergeTicket(msgspec.Struct, forbid_unknown_fields=True):
    """Into which ticket this one goes."""

    into_id: IdText


class SplitTicket(msgspec.Struct, forbid_unknown_fields=True):
    """Which messages become a ticket of their own."""

    message_ids: Annotated[list[IdText], Meta(min_length=1, max_length=200)]
    subject: Annotated[str, Meta(max_length=500)] = ""


class LinkTicket(msgspec.Struct, forbid_unknown_fields=True):
    """What another ticket is to this one."""

    role: types.LinkRole
    ticket_id: IdText


class AnswerIncidents(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One answer to all incidents. ``key`` again is the same answer."""

    body: Text
    key: Annotated[str, Meta(min_length=1, max_length=60)]
    body_html: Annotated[str, Meta(max_length=1_000_000)] | None = None
    attachments: Annotated[list[IdText], Meta(max_length=50)] = []
    status: Annotated[str, Meta(max_length=60)] | None = None
    despite_children: bool = False
    only: Annotated[list[IdText], Meta(max_length=200)] | UnsetType = UNSET


class IncidentOut(msgspec.Struct, kw_only=True):
    """An incident and how its customer is reached; ``reason`` says why not, empty when it works."""

    ticket: TicketBrief
    channel: str
    reply_to: str | None
    reason: str


class IncidentList(msgspec.Struct):
    """The incidents of a problem."""

    items: list[IncidentOut]


class Answered(msgspec.Struct):
    """What was sent, and which incidents were left out."""

    operation: OperationOut
    left_out: list[IncidentOut]


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def brief_out(row: Brief) -> TicketBrief:
    return TicketBrief(
        id=str(row.id),
        number=row.number,
        subject=row.subject,
        status=row.status,
        status_category=row.status_category,
        priority=row.priority,
        channel=row.channel,
        assignee_id=_text(row.assignee_id),
        requester=Person(str(row.requester_id), row.requester),
        updated_at=row.updated_at,
        merged=row.merged_into is not None,
    )


def operation_out(row: types.Operation) -> OperationOut:
    return OperationOut(
        id=str(row.id),
        kind=msgspec.convert(row.kind, types.Kind),
        ticket_id=str(row.ticket_id),
        other_id=_text(row.other_id),
        at=row.at,
        actor=stamped(row.actor),
        undone_at=row.undone_at,
        left_alone=row.left_alone,
    )


def preview_out(found: types.Preview) -> RelationRelationPreview:
    return RelationRelationPreview(
        messages=found.messages,
        files=found.files,
        conversations=found.conversations,
        tags=found.tags,
        watchers=[str(agent_id) for agent_id in found.watchers],
        participants=found.participants,
        links=found.links,
        warnings=found.warnings,
    )


def incident_out(target: Target, brief: Brief) -> IncidentOut:
    return IncidentOut(
        ticket=brief_out(brief),
        channel=target.channel,
        reply_to=target.reply_to,
        reason=target.reason,
    )
