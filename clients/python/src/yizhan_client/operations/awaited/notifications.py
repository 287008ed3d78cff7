# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``notifications``."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncNotifications:
    """Operations of ``notifications``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self, *, limit: int | None = None, cursor: str | None = None, unread: bool | None = None
    ) -> models.NotificationList:
        """List your notifications.

        Newest first; of what you can see: a notice of no ticket has a ``link`` instead.

        Errors: BadCursor, NeedsAgent.
        """
        return await self._transport.call(
            models.NotificationList,
            "GET",
            "/api/v1/notifications",
            query={"limit": limit, "cursor": cursor, "unread": unread},
        )

    def iterate(
        self, *, limit: int | None = None, unread: bool | None = None
    ) -> AsyncIterator[models.NotificationOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk(lambda place: self.list(limit=limit, unread=unread, cursor=place))

    async def read(
        self, body: models.ReadIn, *, idempotency_key: str | None = None
    ) -> models.ReadOut:
        """Mark notifications as read.

        Those with ``ids``, or all with ``all``.

        Errors: NeedsAgent.
        """
        return await self._transport.call(
            models.ReadOut, "POST", "/api/v1/notifications/read", body=body, key=idempotency_key
        )

    async def read_push(self) -> models.PushOut:
        """Read your web push settings and devices.

        ``public_key`` is the applicationServerKey that a browser subscribes with.

        Errors: BrowserOnly.
        """
        return await self._transport.call(models.PushOut, "GET", "/api/v1/push")

    async def change_push(self, body: models.PushChange) -> models.PushOut:
        """Change what you are woken for.

        Kinds of notifications, quiet hours, and whether a push may say what somebody wrote.

        Errors: BrowserOnly, QuietHoursInvalid.
        """
        return await self._transport.call(models.PushOut, "PATCH", "/api/v1/push", body=body)

    async def add_push_device(
        self, body: models.PushSubscription, *, idempotency_key: str | None = None
    ) -> models.PushDeviceOut:
        """Wake this browser.

        The device belongs to this session and goes with it.

        Errors: BadSubscription, BrowserOnly, EgressRefused, PushAddressRefused.
        """
        return await self._transport.call(
            models.PushDeviceOut, "POST", "/api/v1/push/devices", body=body, key=idempotency_key
        )

    async def remove_push_device(self, device_id: Id) -> None:
        """Stop waking a browser.

        One of your own.

        Errors: BrowserOnly, PushDeviceNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/push/devices/{}", device_id)

    async def test_push_device(self, device_id: Id, *, idempotency_key: str | None = None) -> None:
        """Send a test push.

        Queued; if the push service refuses it, the device says why in ``failure``.

        Errors: BrowserOnly, PushDeviceNotFound.
        """
        await self._transport.send(
            "POST", "/api/v1/push/devices/{}/test", device_id, key=idempotency_key
        )
