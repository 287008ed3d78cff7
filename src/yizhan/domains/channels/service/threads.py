"""To which conversation a message belongs, and whether its sender may join it.

In this order: the channel's own thread; a signed token; the ids that the message answers (strongest
first). A number in a subject says nothing. Finding a conversation is not joining it:

* the sender is the conversation's contact, or wrote from the address that answers go to, or is a
  participant whom an agent or a proven sender brought in;
* a sender whom the channel found to be forged joins only with a token, which was sent to nobody but
  the conversation's people.

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


async def place(tx: Tx, candidates: Sequence[tuple[Any, bool]], *, sender: Sender) -> Place:
    """The first conversation that the sender may join."""
    related: int | None = None
    for conversation, by_token in candidates:
        if await _may_join(tx, conversation, sender=sender, by_token=by_token):
            return _joined(conversation, sender)
        related = related or conversation["ticket_id"]
    return Place(related_ticket_id=related)


async def candidates(
    tx: Tx, vault: Vault, *, inbox_id: int, thread: Thread
) -> list[tuple[Any, bool]]:
    """(conversation, found by a token) that a message refers to, the best first."""
    wanted: dict[int, bool] = {}
    for token in thread.tokens:
        number = tokens.read(vault, token, workspace_id=tx.workspace_id)
        if number is not None:
            wanted.setdefault(number, True)
    ids = thread.message_ids[:_MOST_IDS]
    if ids:
        rows = await repository.refs(tx, inbox_id, external_ids=ids)
        known = {row["external_id"]: row["conversation_id"] for row in reversed(rows)}
        for external_id in ids:
            if external_id in known:
                wanted.setdefault(known[external_id], False)
    found = [(await repository.conversation(tx, number), token) for number, token in wanted.items()]
    return [(row, token) for row, token in found if row is not None]


async def _may_join(tx: Tx, conversation: Any, *, sender: Sender, by_token: bool) -> bool:
    if sender.verdict == "fail" and not by_token:
        return False
    if conversation["contact_id"] == sender.contact_id:
        return True
    if not sender.address:
        return False
    if _same(conversation["reply_to"], sender.address):
        return True
    if sender.address in await repository.participants(tx, conversation["ticket_id"]):
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
