"""A customer's message, from who and where to the ticket that it joins or begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from yizhan.domains.channels import repository
from yizhan.domains.channels.contract import (
    Capabilities,
    File,
    InboundEvent,
    IncomingMessage,
)
from yizhan.domains.channels.events import SenderKeptOut
from yizhan.domains.channels.service import hosts, threads
from yizhan.domains.channels.service.means import Means, Ready
from yizhan.domains.channels.types import Envelope
from yizhan.domains.contacts import normal
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import (
    CLAIMED,
    KNOWN,
    MAIL_FAILED_LANE,
    MAIL_LANE,
    Contact,
    Identity,
)
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Receipt, Received, StoredFile
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

_MOST_AUTOMATIC = 20  # automatic messages of one person in an hour; more is a loop
_MOST_PARTICIPANTS = 30


class Held(Exception):
    """The message must not go through by itself: it belongs into quarantine."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason)


async def prepare(
    means: Means, ready: Ready, *, parsed: Sequence[InboundEvent]
) -> list[InboundEvent]:
    """Fetch what lies at the vendor, and put every file on the disk: before the transaction."""
    out: list[InboundEvent] = []
    for event in parsed:
        if isinstance(event, IncomingMessage) and event.files:
            files = [await _fetched(means, ready, file) for file in event.files]
            out.append(msgspec.structs.replace(event, files=tuple(files)))
        else:
            out.append(event)
    return out


async def _fetched(means: Means, ready: Ready, file: File) -> File:
    if file.stored_id is not None:
        return file
    content = file.content
    if content is None and file.ref is not None:
        host = hosts.InboxHost(means, ready)
        content = await ready.channel.connector.fetch_media(ready.settings, file.ref, host)
    content = content or b""
    sha256 = await means.store.put(ready.workspace_id, content)
    return msgspec.structs.replace(file, content=content, sha256=sha256)


def identities(event: IncomingMessage, *, capabilities: Capabilities) -> list[Identity]:
    """Who spoke, as contacts ask it. See the docstring of the contacts domain for the lanes.

    Where the channel carries addresses, the address is how it knows the sender: what it proved is
    held, and what it did not prove stays in the lane of unproven mail.
    """
    out: list[Identity] = []
    for given in event.sender:
        identity = Identity(
            kind=given.kind,
            value=given.value,
            scope=given.scope,
            strength=given.strength,
            verified=given.verified,
        )
        if capabilities.recipients and given.kind == "email" and not given.scope:
            lane = MAIL_FAILED_LANE if event.sender_verdict == "fail" else MAIL_LANE
            out.append(
                msgspec.structs.replace(identity, scope=lane, strength=CLAIMED, verified=False)
            )
            if given.strength < KNOWN:
                continue
        out.append(identity)
    return out


async def receive(
    tx: Tx,
    means: Means,
    ready: Ready,
    *,
    event: IncomingMessage,
    envelope: Envelope | None = None,
    released: bool = False,
) -> Receipt:
    """Find the contact and the conversation, and hand the message to tickets.

    Errors: Held when a person must look first.
    """
    if not event.external_id and envelope is not None:
        # Without an id of its own it would be taken for every other one without.
        event = msgspec.structs.replace(event, external_id=f"item:{envelope.dedupe_key}")
    contact, place = await _who_and_where(tx, means, ready, event=event)
    if not released:
        await _check(tx, contact, event=event)
    incoming = await _received(
        tx, ready, event=event, contact=contact, place=place, envelope=envelope
    )
    receipt = await tickets.receive(tx, incoming)
    if not receipt.duplicate:
        await repository.add_refs(
            tx,
            external_ids=[event.external_id],
            inbox_id=ready.inbox.id,
            message_id=receipt.message_id,
            ticket_id=receipt.ticket_id,
            conversation_id=receipt.conversation_id,
            direction="in",
        )
        if place.related_ticket_id is not None:
            tx.emit(
                SenderKeptOut(
                    ticket_id=receipt.ticket_id,
                    message_id=receipt.message_id,
                    related_ticket_id=place.related_ticket_id,
                    inbox_id=ready.inbox.id,
                    sender_verdict=event.sender_verdict,
                )
            )
    return receipt


