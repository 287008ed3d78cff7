"""One ticket becomes part of another: its conversations move, it stays as a closed stub."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.relations import linking, moving
from yizhan.domains.tickets.relations import repository as relations
from yizhan.domains.tickets.relations.types import Operation, Preview
from yizhan.domains.tickets.service import access, alarm, mentions
from yizhan.domains.tickets.types import ACTIVE, Status, Ticket
from yizhan.kernel import clock
from yizhan.kernel.tx import Tx

_HELD = """
SELECT (SELECT array_agg(id ORDER BY id) FROM message WHERE workspace_id = $1 AND ticket_id = $2) AS messages,
  (SELECT count(*) FROM attachment a JOIN message m ON m.workspace_id = a.workspace_id AND m.id = a.message_id
   WHERE m.workspace_id = $1 AND m.ticket_id = $2) AS files,
  (SELECT array_agg(agent_id ORDER BY agent_id) FROM watcher WHERE workspace_id = $1 AND ticket_id = $2
     AND agent_id NOT IN (SELECT agent_id FROM watcher WHERE workspace_id = $1 AND ticket_id = $3)) AS watchers,
  (SELECT array_agg(address ORDER BY address) FROM participant WHERE workspace_id = $1 AND ticket_id = $2
     AND address NOT IN (SELECT address FROM participant WHERE workspace_id = $1 AND ticket_id = $3)) AS people,
  (SELECT count(*) FROM draft WHERE workspace_id = $1 AND ticket_id = $2 AND body <> '') AS drafts
