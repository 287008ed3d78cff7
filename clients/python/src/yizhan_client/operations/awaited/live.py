# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``live``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncLive:
    """Operations of ``live``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def read_presence(self, ticket_id: Id) -> models.Viewers:
        """Who is here.

        The agents who look at a ticket now.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.Viewers, "GET", "/api/v1/tickets/{}/presence", ticket_id
        )

    async def say_presence(
        self, ticket_id: Id, body: models.PresenceIn, *, idempotency_key: str | None = None
    ) -> None:
        """Say that you are here.

        Viewing, typing or left; say it every five seconds.

        Errors: TicketNotFound.
        """
        await self._transport.send(
            "POST", "/api/v1/tickets/{}/presence", ticket_id, body=body, key=idempotency_key
        )
