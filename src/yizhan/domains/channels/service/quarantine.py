"""What a person must look at: list, look, let in, throw away, download."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.channels import errors, repository
from yizhan.domains.channels.contract import IncomingMessage
from yizhan.domains.channels.events import EnvelopeDiscarded, EnvelopeReleased
from yizhan.domains.channels.service import intake, parsing, pipeline
from yizhan.domains.channels.service.means import Means, open_inbox
from yizhan.domains.channels.types import Envelope, Inbox
from yizhan.domains.identity import permissions
from yizhan.domains.identity.events import SensitiveRead
from yizhan.domains.tickets.service import access
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import pagination
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

STATES = ("quarantine", "ignored", "discarded", "received", "receipt")
_DECIDABLE = ("quarantine", "ignored", "discarded")
_PREVIEW_BYTES = 5_000_000  # larger ones are downloaded, not shown


class Preview(msgspec.Struct, frozen=True):
    """What can be seen of an envelope without letting it in. Text only: nothing in it runs."""

    sender: str = ""
    subject: str = ""
    text: str = ""
    files: tuple[tuple[str, str], ...] = ()  # (name, content type)


async def list_envelopes(
    tx: Tx, *, state: str = "quarantine", limit: int | None = None, cursor: str | None = None
) -> pagination.Page[Envelope]:
    permissions.require(tx.actor, "quarantine:read")
    if state not in STATES:
        raise kernel_errors.Invalid(f"state is one of {', '.join(STATES)}")
    most = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await repository.envelopes(
        tx, state=state, before=key[0] if key else None, limit=most + 1
    )
    return pagination.page(rows, most, lambda row: (row.id,))


async def get_envelope(tx: Tx, envelope_id: int) -> Envelope:
    permissions.require(tx.actor, "quarantine:read")
    found = await repository.envelope(tx, envelope_id)
    if found is None:
        raise errors.EnvelopeNotFound
    return found


async def preview(means: Means, who: Actor, envelope_id: int) -> tuple[Envelope, Preview]:
    """Parse it as if it were let in, and show the words. Errors: those of ``get_envelope``."""
    async with means.database.begin(who) as tx:
        envelope = await get_envelope(tx, envelope_id)
        inbox = await repository.inbox(tx, envelope.inbox_id)
    return envelope, await _words(means, inbox, envelope, workspace_id=who.workspace_id)


async def _words(
    means: Means, inbox: Inbox | None, envelope: Envelope, *, workspace_id: int
) -> Preview:
    if inbox is None or envelope.size > _PREVIEW_BYTES or envelope.reason == parsing.GAVE_UP:
        return Preview()
    try:
        ready = open_inbox(means.vault, inbox, workspace_id=workspace_id)
        body = await means.store.get(workspace_id, envelope.sha256)
    except kernel_errors.YizhanError:
        return Preview()
    item = pipeline.item_of(envelope, body)
    item = msgspec.structs.replace(item, meta={**item.meta, "released": True})
    for event in await parsing.parse(ready, item):
        if isinstance(event, IncomingMessage):
            return Preview(
                sender=event.from_.address if event.from_ else event.sender_name,
                subject=event.subject or "",
                text=event.text[:20_000],
                files=tuple((file.name, file.content_type) for file in event.files[:50]),
            )
    return Preview()


async def release(tx: Tx, envelope_id: int) -> Envelope:
    """Let it in: it is worked on again, and what held it back does not count any more."""
    envelope = await _undecided(tx, envelope_id)
    await repository.release_envelope(tx, envelope_id)
    intake.queue(tx, envelope_id)
    tx.emit(EnvelopeReleased(envelope_id=envelope_id, inbox_id=envelope.inbox_id))
    return await get_envelope(tx, envelope_id)


async def discard(tx: Tx, envelope_id: int) -> Envelope:
    """It is nothing. The raw bytes stay."""
    envelope = await _undecided(tx, envelope_id)
    await repository.discard_envelope(tx, envelope_id)
    tx.emit(EnvelopeDiscarded(envelope_id=envelope_id, inbox_id=envelope.inbox_id))
    return await get_envelope(tx, envelope_id)


async def _undecided(tx: Tx, envelope_id: int) -> Envelope:
    permissions.require(tx.actor, "quarantine:release")
    envelope = await repository.envelope(tx, envelope_id, lock=True)
    if envelope is None:
        raise errors.EnvelopeNotFound
    if envelope.state not in _DECIDABLE:
        raise errors.NotInQuarantine
    return envelope


class Raw(msgspec.Struct, frozen=True):
    """The bytes as they came."""

    body: bytes
    name: str
    content_type: str


async def raw_of_envelope(means: Means, who: Actor, envelope_id: int) -> Raw:
    """Leaves a trace: a stranger's mail is read as it came."""
    async with means.database.begin(who) as tx:
        envelope = await get_envelope(tx, envelope_id)
        tx.emit(SensitiveRead(object_kind="envelope", object_id=envelope_id, purpose="raw"))
    return await _raw(means, who, envelope, name=f"item-{envelope_id}")


async def raw_of_message(means: Means, who: Actor, message_id: int) -> Raw:
    """Leaves a trace. Errors: RawNotKept, TicketNotFound when the ticket is not the actor's to see."""
    async with means.database.begin(who) as tx:
        found = await repository.envelope_of_message(tx, message_id)
        if found is None:
            raise errors.RawNotKept
        ticket_id, envelope = found
        await access.ticket(tx, ticket_id)
        tx.emit(
            SensitiveRead(
                object_kind="message", object_id=message_id, purpose="raw", ticket_id=ticket_id
            )
        )
    return await _raw(means, who, envelope, name=f"message-{message_id}")


async def _raw(means: Means, who: Actor, envelope: Envelope, *, name: str) -> Raw:
    body = await means.store.get(who.workspace_id, envelope.sha256)
    is_mail = envelope.content_type.startswith("message/")
    return Raw(body, f"{name}.{'eml' if is_mail else 'bin'}", envelope.content_type)


def shown(envelope: Envelope) -> dict[str, Any]:
    """The summary with all its fields."""
    return {"from": "", "subject": "", "preview": "", **(envelope.summary or {})}
