"""Reading tickets and messages as the API gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import custom, errors, listing, registry, repository, schemas
from yizhan.domains.tickets.service import access, talks
from yizhan.domains.tickets.types import Conversation, Ticket
from yizhan.kernel import pagination, sql
from yizhan.kernel.tx import Tx

_ABILITIES = ("ticket:reply", "ticket:note", "ticket:edit", "ticket:assign")
_LONGEST_CHAIN = 20
_CHANGING = ("ticket:edit", "ticket:assign")

# A message as the API gives it, as JSON made by the database.
_MESSAGE = f"""(SELECT to_json(r) FROM (SELECT m.id::text AS id, m.ticket_id::text AS ticket_id,
  m.conversation_id::text AS conversation_id, m.direction, m.visibility,
  json_build_object('kind', m.author_kind, 'id', m.author_id::text, 'name', m.author_name) AS author,
  m.channel, m.subject, m.body_text, m.body_html, m.quoted_text, m.quoted_html,
  coalesce(m.addressing->'to', '[]') AS to, coalesce(m.addressing->'cc', '[]') AS cc,
  coalesce((SELECT json_agg(json_build_object('id', f.id::text, 'name', f.name, 'content_type', f.content_type,
     'size', f.size, 'inline', a.inline, 'content_id', a.content_id, 'url', '/api/v1/files/' || f.id)
     ORDER BY a.position)
   FROM attachment a JOIN file f ON f.workspace_id = a.workspace_id AND f.id = a.file_id
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id), '[]') AS attachments,
  m.mentions, CASE WHEN m.delivery_state IS NOT NULL THEN json_build_object('state', m.delivery_state,
     'error', m.delivery_error, 'at', {sql.time_text("m.delivery_at")},
     'undo_until', {sql.time_text("m.undo_until")}) END AS delivery,
  m.automatic, m.sender_verdict, m.envelope_id IS NOT NULL AS has_raw, m.client_id, m.meta,
  {sql.time_text("m.created_at")} AS created_at, {sql.time_text("m.edited_at")} AS edited_at) r)::text"""


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


async def messages(
    tx: Tx, ticket_id: int, *, limit: int | None = None, cursor: str | None = None
) -> bytes:
    """A ticket's messages as a JSON page: the newest page first, each page in reading order; the cursor
    leads back in time."""
    await access.ticket(tx, ticket_id)
    return await _messages(tx, ticket_id, limit=limit, cursor=cursor)


async def _messages(tx: Tx, ticket_id: int, *, limit: int | None, cursor: str | None) -> bytes:
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    records = await tx.db.fetch(
        f"SELECT {_MESSAGE}, m.id FROM message m WHERE m.workspace_id = $1 AND m.ticket_id = $2 AND m.id < $3"
        f" ORDER BY m.id DESC LIMIT {size + 1:d}",
        tx.workspace_id,
        ticket_id,
        key[0] if key else (1 << 63) - 1,
    )
    return pagination.page_json(records, size, backwards=True)


async def messages_by_id(tx: Tx, ids: Sequence[int]) -> list[schemas.MessageOut]:
    """Messages by id, for the live stream, which decides itself who may see them."""
    rows = await tx.db.fetch(
        f"SELECT {_MESSAGE} FROM message m WHERE m.workspace_id = $1 AND m.id = ANY($2) ORDER BY m.id",
        tx.workspace_id,
        list(ids),
    )
    return [msgspec.json.decode(row[0], type=schemas.MessageOut) for row in rows]


async def written(tx: Tx, message_id: int) -> bytes:
    """A message that this transaction wrote, as JSON: who wrote it may see it."""
    found: str = await tx.db.fetchval(
        f"SELECT {_MESSAGE} FROM message m WHERE m.workspace_id = $1 AND m.id = $2",
        tx.workspace_id,
        message_id,
    )
    return found.encode()


async def message(tx: Tx, message_id: int) -> schemas.MessageOut:
    """One message of a ticket that the actor may see."""
    found = await messages_by_id(tx, [message_id])
    if not found:
        raise errors.MessageNotFound
    try:
        await access.ticket(tx, int(found[0].ticket_id))
    except errors.TicketNotFound as error:
        raise errors.MessageNotFound from error
    return found[0]


# All that stands around a ticket in one read.
_AROUND = f"""
SELECT (SELECT coalesce(json_agg(agent_id::text), '[]') FROM watcher
          WHERE workspace_id = $1 AND ticket_id = $2) AS watchers,
  (SELECT coalesce(json_agg(json_build_object('address', address, 'name', name)), '[]') FROM participant
     WHERE workspace_id = $1 AND ticket_id = $2) AS participants,
  (SELECT body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY id LIMIT 1) AS description,
  (SELECT json_agg(c ORDER BY c.last_inbound_at DESC NULLS LAST, c.id DESC) FROM (SELECT {repository.CONVERSATION},
     visitor_read_at FROM conversation WHERE workspace_id = $1 AND ticket_id = $2) c)::text AS conversations,
  (SELECT json_build_object('category', category, 'allowed', allowed) FROM ticket_status
     WHERE workspace_id = $1 AND id = $3) AS status,
  (SELECT json_agg(id ORDER BY position) FROM ticket_status WHERE workspace_id = $1 AND id <> $3) AS others,
  (SELECT revision FROM field_catalog WHERE workspace_id = $1) AS revision