"""


class _Held(msgspec.Struct, frozen=True):
    """What of a ticket would move."""

    messages: list[int]
    files: int
    watchers: list[int]
    people: list[str]
    drafts: int


async def _held(tx: Tx, source: Ticket, target: Ticket) -> _Held:
    row = await tx.db.fetchrow(_HELD, tx.workspace_id, source.id, target.id)
    found: dict[str, Any] = {k: v or [] for k, v in dict(row or {}).items()}
    return _Held(**{**found, "files": found["files"] or 0, "drafts": found["drafts"] or 0})


def _check(source: Ticket, target: Ticket) -> None:
    """Whether they can be one. Pure. Errors: CannotJoinTickets, TicketMerged."""
    if source.id == target.id:
        raise errors.CannotJoinTickets(reason="same_ticket")
    for ticket in (source, target):
        if ticket.merged_into is not None:
            raise errors.TicketMerged(merged_into=str(ticket.merged_into), number=ticket.number)
    if target.status_category == "closed":
        raise errors.CannotJoinTickets(reason="target_closed")


async def preview(tx: Tx, source_id: int, *, into_id: int) -> Preview:
    """What a merge would move. Errors: those of :func:`merge`."""
    source, target = await _two(tx, source_id, into_id)
    _check(source, target)
    held = await _held(tx, source, target)
    return Preview(
        messages=len(held.messages),
        files=held.files,
        conversations=len(await repository.conversations(tx, source.id)),
        tags=sorted(set(source.tags) - set(target.tags)),
        watchers=held.watchers,
        participants=held.people,
        links=len(await relations.links(tx, source.id)),
        warnings=_warnings(source, target, held),
    )


def _warnings(source: Ticket, target: Ticket, held: _Held) -> list[str]:
    """What to think of before. Pure."""
    found = {
        "other_customer": source.requester_id != target.requester_id,
        "other_brand": source.brand_id != target.brand_id,
        "other_team": source.team_id != target.team_id,
        "reopens": _reopens(source, target),
        "fields_stay": any(target.fields.get(k) != v for k, v in source.fields.items()),
        "drafts_stay": held.drafts > 0,
        "newer_target": source.id < target.id,
    }
    return [name for name, holds in found.items() if holds]


def _reopens(source: Ticket, target: Ticket) -> bool:
    """An unsolved request makes the solved ticket that takes it in unsolved, too. Pure."""
    return target.status_category == "resolved" and source.status_category in ACTIVE


async def _two(tx: Tx, source_id: int, target_id: int) -> tuple[Ticket, Ticket]:
    return await access.both(
        tx, source_id, second=target_id, permission="ticket:edit", other="ticket:edit"
    )


async def merge(tx: Tx, source_id: int, *, into_id: int) -> Operation:
    """Everything of a ticket goes into another. Merging again into the same is the same merge.

    Errors: CannotJoinTickets, TicketMerged, those of access.
    """
    source, target = await _two(tx, source_id, into_id)
    if source.merged_into == target.id:
        known = [
            op
            for op in await relations.standing(tx, [source.id], kind="merge")
            if op.ticket_id == source.id
        ]
        if known:
            return known[0]
    _check(source, target)
    operation_id = tx.new_id()
    held = await _held(tx, source, target)
    cause = {"kind": "merge", "id": str(operation_id), "from": str(source.number)}
    undo: dict[str, Any] = {
        "marks": [(await moving.mark(tx, ticket)).plain() for ticket in (source, target)],
        "source": _standing(source),
        "messages": [str(number) for number in held.messages],
        "conversations": await _move_conversations(tx, source.id, target.id),
        "clashing": await moving.messages(tx, held.messages, to=target.id),
        "watchers": held.watchers,
        "people": held.people,
        "links": await linking.carry(tx, source=source.id, target=target.id),
    }
    for agent_id in held.watchers:
        await mentions.watch(tx, target.id, agent_id=agent_id)
    await _copy_people(tx, source.id, target.id)
    undo["target"] = await _join_fields(tx, source, target, cause)
    await _wait_as_both(tx, source, target)
    await close(tx, source, into=target, operation_id=operation_id)
    moving.tell(tx, held.messages, source=source.id, target=target.id, operation_id=operation_id)
    return await relations.add_operation(
        tx, operation_id, kind="merge", ticket_id=source.id, other_id=target.id, undo=undo
    )


def _standing(ticket: Ticket) -> dict[str, Any]:
    return {
        "status": ticket.status,
        "status_category": ticket.status_category,
        "resolved_at": clock.text(ticket.resolved_at) if ticket.resolved_at else None,
        "snoozed_until": clock.text(ticket.snoozed_until) if ticket.snoozed_until else None,
    }


async def _move_conversations(tx: Tx, source: int, target: int) -> list[list[Any]]:
    """[id, what it was merged from before]; with whom and to which address stays as it is."""
    rows = await tx.db.fetch(
        "UPDATE conversation c SET ticket_id = $3,"
        " meta = c.meta || jsonb_build_object('merged_from', ($2::bigint)::text)"
        " FROM conversation o WHERE c.workspace_id = $1 AND c.ticket_id = $2 AND o.workspace_id = $1 AND o.id = c.id"
        " RETURNING c.id, o.meta->>'merged_from'",
        tx.workspace_id,
        source,
        target,
    )
    return sorted([str(row[0]), row[1]] for row in rows)


async def _copy_people(tx: Tx, source: int, target: int) -> None:
    """Who was in the loop stays in it: their answers find the conversation in its new place."""
    await tx.db.execute(
        "INSERT INTO participant (workspace_id, ticket_id, address, name, contact_id)"
        " SELECT workspace_id, $3, address, name, contact_id FROM participant"
        " WHERE workspace_id = $1 AND ticket_id = $2 ON CONFLICT DO NOTHING",
        tx.workspace_id,
        source,
        target,
    )


async def _join_fields(
    tx: Tx, source: Ticket, target: Ticket, cause: dict[str, Any]
) -> events.Changes:
    """The target has the tags of both and is open again if it must be. Returns what changed."""
    wanted: dict[str, Any] = {"tags": sorted({*target.tags, *source.tags})}
    if _reopens(source, target):
        wanted["status"] = await _open_status(tx)
    after = await tickets.update(tx, target.id, cause=cause, **wanted)
    changes = tickets.difference(target, after)
    return {name: pair for name, pair in changes.items() if name != "waiting_since"}


async def _open_status(tx: Tx) -> str:
    return next(s.id for s in await repository.statuses(tx) if s.category == "open")


async def _wait_as_both(tx: Tx, source: Ticket, target: Ticket) -> None:
    """The customer who has waited longest, the first of both answers."""
    columns = {
        name: min((t for t in (getattr(source, name), getattr(target, name)) if t), default=None)
        for name in ("waiting_since", "first_reply_at")
    }
    await moving.recount(tx, target.id, columns=columns)


async def _closed_status(tx: Tx) -> Status:
    return next(s for s in await repository.statuses(tx) if s.category == "closed")


async def close(tx: Tx, source: Ticket, *, into: Ticket, operation_id: int) -> None:
    """The stub: closed, awake, empty, and it says where everything is."""
    closed = await _closed_status(tx)
    columns: dict[str, Any] = {"status": closed.id, "status_category": "closed"}
    columns |= {"snoozed_until": None, "resolved_at": source.resolved_at or tx.now}
    cause = {"kind": "merge", "id": str(operation_id), "into": str(into.number)}
    await stand(tx, source, columns, cause=cause, merged_into=into.id)
    tx.emit(events.TicketMerged(ticket_id=source.id, into_id=into.id, operation_id=operation_id))


async def stand(
    tx: Tx,
    ticket: Ticket,
    columns: dict[str, Any],
    *,
    cause: dict[str, Any],
    merged_into: int | None,
    back_to: moving.Mark | None = None,
) -> None:
    """Write where a ticket stands, with what its messages say, and tell."""
    changes: events.Changes = {}
    for name in ("status", "status_category", "snoozed_until"):
        old, new = getattr(ticket, name), columns[name]
        if old != new:
            changes[name] = [_moment(old), _moment(new)]
    await moving.recount(
        tx, ticket.id, columns={**columns, "merged_into": merged_into}, back_to=back_to
    )
    if "snoozed_until" in changes:
        await alarm.set_for(tx, ticket.id, columns["snoozed_until"])
    if changes:
        tx.emit(events.TicketStatusChanged(ticket_id=ticket.id, changes=changes, cause=cause))


def _moment(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else clock.text(value)
