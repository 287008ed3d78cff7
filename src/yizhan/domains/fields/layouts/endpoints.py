"""HTTP of layouts."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import delete, get, patch, post, put
from msgspec import UNSET

from yizhan.domains.fields.layouts import errors, schemas, service, showing
from yizhan.domains.fields.layouts.types import Content, Place
from yizhan.kernel.tx import Tx

_TAGS = ["layouts"]
_SAID = ("name", "types", "channels", "role_ids", "groups")
_REFUSED = {"errors": (errors.LayoutInvalid,)}
_CHANGED = {"errors": (errors.LayoutInvalid, errors.LayoutChanged)}


def _given(data: msgspec.Struct) -> dict[str, Any]:
    """What was sent of a version's content; ids as numbers."""
    found: dict[str, Any] = {}
    for name in _SAID:
        value = getattr(data, name, UNSET)
        if value is UNSET:
            continue
        if name == "role_ids":
            value = [int(one) for one in value]
        if name in ("types", "channels", "role_ids"):
            value = dict.fromkeys(value)
        found[name] = value.strip() if isinstance(value, str) else tuple(value)
    return found


@get("/layouts", summary="List layouts", tags=_TAGS)
async def list_layouts(tx: Tx) -> schemas.LayoutsOut:
    """As they were saved last; where several fit, the first of them wins."""
    return await showing.listed(tx)


@post("/layouts", summary="Make a layout", tags=_TAGS, opt=_REFUSED)
async def create_layout(tx: Tx, data: schemas.NewLayout) -> schemas.LayoutOut:
    """For roles, types and channels, or for any. Nobody sees it before it is published."""
    content = Content(**_given(data))
    return schemas.layout_out(await service.create(tx, data.place, content, publish=data.publish))


@get("/layouts/shown", summary="Your layouts", tags=_TAGS)
async def list_shown_layouts(tx: Tx, place: Place = "panel") -> schemas.ShownLayouts:
    """What your screens show of a ticket. Fields that you may not see are not in it."""
    return await showing.shown(tx, place)


@post("/layouts/reach", summary="Who would see a layout", tags=_TAGS, status_code=200)
async def ask_layout_reach(tx: Tx, data: schemas.AskReach) -> schemas.LayoutReach:
    """As if it were published now. Nothing is stored."""
    content = Content(name="", **_given(data))
    layout_id = None if data.id is None else int(data.id)
    return await showing.reach(tx, data.place, content, layout_id=layout_id)


@put("/layouts/order", summary="Put layouts in order", tags=_TAGS, status_code=204, opt=_REFUSED)
async def order_layouts(tx: Tx, data: schemas.LayoutOrder) -> None:
    """It decides between layouts that ask for equally much."""
    await service.order(tx, data.place, [int(one) for one in data.ids])


@delete("/layouts/trial", summary="Stop trying a layout", tags=_TAGS)
async def end_layout_trial(tx: Tx) -> None:
    """Your screens show what is published again."""
    await service.try_out(tx, None)


@get("/layouts/{layout_id:int}", summary="One layout", tags=_TAGS)
async def get_layout(tx: Tx, layout_id: int) -> schemas.LayoutOut:
    """As it was saved last."""
    return schemas.layout_out(await service.get(tx, layout_id))


@patch("/layouts/{layout_id:int}", summary="Save a layout", tags=_TAGS, opt=_CHANGED)
async def change_layout(tx: Tx, layout_id: int, data: schemas.LayoutChange) -> schemas.LayoutOut:
    """Every save is a version; agents go on seeing the published one unless ``publish`` is set."""
    return schemas.layout_out(
        await service.change(
            tx, layout_id, changed=_given(data), version=data.version, publish=data.publish
        )
    )


@delete("/layouts/{layout_id:int}", summary="Remove a layout", tags=_TAGS)
async def delete_layout(tx: Tx, layout_id: int) -> None:
    """Where it won, the next that fits does."""
    await service.delete(tx, layout_id)


@post("/layouts/{layout_id:int}/publish", summary="Publish a layout", tags=_TAGS, status_code=200)
async def publish_layout(tx: Tx, layout_id: int, data: schemas.PublishLayout) -> schemas.LayoutOut:
    """The newest version, or an earlier one: the draft stays as it is."""
    return schemas.layout_out(await service.publish(tx, layout_id, version=data.version))


@post("/layouts/{layout_id:int}/withdraw", summary="Withdraw a layout", tags=_TAGS, status_code=200)
async def withdraw_layout(tx: Tx, layout_id: int) -> schemas.LayoutOut:
    """Nobody sees it any more; it can be published again."""
    return schemas.layout_out(await service.withdraw(tx, layout_id))


@put("/layouts/{layout_id:int}/trial", summary="Try a layout", tags=_TAGS, status_code=204)
async def try_layout(tx: Tx, layout_id: int) -> None:
    """Your own screens show the draft, whatever roles it is for; nobody else's do."""
    await service.try_out(tx, layout_id)


@get("/layouts/{layout_id:int}/versions", summary="List a layout's versions", tags=_TAGS)
async def list_layout_versions(tx: Tx, layout_id: int) -> schemas.LayoutVersionsOut:
    """Newest first: who saved it, when, and what became other."""
    return await showing.versions(tx, layout_id)


@post(
    "/layouts/{layout_id:int}/restore",
    summary="Bring back a layout's version",
    tags=_TAGS,
    status_code=200,
    opt=_REFUSED,
)
async def restore_layout(tx: Tx, layout_id: int, data: schemas.RestoreLayout) -> schemas.LayoutOut:
    """As a new version. Fields and roles that are gone since stay out."""
    return schemas.layout_out(
        await service.restore(tx, layout_id, version=data.version, publish=data.publish)
    )


routes = [
    list_layouts,
    create_layout,
    list_shown_layouts,
    ask_layout_reach,
    order_layouts,
    end_layout_trial,
    get_layout,
    change_layout,
    delete_layout,
    publish_layout,
    withdraw_layout,
    try_layout,
    list_layout_versions,
    restore_layout,
]
