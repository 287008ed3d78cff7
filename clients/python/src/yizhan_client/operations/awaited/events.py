# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``events``."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.transport import AsyncTransport


class AsyncEvents:
    """Operations of ``events``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self, *, after: str | None = None, limit: int | None = None
    ) -> models.EventOutPage:
        """Read the event log.

        Events in the order of the log, without gaps, behind a cursor.

        Changes of fields that you may not see are left out of their data.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.EventOutPage, "GET", "/api/v1/events", query={"after": after, "limit": limit}
        )

    def iterate(
        self, *, after: str | None = None, limit: int | None = None
    ) -> AsyncIterator[models.EventOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk(lambda place: self.list(limit=limit, after=place), after)
