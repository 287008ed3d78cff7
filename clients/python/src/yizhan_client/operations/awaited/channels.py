# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``channels``."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncChannels:
    """Operations of ``channels``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> builtins.list[models.ChannelOut]:
        """Channels that can be connected.

        Each with its capabilities and the JSON Schema of its settings.
        """
        return await self._transport.call(
            builtins.list[models.ChannelOut], "GET", "/api/v1/channels"
        )

    async def list_inboxes(self) -> models.InboxOutPage:
        """List inboxes.

        Settings only for those who may manage channels; secrets for nobody.
        """
        return await self._transport.call(models.InboxOutPage, "GET", "/api/v1/inboxes")

    async def create_inbox(
        self, body: models.NewInbox, *, idempotency_key: str | None = None
    ) -> models.InboxOut:
        """Add an inbox.

        422 ``settings_invalid`` names the field.

        Errors: InboxNeedsBrand, SettingsInvalid, TeamUnknown, UnknownChannel.
        """
        return await self._transport.call(
            models.InboxOut, "POST", "/api/v1/inboxes", body=body, key=idempotency_key
        )

    async def get_inbox(self, inbox_id: Id) -> models.InboxOut:
        """One inbox.

        With when something last came in or went out, and the last error.

        Errors: InboxNotFound.
        """
        return await self._transport.call(models.InboxOut, "GET", "/api/v1/inboxes/{}", inbox_id)

    async def change_inbox(self, inbox_id: Id, body: models.InboxChange) -> models.InboxOut:
        """Change an inbox.

        Secrets that are not sent stay as they are.

        Errors: InboxNeedsBrand, InboxNotFound, SettingsInvalid, TeamUnknown, UnknownChannel.
        """
        return await self._transport.call(
            models.InboxOut, "PATCH", "/api/v1/inboxes/{}", inbox_id, body=body
        )

    async def delete_inbox(self, inbox_id: Id) -> None:
        """Take an inbox away.

        Its tickets stay.

        Errors: InboxNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/inboxes/{}", inbox_id)

    async def check_inbox(
        self, inbox_id: Id, *, idempotency_key: str | None = None
    ) -> models.CheckResult:
        """Check an inbox.

        Talk to the other side and say line by line what works. No transaction stays open.

        Errors: InboxNotFound, SettingsInvalid, UnknownChannel.
        """
        return await self._transport.call(
            models.CheckResult, "POST", "/api/v1/inboxes/{}/check", inbox_id, key=idempotency_key
        )

    async def raw_of_message(self, message_id: Id) -> bytes:
        """Download a message raw.

        The bytes as they came; a mail is an ``.eml`` file.

        Errors: RawNotKept, TicketNotFound.
        """
        return await self._transport.fetch("GET", "/api/v1/messages/{}/raw", message_id)

    async def list_quarantine(
        self, *, state: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> models.EnvelopeOutPage:
        """What is held back.

        ``state``: quarantine, ignored, discarded, receipt or received (still waiting).

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.EnvelopeOutPage,
            "GET",
            "/api/v1/quarantine",
            query={"state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_quarantine(
        self, *, state: str | None = None, limit: int | None = None
    ) -> AsyncIterator[models.EnvelopeOut]:
        """Every item of :meth:`list_quarantine`, page after page."""
        return paging.walk(
            lambda place: self.list_quarantine(state=state, limit=limit, cursor=place)
        )

    async def get_quarantined(self, envelope_id: Id) -> models.EnvelopeDetail:
        """Look into an item.

        Its words as plain text: nothing in it runs or is loaded.

        Errors: EnvelopeNotFound, SettingsInvalid, UnknownChannel.
        """
        return await self._transport.call(
            models.EnvelopeDetail, "GET", "/api/v1/quarantine/{}", envelope_id
        )

    async def discard_quarantined(
        self, envelope_id: Id, *, idempotency_key: str | None = None
    ) -> models.EnvelopeOut:
        """Throw it away.

        It is nothing. The raw bytes stay and it can still be let in.

        Errors: EnvelopeNotFound, NotInQuarantine.
        """
        return await self._transport.call(
            models.EnvelopeOut,
            "POST",
            "/api/v1/quarantine/{}/discard",
            envelope_id,
            key=idempotency_key,
        )

    async def raw_of_envelope(self, envelope_id: Id) -> bytes:
        """Download it raw.

        The bytes as they came.

        Errors: EnvelopeNotFound.
        """
        return await self._transport.fetch("GET", "/api/v1/quarantine/{}/raw", envelope_id)

    async def release_quarantined(
        self, envelope_id: Id, *, idempotency_key: str | None = None
    ) -> models.EnvelopeOut:
        """Let it in.

        It becomes a message, by the usual way, within a moment.

        Errors: EnvelopeNotFound, NotInQuarantine.
        """
        return await self._transport.call(
            models.EnvelopeOut,
            "POST",
            "/api/v1/quarantine/{}/release",
            envelope_id,
            key=idempotency_key,
        )
