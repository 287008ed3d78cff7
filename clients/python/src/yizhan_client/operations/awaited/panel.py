# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``panel``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncPanel:
    """Operations of ``panel``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_panel_kinds(self) -> models.PanelKinds:
        """Kinds of sources that can be added.

        Each with the JSON Schema of its settings.
        """
        return await self._transport.call(models.PanelKinds, "GET", "/api/v1/panel/kinds")

    async def list_panel_sources(self) -> models.PanelSources:
        """List sources beside tickets.

        With how each is doing.
        """
        return await self._transport.call(models.PanelSources, "GET", "/api/v1/panel/sources")

    async def create_panel_source(
        self, body: models.PanelSourceIn, *, idempotency_key: str | None = None
    ) -> models.PanelSourceOut:
        """Add a source.

        The answer holds the key that signs, this once. 422 ``source_settings_invalid`` names
        the field.

        Errors: SourceSettingsInvalid, UnknownRole, UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelSourceOut, "POST", "/api/v1/panel/sources", body=body, key=idempotency_key
        )

    async def get_panel_source(self, source_id: Id) -> models.PanelSourceOut:
        """Get a source.

        One source, with how it is doing.

        Errors: SourceNotFound.
        """
        return await self._transport.call(
            models.PanelSourceOut, "GET", "/api/v1/panel/sources/{}", source_id
        )

    async def update_panel_source(
        self, source_id: Id, body: models.PanelSourceChange
    ) -> models.PanelSourceOut:
        """Change a source.

        Secrets that are not sent stay; what was kept by other settings is asked for anew.

        Errors: SourceNotFound, SourceSettingsInvalid, UnknownRole, UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelSourceOut, "PATCH", "/api/v1/panel/sources/{}", source_id, body=body
        )

    async def delete_panel_source(self, source_id: Id) -> None:
        """Remove a source.

        With all that is kept of it.

        Errors: SourceNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/panel/sources/{}", source_id)

    async def replace_panel_key(
        self, source_id: Id, *, idempotency_key: str | None = None
    ) -> models.PanelSourceOut:
        """Replace a source's key.

        The old key signs look-ups besides for 24 hours.

        Errors: SourceNotFound.
        """
        return await self._transport.call(
            models.PanelSourceOut,
            "POST",
            "/api/v1/panel/sources/{}/key",
            source_id,
            key=idempotency_key,
        )

    async def test_panel_source(
        self, source_id: Id, body: models.PanelTryIn, *, idempotency_key: str | None = None
    ) -> models.PanelTried:
        """Try a source.

        Asks for real and keeps nothing; shows what agents would see, and what was answered.

        Errors: CompanyNotFound, ContactNotFound, SourceNotFound, SourceSettingsInvalid,
        TicketNotFound, UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelTried,
            "POST",
            "/api/v1/panel/sources/{}/test",
            source_id,
            body=body,
            key=idempotency_key,
        )

    async def read(self, ticket_id: Id) -> models.PanelItems:
        """What stands beside a ticket.

        All sources that you may see, asked at once; answered within about 300 ms with what is
        there.

        Errors: CompanyNotFound, ContactNotFound, SourceNotFound, TicketNotFound,
        UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelItems, "GET", "/api/v1/tickets/{}/panel", ticket_id
        )

    async def await_panel_source(self, ticket_id: Id, source_id: Id) -> models.PanelItem:
        """Wait for one source beside a ticket.

        Answers when the source has, at the latest after its time-out.

        Errors: CompanyNotFound, ContactNotFound, SourceNotFound, TicketNotFound,
        UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelItem, "GET", "/api/v1/tickets/{}/panel/{}", ticket_id, source_id
        )

    async def follow_panel_link(
        self, ticket_id: Id, source_id: Id, link: Id, *, idempotency_key: str | None = None
    ) -> models.PanelOpened:
        """Follow a link into another system.

        The address with a token that is good for a short time; that you followed it is in the
        log.

        Errors: CompanyNotFound, ContactNotFound, PanelLinkNotFound, SourceNotFound,
        SourceSettingsInvalid, TicketNotFound, UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelOpened,
            "POST",
            "/api/v1/tickets/{}/panel/{}/links/{}",
            ticket_id,
            source_id,
            link,
            key=idempotency_key,
        )

    async def refresh_panel_source(
        self, ticket_id: Id, source_id: Id, *, idempotency_key: str | None = None
    ) -> models.PanelItem:
        """Ask one source again.

        Also when what is kept is still fresh; a source that rests is left alone.

        Errors: CompanyNotFound, ContactNotFound, SourceNotFound, TicketNotFound,
        UnknownSourceKind.
        """
        return await self._transport.call(
            models.PanelItem,
            "POST",
            "/api/v1/tickets/{}/panel/{}/refresh",
            ticket_id,
            source_id,
            key=idempotency_key,
        )
