"""From a raw envelope to what it means: message, receipt, quarantine, ignored. Exactly once.

The raw bytes are parsed outside of any transaction, under a time limit. Then one
transaction holds the envelope, does what follows and says where it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import structlog

from yizhan.domains.channels import repository
from yizhan.domains.channels.contract import (
    Ignored,
    InboundEvent,
    IncomingMessage,
    Quarantined,
    RawItem,
    ReceiptNotice,
)
from yizhan.domains.channels.events import EnvelopeQuarantined
from yizhan.domains.channels.service import intake, messages, parsing, receipts
from yizhan.domains.channels.service.means import Means, Ready, opened
from yizhan.domains.channels.types import Envelope
from yizhan.kernel import errors, jobs, metrics, text
from yizhan.kernel.actor import Actor
from yizhan.kernel.storage import FileMissing
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

_MOST_ATTEMPTS = 5
# A receipt may overtake the vendor's answer to our own send: it is looked at again for this long.
_UNMATCHED_FOR = timedelta(minutes=2)
_RANK = {"ignored": 0, "quarantine": 1, "receipt": 2, "message": 3}


class Outcome(msgspec.Struct, frozen=True):
    """Where an envelope ended, and why."""

    state: str
    reason: str | None = None
    detail: str | None = None
    message_id: int | None = None
    ticket_id: int | None = None
    new_ticket: bool = False
    duplicate: bool = False
    message_ids: tuple[int, ...] = ()


def actor_of(ready: Ready) -> Actor:
    """What comes in is done by the channel."""
    return Actor(
        kind="channel",
        workspace_id=ready.workspace_id,
        id=ready.inbox.id,
        name=ready.inbox.name,
    )


def item_of(envelope: Envelope, body: bytes) -> RawItem:
    """The stored envelope as the connector gave it."""
    return RawItem(
        dedupe_key=envelope.dedupe_key,
        body=body,
        content_type=envelope.content_type,
        meta=envelope.meta,
        occurred_at=envelope.occurred_at or envelope.received_at,
        order_key=envelope.meta.get("order_key"),
    )


async def process(means: Means, workspace_id: int, *, envelope_id: int) -> None:
    """Work on one envelope until it is done; earlier ones of the same order first."""
    ready, envelope = await _open(means, workspace_id, envelope_id=envelope_id)
    if ready is None or envelope is None:
        return
    order_key = envelope.meta.get("order_key")
    while order_key is not None:
        async with means.database.begin(actor_of(ready)) as tx:
            first = await repository.earlier_waiting(tx, envelope, order_key=order_key)
        if first is None:
            break
        # Whoever works on that one now holds its row; this waits there and then goes on.
        await process(means, workspace_id, envelope_id=first)
    await _work(means, ready, envelope)


async def _open(
    means: Means, workspace_id: int, *, envelope_id: int
) -> tuple[Ready | None, Envelope | None]:
    system = Actor(kind="system", workspace_id=workspace_id)
    async with means.database.begin(system) as tx:
        envelope = await repository.envelope(tx, envelope_id)
        if envelope is None or envelope.state != "received":
            return None, None
        inbox = await repository.inbox(tx, envelope.inbox_id)
    try:
        return opened(means, inbox, workspace_id=workspace_id), envelope
    except (errors.NotFound, errors.Invalid) as error:
        # The inbox is gone, or its settings no longer fit: a person decides.
        async with means.database.begin(system) as tx:
            await _quarantine(tx, envelope, reason="inbox_unusable", detail=str(error))
        return None, None


async def _work(means: Means, ready: Ready, envelope: Envelope) -> None:
    try:
        item = item_of(envelope, await means.store.get(ready.workspace_id, envelope.sha256))
        with parsing.marked(means.config.data, envelope.id) as is_left:
            is_suspect = is_left or envelope.attempts > 0
            events = await parsing.parse(ready, item, is_suspect=is_suspect)
        parsed = await messages.prepare(means, ready, parsed=events)
        async with means.database.begin(actor_of(ready)) as tx:
            outcome = await settle(tx, means, ready, envelope_id=envelope.id, parsed=parsed)
    except jobs.Retry:
        raise
    except FileMissing:
        async with means.database.begin(actor_of(ready)) as tx:
            await _quarantine(tx, envelope, reason="raw_missing", detail="")
        return
    except errors.Unavailable:
        raise  # the database or the disk is away: not this envelope's fault
    except Exception as error:
        logger.exception("envelope_failed", channel=ready.channel.id, envelope=str(envelope.id))
        await _failed(means, ready, envelope, error)
        return
    if outcome is not None:
        metrics.envelopes.labels(ready.channel.id, outcome.state).inc()


async def _failed(means: Means, ready: Ready, envelope: Envelope, error: Exception) -> None:
    """Try again some times, then let a person see it."""
    detail = f"{type(error).__name__}: {error}"[:300]
    async with means.database.begin(actor_of(ready)) as tx:
        attempts = await repository.count_attempt(tx, envelope.id, detail=detail)
        if attempts >= _MOST_ATTEMPTS:
            await _quarantine(tx, envelope, reason="processing_failed", detail=detail)
            return
    raise jobs.Retry(2.0**attempts, "envelope failed")


async def _quarantine(tx: Tx, envelope: Envelope, *, reason: str, detail: str) -> None:
    await repository.finish_envelope(
        tx, envelope.id, state="quarantine", reason=reason, detail=detail
    )
    tx.emit(EnvelopeQuarantined(envelope_id=envelope.id, inbox_id=envelope.inbox_id, reason=reason))


async def settle(
    tx: Tx,
    means: Means,
    ready: Ready,
    *,
    envelope_id: int,
    parsed: Sequence[InboundEvent],
) -> Outcome | None:
    """Do what the events say and close the envelope. None: it was done before."""
    envelope = await repository.envelope(tx, envelope_id, lock=True)
    if envelope is None or envelope.state != "received":
        return None
    outcomes = [
        await _apply(tx, means, ready, envelope=envelope, event=event) for event in parsed
    ] or [Outcome("ignored", "nothing_in_it")]
    best = max(outcomes, key=lambda outcome: _RANK[outcome.state])
    await repository.finish_envelope(
        tx,
        envelope_id,
        state=best.state,
        reason=best.reason,
        detail=best.detail,
        summary=_summary(parsed),
        message_id=best.message_id,
        ticket_id=best.ticket_id,
    )
    if best.state == "quarantine":
        tx.emit(
            EnvelopeQuarantined(
                envelope_id=envelope_id, inbox_id=ready.inbox.id, reason=best.reason or ""
            )
        )
    made = tuple(o.message_id for o in outcomes if o.message_id and o.state == "message")
    return msgspec.structs.replace(best, message_ids=made)


async def _apply(
    tx: Tx,
    means: Means,
    ready: Ready,
    *,
    envelope: Envelope,
    event: InboundEvent,
) -> Outcome:
    if isinstance(event, IncomingMessage):
        return await _message(tx, means, ready, envelope=envelope, event=event)
    if isinstance(event, ReceiptNotice):
        return await _receipt(tx, means, ready, envelope=envelope, notice=event)
    if isinstance(event, Quarantined):
        return Outcome("quarantine", event.reason, event.detail)
    if isinstance(event, Ignored):
        return Outcome("ignored", event.reason, event.detail)
    return Outcome("ignored", "unknown_event", event.kind)


async def _message(
    tx: Tx,
    means: Means,
    ready: Ready,
    *,
    envelope: Envelope,
    event: IncomingMessage,
) -> Outcome:
    released = bool(envelope.meta.get("released"))
    try:
        got = await messages.receive(
            tx, means, ready, event=event, envelope=envelope, released=released
        )
    except messages.Held as held:
        return Outcome("quarantine", held.reason, held.detail)
    return Outcome(
        "message",
        message_id=got.message_id,
        ticket_id=got.ticket_id,
        new_ticket=got.new_ticket,
        duplicate=got.duplicate,
    )


async def _receipt(
    tx: Tx, means: Means, ready: Ready, *, envelope: Envelope, notice: ReceiptNotice
) -> Outcome:
    found = await receipts.record(
        tx, means.vault, inbox_id=ready.inbox.id, notice=notice, envelope_id=envelope.id
    )
    if found is None:
        if notice.kind == "receipt" and tx.now - envelope.received_at < _UNMATCHED_FOR:
            raise jobs.Retry(3, "the message is not known yet")
        detail = ", ".join(notice.external_ids)[:300]
        return Outcome("ignored", f"{notice.kind}_unmatched", notice.detail[:300] or detail)
    return Outcome(
        "receipt", notice.kind, notice.detail[:500], message_id=found[0], ticket_id=found[1]
    )


def _summary(parsed: Sequence[InboundEvent]) -> dict[str, str] | None:
    """What a person needs to recognise it in a list."""
    for event in parsed:
        if isinstance(event, IncomingMessage):
            sender = event.from_.address if event.from_ else event.sender_name
            return {
                "from": sender or event.sender_name,
                "subject": event.subject or "",
                "preview": text.preview(event.text),
            }
    return None


class Prepared(msgspec.Struct, frozen=True):
    """An item whose bytes are in the store, read, and with its files fetched."""

    stored: intake.Stored
    parsed: tuple[InboundEvent, ...]


async def prepare_inline(means: Means, ready: Ready, *, item: RawItem) -> Prepared:
    """All that waits for a disk, another process or the network: before the caller's transaction."""
    (stored,) = await intake.keep(means.store, ready.workspace_id, items=[item])
    events = await parsing.parse(ready, item)
    return Prepared(stored, tuple(await messages.prepare(means, ready, parsed=events)))


async def ingest_inline(
    tx: Tx, means: Means, ready: Ready, *, prepared: Prepared
) -> Outcome | None:
    """Process in the caller's transaction: for channels that are part of this desk.

    Returns where it ended; for an item that came before, where that one ended.
    """
    envelope_id = await intake.write(tx, ready.inbox.id, stored=prepared.stored)
    if envelope_id is None:
        key = prepared.stored.item.dedupe_key
        before = await repository.envelope_by_key(tx, ready.inbox.id, dedupe_key=key)
        if before is None:
            return None
        return Outcome(
            before.state,
            before.reason,
            message_id=before.message_id,
            ticket_id=before.ticket_id,
            duplicate=True,
        )
    await repository.note_in(tx, ready.inbox.id)
    return await settle(tx, means, ready, envelope_id=envelope_id, parsed=prepared.parsed)
