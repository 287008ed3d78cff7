# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``setup``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.transport import AsyncTransport


class AsyncSetup:
    """Operations of ``setup``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_practice(
        self, *, locale: Literal["zh-CN", "en"] | None = None
    ) -> models.PracticeScenes:
        """List exercises.

        Written conversations whose customer answers by itself; one's own are shown with their
        tickets.
        """
        return await self._transport.call(
            models.PracticeScenes, "GET", "/api/v1/practice", query={"locale": locale}
        )

    async def start_practice(
        self, body: models.PracticeIn, *, idempotency_key: str | None = None
    ) -> models.PracticeStarted:
        """Make an exercise.

        A ticket for oneself. Nothing of it is sent or counted; a second time gives the same
        ticket.

        Errors: FieldReadOnly, FieldsInvalid, IdentityInvalid, OpenChildren, SceneUnknown,
        StaleVersion, TicketClosed, TicketMerged, TicketNotFound, TransitionRefused,
        UnknownField, UnknownStatus, UnknownValue.
        """
        return await self._transport.call(
            models.PracticeStarted, "POST", "/api/v1/practice", body=body, key=idempotency_key
        )

    async def remove_practice(self) -> None:
        """Remove one's exercises.

        With everything that was written there, at once and for good.
        """
        await self._transport.send("DELETE", "/api/v1/practice")

    async def read(self) -> models.SetUp:
        """How far the set-up is.

        Steps in their order; each is done when what it asks for is there.
        """
        return await self._transport.call(models.SetUp, "GET", "/api/v1/setup")

    async def complete(self, *, idempotency_key: str | None = None) -> models.SetUp:
        """End the set-up.

        No longer offer it; every step stays reachable in the administration.

        Errors: InvalidValue.
        """
        return await self._transport.call(
            models.SetUp, "POST", "/api/v1/setup/complete", key=idempotency_key
        )
