"""Notifications over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, delete, get, patch, post
from litestar.params import Parameter

from yizhan.domains.identity.service import oneself
from yizhan.domains.notifications import devices, keys, schemas, service
from yizhan.kernel import egress, pagination, webpush
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["notifications"]
Req = Request[Any, Any, Any]


@get("/notifications", summary="List your notifications", tags=_TAGS)
async def list_notifications(
    tx: Tx,
    limit: Annotated[int, Parameter(ge=1, le=pagination.MOST)] = pagination.DEFAULT,
    cursor: str | None = None,
    unread: bool = False,  # noqa: FBT001, FBT002 -- a query parameter, given by name
) -> schemas.NotificationList:
    """Newest first; of what you can see: a notice of no ticket has a ``link`` instead."""
    found, count = await service.listing(tx, limit=limit, cursor=cursor, unread=unread)
    return schemas.NotificationList(
        [schemas.notification_out(row) for row in found.items], found.next_cursor, count
    )


@post("/notifications/read", summary="Mark notifications as read", tags=_TAGS, status_code=200)
async def read_notifications(tx: Tx, data: schemas.ReadIn) -> schemas.ReadOut:
    """Those with ``ids``, or all with ``all``."""
    everything = data.all or data.ids == "all"
    chosen = [int(number) for number in data.ids] if isinstance(data.ids, list) else []
    return schemas.ReadOut(await service.read(tx, ids=None if everything else chosen))


async def _mine(tx: Tx, edge: Edge) -> schemas.PushOut:
    agent_id = oneself.agent_id(tx)
    sender = await keys.sender(tx, edge.vault, edge.config)
    settings, rows = await devices.settings(tx, agent_id), await devices.listed(tx)
    return schemas.push_out(sender.public_key, settings, rows, session_id=tx.actor.session_id)


@get("/push", summary="Read your web push settings and devices", tags=_TAGS)
async def read_push(tx: Tx, edge: Edge) -> schemas.PushOut:
    """``public_key`` is the applicationServerKey that a browser subscribes with."""
    return await _mine(tx, edge)


@patch("/push", summary="Change what you are woken for", tags=_TAGS)
async def change_push(tx: Tx, edge: Edge, data: schemas.PushChange) -> schemas.PushOut:
    """Kinds of notifications, quiet hours, and whether a push may say what somebody wrote."""
    await devices.change(tx, data)
    return await _mine(tx, edge)


@post(
    "/push/devices",
    summary="Wake this browser",
    tags=_TAGS,
    opt={"errors": (webpush.BadSubscription, egress.EgressRefused)},
)
async def add_push_device(
    request: Req, tx: Tx, edge: Edge, data: schemas.PushSubscription
) -> schemas.PushDeviceOut:
    """The device belongs to this session and goes with it."""
    row = await devices.add(
        tx,
        data,
        vault=edge.vault,
        allow=edge.config.egress_allow,
        user_agent=request.headers.get("user-agent", ""),
    )
    return schemas.device_out(row, session_id=tx.actor.session_id)


@delete("/push/devices/{device_id:int}", summary="Stop waking a browser", tags=_TAGS)
async def remove_push_device(tx: Tx, device_id: int) -> None:
    """One of your own."""
    await devices.remove(tx, device_id)


@post(
    "/push/devices/{device_id:int}/test",
    summary="Send a test push",
    tags=_TAGS,
    status_code=202,
)
async def test_push_device(tx: Tx, device_id: int) -> None:
    """Queued; if the push service refuses it, the device says why in ``failure``."""
    await devices.test(tx, device_id)


routes = [
    list_notifications,
    read_notifications,
    read_push,
    change_push,
    add_push_device,
    remove_push_device,
    test_push_device,
]
