# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``personal``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncPersonal:
    """Operations of ``personal``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def read_draft(self, ticket_id: Id, *, mode: str | None = None) -> models.DraftOut:
        """Read your draft.

        Your unfinished answer (public) or note (internal).

        Errors: NeedsAgent, TicketNotFound, UnknownMode.
        """
        return await self._transport.call(
            models.DraftOut, "GET", "/api/v1/tickets/{}/draft", ticket_id, query={"mode": mode}
        )

    async def save_draft(
        self, ticket_id: Id, body: models.DraftIn, *, mode: str | None = None
    ) -> models.DraftOut:
        """Save your draft.

        Keep it on the server, for every device.

        Errors: NeedsAgent, TicketNotFound, UnknownMode.
        """
        return await self._transport.call(
            models.DraftOut,
            "PUT",
            "/api/v1/tickets/{}/draft",
            ticket_id,
            query={"mode": mode},
            body=body,
        )

    async def drop_draft(self, ticket_id: Id, *, mode: str | None = None) -> None:
        """Drop your draft.

        Throw it away.

        Errors: NeedsAgent, TicketNotFound, UnknownMode.
        """
        await self._transport.send(
            "DELETE", "/api/v1/tickets/{}/draft", ticket_id, query={"mode": mode}
        )

    async def mark_ticket_read(
        self, ticket_id: Id, body: models.ReadUpTo, *, idempotency_key: str | None = None
    ) -> None:
        """Mark as read.

        Remember that you have read up to a message, or all.

        Errors: NeedsAgent, TicketNotFound.
        """
        await self._transport.send(
            "POST", "/api/v1/tickets/{}/read", ticket_id, body=body, key=idempotency_key
        )

    async def watch_ticket(self, ticket_id: Id) -> None:
        """Follow a ticket.

        Be told of its news.

        Errors: NeedsAgent, TicketNotFound.
        """
        await self._transport.send("PUT", "/api/v1/tickets/{}/watch", ticket_id)

    async def unwatch_ticket(self, ticket_id: Id) -> None:
        """Stop following a ticket.

        No longer be told.

        Errors: NeedsAgent, TicketNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/tickets/{}/watch", ticket_id)
