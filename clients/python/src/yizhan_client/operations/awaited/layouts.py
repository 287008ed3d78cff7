# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``layouts``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncLayouts:
    """Operations of ``layouts``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> models.LayoutsOut:
        """List layouts.

        As they were saved last; where several fit, the first of them wins.
        """
        return await self._transport.call(models.LayoutsOut, "GET", "/api/v1/layouts")

    async def create(
        self, body: models.NewLayout, *, idempotency_key: str | None = None
    ) -> models.LayoutOut:
        """Make a layout.

        For roles, types and channels, or for any. Nobody sees it before it is published.

        Errors: LayoutInvalid, TooManyLayouts.
        """
        return await self._transport.call(
            models.LayoutOut, "POST", "/api/v1/layouts", body=body, key=idempotency_key
        )

    async def order(self, body: models.LayoutOrder) -> None:
        """Put layouts in order.

        It decides between layouts that ask for equally much.

        Errors: LayoutInvalid.
        """
        await self._transport.send("PUT", "/api/v1/layouts/order", body=body)

    async def ask_layout_reach(
        self, body: models.AskReach, *, idempotency_key: str | None = None
    ) -> models.LayoutReach:
        """Who would see a layout.

        As if it were published now. Nothing is stored.

        Errors: LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutReach, "POST", "/api/v1/layouts/reach", body=body, key=idempotency_key
        )

    async def list_shown_layouts(
        self, *, place: Literal["panel", "new"] | None = None
    ) -> models.ShownLayouts:
        """Your layouts.

        What your screens show of a ticket. Fields that you may not see are not in it.
        """
        return await self._transport.call(
            models.ShownLayouts, "GET", "/api/v1/layouts/shown", query={"place": place}
        )

    async def end_layout_trial(self) -> None:
        """Stop trying a layout.

        Your screens show what is published again.

        Errors: LayoutNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/layouts/trial")

    async def get(self, layout_id: Id) -> models.LayoutOut:
        """One layout.

        As it was saved last.

        Errors: LayoutNotFound.
        """
        return await self._transport.call(models.LayoutOut, "GET", "/api/v1/layouts/{}", layout_id)

    async def change(self, layout_id: Id, body: models.LayoutChange) -> models.LayoutOut:
        """Save a layout.

        Every save is a version; agents go on seeing the published one unless ``publish`` is
        set.

        Errors: LayoutChanged, LayoutInvalid, LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutOut, "PATCH", "/api/v1/layouts/{}", layout_id, body=body
        )

    async def delete(self, layout_id: Id) -> None:
        """Remove a layout.

        Where it won, the next that fits does.

        Errors: LayoutNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/layouts/{}", layout_id)

    async def publish(
        self, layout_id: Id, body: models.PublishLayout, *, idempotency_key: str | None = None
    ) -> models.LayoutOut:
        """Publish a layout.

        The newest version, or an earlier one: the draft stays as it is.

        Errors: LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutOut,
            "POST",
            "/api/v1/layouts/{}/publish",
            layout_id,
            body=body,
            key=idempotency_key,
        )

    async def restore(
        self, layout_id: Id, body: models.RestoreLayout, *, idempotency_key: str | None = None
    ) -> models.LayoutOut:
        """Bring back a layout's version.

        As a new version. Fields and roles that are gone since stay out.

        Errors: LayoutInvalid, LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutOut,
            "POST",
            "/api/v1/layouts/{}/restore",
            layout_id,
            body=body,
            key=idempotency_key,
        )

    async def try_layout(self, layout_id: Id) -> None:
        """Try a layout.

        Your own screens show the draft, whatever roles it is for; nobody else's do.

        Errors: LayoutNotFound.
        """
        await self._transport.send("PUT", "/api/v1/layouts/{}/trial", layout_id)

    async def list_layout_versions(self, layout_id: Id) -> models.LayoutVersionsOut:
        """List a layout's versions.

        Newest first: who saved it, when, and what became other.

        Errors: LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutVersionsOut, "GET", "/api/v1/layouts/{}/versions", layout_id
        )

    async def withdraw(
        self, layout_id: Id, *, idempotency_key: str | None = None
    ) -> models.LayoutOut:
        """Withdraw a layout.

        Nobody sees it any more; it can be published again.

        Errors: LayoutNotFound.
        """
        return await self._transport.call(
            models.LayoutOut, "POST", "/api/v1/layouts/{}/withdraw", layout_id, key=idempotency_key
        )
