"""Some messages of a ticket become a ticket of their own, with conversations to the same people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets.relations import linking, moving
from yizhan.domains.tickets.relations import repository as relations
from yizhan.domains.tickets.relations.types import Link, Operation, Preview
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import FIRST_NUMBER, Conversation, Ticket
from yizhan.kernel import sql, text
from yizhan.kernel.tx import Tx

_COPIED = ("priority", "type", "tags", "inbox_id", "brand_id", "team_id", "unit_id", "assignee_id")
_CHOSEN = """
SELECT m.id, m.conversation_id, m.direction, m.delivery_state, m.subject, m.body_text, m.created_at,
  (SELECT count(*) FROM attachment a WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS files
FROM message m WHERE m.workspace_id = $1 AND m.ticket_id = $2 AND m.id = ANY($3) ORDER BY m.id
"""


class _Chosen(msgspec.Struct, frozen=True):
    """A message that is to move."""

    id: int
    conversation_id: int | None
    direction: str
    delivery_state: str | None
    subject: str | None
    body_text: str
    created_at: datetime
    files: int


async def _chosen(tx: Tx, ticket: Ticket, ids: Sequence[int]) -> list[_Chosen]:
    """The messages, if they may go. Errors: CannotSplit, MessageNotFound."""
    rows = await tx.db.fetch_as(_Chosen, _CHOSEN, tx.workspace_id, ticket.id, list(ids))
    if len(rows) != len(set(ids)):
        raise errors.MessageNotFound
    if any(row.direction == "system" for row in rows):
        raise errors.CannotSplit(reason="system_line")
    if any(row.delivery_state in ("queued", "sending", "held") for row in rows):
        raise errors.CannotSplit(reason="being_sent")
    stays = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM message WHERE workspace_id = $1 AND ticket_id = $2"
        " AND direction IN ('in', 'out') AND id <> ALL($3))",
        tx.workspace_id,
        ticket.id,
        list(ids),
    )
    if not stays:
        raise errors.CannotSplit(reason="nothing_stays")
    return rows


async def preview(tx: Tx, ticket_id: int, *, message_ids: Sequence[int]) -> Preview:
    """What a split would move. Errors: those of :func:`split`."""
    permissions.require(tx.actor, "ticket:create")
    ticket = await access.locked(tx, ticket_id, permission="ticket:edit")
    rows = await _chosen(tx, ticket, message_ids)
    talks = {row.conversation_id for row in rows if row.conversation_id}
    threads = [t for t in await repository.conversations(tx, ticket.id) if t.id in talks]
    warnings = {
        "only_notes": not talks,
        "several_customers": len({t.contact_id for t in threads}) > 1,
        "one_thread": any(t.external_key for t in threads),
    }
    return Preview(
        messages=len(rows),
        files=sum(row.files for row in rows),
        conversations=max(1, len(threads)),
        tags=ticket.tags,
        warnings=[name for name, holds in warnings.items() if holds],
    )


async def split(
    tx: Tx, ticket_id: int, *, message_ids: Sequence[int], subject: str = ""
) -> Operation:
    """Make a ticket of some messages. The same messages again are the same split.

    Errors: CannotSplit, MessageNotFound, those of access.
    """
    permissions.require(tx.actor, "ticket:create")
    ticket = await access.locked(tx, ticket_id, permission="ticket:edit")
    wanted = sorted({str(number) for number in message_ids})
    for known in await relations.standing(tx, [ticket.id], kind="split"):
        if known.ticket_id == ticket.id and [row[0] for row in known.undo["messages"]] == wanted:
            return known
    rows = await _chosen(tx, ticket, message_ids)
    mark = await moving.mark(tx, ticket)
    threads = {t.id: t for t in await repository.conversations(tx, ticket.id)}
    wanted_threads = [
        threads[number]
        for number in dict.fromkeys(r.conversation_id for r in rows)
        if number in threads
    ] or list(threads.values())[:1]
    if not wanted_threads:
        raise errors.CannotSplit(reason="no_conversation")
    operation_id = tx.new_id()
    new_id = await _new_ticket(tx, ticket, rows, wanted_threads[0], subject)
    talks = {t.id: await _thread(tx, new_id, t, rows) for t in wanted_threads}
    moved = [row.id for row in rows]
    await moving.messages(tx, moved, to=new_id)
    for old, new in talks.items():
        await rethread(tx, [r.id for r in rows if r.conversation_id == old], to=new)
    await moving.recount(tx, new_id)
    await moving.recount(tx, ticket.id)
    link = Link("split", ticket.id, new_id)
    await relations.add_link(tx, link)
    undo = {
        "messages": sorted([str(row.id), str(row.conversation_id or "")] for row in rows),
        "conversations": [[str(old), str(new)] for old, new in talks.items()],
        "mark": mark.plain(),
    }
    tx.emit(events.TicketSplit(ticket_id=ticket.id, new_id=new_id, operation_id=operation_id))
    linking.tell(tx, link, linked=True)
    moving.tell(tx, moved, source=ticket.id, target=new_id, operation_id=operation_id)
    return await relations.add_operation(
        tx, operation_id, kind="split", ticket_id=ticket.id, other_id=new_id, undo=undo
    )


async def _new_ticket(
    tx: Tx, ticket: Ticket, rows: list[_Chosen], thread: Conversation, subject: str
) -> int:
    number = await tx.numbers.next(tx.workspace_id, "ticket", first=FIRST_NUMBER)
    status = "open" if ticket.assignee_id is not None else "new"
    named: dict[str, Any] = {
        **{name: getattr(ticket, name) for name in _COPIED},
        "subject": (subject.strip() or _subject(rows) or ticket.subject)[:500],
        "status": status,
        "status_category": status,
        "channel": thread.channel,
        "inbox_id": thread.inbox_id,
        "requester_id": thread.contact_id,
        "snoozed_until": None,
    }
    ticket_id = tx.new_id()
    row = {**named, "number": number, "fields": ticket.fields}
    stamps = {"created_at": tx.now, "updated_at": tx.now}
    place = {"workspace_id": tx.workspace_id, "id": ticket_id}
    await repository.write(tx, sql.Insert("ticket", {**place, **row, **stamps}))
    changes = {name: [None, value] for name, value in named.items()}
    changes |= fields.changes({}, ticket.fields)
    tx.emit(events.TicketCreated(ticket_id=ticket_id, number=number, changes=changes))
    return ticket_id


def _subject(rows: list[_Chosen]) -> str:
    """The first line of the first message that a customer wrote. Pure."""
    spoken = [row for row in rows if row.direction == "in"] or rows
    return spoken[0].subject or text.preview(spoken[0].body_text)


async def _thread(tx: Tx, ticket_id: int, old: Conversation, rows: list[_Chosen]) -> int:
    """A conversation of its own with the same person at the same address."""
    conversation_id = tx.new_id()
    heard = [r.created_at for r in rows if r.conversation_id == old.id and r.direction == "in"]
    values = {
        "workspace_id": tx.workspace_id,
        "id": conversation_id,
        "ticket_id": ticket_id,
        "inbox_id": old.inbox_id,
        "channel": old.channel,
        "contact_id": old.contact_id,
        "identity_id": old.identity_id,
        "reply_to": old.reply_to,
        "last_inbound_at": max(heard, default=old.last_inbound_at),
        "meta": {"split_from": old.meta.get("split_from") or str(old.id)},
        "created_at": tx.now,
    }
    await repository.write(tx, sql.Insert("conversation", values))
    return conversation_id


async def rethread(tx: Tx, ids: Sequence[int], *, to: int | None) -> None:
    await tx.db.execute(
        "UPDATE message SET conversation_id = $3 WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
        to,
    )
