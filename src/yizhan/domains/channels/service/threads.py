"""To which conversation a message belongs, and whether its sender may join it.

In this order: the channel's own thread; a signed token; the ids that the message answers (strongest
first). A number in a subject says nothing. Finding a conversation is not joining it:

* the sender is the conversation's contact, or wrote from the address that answers go to, or is a
  participant whom an agent or a proven sender brought in;
* a sender whom the channel found to be forged joins only with a token, which was sent to nobody but
  the conversation's people;
* a participant joins by answering a message, never by a token alone: whoever brings a sign-up robot in
  by a copy and gives it the reply address would read the confirmation that it sends.

Everybody else gets a ticket of their own, with a note about the one that they referred to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.channels import repository, tokens
from yizhan.domains.channels.contract import IncomingMessage, Thread
from yizhan.domains.contacts import normal
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN
from yizhan.kernel import errors
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

_MOST_IDS = 60


class Place(msgspec.Struct, frozen=True):
    """Where a message goes."""

    conversation_id: int | None = None
    related_ticket_id: int | None = None
    contact_id: int | None = None  # the conversation's contact, when the sender speaks as this one


class Found(msgspec.Struct, frozen=True):
    """A conversation that a message refers to, and how."""

    conversation: Any
    by_token: bool
    by_answer: bool  # it names a message of the conversation that it answers


class Sender(msgspec.Struct, frozen=True):
    """Who wrote, as far as joining a conversation needs it."""

    contact_id: int | None  # None: not looked up yet
    address: str  # normalised; "" where the channel has no addresses
    verdict: str


def address_of(event: IncomingMessage) -> str:
    """The author's address in its one form, "" when there is none."""
    if event.from_ is None:
        return ""
    try:
        return normal.email(event.from_.address)
    except errors.Invalid:
        return ""


async def place(tx: Tx, candidates: Sequence[Found], *, sender: Sender) -> Place:
    """The first conversation that the sender may join."""
    related: int | None = None
    for found in candidates:
        if await _may_join(tx, found, sender=sender):
            return _joined(found.conversation, sender)
        related = related or found.conversation["ticket_id"]
    return Place(related_ticket_id=related)


async def candidates(tx: Tx, vault: Vault, *, inbox_id: int, thread: Thread) -> list[Found]:
    """The conversations that a message refers to, the best first."""
    read = [tokens.read(vault, token, workspace_id=tx.workspace_id) for token in thread.tokens]
    by_token = list(dict.fromkeys(number for number in read if number is not None))
    ids = thread.message_ids[:_MOST_IDS]
    by_answer: list[int] = []
    if ids:
        rows = await repository.refs(tx, inbox_id, external_ids=ids)
        known = {row["external_id"]: row["conversation_id"] for row in reversed(rows)}
        by_answer = [known[external_id] for external_id in ids if external_id in known]
    found = []
    for number in dict.fromkeys((*by_token, *by_answer)):
        row = await repository.conversation(tx, number)
        if row is not None:
            found.append(Found(row, number in by_token, number in by_answer))
    return found


async def _may_join(tx: Tx, found: Found, *, sender: Sender) -> bool:
    conversation = found.conversation
    if sender.verdict == "fail" and not found.by_token:
        return False
    if conversation["contact_id"] == sender.contact_id:
        return True
    if not sender.address:
        return False
    if _same(conversation["reply_to"], sender.address):
        return True
    if found.by_answer and sender.address in await repository.participants(
        tx, conversation["ticket_id"]
    ):
        return True
    known = await contacts.identities(tx, [conversation["contact_id"]])
    return any(
        row.kind == "email" and row.value == sender.address and row.strength >= KNOWN
        for row in known.get(conversation["contact_id"], [])
    )


def _same(reply_to: str | None, address: str) -> bool:
    if not reply_to:
        return False
    try:
        return normal.email(reply_to) == address
    except errors.Invalid:
        return False


def _joined(conversation: Any, sender: Sender) -> Place:
    """Who answers from the address that we wrote to is the one we wrote to."""
    mine = conversation["contact_id"] == sender.contact_id
    speaks = mine or _same(conversation["reply_to"], sender.address)
    return Place(
        conversation_id=conversation["id"],
        contact_id=conversation["contact_id"] if speaks else None,
    )