async def _who_and_where(
    tx: Tx, means: Means, ready: Ready, *, event: IncomingMessage
) -> tuple[Contact, threads.Place]:
    place = threads.Place()
    sender = threads.Sender(None, threads.address_of(event), event.sender_verdict)
    found: list[threads.Found] = []
    if event.conversation_key is None:
        found = await threads.candidates(
            tx, means.vault, inbox_id=ready.inbox.id, thread=event.thread
        )
        place = await threads.place(tx, found, sender=sender)
    if place.contact_id is not None:
        known = await contacts.get_many(tx, [place.contact_id])
        if place.contact_id in known:
            return known[place.contact_id], place
    contact = await contacts.resolve(
        tx,
        identities(event, capabilities=ready.channel.manifest.capabilities),
        name=event.sender_name,
        locale=event.locale,
        source=ready.inbox.channel,
    )
    if found and place.conversation_id is None:
        sender = msgspec.structs.replace(sender, contact_id=contact.id)
        place = await threads.place(tx, found, sender=sender)
    return contact, place


async def _check(tx: Tx, contact: Contact, *, event: IncomingMessage) -> None:
    if contact.blocked:
        raise Held("sender_blocked")
    if not event.automatic:
        return
    since = tx.now - timedelta(hours=1)
    count = await repository.automatic_since(tx, contact.id, since=since)
    if count >= _MOST_AUTOMATIC:
        raise Held("loop_suspected", f"{count} automatic messages in an hour")


async def _received(
    tx: Tx,
    ready: Ready,
    *,
    event: IncomingMessage,
    contact: Contact,
    place: threads.Place,
    envelope: Envelope | None,
) -> Received:
    address = threads.address_of(event)
    # Only the one whom we answer in a conversation says where answers go. Reply-To is no identity.
    own = place.conversation_id is None or place.contact_id is not None
    return Received(
        channel=ready.inbox.channel,
        contact_id=contact.id,
        author_name=event.sender_name or contact.name or address,
        text=event.text,
        inbox_id=ready.inbox.id,
        brand_id=ready.inbox.brand_id,
        team_id=ready.inbox.team_id,
        identity_id=await _identity(tx, contact, event=event),
        conversation_id=place.conversation_id,
        conversation_key=event.conversation_key,
        related_ticket_id=place.related_ticket_id,
        reply_to=(address or None) if own else None,
        external_id=event.external_id,
        client_id=event.client_id,
        envelope_id=envelope.id if envelope else None,
        subject=event.subject,
        html=event.html,
        quoted_text=event.quoted_text,
        quoted_html=event.quoted_html,
        files=await _files(tx, event=event),
        occurred_at=event.occurred_at,
        automatic=event.automatic,
        sender_verdict=event.sender_verdict,
        addressing=_addressing(event),
        participants=_participants(ready, event=event),
        priority=event.priority or "normal",
        tags=event.tags,
        fields=event.fields,
        meta=event.meta,
    )


async def _identity(tx: Tx, contact: Contact, *, event: IncomingMessage) -> int | None:
    """The stored identity that spoke: an answer goes to this one and no other."""
    if not event.sender:
        return None
    first = max(event.sender, key=lambda given: given.strength)
    try:
        value = normal.value(first.kind, first.value)
    except errors.Invalid:
        return None
    return await repository.identity_id(tx, contact.id, kind=first.kind, value=value)


async def _files(tx: Tx, *, event: IncomingMessage) -> tuple[StoredFile, ...]:
    """Rows of what :func:`prepare` has laid into the store."""
    out: list[StoredFile] = []
    for file in event.files:
        file_id = file.stored_id
        if file_id is None:
            if file.sha256 is None:
                raise RuntimeError("a file that was not prepared")
            kept = tickets.laid_file(
                file.name, file.content_type, size=len(file.content or b""), sha256=file.sha256
            )
            file_id = (await tickets.record_file(tx, kept)).id
        out.append(StoredFile(file_id, inline=file.inline, content_id=file.content_id))
    return tuple(out)


def _addressing(event: IncomingMessage) -> dict[str, Any] | None:
    if event.from_ is None and not event.to and not event.cc:
        return None
    return {
        "from": msgspec.to_builtins(event.from_),
        "to": msgspec.to_builtins(event.to),
        "cc": msgspec.to_builtins(event.cc),
        "reply_to": msgspec.to_builtins(event.reply_to),
    }


def _participants(ready: Ready, *, event: IncomingMessage) -> tuple[tuple[str, str], ...]:
    """Whom a sender brings in by a copy. Only a proven one may: a forged one would let in all."""
    if event.sender_verdict != "pass" or event.automatic:
        return ()
    ours = {a.lower() for a in getattr(ready.settings, "addresses", ())}
    found: dict[str, str] = {}
    for person in (*event.to, *event.cc)[:_MOST_PARTICIPANTS]:
        try:
            address = normal.email(person.address)
        except errors.Invalid:
            continue
        local, _, domain = address.rpartition("@")
        if f"{local.partition('+')[0]}@{domain}" not in ours and address not in ours:
            found[address] = person.name
    found.pop(threads.address_of(event), None)
    return tuple(found.items())
