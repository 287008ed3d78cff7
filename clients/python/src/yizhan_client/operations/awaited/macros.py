# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``macros``."""

from __future__ import annotations

import builtins

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncMacros:
    """Operations of ``macros``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_actions(self) -> models.Catalogue:
        """List actions and variables.

        What macros, bulk work and escalations can do, each with the form of its parameters.
        """
        return await self._transport.call(models.Catalogue, "GET", "/api/v1/actions")

    async def list(self) -> builtins.list[models.MacroOut]:
        """List macros.

        Your own, your teams' and everybody's, with figures of their use.
        """
        return await self._transport.call(builtins.list[models.MacroOut], "GET", "/api/v1/macros")

    async def create(
        self, body: models.MacroIn, *, idempotency_key: str | None = None
    ) -> models.MacroOut:
        """Make a macro.

        For yourself; for a team or all with ``macro:manage``.

        Errors: ConditionInvalid, MacroEmpty, MacroNotYours, ParamsInvalid, ShortcutTaken,
        UnknownAction, UnknownVariable.
        """
        return await self._transport.call(
            models.MacroOut, "POST", "/api/v1/macros", body=body, key=idempotency_key
        )

    async def read(self, macro_id: Id) -> models.MacroOut:
        """Read a macro.

        One macro.

        Errors: MacroNotFound.
        """
        return await self._transport.call(models.MacroOut, "GET", "/api/v1/macros/{}", macro_id)

    async def update(self, macro_id: Id, body: models.MacroIn) -> models.MacroOut:
        """Change a macro.

        Give it other content, as a whole.

        Errors: ConditionInvalid, MacroEmpty, MacroNotFound, MacroNotYours, ParamsInvalid,
        ShortcutTaken, UnknownAction, UnknownVariable.
        """
        return await self._transport.call(
            models.MacroOut, "PUT", "/api/v1/macros/{}", macro_id, body=body
        )

    async def delete(self, macro_id: Id) -> None:
        """Remove a macro.

        What it did to tickets stays.

        Errors: MacroNotFound, MacroNotYours.
        """
        await self._transport.send("DELETE", "/api/v1/macros/{}", macro_id)

    async def read_usage(self, macro_id: Id) -> models.MacroUsage:
        """Read a macro's usage.

        By agent.

        Errors: MacroNotFound.
        """
        return await self._transport.call(
            models.MacroUsage, "GET", "/api/v1/macros/{}/usage", macro_id
        )

    async def list_offered(self, ticket_id: Id) -> models.OfferedList:
        """List macros that fit a ticket.

        With their text in the customer's language and its variables filled in.

        Errors: ConditionInvalid, TicketNotFound.
        """
        return await self._transport.call(
            models.OfferedList, "GET", "/api/v1/tickets/{}/macros", ticket_id
        )

    async def preview(self, ticket_id: Id, macro_id: Id) -> models.MacroPreviewOut:
        """Preview a macro at a ticket.

        Its text, and what each of its actions would do now. Nothing changes.

        Errors: ConditionInvalid, MacroNotFound, ParamsInvalid, TicketMerged, TicketNotFound,
        UnknownAction.
        """
        return await self._transport.call(
            models.MacroPreviewOut, "GET", "/api/v1/tickets/{}/macros/{}", ticket_id, macro_id
        )

    async def apply(
        self,
        ticket_id: Id,
        macro_id: Id,
        body: models.ApplyIn | None,
        *,
        idempotency_key: str | None = None,
    ) -> models.AppliedOut:
        """Apply a macro to a ticket.

        Runs its actions as one change set, and gives its text and files for the answer.

        409 ``open_children`` or ``open_items`` with ``may_confirm`` when it would solve the
        ticket though tickets below it, or items that must be done, are open: ask, and send
        ``despite_…``.

        Errors: ConditionInvalid, MacroDoesNotApply, MacroNotFound, NothingToDo, ParamsInvalid,
        TicketMerged, TicketNotFound, UnknownAction.
        """
        return await self._transport.call(
            models.AppliedOut,
            "POST",
            "/api/v1/tickets/{}/macros/{}",
            ticket_id,
            macro_id,
            body=body,
            key=idempotency_key,
        )
