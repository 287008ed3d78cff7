"""A mail that belongs to no ticket: by an inbox that can write to an address."""

from __future__ import annotations

import asyncio

import structlog

from yizhan.domains.channels import outbox, registry
from yizhan.domains.channels.contract import DeliveryState, OutboundMessage, SendReceipt
from yizhan.domains.channels.service import hosts
from yizhan.domains.channels.service.means import Means, load
from yizhan.kernel.actor import system
from yizhan.kernel.tx import Tx

SEND_SECONDS = 120.0
logger = structlog.get_logger(__name__)


async def carrier(tx: Tx, *, brand_id: int | None) -> int | None:
    """The first active inbox that can write to an address, one of the brand before others."""
    able = [
        channel.id
        for channel in registry.known()
        if channel.offers("send")
        and channel.manifest.capabilities.recipients
        and channel.manifest.capabilities.can_start
    ]
    return await outbox.carriers(tx, channels=able, brand_id=brand_id)


async def send(means: Means, message: OutboundMessage, *, brand_id: int | None) -> SendReceipt:
    """Hand it over once. Without an inbox that could carry it, and on any trouble: failed."""
    async with means.database.begin(system(message.workspace_id)) as tx:
        inbox_id = await carrier(tx, brand_id=brand_id)
    if inbox_id is None:
        return SendReceipt(DeliveryState.FAILED, detail="no_route")
    ready = await load(means, message.workspace_id, inbox_id=inbox_id)
    host = hosts.InboxHost(means, ready)
    try:
        receipt: SendReceipt = await asyncio.wait_for(
            ready.channel.connector.send(ready.settings, message, host), timeout=SEND_SECONDS
        )
    except Exception as error:
        logger.exception("send_failed", channel=ready.channel.id)
        return SendReceipt(DeliveryState.UNKNOWN, detail=type(error).__name__)
    return receipt
