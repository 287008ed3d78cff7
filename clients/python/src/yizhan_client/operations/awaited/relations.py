# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``relations``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncRelations:
    """Operations of ``relations``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def undo_operation(
        self, operation_id: Id, *, idempotency_key: str | None = None
    ) -> models.OperationOut:
        """Take an operation back.

        Merge, split, link or common answer. 409 ``operation_stands`` with ``reason`` when later
        changes build on it; ``left_alone`` names what could not be taken back. Twice is once.

        Errors: CannotUndo, MessageNotFound, OperationNotFound, OperationStands, TicketMerged,
        TicketNotFound.
        """
        return await self._transport.call(
            models.OperationOut,
            "POST",
            "/api/v1/operations/{}/undo",
            operation_id,
            key=idempotency_key,
        )

    async def answer_incidents(
        self, ticket_id: Id, body: models.AnswerIncidents, *, idempotency_key: str | None = None
    ) -> models.Answered:
        """Answer all incidents.

        One answer, to each incident on its own channel in its own conversation; ``status`` is
        set there and on the problem.

        Errors: EmptyMessage, FieldReadOnly, FieldsInvalid, FileNotFound, NoConversation,
        NoIncidents, OpenChildren, ReplyWindowClosed, StaleReply, StaleVersion, TicketClosed,
        TicketMerged, TicketNotFound, TransitionRefused, UnknownField, UnknownStatus,
        UnknownValue.
        """
        return await self._transport.call(
            models.Answered,
            "POST",
            "/api/v1/tickets/{}/incidents/answer",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def preview_incidents(
        self, ticket_id: Id, *, idempotency_key: str | None = None
    ) -> models.IncidentList:
        """Whom an answer to all incidents reaches.

        Each incident with its channel and address, or why it cannot be answered.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.IncidentList,
            "POST",
            "/api/v1/tickets/{}/incidents/preview",
            ticket_id,
            key=idempotency_key,
        )

    async def link_tickets(
        self, ticket_id: Id, body: models.LinkTicket, *, idempotency_key: str | None = None
    ) -> models.OperationOut:
        """Link tickets.

        ``role`` is what the other ticket is to this one. Twice is once.

        Errors: CannotLink, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.OperationOut,
            "POST",
            "/api/v1/tickets/{}/links",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def preview_link(
        self, ticket_id: Id, body: models.LinkTicket, *, idempotency_key: str | None = None
    ) -> models.RelationRelationPreview:
        """Preview a link.

        Whether two tickets can be linked like that; 409 ``cannot_link`` says why not.

        Errors: CannotLink, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.RelationRelationPreview,
            "POST",
            "/api/v1/tickets/{}/links/preview",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def unlink_tickets(self, ticket_id: Id, role: Id, other_id: Id) -> models.OperationOut:
        """Unlink tickets.

        Take a link away.

        Errors: LinkNotFound, TicketNotFound.
        """
        return await self._transport.call(
            models.OperationOut,
            "DELETE",
            "/api/v1/tickets/{}/links/{}/{}",
            ticket_id,
            role,
            other_id,
        )

    async def merge_ticket(
        self, ticket_id: Id, body: models.MergeTicket, *, idempotency_key: str | None = None
    ) -> models.OperationOut:
        """Merge a ticket into another.

        Conversations, messages, files, tags, followers and people move; each conversation keeps
        its person and address. The ticket stays as a closed pointer. Twice is once.

        Errors: CannotJoinTickets, FieldReadOnly, FieldsInvalid, OpenChildren, StaleVersion,
        TicketClosed, TicketMerged, TicketNotFound, TransitionRefused, UnknownField,
        UnknownStatus, UnknownValue.
        """
        return await self._transport.call(
            models.OperationOut,
            "POST",
            "/api/v1/tickets/{}/merge",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def preview_merge(
        self, ticket_id: Id, body: models.MergeTicket, *, idempotency_key: str | None = None
    ) -> models.RelationRelationPreview:
        """Preview a merge.

        What would move into the other ticket; nothing is changed.

        Errors: CannotJoinTickets, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.RelationRelationPreview,
            "POST",
            "/api/v1/tickets/{}/merge/preview",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def read(self, ticket_id: Id) -> models.Relations:
        """How a ticket belongs to others.

        Linked and merged tickets that you may see, and what can be taken back.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.Relations, "GET", "/api/v1/tickets/{}/relations", ticket_id
        )

    async def split_ticket(
        self, ticket_id: Id, body: models.SplitTicket, *, idempotency_key: str | None = None
    ) -> models.OperationOut:
        """Split a ticket.

        Some messages become a ticket of their own with conversations to the same people; its id
        is ``other_id``. The same messages again are the same split.

        Errors: CannotSplit, MessageNotFound, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.OperationOut,
            "POST",
            "/api/v1/tickets/{}/split",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def preview_split(
        self, ticket_id: Id, body: models.SplitTicket, *, idempotency_key: str | None = None
    ) -> models.RelationRelationPreview:
        """Preview a split.

        What would become a ticket of its own; nothing is changed.

        Errors: CannotSplit, MessageNotFound, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.RelationRelationPreview,
            "POST",
            "/api/v1/tickets/{}/split/preview",
            ticket_id,
            body=body,
            key=idempotency_key,
        )
