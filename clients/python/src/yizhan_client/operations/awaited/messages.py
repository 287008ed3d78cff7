# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``messages``."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncMessages:
    """Operations of ``messages``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def read(self, message_id: Id) -> models.MessageOut:
        """Read a message.

        One message of a ticket that you may see.

        Errors: MessageNotFound, TicketNotFound.
        """
        return await self._transport.call(
            models.MessageOut, "GET", "/api/v1/messages/{}", message_id
        )

    async def cancel(
        self, message_id: Id, *, idempotency_key: str | None = None
    ) -> models.MessageOut:
        """Undo send.

        Take an answer back while it waits.

        Errors: CannotUndo, MessageNotFound, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.MessageOut, "POST", "/api/v1/messages/{}/cancel", message_id, key=idempotency_key
        )

    async def retry(
        self, message_id: Id, body: models.RetryMessage, *, idempotency_key: str | None = None
    ) -> models.MessageOut:
        """Send again.

        Send a failed answer again; a doubtful one, or one held since a restore, needs
        ``confirm_duplicate``.

        Errors: CannotRetry, MessageNotFound, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.MessageOut,
            "POST",
            "/api/v1/messages/{}/retry",
            message_id,
            body=body,
            key=idempotency_key,
        )

    async def list(
        self, ticket_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.MessageOutPage:
        """List messages.

        The newest page in reading order; the cursor leads to older ones.

        Errors: BadCursor, TicketNotFound.
        """
        return await self._transport.call(
            models.MessageOutPage,
            "GET",
            "/api/v1/tickets/{}/messages",
            ticket_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate(
        self, ticket_id: Id, *, limit: int | None = None
    ) -> AsyncIterator[models.MessageOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk(lambda place: self.list(ticket_id, limit=limit, cursor=place))

    async def write(
        self, ticket_id: Id, body: models.CreateMessage, *, idempotency_key: str | None = None
    ) -> models.MessageOut:
        """Answer or note.

        Answer the customer (public) or write a note (internal).

        409 ``stale_reply`` with ``newer`` when the customer wrote after ``seen_up_to``.

        Errors: EmptyMessage, FieldReadOnly, FieldsInvalid, FileNotFound, NoConversation,
        OpenChildren, ReplyWindowClosed, StaleReply, StaleVersion, TicketClosed, TicketMerged,
        TicketNotFound, TransitionRefused, UnknownField, UnknownStatus, UnknownValue.
        """
        return await self._transport.call(
            models.MessageOut,
            "POST",
            "/api/v1/tickets/{}/messages",
            ticket_id,
            body=body,
            key=idempotency_key,
        )
