# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``views``."""

from __future__ import annotations

import builtins

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncViews:
    """Operations of ``views``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_fields(self) -> models.FieldsOut:
        """List filter fields.

        Fields with operators and values, orders and columns: all that a view can be made of.
        """
        return await self._transport.call(models.FieldsOut, "GET", "/api/v1/filters/fields")

    async def list(self, *, hidden: bool | None = None) -> builtins.list[models.ViewOut]:
        """List views.

        The views that you may see, in your order, with their counts.

        Counts are exact for views of active tickets; others end at 1,000 with ``count_capped``.
        """
        return await self._transport.call(
            builtins.list[models.ViewOut], "GET", "/api/v1/views", query={"hidden": hidden}
        )

    async def create(
        self, body: models.ViewIn, *, idempotency_key: str | None = None
    ) -> models.ViewOut:
        """Save a view.

        A view of your own; sharing it needs ``view:share``.

        Errors: ConditionInvalid, TooManyViews, UnknownValue, ViewNotFound.
        """
        return await self._transport.call(
            models.ViewOut, "POST", "/api/v1/views", body=body, key=idempotency_key
        )

    async def hide(self, body: models.ViewIds) -> None:
        """Put views away.

        Which of the views that every workspace begins with nobody sees here.

        Errors: UnknownValue.
        """
        await self._transport.send("PUT", "/api/v1/views/hidden", body=body)

    async def order(self, body: models.ViewIds) -> None:
        """Put views in order.

        Your own order; views that are not named follow behind.
        """
        await self._transport.send("PUT", "/api/v1/views/order", body=body)

    async def preview(
        self, body: models.PreviewIn, *, idempotency_key: str | None = None
    ) -> models.Preview:
        """Try a condition.

        How many tickets a condition finds, and the first of them.

        Errors: ConditionInvalid, QueryInvalid, UnknownValue, ViewNotFound.
        """
        return await self._transport.call(
            models.Preview, "POST", "/api/v1/views/preview", body=body, key=idempotency_key
        )

    async def read(self, view_id: Id) -> models.ViewOut:
        """Read a view.

        A saved view that is yours or shared with you.

        Errors: ViewNotFound.
        """
        return await self._transport.call(models.ViewOut, "GET", "/api/v1/views/{}", view_id)

    async def change(self, view_id: Id, body: models.ViewChange) -> models.ViewOut:
        """Change a view.

        Change what is given; sharing it with others needs ``view:share``.

        Errors: ConditionInvalid, UnknownValue, ViewNotFound, ViewNotYours.
        """
        return await self._transport.call(
            models.ViewOut, "PATCH", "/api/v1/views/{}", view_id, body=body
        )

    async def delete(self, view_id: Id) -> None:
        """Delete a view.

        The view is gone for everybody; its tickets stay as they are.

        Errors: ViewNotFound, ViewNotYours.
        """
        await self._transport.send("DELETE", "/api/v1/views/{}", view_id)
