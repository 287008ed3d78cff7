# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``bulk``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Bulk:
    """Operations of ``bulk``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list(self) -> models.BulkList:
        """List bulk work.

        The newest runs: your own, or everybody's with ``bulk:run``.
        """
        return self._transport.call(models.BulkList, "GET", "/api/v1/bulk")

    def start(self, body: models.BulkIn, *, idempotency_key: str | None = None) -> models.BulkOut:
        """Start bulk work.

        Up to 10,000 tickets in the background. Send an Idempotency-Key, so that a repeat starts
        nothing new.

        Errors: BulkEmpty, BulkTooLarge, ConditionInvalid, MacroNotFound, ParamsInvalid,
        QueryInvalid, UnknownAction, UnknownValue, ViewNotFound.
        """
        return self._transport.call(
            models.BulkOut, "POST", "/api/v1/bulk", body=body, key=idempotency_key
        )

    def count(
        self, body: models.BulkLook, *, idempotency_key: str | None = None
    ) -> models.BulkCount:
        """Count before bulk work.

        How many tickets it would be, and a few of them. Nothing changes.

        Errors: BulkTooLarge, ConditionInvalid, QueryInvalid, UnknownValue, ViewNotFound.
        """
        return self._transport.call(
            models.BulkCount, "POST", "/api/v1/bulk/count", body=body, key=idempotency_key
        )

    def read(self, bulk_id: Id) -> models.BulkOut:
        """Read bulk work.

        How far it is.

        Errors: BulkNotFound.
        """
        return self._transport.call(models.BulkOut, "GET", "/api/v1/bulk/{}", bulk_id)

    def cancel(self, bulk_id: Id, *, idempotency_key: str | None = None) -> models.BulkOut:
        """Cancel bulk work.

        Work on no further ticket; what is done stays until it is undone.

        Errors: BulkNotFound, BulkOver.
        """
        return self._transport.call(
            models.BulkOut, "POST", "/api/v1/bulk/{}/cancel", bulk_id, key=idempotency_key
        )

    def list_bulk_items(
        self,
        bulk_id: Id,
        *,
        state: Literal["waiting", "done", "skipped", "failed"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.BulkItemOutPage:
        """List the tickets of bulk work.

        What became of each.

        Errors: BadCursor, BulkNotFound.
        """
        return self._transport.call(
            models.BulkItemOutPage,
            "GET",
            "/api/v1/bulk/{}/items",
            bulk_id,
            query={"state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_bulk_items(
        self,
        bulk_id: Id,
        *,
        state: Literal["waiting", "done", "skipped", "failed"] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.BulkItemOut]:
        """Every item of :meth:`list_bulk_items`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_bulk_items(bulk_id, state=state, limit=limit, cursor=place)
        )

    def undo(self, bulk_id: Id, *, idempotency_key: str | None = None) -> models.BulkOut:
        """Undo bulk work.

        Takes back all that was done, as another run in the background.

        Errors: AlreadyUndone, BulkEmpty, BulkNotFound, BulkOver, BulkRunning.
        """
        return self._transport.call(
            models.BulkOut, "POST", "/api/v1/bulk/{}/undo", bulk_id, key=idempotency_key
        )
