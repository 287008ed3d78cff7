"""Notifications over HTTP."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.params import Parameter

from yizhan.domains.notifications import schemas, service
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

_TAGS = ["notifications"]


@get("/notifications", summary="List your notifications", tags=_TAGS)
async def list_notifications(
    tx: Tx,
    limit: Annotated[int, Parameter(ge=1, le=pagination.MOST)] = pagination.DEFAULT,
    cursor: str | None = None,
    unread: bool = False,  # noqa: FBT001, FBT002 -- a query parameter, given by name
) -> schemas.NotificationList:
    """Newest first; of tickets that you can see."""
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


routes = [list_notifications, read_notifications]
