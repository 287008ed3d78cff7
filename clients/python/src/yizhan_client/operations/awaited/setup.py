# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``setup``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.transport import AsyncTransport


class AsyncSetup:
    """Operations of ``setup``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

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
