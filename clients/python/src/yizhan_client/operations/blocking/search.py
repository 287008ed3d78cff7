# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``search``."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan_client import models, paging
from yizhan_client.transport import SyncTransport


class Search:
    """Operations of ``search``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def search_all(
        self,
        *,
        q: str,
        types: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.SearchHits:
        """Search.

        Words, Chinese or English, ``"phrases"``, numbers, addresses and operators: ``from: to:
        company: tag: status: priority: assignee: team: channel: before: after: has:file
        is:unread``; ``-`` leaves out.

        ``types`` are kinds, separated by commas; all of them when absent.

        Errors: BadCursor.
        """
        return self._transport.call(
            models.SearchHits,
            "GET",
            "/api/v1/search",
            query={"q": q, "types": types, "limit": limit, "cursor": cursor},
        )

    def iterate_all(
        self, *, q: str, types: str | None = None, limit: int | None = None
    ) -> Iterator[models.Hit]:
        """Every item of :meth:`search_all`, page after page."""
        return paging.walk_sync(
            lambda place: self.search_all(q=q, types=types, limit=limit, cursor=place)
        )
