"""The rows that a customer's message becomes: message, files, words, conversation, new ticket."""

from __future__ import annotations

from typing import Any

from yizhan.domains.tickets import custom, repository
from yizhan.domains.tickets.types import Conversation, Received
from yizhan.kernel import sql, text
from yizhan.kernel.tx import Tx

_NO_SUBJECT = "—"


def _message(
    tx: Tx, incoming: Received, *, message_id: int, ticket_id: int, conversation_id: int
) -> sql.Insert:
    return sql.Insert(
        "message",
        {
            "workspace_id": tx.workspace_id,
            "id": message_id,
            "ticket_id": ticket_id,
            "conversation_id": conversation_id,
            "direction": "in",
            "visibility": "public",
            "author_kind": "contact",
            "author_id": incoming.contact_id,
            "author_name": incoming.author_name,
            "channel": incoming.channel,
            "subject": incoming.subject,
            "body_text": incoming.text,
            "body_html": incoming.html,
            "quoted_text": incoming.quoted_text,
            "quoted_html": incoming.quoted_html,
            "addressing": incoming.addressing,
            "automatic": incoming.automatic,
            "sender_verdict": incoming.sender_verdict,
            "external_id": incoming.external_id,
            "client_id": incoming.client_id,
            "envelope_id": incoming.envelope_id,
            "meta": incoming.meta,
            "created_at": tx.now,
        },
    )


def content(
    tx: Tx, incoming: Received, *, message_id: int, ticket_id: int, conversation_id: int
) -> list[sql.Step]:
    """The message, its files and its words."""
    words = f"{incoming.subject or ''} {incoming.text} {incoming.author_name}"
    return [
        _message(
            tx,
            incoming,
            message_id=message_id,
            ticket_id=ticket_id,
            conversation_id=conversation_id,
        ),
        *repository.attachments(tx, message_id=message_id, files=incoming.files),
        repository.search_doc(
            tx,
            message_id=message_id,
            ticket_id=ticket_id,
            content=words,
            internal=False,
            addressing=incoming.addressing,
        ),
        *_participants(tx, ticket_id, incoming.participants),
    ]


def _participants(tx: Tx, ticket_id: int, people: tuple[tuple[str, str], ...]) -> list[sql.Step]:
    return [
        sql.Insert(
            "participant",
            {
                "workspace_id": tx.workspace_id,
                "ticket_id": ticket_id,
                "address": address,
                "name": name,
            },
            "DO NOTHING",
        )
        for address, name in dict(people).items()
    ]


async def first_state(tx: Tx, incoming: Received, *, number: int) -> dict[str, Any]:
    """The columns of a new ticket that its history begins with. Errors: those of fields."""
    unit_id = None
    if incoming.team_id is not None:
        _, unit_id = await repository.unit_of_team(tx, incoming.team_id)
    brand_id, revision = incoming.brand_id, None
    if brand_id is None:
        brand_id, revision = await repository.defaults(tx)
    subject = incoming.subject or text.preview(incoming.text) or _NO_SUBJECT
    first = {
        "number": number,
        "subject": subject[:500],
        "status": "new",
        "status_category": "new",
        "priority": incoming.priority,
        "type": incoming.type,
        "tags": sorted(set(incoming.tags)),
        "channel": incoming.channel,
        "inbox_id": incoming.inbox_id,
        "brand_id": brand_id,
        "team_id": incoming.team_id,
        "unit_id": unit_id,
        "assignee_id": None,
        "requester_id": incoming.contact_id,
        "snoozed_until": None,
    }
    return {**first, "fields": await custom.first(tx, first, incoming.fields, revision=revision)}


def thread(
    tx: Tx,
    incoming: Received,
    ticket_id: int,
    conversation: Conversation | None,
    *,
    spoken: bool,
) -> tuple[sql.Step, int]:
    """The conversation of a new ticket: the channel's own thread moves to it, else a new one."""
    where = {"workspace_id": tx.workspace_id}
    if conversation is not None and conversation.external_key is not None:
        moved = {
            "ticket_id": ticket_id,
            "last_inbound_at": tx.now,
            "contact_id": incoming.contact_id,
        }
        return sql.Update("conversation", {**where, "id": conversation.id}, moved), conversation.id
    conversation_id = tx.new_id()
    values = {
        **where,
        "id": conversation_id,
        "ticket_id": ticket_id,
        "inbox_id": incoming.inbox_id,
        "channel": incoming.channel,
        "contact_id": incoming.contact_id,
        "identity_id": incoming.identity_id,
        "external_key": incoming.conversation_key,
        "reply_to": incoming.reply_to,
        "last_inbound_at": tx.now if spoken else None,
        "created_at": tx.now,
    }
    return sql.Insert("conversation", values), conversation_id
