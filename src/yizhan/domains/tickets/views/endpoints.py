"""HTTP of views."""

from __future__ import annotations

from litestar import delete, get, patch, post, put

from yizhan.domains.tickets.views import schemas, service, showing
from yizhan.kernel.tx import Tx

_TAGS = ["views"]


@get("/views", summary="List views", tags=_TAGS)
async def list_views(tx: Tx, *, hidden: bool = False) -> list[schemas.ViewOut]:
    """The views that you may see, in your order, with their counts.

    Counts are exact for views of active tickets; others end at 1,000 with ``count_capped``.
    """
    return await showing.views(tx, with_hidden=hidden)


@post("/views", summary="Save a view", tags=_TAGS)
async def create_view(tx: Tx, data: schemas.ViewIn) -> schemas.ViewOut:
    """A view of your own; sharing it needs ``view:share``."""
    return await showing.one(tx, await service.create(tx, data))


@get("/views/{view_id:int}", summary="Read a view", tags=_TAGS)
async def read_view(tx: Tx, view_id: int) -> schemas.ViewOut:
    """A saved view that is yours or shared with you."""
    return await showing.one(tx, await service.get(tx, view_id))


@patch("/views/{view_id:int}", summary="Change a view", tags=_TAGS)
async def change_view(tx: Tx, view_id: int, data: schemas.ViewChange) -> schemas.ViewOut:
    """Change what is given; sharing it with others needs ``view:share``."""
    return await showing.one(tx, await service.change(tx, view_id, data))


@delete("/views/{view_id:int}", summary="Delete a view", tags=_TAGS)
async def delete_view(tx: Tx, view_id: int) -> None:
    """The view is gone for everybody; its tickets stay as they are."""
    await service.delete(tx, view_id)


@post("/views/preview", summary="Try a condition", tags=_TAGS, status_code=200)
async def preview_view(tx: Tx, data: schemas.PreviewIn) -> schemas.Preview:
    """How many tickets a condition finds, and the first of them."""
    return await showing.preview(tx, data)


@put("/views/order", summary="Put views in order", tags=_TAGS, status_code=204)
async def order_views(tx: Tx, data: schemas.ViewIds) -> None:
    """Your own order; views that are not named follow behind."""
    await service.put_in_order(tx, data.ids)


@put("/views/hidden", summary="Put views away", tags=_TAGS, status_code=204)
async def hide_views(tx: Tx, data: schemas.ViewIds) -> None:
    """Which of the views that every workspace begins with nobody sees here."""
    await service.hide(tx, data.ids)


@get("/filters/fields", summary="List filter fields", tags=_TAGS)
async def list_fields(tx: Tx) -> schemas.FieldsOut:
    """Fields with operators and values, orders and columns: all that a view can be made of."""
    return await showing.fields(tx)


routes = [
    list_views,
    create_view,
    read_view,
    change_view,
    delete_view,
    preview_view,
    order_views,
    hide_views,
    list_fields,
]
