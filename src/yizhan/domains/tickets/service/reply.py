"""Agents write: answers to the customer and notes among themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from yizhan.domains.tickets import errors, events, registry, repository
from yizhan.domains.tickets.service import access, mentions, talks, update
from yizhan.domains.tickets.types import Conversation, Outgoing, StoredFile, Ticket
from yizhan.kernel import sql, text
from yizhan.kernel.tx import Tx

DEFAULT_UNDO_SECONDS = 5
_MOST_UNDO_SECONDS = 60


async def write(tx: Tx, ticket_id: int, *, outgoing: Outgoing) -> int:
    """Store an answer or a note and return its id. The same ``client_id`` again is the same message.

    Errors: StaleReply, NoConversation, ReplyWindowClosed, EmptyMessage, and those of access.
    """
    if not outgoing.body.strip() and not outgoing.attachments:
        raise errors.EmptyMessage
    internal = outgoing.visibility == "internal"
    ticket = await access.locked(
        tx, ticket_id, permission="ticket:note" if internal else "ticket:reply"
    )
    if outgoing.client_id is not None:
        known: int | None = await tx.db.fetchval(
            "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND client_id = $3",
            tx.workspace_id,
            ticket_id,
            outgoing.client_id,
        )
        if known is not None:
            return known
    files = await _files(tx, outgoing)
    if internal:
        return await _note(tx, ticket, outgoing, files)
    return await _answer(tx, ticket, outgoing, files)


async def _files(tx: Tx, outgoing: Outgoing) -> list[StoredFile]:
    """The attached files: only ones that this actor uploaded in this workspace."""
    if not outgoing.attachments:
        return []
    owners = [tx.actor.id, tx.actor.agent_id]
    rows = await tx.db.fetch(
        "SELECT id FROM file WHERE workspace_id = $1 AND id = ANY($2) AND (owner_id = ANY($3) OR $4)",
        tx.workspace_id,
        list(outgoing.attachments),
        owners,
        tx.actor.kind == "system",
    )
    found = {row[0] for row in rows}
    if missing := [str(number) for number in outgoing.attachments if number not in found]:
        raise errors.FileNotFound(files=missing)
    html = outgoing.body_html or ""
    return [
        StoredFile(number, inline=f"cid:{number}@file" in html, content_id=f"{number}@file")
        for number in outgoing.attachments
    ]


def _row(tx: Tx, message_id: int, ticket: Ticket, outgoing: Outgoing, **values: Any) -> sql.Insert:
    kind = "agent" if tx.actor.kind == "agent" else tx.actor.kind
    return sql.Insert(
        "message",
        {
            "workspace_id": tx.workspace_id,
            "id": message_id,
            "ticket_id": ticket.id,
            "author_kind": kind,
            "author_id": tx.actor.agent_id or tx.actor.id,
            "author_name": tx.actor.name,
            "body_text": outgoing.body,
            "body_html": outgoing.body_html,
            "mentions": [{"kind": m.kind, "id": m.id} for m in outgoing.mentions],
            "client_id": outgoing.client_id,
            "automatic": outgoing.automatic,
            "created_at": tx.now,
            **values,
        },
    )


async def _note(tx: Tx, ticket: Ticket, outgoing: Outgoing, files: list[StoredFile]) -> int:
    message_id = tx.new_id(after=ticket.last_message_id)
    await repository.write(
        tx,
        _row(
            tx,
            message_id,
            ticket,
            outgoing,
            direction="note",
            visibility="internal",
            channel="note",
        ),
        *repository.attachments(tx, message_id=message_id, files=files),
        repository.search_doc(
            tx, message_id=message_id, ticket_id=ticket.id, content=outgoing.body, internal=True
        ),
        repository.change(tx, ticket.id, message_count=sql.Expr("message_count + 1")),
        *_forget_draft(tx, ticket.id, "internal"),
    )
    tx.emit(events.MessageNoted(ticket_id=ticket.id, message_id=message_id))
    await mentions.tell(tx, ticket, message_id=message_id, named=outgoing.mentions)
    return message_id


def _forget_draft(tx: Tx, ticket_id: int, mode: str) -> list[sql.Step]:
    if tx.actor.agent_id is None:
        return []
    where = {
        "workspace_id": tx.workspace_id,
        "agent_id": tx.actor.agent_id,
        "ticket_id": ticket_id,
        "mode": mode,
    }
    return [
        sql.Update(
            "draft", where, {"body": "", "body_html": "", "attachments": [], "updated_at": tx.now}
        )
    ]


async def _reachable(
    tx: Tx, ticket: Ticket, outgoing: Outgoing
) -> tuple[Conversation, registry.Reach]:
    """The conversation that carries the answer."""
    found = talks.by_default(await repository.conversations(tx, ticket.id))
    wanted = [
        c
        for c in found
        if outgoing.conversation_id in (None, c.id) and outgoing.channel in (None, c.channel)
    ]
    if not wanted:
        raise errors.NoConversation
    conversation = wanted[0]
    reach = await registry.reach(tx, conversation)
    if not reach.can_reply:
        raise errors.ReplyWindowClosed(reason=reach.reason)
    return conversation, reach


async def _check_stale(tx: Tx, ticket: Ticket, outgoing: Outgoing) -> None:
    last = ticket.last_customer_message_id
    if outgoing.seen_up_to is None or outgoing.confirm_stale or last is None:
        return
    if last > outgoing.seen_up_to:
        newer = await repository.newer_customer_messages(tx, ticket.id, after=outgoing.seen_up_to)
        if newer:
            raise errors.StaleReply(newer=newer)


async def _undo_seconds(tx: Tx, outgoing: Outgoing, reach: registry.Reach) -> int:
    if reach.immediate or tx.actor.kind != "agent":
        return min(outgoing.undo_seconds or 0, _MOST_UNDO_SECONDS)
    seconds: int = await tx.db.fetchval(
        "SELECT coalesce((settings->>'undo_send_seconds')::int, $2) FROM workspace WHERE workspace_id = $1",
        tx.workspace_id,
        DEFAULT_UNDO_SECONDS,
    )
    return max(0, min(seconds, _MOST_UNDO_SECONDS))


async def _answer(tx: Tx, ticket: Ticket, outgoing: Outgoing, files: list[StoredFile]) -> int:
    await _check_stale(tx, ticket, outgoing)
    conversation, reach = await _reachable(tx, ticket, outgoing)
    undo = timedelta(seconds=await _undo_seconds(tx, outgoing, reach))
    message_id = tx.new_id(after=ticket.last_message_id)
    addressing = None
    if outgoing.to or outgoing.cc:
        addressing = {"to": _addresses(outgoing.to), "cc": _addresses(outgoing.cc)}
    row = _row(
        tx,
        message_id,
        ticket,
        outgoing,
        direction="out",
        visibility="public",
        channel=conversation.channel,
        conversation_id=conversation.id,
        addressing=addressing,
        delivery_state="queued",
        undo_until=tx.now + undo if undo else None,
    )
    values, changes, assigned = _consequences(tx, ticket, outgoing, message_id)
    await repository.write(
        tx,
        row,
        *repository.attachments(tx, message_id=message_id, files=files),
        repository.search_doc(
            tx,
            message_id=message_id,
            ticket_id=ticket.id,
            content=outgoing.body,
            internal=False,
            addressing=addressing,
        ),
        repository.change(tx, ticket.id, **values),
        *_forget_draft(tx, ticket.id, "public"),
    )
    tx.emit(
        events.MessageQueued(
            ticket_id=ticket.id,
            message_id=message_id,
            conversation_id=conversation.id,
            inbox_id=reach.inbox_id,
            send_at=tx.now + undo,
            automatic=outgoing.automatic,
        )
    )
    cause = {"kind": "answered", "message_id": str(message_id)}
    if assigned:
        tx.emit(events.TicketAssigned(ticket_id=ticket.id, changes=assigned, cause=cause))
    if changes:
        tx.emit(events.TicketStatusChanged(ticket_id=ticket.id, changes=changes, cause=cause))
    if outgoing.status is not None:
        await update.change(
            tx,
            ticket.id,
            status=outgoing.status,
            despite_children=outgoing.despite_children,
            despite_items=outgoing.despite_items,
        )
    await mentions.tell(tx, ticket, message_id=message_id, named=outgoing.mentions)
    return message_id


def _addresses(given: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"address": address.strip(), "name": ""} for address in given if address.strip()]


def _consequences(
    tx: Tx, ticket: Ticket, outgoing: Outgoing, message_id: int
) -> tuple[dict[str, Any], events.Changes, events.Changes]:
    """What an answer does to its ticket: columns, changes of status, changes of responsibility."""
    values: dict[str, Any] = {
        "preview": text.preview(outgoing.body),
        "message_count": sql.Expr("message_count + 1"),
        "last_message_at": tx.now,
        "last_message_id": message_id,
    }
    changes: events.Changes = {}
    assigned: events.Changes = {}
    if not outgoing.automatic:
        values |= {"waiting_since": None, "first_reply_at": ticket.first_reply_at or tx.now}
        if ticket.status_category == "new":
            values |= {"status": "open", "status_category": "open"}
            changes = {"status": [ticket.status, "open"], "status_category": ["new", "open"]}
        if (
            ticket.assignee_id is None
            and tx.actor.agent_id is not None
            and tx.actor.kind == "agent"
        ):
            values["assignee_id"] = tx.actor.agent_id
            assigned = {"assignee_id": [None, tx.actor.agent_id]}
    return values, changes, assigned
