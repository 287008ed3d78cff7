"""Answers on their way: claimed in one transaction, sent outside of any, recorded in another.

Order is kept within a conversation. A process that dies between claim and record leaves a lease
behind: when it runs out, a channel that tells repeated sends apart sends again, any other one says
``unknown``, and a person decides.
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

import msgspec
import structlog

from yizhan.domains.channels import outbox, registry, repository
from yizhan.domains.channels.contract import DeliveryState, OutboundMessage, SendReceipt
from yizhan.domains.channels.service import compose, held, hosts
from yizhan.domains.channels.service.means import Means, Ready, load, open_inbox
from yizhan.domains.channels.types import Delivery
from yizhan.domains.contacts import normal
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.errors import MessageNotFound
from yizhan.domains.tickets.events import MessageCancelled, MessageQueued, MessageRetried
from yizhan.kernel import errors, holding, jobs, metrics
from yizhan.kernel.actor import system
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

SEND_SECONDS = 120.0
LEASE_SECONDS = 150.0  # longer than a send may take, so that a lease that ran out means a death
_GIVE_UP_AFTER = timedelta(days=3)
_LONGEST_WAIT = 3600.0
_LOOK_AGAIN = 0.25
MOST_AUTOMATIC = 3  # automatic answers to one address in an hour


class Claimed(msgspec.Struct, frozen=True):
    """A message that this process, and no other, sends now."""

    ready: Ready
    delivery: Delivery
    draft: compose.Draft
    until: datetime  # the lease: whoever finds another one in the row has lost the message
    begun: float  # of a clock that also counts while this process is frozen


# ----------------------------------------------------------------------------- reactions to tickets


async def enqueue(tx: Tx, event: MessageQueued | MessageRetried) -> None:
    """An answer was written, or is to be sent again."""
    conversation = await repository.conversation(tx, event.conversation_id)
    channel = registry.find(conversation["channel"]) if conversation is not None else None
    if channel is not None and channel.manifest.capabilities.immediate:
        # It lies where the customer reads it: the commit is the delivery.
        await tickets.set_delivery(tx, event.message_id, state="sent")
        return
    if event.inbox_id is None:
        fetched = channel is not None and channel.manifest.capabilities.fetched
        state, error = ("sent", None) if fetched else ("failed", "no_route")
        await tickets.set_delivery(tx, event.message_id, state=state, error=error)
        return
    if isinstance(event, MessageQueued) and event.automatic:
        reason = await _fuse(tx, event, reply_to=conversation["reply_to"] or "")
        if reason:
            await tickets.set_delivery(tx, event.message_id, state="failed", error=reason)
            return
    not_before = event.send_at if isinstance(event, MessageQueued) else tx.now
    await outbox.add(
        tx,
        event.message_id,
        conversation_id=event.conversation_id,
        inbox_id=event.inbox_id,
        not_before=not_before,
    )
    await _let_in(tx, event.message_id, ticket_id=event.ticket_id)
    if isinstance(event, MessageQueued) and event.automatic:
        hold = await holding.of(tx)
        if hold is not None and hold.state == "hold":
            await held.keep(tx, event.message_id, hold)
            return
    tx.defer(
        outbox.JOB,
        key=f"deliver:{event.message_id}",
        at=not_before,
        message_id=event.message_id,
    )


async def _fuse(tx: Tx, event: MessageQueued, *, reply_to: str) -> str:
    """Machines do not talk to machines, and nobody is mailed more than a little, whatever their tags."""
    if await outbox.last_in_automatic(tx, event.conversation_id):
        return "loop_fuse"
    address = (
        normal.mailbox(reply_to) if "@" in reply_to else f"conversation:{event.conversation_id}"
    )
    await outbox.hold_address(tx, address)
    count = await outbox.count_automatic(tx, address, since=tx.now - timedelta(hours=1))
    if count >= MOST_AUTOMATIC:
        return "loop_fuse"
    await outbox.note_automatic(tx, address, message_id=event.message_id)
    return ""


async def _let_in(tx: Tx, message_id: int, *, ticket_id: int) -> None:
    """Whom an agent writes to may answer into the ticket."""
    row = await outbox.content(tx, message_id)
    given = (row["addressing"] or {}) if row is not None else {}
    people = [
        (person["address"].strip().lower(), person.get("name", ""))
        for field in ("to", "cc")
        for person in given.get(field) or []
    ]
    if people:
        await repository.add_participants(tx, ticket_id, people=people)


async def withdraw(tx: Tx, event: MessageCancelled) -> None:
    """It was taken back in time."""
    await outbox.finish(tx, event.message_id, state="cancelled")


# --------------------------------------------------------------------------------------- sending


async def deliver(means: Means, workspace_id: int, *, message_id: int) -> None:
    """Send one message, or find out that it is not to be sent now."""
    claimed = await _claim(means, workspace_id, message_id=message_id)
    if claimed is None:
        return
    receipt, message = await _send(means, claimed)
    wait = await _told(means, claimed, receipt=receipt, message=message)
    channel = claimed.ready.channel.id
    outcome = "again" if wait is not None else str(receipt.state)
    metrics.deliveries.labels(channel, outcome).inc()
    if wait is not None:
        raise jobs.Retry(wait, receipt.detail[:100])


async def _claim(means: Means, workspace_id: int, *, message_id: int) -> Claimed | None:
    async with means.database.begin(system(workspace_id)) as tx:
        delivery = await outbox.get(tx, message_id)
        if delivery is None or delivery.state not in ("queued", "sending"):
            return None
        hold = await holding.of(tx)
        if hold is not None and hold.covers(delivery.created_at):
            await held.keep(tx, message_id, hold)
            return None
        _wait_for(delivery.not_before, now=tx.now)
        if delivery.leased_until is not None:
            _wait_for(delivery.leased_until, now=tx.now)
        if await outbox.earlier_open(tx, delivery):
            raise jobs.Retry(_LOOK_AGAIN, "an earlier message goes first")
        inbox = await repository.inbox(tx, delivery.inbox_id)
        if inbox is None or not inbox.active:
            await _give_up(tx, message_id, state="failed", error="inbox_inactive")
            return None
        try:
            ready = open_inbox(means.vault, inbox, workspace_id=workspace_id)
        except (errors.Invalid, errors.NotFound) as error:
            await _give_up(tx, message_id, state="failed", error=str(error))
            return None
        if delivery.state == "sending" and not ready.channel.manifest.capabilities.idempotent_send:
            await _give_up(tx, message_id, state="unknown", error="interrupted")
            return None
        try:
            draft = await compose.draft(tx, means.vault, ready, message_id=message_id)
        except MessageNotFound:
            return None
        until = tx.now + timedelta(seconds=LEASE_SECONDS)
        await outbox.claim(tx, message_id, until=until)
        await tickets.set_delivery(tx, message_id, state="sending")
        await _know(tx, ready, draft.message)
        return Claimed(ready, delivery, draft, until, time.monotonic())


def _wait_for(moment: datetime, *, now: datetime) -> None:
    left = (moment - now).total_seconds()
    if left > 0:
        raise jobs.Retry(min(left + 0.01, 60))


async def _give_up(tx: Tx, message_id: int, *, state: str, error: str) -> None:
    await outbox.finish(tx, message_id, state=state, error=error[:1000])
    await tickets.set_delivery(tx, message_id, state=state, error=error[:1000])


async def _know(tx: Tx, ready: Ready, message: OutboundMessage, *others: str) -> None:
    """Record the ids by which the outside will refer to this message."""
    ids = list(others)
    if ready.channel.offers("known_ids"):
        ids += ready.channel.connector.known_ids(ready.settings, message)
    await repository.add_refs(
        tx,
        external_ids=ids,
        inbox_id=ready.inbox.id,
        message_id=message.id,
        ticket_id=message.ticket_id,
        conversation_id=message.conversation_id,
        direction="out",
    )


async def _send(means: Means, claimed: Claimed) -> tuple[SendReceipt, OutboundMessage]:
    """Talk to the outside. Whatever goes wrong there comes back as a receipt."""
    ready = claimed.ready
    message = claimed.draft.message
    try:
        message = await compose.with_files(claimed.draft, means.store)
    except errors.YizhanError as error:
        return SendReceipt(DeliveryState.FAILED, detail=error.code, retry_after=60), message
    host = hosts.InboxHost(means, ready)
    if time.monotonic() - claimed.begun > LEASE_SECONDS - SEND_SECONDS:
        # This process stood still since the claim: before the end of the send it may be another's.
        return SendReceipt(DeliveryState.FAILED, detail="late", retry_after=1), message
    try:
        receipt = await asyncio.wait_for(
            ready.channel.connector.send(ready.settings, message, host), timeout=SEND_SECONDS
        )
    except TimeoutError:
        return _doubt(ready, "time_out"), message
    except Exception as error:
        logger.exception("send_failed", channel=ready.channel.id)
        return _doubt(ready, f"{type(error).__name__}: {error}"[:300]), message
    return receipt, message


def _doubt(ready: Ready, detail: str) -> SendReceipt:
    """Nobody knows whether it arrived."""
    if ready.channel.manifest.capabilities.idempotent_send:
        return SendReceipt(DeliveryState.FAILED, detail=detail, retry_after=30)
    return SendReceipt(DeliveryState.UNKNOWN, detail=detail)


async def _told(
    means: Means, claimed: Claimed, *, receipt: SendReceipt, message: OutboundMessage
) -> float | None:
    """Record it, also when the database is away for a while: nobody else will ever know."""
    while True:
        try:
            return await _record(means, claimed, receipt=receipt, message=message)
        except errors.Unavailable:
            if time.monotonic() - claimed.begun > LEASE_SECONDS:
                raise
            await asyncio.sleep(_LOOK_AGAIN)


async def _record(
    means: Means, claimed: Claimed, *, receipt: SendReceipt, message: OutboundMessage
) -> float | None:
    """Write down what the channel said. Returns seconds until the next try, if any."""
    workspace_id = claimed.ready.workspace_id
    async with means.database.begin(system(workspace_id)) as tx:
        delivery = await outbox.get(tx, message.id)
        if delivery is None or _lost_it(delivery, claimed, receipt):
            return None
        wait = _again_after(receipt, delivery, now=tx.now)
        if wait is not None:
            later = tx.now + timedelta(seconds=wait)
            await outbox.again(tx, message.id, not_before=later, error=receipt.detail)
            await tickets.set_delivery(tx, message.id, state="queued")
            await repository.note_error(tx, delivery.inbox_id, error=receipt.detail)
            return wait
        error = receipt.detail[:1000] if receipt.state in ("failed", "unknown") else None
        await outbox.finish(
            tx, message.id, state=receipt.state, error=error, external_id=receipt.external_id
        )
        await tickets.set_delivery(
            tx, message.id, state=receipt.state, error=error, external_id=receipt.external_id
        )
        known = [i for i in (receipt.external_id, *receipt.also_known_as) if i]
        await _know(tx, claimed.ready, message, *known)
        if receipt.state is not DeliveryState.FAILED:
            await repository.note_out(tx, delivery.inbox_id)
        return None


def _lost_it(delivery: Delivery, claimed: Claimed, receipt: SendReceipt) -> bool:
    """Whether the lease ran out and the message went another way: what we know counts only where
    nobody knows better."""
    if delivery.state == "sending" and delivery.leased_until == claimed.until:
        return False
    good = receipt.state not in (DeliveryState.FAILED, DeliveryState.UNKNOWN)
    logger.warning("lease_lost", state=delivery.state, receipt=str(receipt.state))
    return not (good and delivery.state == "unknown")


def _again_after(receipt: SendReceipt, delivery: Delivery, *, now: datetime) -> float | None:
    """Seconds until the next try of a failed send; None when this was the last."""
    if receipt.state is not DeliveryState.FAILED or receipt.retry_after is None:
        return None
    if now - delivery.created_at > _GIVE_UP_AFTER:
        return None
    backed_off = min(2.0**delivery.attempts, _LONGEST_WAIT)
    return float(max(receipt.retry_after, min(backed_off, _LONGEST_WAIT)))


async def rendered(means: Means, workspace_id: int, *, message_id: int) -> bytes:
    """The exact bytes that would be sent. Errors: MessageNotFound, InboxNotFound."""
    async with means.database.begin(system(workspace_id)) as tx:
        row = await outbox.content(tx, message_id)
        if row is None:
            raise MessageNotFound
        delivery = await outbox.get(tx, message_id)
        conversation = await repository.conversation(tx, row["conversation_id"])
        inbox_id = delivery.inbox_id if delivery else conversation["inbox_id"]
    ready = await load(means, workspace_id, inbox_id=inbox_id or 0)
    async with means.database.begin(system(workspace_id)) as tx:
        draft = await compose.draft(tx, means.vault, ready, message_id=message_id)
    message = await compose.with_files(draft, means.store)
    if not ready.channel.offers("render"):
        return (message.html or message.text).encode()
    return ready.channel.connector.render(ready.settings, message)
