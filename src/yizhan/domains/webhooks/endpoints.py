"""Webhooks over HTTP."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, get, patch, post
from litestar.params import QueryParameter

from yizhan.domains.webhooks import matching, schemas, service
from yizhan.domains.webhooks.types import State
from yizhan.kernel import pagination
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["webhooks"]
Limit = Annotated[int, QueryParameter(ge=1, le=pagination.MOST)]


@get("/webhooks", summary="List webhooks", tags=_TAGS)
async def list_webhooks(tx: Tx) -> schemas.WebhookList:
    """All webhooks with their health."""
    return schemas.WebhookList([schemas.webhook_out(row) for row in await service.every(tx)])


@get("/webhooks/event-types", summary="List the events that webhooks can ask for", tags=_TAGS)
async def list_event_types(tx: Tx) -> schemas.EventTypes:
    """The names to put into ``events``."""
    await service.every(tx)
    return schemas.EventTypes(matching.offered())


@post("/webhooks", summary="Add a webhook", tags=_TAGS)
async def create_webhook(tx: Tx, edge: Edge, data: schemas.WebhookIn) -> schemas.WebhookOut:
    """The answer holds the signing secret, this once."""
    row, secret = await service.create(tx, data, vault=edge.vault, allow=edge.config.egress_allow)
    return schemas.webhook_out(row, secret=secret)


@patch("/webhooks/{webhook_id:int}", summary="Change a webhook", tags=_TAGS)
async def update_webhook(
    tx: Tx, edge: Edge, webhook_id: int, data: schemas.WebhookChanges
) -> schemas.WebhookOut:
    """Only what is given changes."""
    row = await service.update(tx, webhook_id, changes=data, allow=edge.config.egress_allow)
    return schemas.webhook_out(row)


@delete("/webhooks/{webhook_id:int}", summary="Remove a webhook", tags=_TAGS)
async def delete_webhook(tx: Tx, webhook_id: int) -> None:
    """Its delivery log goes with it."""
    await service.delete(tx, webhook_id)


@post("/webhooks/{webhook_id:int}/secret", summary="Replace a webhook's secret", tags=_TAGS)
async def rotate_secret(tx: Tx, edge: Edge, webhook_id: int) -> schemas.WebhookOut:
    """The old secret signs besides for 24 hours."""
    row, secret = await service.rotate(tx, webhook_id, vault=edge.vault)
    return schemas.webhook_out(row, secret=secret)


@post(
    "/webhooks/{webhook_id:int}/test",
    summary="Send a test event",
    tags=_TAGS,
    status_code=202,
)
async def test_webhook(tx: Tx, webhook_id: int) -> schemas.WebhookDelivery:
    """Queued like any other; look at the deliveries for its outcome."""
    return schemas.delivery_out(await service.test(tx, webhook_id))


@get("/webhooks/{webhook_id:int}/deliveries", summary="List deliveries", tags=_TAGS)
async def list_deliveries(
    tx: Tx,
    webhook_id: int,
    delivery_state: Annotated[State | None, QueryParameter(name="state")] = None,
    limit: Limit = pagination.DEFAULT,
    cursor: str | None = None,
) -> pagination.Page[schemas.WebhookDelivery]:
    """Newest first, with status, duration and the beginning of the response."""
    found = await service.deliveries(
        tx, webhook_id, state=delivery_state, limit=limit, cursor=cursor
    )
    return pagination.Page([schemas.delivery_out(row) for row in found.items], found.next_cursor)


@post(
    "/webhooks/{webhook_id:int}/deliveries/{delivery_id:int}/replay",
    summary="Send one delivery again",
    tags=_TAGS,
    status_code=202,
)
async def replay_delivery(tx: Tx, webhook_id: int, delivery_id: int) -> schemas.WebhookDelivery:
    """A new delivery with the same message id."""
    return schemas.delivery_out(await service.replay_one(tx, webhook_id, delivery_id=delivery_id))


class ReplayStarted(msgspec.Struct):
    """The replay runs in the background."""

    started: bool = True


@post(
    "/webhooks/{webhook_id:int}/replay",
    summary="Send everything since a cursor or a moment again",
    tags=_TAGS,
    status_code=202,
)
async def replay_webhook(tx: Tx, webhook_id: int, data: schemas.ReplayIn) -> ReplayStarted:
    """Cursors come from ``GET /events`` or from the ``cursor`` of a delivered body."""
    await service.replay(tx, webhook_id, after=data.after, since=data.since)
    return ReplayStarted()


routes = [
    list_webhooks,
    list_event_types,
    create_webhook,
    update_webhook,
    delete_webhook,
    rotate_secret,
    test_webhook,
    list_deliveries,
    replay_delivery,
    replay_webhook,
]
