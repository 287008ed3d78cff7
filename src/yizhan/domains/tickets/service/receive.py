"""A customer's message arrives: it continues a ticket, reopens it, or begins a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from yizhan.domains.fields import service as fields
from yizhan.domains.tickets import events, repository
from yizhan.domains.tickets.service import arrivals, lines
from yizhan.domains.tickets.types import (
    ACTIVE,
    FIRST_NUMBER,
    Conversation,
    Receipt,
    Received,
    Ticket,
)
from yizhan.kernel import clock, sql, text
from yizhan.kernel.tx import Tx

DEFAULT_REOPEN_DAYS = 14


async def receive(tx: Tx, incoming: Received) -> Receipt:
    """Store what a customer wrote, exactly once, in the ticket where it belongs."""
    key = incoming.conversation_key
    if key is not None:
        await repository.hold(tx, inbox_id=incoming.inbox_id, key=key)
    conversation = await _conversation(tx, incoming)
    if conversation is None:
        return await begin(tx, incoming)
    if incoming.client_id is not None:
        known = await repository.message_by_client_id(
            tx, conversation_id=conversation.id, client_id=incoming.client_id
        )
        if known is not None:
            return await _again(tx, conversation, *known)
    conversation, ticket = await _where_it_is(tx, conversation)
    if ticket is None or await _too_late(tx, ticket):
        return await begin(
            tx, incoming, follow_up_of=conversation.ticket_id, conversation=conversation
        )
    return await _continue(tx, incoming, ticket, conversation)


async def _where_it_is(tx: Tx, conversation: Conversation) -> tuple[Conversation, Ticket | None]:
    """The conversation with its ticket, locked: a merge may have moved it while we waited."""
    while True:
        ticket = await repository.lock_ticket(tx, conversation.ticket_id)
        now = await repository.conversation(tx, conversation.id)
        if now is None or now.ticket_id == conversation.ticket_id:
            return conversation, ticket
        conversation = now


async def _conversation(tx: Tx, incoming: Received) -> Conversation | None:
    if incoming.conversation_id is not None:
        return await repository.conversation(tx, incoming.conversation_id)
    if incoming.conversation_key is not None:
        return await repository.conversation_by_key(
            tx, inbox_id=incoming.inbox_id, key=incoming.conversation_key
        )
    return None


async def _again(tx: Tx, conversation: Conversation, message_id: int, ticket_id: int) -> Receipt:
    ticket = await repository.ticket(tx, ticket_id)
    number = ticket.number if ticket else 0
    return Receipt(ticket_id, number, conversation.id, message_id, new_ticket=False, duplicate=True)


async def _too_late(tx: Tx, ticket: Ticket) -> bool:
    """Closed for good, or solved longer ago than the workspace reopens."""
    if ticket.status_category == "closed":
        return True
    if ticket.status_category != "resolved" or ticket.resolved_at is None:
        return False
    days = await tx.db.fetchval(
        "SELECT coalesce((settings->>'reopen_days')::int, $2) FROM workspace WHERE workspace_id = $1",
        tx.workspace_id,
        DEFAULT_REOPEN_DAYS,
    )
    return tx.now - ticket.resolved_at > timedelta(days=days)


async def begin(
    tx: Tx,
    incoming: Received,
    *,
    follow_up_of: int | None = None,
    conversation: Conversation | None = None,
    spoken: bool = True,
) -> Receipt:
    """A new ticket. A channel's own thread moves along; other threads begin anew.

    Without ``spoken`` the ticket begins without the customer's words: we write first.
    """
    ticket_id, message_id = tx.new_id(), tx.new_id()
    number = await tx.numbers.next(tx.workspace_id, "ticket", first=FIRST_NUMBER)
    first = await arrivals.first_state(tx, incoming, number=number)
    words: dict[str, Any] = {}
    if spoken:
        words = {
            "preview": text.preview(incoming.text),
            "message_count": 1,
            "last_message_at": tx.now,
            "last_message_id": message_id,
            "last_customer_at": tx.now,
            "last_customer_message_id": message_id,
            "waiting_since": None if incoming.automatic else tx.now,
        }
    ticket = sql.Insert(
        "ticket",
        {
            "workspace_id": tx.workspace_id,
            "id": ticket_id,
            **first,
            **words,
            "follow_up_of": follow_up_of,
            "created_at": tx.now,
            "updated_at": tx.now,
        },
    )
    thread, conversation_id = arrivals.thread(tx, incoming, ticket_id, conversation, spoken=spoken)
    content = (
        arrivals.content(
            tx,
            incoming,
            message_id=message_id,
            ticket_id=ticket_id,
            conversation_id=conversation_id,
        )
        if spoken
        else []
    )
    await repository.write(tx, ticket, thread, *content)
    named = {name: value for name, value in first.items() if name not in ("number", "fields")}
    changes = {name: [None, value] for name, value in named.items()}
    changes |= fields.changes({}, first["fields"])
    tx.emit(
        events.TicketCreated(
            ticket_id=ticket_id, number=number, changes=changes, follow_up_of=follow_up_of
        )
    )
    if spoken:
        _received(tx, incoming, ticket_id, message_id, conversation_id, new=True)
    if incoming.related_ticket_id is not None:
        await lines.note_relation(tx, ticket_id, incoming.related_ticket_id)
    return Receipt(ticket_id, number, conversation_id, message_id, new_ticket=True)


def _received(
    tx: Tx, incoming: Received, ticket_id: int, message_id: int, conversation_id: int, *, new: bool
) -> None:
    tx.emit(
        events.MessageReceived(
            ticket_id=ticket_id,
            message_id=message_id,
            conversation_id=conversation_id,
            contact_id=incoming.contact_id,
            channel=incoming.channel,
            automatic=incoming.automatic,
            new_ticket=new,
        )
    )


async def _continue(
    tx: Tx, incoming: Received, ticket: Ticket, conversation: Conversation
) -> Receipt:
    message_id = tx.new_id(after=ticket.last_message_id)
    values: dict[str, Any] = {
        "preview": text.preview(incoming.text),
        "message_count": sql.Expr("message_count + 1"),
        "last_message_at": tx.now,
        "last_message_id": message_id,
        "last_customer_at": tx.now,
        "last_customer_message_id": message_id,
    }
    if not incoming.automatic and ticket.waiting_since is None:
        values["waiting_since"] = tx.now
    changes = {} if incoming.automatic else _wake(ticket, values)
    touched = sql.Update(
        "conversation",
        {"workspace_id": tx.workspace_id, "id": conversation.id},
        {"last_inbound_at": tx.now, "reply_to": incoming.reply_to or conversation.reply_to},
    )
    content = arrivals.content(
        tx, incoming, message_id=message_id, ticket_id=ticket.id, conversation_id=conversation.id
    )
    await repository.write(tx, repository.change(tx, ticket.id, **values), touched, *content)
    _received(tx, incoming, ticket.id, message_id, conversation.id, new=False)
    if changes:
        cause = {"kind": "customer_wrote", "message_id": str(message_id)}
        tx.emit(events.TicketStatusChanged(ticket_id=ticket.id, changes=changes, cause=cause))
    return Receipt(ticket.id, ticket.number, conversation.id, message_id, new_ticket=False)


def _wake(ticket: Ticket, values: dict[str, Any]) -> events.Changes:
    """A customer's word ends waiting, snoozing and solved. Fills ``values``, returns the changes."""
    changes: events.Changes = {}
    if ticket.status_category not in ("new", "open"):
        values |= {"status": "open", "status_category": "open"}
        changes["status"] = [ticket.status, "open"]
        changes["status_category"] = [ticket.status_category, "open"]
        if ticket.status_category not in ACTIVE:
            values["resolved_at"] = None
    if ticket.snoozed_until is not None:
        values["snoozed_until"] = None
        changes["snoozed_until"] = [clock.text(ticket.snoozed_until), None]
    return changes
