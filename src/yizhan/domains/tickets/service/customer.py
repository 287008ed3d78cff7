"""A conversation as the customer sees it: only what is public, only this one conversation.

A message's id is its place in the conversation: messages of one conversation are written one after
the other, under the lock of its ticket, and their ids are made under that lock, each behind the
last one, whatever the clocks of the hosts say.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets.service import delivery
from yizhan.domains.tickets.service.files import StoredContent
from yizhan.domains.tickets.types import Conversation
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

# A conversation, and what agents split from it: to the customer it is one. Relies on conversation_split.
_FAMILY = """ARRAY(SELECT $2::bigint UNION ALL SELECT id FROM conversation
  WHERE workspace_id = $1 AND meta ? 'split_from' AND meta->>'split_from' = ($2::bigint)::text)"""
# Relies on the index message_conversation.
_LINES = f"""
SELECT m.id, m.direction, m.author_name, m.body_text, m.client_id, m.created_at,
  (SELECT jsonb_agg(jsonb_build_object('id', f.id::text, 'name', f.name,
     'content_type', f.content_type, 'size', f.size) ORDER BY a.position)
   FROM attachment a JOIN file f ON f.workspace_id = a.workspace_id AND f.id = a.file_id
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS files
FROM message m
WHERE m.workspace_id = $1 AND m.conversation_id = ANY({_FAMILY}) AND m.visibility = 'public'
  AND m.direction IN ('in', 'out') AND m.delivery_state IS DISTINCT FROM 'cancelled'
"""


class LineFile(msgspec.Struct, frozen=True):
    """A file of a line."""

    id: int
    name: str
    content_type: str
    size: int


class Line(msgspec.Struct, frozen=True):
    """One message in the eyes of the customer."""

    id: int
    mine: bool
    author_name: str
    text: str
    client_id: str | None
    files: tuple[LineFile, ...]
    at: datetime


def _line(row: Any) -> Line:
    return Line(
        id=row["id"],
        mine=row["direction"] == "in",
        author_name=row["author_name"],
        text=row["body_text"],
        client_id=row["client_id"],
        files=msgspec.convert(row["files"] or [], tuple[LineFile, ...], strict=False),
        at=row["created_at"],
    )


async def conversation(tx: Tx, *, inbox_id: int, key: str) -> Conversation | None:
    """The conversation that a channel knows by its own key."""
    return await repository.conversation_by_key(tx, inbox_id=inbox_id, key=key)


async def family(tx: Tx, conversation_id: int) -> frozenset[int]:
    """The conversation and what was split from it."""
    found: list[int] = await tx.db.fetchval(f"SELECT {_FAMILY}", tx.workspace_id, conversation_id)
    return frozenset(found)


async def newest(tx: Tx, conversation_id: int, *, most: int = 50) -> list[Line]:
    """The last lines, oldest first."""
    rows = await tx.db.fetch(
        f"{_LINES} ORDER BY m.id DESC LIMIT $3", tx.workspace_id, conversation_id, most
    )
    return [_line(row) for row in reversed(rows)]


async def since(tx: Tx, conversation_id: int, *, after: int, most: int = 500) -> list[Line]:
    """The lines behind a place, oldest first."""
    rows = await tx.db.fetch(
        f"{_LINES} AND m.id > $3 ORDER BY m.id LIMIT $4",
        tx.workspace_id,
        conversation_id,
        after,
        most,
    )
    return [_line(row) for row in rows]


async def seen_by_agents(tx: Tx, ticket_id: int) -> int:
    """How far any agent has read. Relies on few agents reading one ticket."""
    place: int | None = await tx.db.fetchval(
        "SELECT greatest((SELECT max(message_id) FROM ticket_read WHERE workspace_id = $1"
        "   AND ticket_id = $2), (SELECT max(id) FROM message WHERE workspace_id = $1"
        "   AND ticket_id = $2 AND direction = 'out' AND NOT automatic))",
        tx.workspace_id,
        ticket_id,
    )
    return place or 0


async def mark_read(tx: Tx, conversation_id: int, *, up_to: int) -> None:
    """The customer has seen the answers up to a place. Again is the same as once."""
    rows = await tx.db.fetch(
        f"SELECT id FROM message WHERE workspace_id = $1 AND conversation_id = ANY({_FAMILY}) AND id <= $3"
        " AND direction = 'out' AND delivery_state IN ('sent', 'delivered')"
        " ORDER BY id DESC LIMIT 200",
        tx.workspace_id,
        conversation_id,
        up_to,
    )
    if not rows:
        return
    for row in reversed(rows):
        await delivery.set_state(tx, row["id"], state="read")
    ticket_id = await tx.db.fetchval(
        "UPDATE conversation SET visitor_read_at = $3 WHERE workspace_id = $1 AND id = $2"
        " RETURNING ticket_id",
        tx.workspace_id,
        conversation_id,
        tx.now,
    )
    tx.emit(
        events.ConversationRead(
            ticket_id=ticket_id, conversation_id=conversation_id, message_id=rows[0]["id"]
        )
    )


async def place(tx: Tx, ticket_id: int) -> dict[str, int | None] | None:
    """Where a ticket stands, as the permission function asks it of a live message."""
    ticket = await repository.ticket(tx, ticket_id)
    if ticket is None:
        return None
    return {
        "unit_id": ticket.unit_id,
        "team_id": ticket.team_id,
        "assignee_id": ticket.assignee_id,
    }


async def set_reply_to(tx: Tx, conversation_id: int, *, address: str) -> None:
    """Where this customer wants answers when they are gone."""
    await tx.db.execute(
        "UPDATE conversation SET reply_to = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        conversation_id,
        address,
    )


async def open_file(tx: Tx, conversation_id: int, *, file_id: int) -> StoredContent:
    """A file that hangs on a line of this conversation. Errors: FileNotFound."""
    row = await tx.db.fetchrow(
        "SELECT f.id, f.name, f.content_type, f.size, f.sha256 FROM file f"
        " JOIN attachment a ON a.workspace_id = f.workspace_id AND a.file_id = f.id"
        " JOIN message m ON m.workspace_id = a.workspace_id AND m.id = a.message_id"
        f" WHERE f.workspace_id = $1 AND f.id = $3 AND m.conversation_id = ANY({_FAMILY})"
        " AND m.visibility = 'public' AND m.delivery_state IS DISTINCT FROM 'cancelled' LIMIT 1",
        tx.workspace_id,
        conversation_id,
        file_id,
    )
    if row is None:
        raise errors.FileNotFound
    return StoredContent(*row)


async def file(tx: Tx, file_id: int) -> StoredContent | None:
    """A stored file by id, for a caller who has proof that it is the customer's own."""
    return await tx.db.fetchrow_as(
        StoredContent,
        "SELECT id, name, content_type, size, sha256 FROM file WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        file_id,
    )


class Unread(msgspec.Struct, frozen=True):
    """An answer that the customer has not seen."""

    id: int
    author_name: str
    text: str
    file_ids: list[int]
    created_at: datetime


async def unread(tx: Tx, conversation_id: int, *, after: int) -> list[Unread]:
    """Answers behind a place that lie where the customer has not looked, oldest first."""
    return await tx.db.fetch_as(
        Unread,
        "SELECT m.id, m.author_name, m.body_text AS text, m.created_at,"
        " ARRAY(SELECT a.file_id FROM attachment a WHERE a.workspace_id = m.workspace_id"
        "   AND a.message_id = m.id ORDER BY a.position) AS file_ids"
        f" FROM message m WHERE m.workspace_id = $1 AND m.conversation_id = ANY({_FAMILY}) AND m.id > $3"
        " AND m.direction = 'out' AND m.delivery_state IN ('sent', 'delivered') ORDER BY m.id",
        tx.workspace_id,
        conversation_id,
        after,
    )


async def by_id(tx: Tx, conversation_id: int) -> Conversation | None:
    """A conversation by its own id."""
    return await repository.conversation(tx, conversation_id)


async def note(tx: Tx, conversation_id: int, **values: str) -> None:
    """Keep something small with a conversation."""
    await tx.db.execute(
        "UPDATE conversation SET meta = meta || $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        conversation_id,
        values,
    )


async def continuation(
    tx: Tx, talk: Conversation, *, inbox_id: int, channel: str, reply_to: str
) -> int:
    """The conversation by which a talk goes on elsewhere, made if there is none."""
    known: int | None = await tx.db.fetchval(
        "UPDATE conversation SET reply_to = $5 WHERE workspace_id = $1 AND ticket_id = $2"
        " AND inbox_id = $3 AND meta->>'continues' = $4 RETURNING id",
        tx.workspace_id,
        talk.ticket_id,
        inbox_id,
        str(talk.id),
        reply_to,
    )
    if known is not None:
        return known
    number = tx.new_id()
    await repository.write(
        tx,
        sql.Insert(
            "conversation",
            {
                "workspace_id": tx.workspace_id,
                "id": number,
                "ticket_id": talk.ticket_id,
                "inbox_id": inbox_id,
                "channel": channel,
                "contact_id": talk.contact_id,
                "identity_id": talk.identity_id,
                "reply_to": reply_to,
                "meta": {"continues": str(talk.id)},
                "created_at": tx.now,
            },
        ),
    )
    return number
