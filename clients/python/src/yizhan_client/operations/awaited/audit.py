# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``audit``."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.transport import AsyncTransport


class AsyncAudit:
    """Operations of ``audit``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self,
        *,
        actor: str | None = None,
        action: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.AuditOutPage:
        """ListAudit.

        Who did what, newest first.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.AuditOutPage,
            "GET",
            "/api/v1/audit",
            query={"actor": actor, "action": action, "limit": limit, "cursor": cursor},
        )

    def iterate(
        self, *, actor: str | None = None, action: str | None = None, limit: int | None = None
    ) -> AsyncIterator[models.AuditOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk(
            lambda place: self.list(actor=actor, action=action, limit=limit, cursor=place)
        )

    async def export(self) -> bytes:
        """Export the audit log.

        The whole chain as lines of JSON, oldest first, with what is needed to check it
        elsewhere.
        """
        return await self._transport.fetch("GET", "/api/v1/audit/export")
