# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``actions``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncActions:
    """Operations of ``actions``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def read_call_secret(self) -> models.CallSecretOut:
        """Read about the secret of calls.

        With it calls of actions to the outside are signed after Standard Webhooks.
        """
        return await self._transport.call(models.CallSecretOut, "GET", "/api/v1/actions/secret")

    async def rotate_call_secret(
        self, *, idempotency_key: str | None = None
    ) -> models.CallSecretOut:
        """Replace the secret of calls.

        Shown only now. The old one signs besides for 24 hours.
        """
        return await self._transport.call(
            models.CallSecretOut, "POST", "/api/v1/actions/secret", key=idempotency_key
        )

    async def undo_run(self, run_id: Id, *, idempotency_key: str | None = None) -> models.RunOut:
        """Undo a change set.

        What somebody else has changed since stays and is named in ``left_alone``.

        Errors: AlreadyUndone, CannotBeUndone, RunNotFound, TicketMerged, TicketNotFound,
        UnknownAction.
        """
        return await self._transport.call(
            models.RunOut, "POST", "/api/v1/actions/{}/undo", run_id, key=idempotency_key
        )

    async def list_runs(self, ticket_id: Id) -> models.RunList:
        """List a ticket's change sets.

        What macros, bulk work and escalations did to it, the newest first.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.RunList, "GET", "/api/v1/tickets/{}/actions", ticket_id
        )

    async def run(
        self, ticket_id: Id, body: models.RunActions, *, idempotency_key: str | None = None
    ) -> models.RunOut:
        """Run actions on a ticket.

        As one change set: all of them or none. 409 ``nothing_to_do`` when it is like that
        already.

        Errors: NothingToDo, ParamsInvalid, TicketMerged, TicketNotFound, UnknownAction.
        """
        return await self._transport.call(
            models.RunOut,
            "POST",
            "/api/v1/tickets/{}/actions",
            ticket_id,
            body=body,
            key=idempotency_key,
        )
