# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``webhooks``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncWebhooks:
    """Operations of ``webhooks``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> models.WebhookList:
        """List webhooks.

        All webhooks with their health.
        """
        return await self._transport.call(models.WebhookList, "GET", "/api/v1/webhooks")

    async def create(
        self, body: models.WebhookIn, *, idempotency_key: str | None = None
    ) -> models.WebhookOut:
        """Add a webhook.

        The answer holds the signing secret, this once.

        Errors: UnknownEventType.
        """
        return await self._transport.call(
            models.WebhookOut, "POST", "/api/v1/webhooks", body=body, key=idempotency_key
        )

    async def list_event_types(self) -> models.EventTypes:
        """List the events that webhooks can ask for.

        The names to put into ``events``.
        """
        return await self._transport.call(models.EventTypes, "GET", "/api/v1/webhooks/event-types")

    async def update(self, webhook_id: Id, body: models.WebhookChanges) -> models.WebhookOut:
        """Change a webhook.

        Only what is given changes.

        Errors: UnknownEventType, WebhookNotFound.
        """
        return await self._transport.call(
            models.WebhookOut, "PATCH", "/api/v1/webhooks/{}", webhook_id, body=body
        )

    async def delete(self, webhook_id: Id) -> None:
        """Remove a webhook.

        Its delivery log goes with it.

        Errors: WebhookNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/webhooks/{}", webhook_id)

    async def list_deliveries(
        self,
        webhook_id: Id,
        *,
        state: Literal["pending", "held", "delivered", "failed"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.WebhookDeliveryPage:
        """List deliveries.

        Newest first, with status, duration and the beginning of the response.

        Errors: BadCursor, WebhookNotFound.
        """
        return await self._transport.call(
            models.WebhookDeliveryPage,
            "GET",
            "/api/v1/webhooks/{}/deliveries",
            webhook_id,
            query={"state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_deliveries(
        self,
        webhook_id: Id,
        *,
        state: Literal["pending", "held", "delivered", "failed"] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.WebhookDelivery]:
        """Every item of :meth:`list_deliveries`, page after page."""
        return paging.walk(
            lambda place: self.list_deliveries(webhook_id, state=state, limit=limit, cursor=place)
        )

    async def replay_delivery(
        self, webhook_id: Id, delivery_id: Id, *, idempotency_key: str | None = None
    ) -> models.WebhookDelivery:
        """Send one delivery again.

        A new delivery with the same message id.

        Errors: DeliveryNotFound, WebhookInactive, WebhookNotFound.
        """
        return await self._transport.call(
            models.WebhookDelivery,
            "POST",
            "/api/v1/webhooks/{}/deliveries/{}/replay",
            webhook_id,
            delivery_id,
            key=idempotency_key,
        )

    async def replay(
        self, webhook_id: Id, body: models.ReplayIn, *, idempotency_key: str | None = None
    ) -> models.ReplayStarted:
        """Send everything since a cursor or a moment again.

        Cursors come from ``GET /events`` or from the ``cursor`` of a delivered body.

        Errors: BadCursor, ReplayUnclear, WebhookInactive, WebhookNotFound.
        """
        return await self._transport.call(
            models.ReplayStarted,
            "POST",
            "/api/v1/webhooks/{}/replay",
            webhook_id,
            body=body,
            key=idempotency_key,
        )

    async def rotate_secret(
        self, webhook_id: Id, *, idempotency_key: str | None = None
    ) -> models.WebhookOut:
        """Replace a webhook's secret.

        The old secret signs besides for 24 hours.

        Errors: WebhookNotFound.
        """
        return await self._transport.call(
            models.WebhookOut, "POST", "/api/v1/webhooks/{}/secret", webhook_id, key=idempotency_key
        )

    async def test(
        self, webhook_id: Id, *, idempotency_key: str | None = None
    ) -> models.WebhookDelivery:
        """Send a test event.

        Queued like any other; look at the deliveries for its outcome.

        Errors: DeliveryNotFound, WebhookInactive, WebhookNotFound.
        """
        return await self._transport.call(
            models.WebhookDelivery,
            "POST",
            "/api/v1/webhooks/{}/test",
            webhook_id,
            key=idempotency_key,
        )
