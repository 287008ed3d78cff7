"""Reading tickets and messages as the API gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, listing, registry, repository, schemas
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

_ABILITIES = ("ticket:reply", "ticket:note", "ticket:edit", "ticket:assign", "ticket:delete")

_MESSAGES = """
SELECT m.id, m.ticket_id, m.conversation_id, m.direction, m.visibility, m.author_kind, m.author_id, m.author_name,
  m.channel, m.subject, m.body_text, m.body_html, m.quoted_text, m.quoted_html, m.addressing, m.mentions,
  m.automatic, m.sender_verdict, m.envelope_id, m.client_id, m.delivery_state, m.delivery_error, m.delivery_at,
  m.undo_until, m.created_at, m.edited_at, m.meta,
  (SELECT jsonb_agg(jsonb_build_object('id', f.id::text, 'name', f.name, 'content_type', f.content_type,
     'size', f.size, 'inline', a.inline, 'content_id', a.content_id, 'url', '/api/v1/files/' || f.id) ORDER BY a.position)
   FROM attachment a JOIN file f ON f.workspace_id = a.workspace_id AND f.id = a.file_id
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS attachments
FROM message m
"""


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def message_of(row: Any) -> schemas.MessageOut:
    """A message from a record of ``_MESSAGES``."""
    addressing = row["addressing"] or {}
    delivery = None
    if row["delivery_state"] is not None:
        delivery = schemas.DeliveryOut(
            state=row["delivery_state"],
            error=row["delivery_error"],
            at=row["delivery_at"],
            undo_until=row["undo_until"],
        )
    return schemas.MessageOut(
        id=str(row["id"]),
        ticket_id=str(row["ticket_id"]),
        conversation_id=_text(row["conversation_id"]),
        direction=row["direction"],
        visibility=row["visibility"],
        author=schemas.Author(row["author_kind"], _text(row["author_id"]), row["author_name"]),
        channel=row["channel"],
        subject=row["subject"],
        body_text=row["body_text"],
        body_html=row["body_html"],
        quoted_text=row["quoted_text"],
        quoted_html=row["quoted_html"],
        to=addressing.get("to") or [],
        cc=addressing.get("cc") or [],
        attachments=msgspec.convert(row["attachments"] or [], list[schemas.AttachmentOut]),
        mentions=row["mentions"],
        delivery=delivery,
        automatic=row["automatic"],
        sender_verdict=row["sender_verdict"],
        has_raw=row["envelope_id"] is not None,
        client_id=row["client_id"],
        created_at=row["created_at"],
        edited_at=row["edited_at"],
    )


async def messages(
    tx: Tx, ticket_id: int, *, limit: int | None = None, cursor: str | None = None
) -> pagination.Page[schemas.MessageOut]:
    """A ticket's messages, the newest page first, each page in reading order; the cursor leads back in time."""
    await access.ticket(tx, ticket_id)
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    rows = await tx.db.fetch(
        f"{_MESSAGES} WHERE m.workspace_id = $1 AND m.ticket_id = $2 AND m.id < $3"
        f" ORDER BY m.id DESC LIMIT {size + 1:d}",
        tx.workspace_id,
        ticket_id,
        key[0] if key else (1 << 63) - 1,
    )
    found = pagination.page([message_of(row) for row in rows], size, lambda m: (int(m.id),))
    return pagination.Page(found.items[::-1], found.next_cursor)


async def messages_by_id(tx: Tx, ids: Sequence[int]) -> list[schemas.MessageOut]:
    """Messages by id, for the live stream, which decides itself who may see them."""
    rows = await tx.db.fetch(
        f"{_MESSAGES} WHERE m.workspace_id = $1 AND m.id = ANY($2) ORDER BY m.id",
        tx.workspace_id,
        list(ids),
    )
    return [message_of(row) for row in rows]


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


async def _conversations(tx: Tx, ticket: Ticket) -> list[schemas.ConversationOut]:
    result = []
    for conversation in await repository.conversations(tx, ticket.id):
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
                read_at=None,
            )
        )
    return result


async def _allowed_statuses(tx: Tx, ticket: Ticket) -> list[str]:
    known = await repository.statuses(tx)
    current = next((status for status in known if status.id == ticket.status), None)
    if current is None or not current.allowed:
        closed = current is not None and current.category == "closed"
        return [] if closed else [status.id for status in known if status.id != ticket.status]
    return current.allowed


async def full(tx: Tx, ticket_id: int) -> schemas.TicketOut:
    """A ticket with all that the workspace shows beside it."""
    ticket = await access.ticket(tx, ticket_id)
    row = (await listing.rows(tx, [ticket_id]))[0]
    around = await tx.db.fetchrow(
        "SELECT (SELECT coalesce(jsonb_agg(agent_id::text), '[]') FROM watcher"
        "   WHERE workspace_id = $1 AND ticket_id = $2) AS watchers,"
        " (SELECT coalesce(jsonb_agg(jsonb_build_object('address', address, 'name', name)), '[]') FROM participant"
        "   WHERE workspace_id = $1 AND ticket_id = $2) AS participants,"
        " (SELECT body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY id LIMIT 1) AS description",
        tx.workspace_id,
        ticket_id,
    )
    if around is None:
        raise errors.TicketNotFound
    where = access.resource(ticket)
    return schemas.TicketOut(
        **{name: getattr(row, name) for name in row.__struct_fields__},
        description=around["description"] or "",
        watchers=around["watchers"],
        participants=around["participants"],
        fields=ticket.fields,
        conversations=await _conversations(tx, ticket),
        follow_up_of=_text(ticket.follow_up_of),
        first_reply_at=ticket.first_reply_at,
        resolved_at=ticket.resolved_at,
        allowed_statuses=await _allowed_statuses(tx, ticket),
        abilities=[name for name in _ABILITIES if permissions.can(tx.actor, name, where)],
    )


async def views(tx: Tx) -> list[schemas.ViewOut]:
    """The views of this actor with their counts."""
    counts = await listing.counts(tx)
    found = [
        schemas.ViewOut(
            id=key, name={"zh": zh, "en": en}, icon=icon, group="views", count=counts.get(key)
        )
        for key, (zh, en, icon, _) in listing.VIEWS.items()
    ]
    teams = await tx.db.fetch(
        "SELECT t.id, t.name FROM team t WHERE t.workspace_id = $1 AND t.active ORDER BY t.name",
        tx.workspace_id,
    )
    for team in teams:
        key = f"team:{team['id']}"
        if team["id"] in tx.actor.teams or key in counts:
            name = {"zh": team["name"], "en": team["name"]}
            found.append(
                schemas.ViewOut(
                    id=key, name=name, icon="team", group="teams", count=counts.get(key, 0)
                )
            )
    return found