"""


class _Talk(Conversation, frozen=True):
    """A conversation with what only its display needs."""

    visitor_read_at: datetime | None = None


async def _conversations(tx: Tx, raw: str | None) -> list[schemas.ConversationOut]:
    result = []
    found = msgspec.json.decode(raw or "[]", type=list[_Talk])
    seen = {talk.id: talk.visitor_read_at for talk in found}
    for conversation in talks.by_default(found):
        reach = await registry.reach(tx, conversation)
        result.append(
            schemas.ConversationOut(
                id=str(conversation.id),
                channel=conversation.channel,
                inbox_id=_text(conversation.inbox_id),
                contact_id=str(conversation.contact_id),
                can_reply=reach.can_reply,
                window_closes_at=reach.closes_at,
                reply_to=conversation.reply_to,
                reason=reach.reason,
                read_at=seen.get(conversation.id),
            )
        )
    return result


def _next_statuses(status: dict[str, Any] | None, others: list[str] | None) -> list[str]:
    """Where a ticket may go: as its status allows, anywhere if it says nothing, nowhere once closed."""
    if status is not None and status["allowed"]:
        return list(status["allowed"])
    closed = status is not None and status["category"] == "closed"
    return [] if closed else list(others or [])


def _abilities(tx: Tx, ticket: Ticket, *, is_final: bool) -> list[str]:
    """What the actor may do with a ticket; nobody changes one that is closed for good."""
    where = access.resource(ticket)
    able = [name for name in _ABILITIES if permissions.can(tx.actor, name, where)]
    if is_final and ticket.status_category == "closed":
        return [name for name in able if name not in _CHANGING]
    return able


async def _merged_into(tx: Tx, ticket: Ticket) -> schemas.MergedInto | None:
    """Where everything of a stub is now: the end of the chain."""
    current = ticket
    for _ in range(_LONGEST_CHAIN):
        if current.merged_into is None:
            break
        current = await repository.ticket(tx, current.merged_into) or current
    if current.id == ticket.id:
        return None
    return schemas.MergedInto(id=str(current.id), number=current.number)


async def full(tx: Tx, ticket_id: int, *, with_messages: int | None = None) -> bytes:
    """A ticket with all that the workspace shows beside it, as JSON of ``schemas.TicketOut``.

    ``with_messages`` adds the newest page of so many messages.
    """
    ticket = await access.ticket(tx, ticket_id)
    row = await listing.row_json(tx, ticket_id)
    around = await tx.db.fetchrow(_AROUND, tx.workspace_id, ticket_id, ticket.status)
    if around is None:
        raise errors.TicketNotFound
    next_statuses = _next_statuses(around["status"], around["others"])
    beside = {
        "description": around["description"] or "",
        "watchers": around["watchers"],
        "participants": around["participants"],
        "fields": await custom.shown(tx, ticket.fields, revision=around["revision"] or 0),
        "conversations": await _conversations(tx, around["conversations"]),
        "follow_up_of": _text(ticket.follow_up_of),
        "merged_into": await _merged_into(tx, ticket),
        "first_reply_at": ticket.first_reply_at,
        "resolved_at": ticket.resolved_at,
        "allowed_statuses": next_statuses,
        "abilities": _abilities(tx, ticket, is_final=not next_statuses),
    }
    if with_messages is not None:
        page = await _messages(tx, ticket_id, limit=with_messages, cursor=None)
        beside["messages"] = msgspec.Raw(page)
    # The row is an object of its own, made by the database: its fields come first.
    return row[:-1] + b"," + msgspec.json.encode(beside)[1:]
