# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``audit``."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan_client import models, paging
from yizhan_client.transport import SyncTransport


class Audit:
    """Operations of ``audit``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list(
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
        return self._transport.call(
            models.AuditOutPage,
            "GET",
            "/api/v1/audit",
            query={"actor": actor, "action": action, "limit": limit, "cursor": cursor},
        )

    def iterate(
        self, *, actor: str | None = None, action: str | None = None, limit: int | None = None
    ) -> Iterator[models.AuditOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk_sync(
            lambda place: self.list(actor=actor, action=action, limit=limit, cursor=place)
        )

    def export(self) -> bytes:
        """Export the audit log.

        The whole chain as lines of JSON, oldest first, with what is needed to check it
        elsewhere.
        """
        return self._transport.fetch("GET", "/api/v1/audit/export")
