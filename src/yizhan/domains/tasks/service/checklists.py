"""Checklists on tickets: items in an order, with who shall do them and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.tasks import errors, events, repository, schemas
from yizhan.domains.tasks.approvals import errors as approval_errors
from yizhan.domains.tasks.approvals import repository as approval_rows
from yizhan.domains.tasks.approvals import service as approvals
from yizhan.domains.tasks.service import templates
from yizhan.domains.tasks.types import ChecklistItem
from yizhan.domains.tickets import errors as ticket_errors
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

TIMER = "checklist"
DUE_JOB = "tasks.item_due"
MOST = 200
_FIELDS = ("text", "agent_id", "due_at", "needed")


async def _open(tx: Tx, ticket_id: int) -> Ticket:
    """Hold a ticket whose checklist may be changed. Errors: those of access, TicketClosed."""
    ticket = await access.locked(tx, ticket_id, permission="ticket:edit")
    if ticket.status_category == "closed":
        raise ticket_errors.TicketClosed
    return ticket


async def add(tx: Tx, ticket_id: int, *, new: schemas.ChecklistIn) -> list[ChecklistItem]:
    """All items of the ticket; whose approval is needed is asked at once.

    Errors: those of access and of approvals, ChecklistTemplateNotFound, ChecklistFull.
    """
    ticket = await _open(tx, ticket_id)
    lines = await _of_template(tx, new.template_id) + new.items
    known = await repository.items(tx, ticket_id)
    if not lines:
        return known
    if len(known) + len(lines) > MOST:
        raise errors.ChecklistFull
    agents = changing.numbers([line.agent_id for line in lines if line.agent_id])
    await changing.check_agents(tx, agents)
    last = max((one.position for one in known), default=0)
    made = [_item(tx, ticket_id, line, place=last + n) for n, line in enumerate(lines, 1)]
    for one in made:
        await repository.put(tx, one)
        await _set_timer(tx, one)
    tx.emit(
        events.ChecklistAdded(
            ticket_id=ticket_id,
            checklist_item_ids=[one.id for one in made],
            checklist_template_id=int(new.template_id) if new.template_id else None,
            agent_ids=agents,
        )
    )
    for line, one in zip(lines, made, strict=True):
        if line.approval is not None:
            await approvals.ask(tx, one, line.approval, ticket=ticket)
    return [*known, *made]


async def _of_template(tx: Tx, template_id: str | None) -> list[schemas.ChecklistLine]:
    if template_id is None:
        return []
    found = await templates.get(tx, int(template_id))
    return [
        schemas.ChecklistLine(
            text=one.text,
            due_at=tx.now + timedelta(minutes=one.due_minutes) if one.due_minutes else None,
            needed=one.needed,
            approval=one.approval,
        )
        for one in found.items
    ]


def _item(tx: Tx, ticket_id: int, line: schemas.ChecklistLine, *, place: int) -> ChecklistItem:
    return ChecklistItem(
        id=tx.new_id(),
        ticket_id=ticket_id,
        position=place,
        text=line.text.strip(),
        agent_id=int(line.agent_id) if line.agent_id else None,
        due_at=_moment(line.due_at),
        rung_at=None,
        done_at=None,
        done_by=None,
        created_at=tx.now,
        needed=line.needed,
        created_by=tx.actor.agent_id,
    )


def _moment(given: datetime | None) -> datetime | None:
    if given is not None and given.tzinfo is None:
        raise errors.TimeInvalid(field="due_at", reason="a time needs its offset from UTC")
    return None if given is None else given.astimezone(UTC)


async def _set_timer(tx: Tx, item: ChecklistItem) -> None:
    """Rings while the item is due and open, and was not told yet."""
    if item.due_at is None or item.done_at is not None or item.rung_at is not None:
        await timers.cancel(tx, kind=TIMER, key=str(item.id))
        return
    await timers.schedule(
        tx,
        kind=TIMER,
        key=str(item.id),
        due=item.due_at,
        job=DUE_JOB,
        payload={"item_id": str(item.id)},
    )


async def _changeable(tx: Tx, item_id: int) -> ChecklistItem:
    """Errors: ChecklistItemNotFound, those of access."""
    item = await repository.get(tx, ChecklistItem, item_id)
    if item is None:
        raise errors.ChecklistItemNotFound
    await _open(tx, item.ticket_id)
    held = await repository.get(tx, ChecklistItem, item_id, lock=True)
    if held is None:
        raise errors.ChecklistItemNotFound
    return held


async def change(tx: Tx, item_id: int, *, wanted: schemas.ChecklistItemChange) -> ChecklistItem:
    """Errors: ChecklistItemNotFound, those of access, UnknownReference, TimeInvalid, ItemNeeded,
    ApprovalFixed, ApprovalPending.
    """
    old = await _changeable(tx, item_id)
    values: dict[str, Any] = changing.given(wanted, "text", "agent_id", "needed")
    if "text" in values:
        values["text"] = values["text"].strip()
    if wanted.due_at is not UNSET:
        values["due_at"] = _moment(wanted.due_at)
    new = changing.replaced(old, values)
    edited = changing.differences(old, new, *_FIELDS)
    if "due_at" in edited:
        new = msgspec.structs.replace(new, rung_at=None)
    if new.agent_id is not None and "agent_id" in edited:
        await changing.check_agents(tx, [new.agent_id])
    if old.needed and not new.needed:
        _may_set_aside(tx, old)
    await _check_approval(tx, old, text=new.text, done=wanted.done)
    if wanted.done is not UNSET and wanted.done != (old.done_at is not None):
        done = (tx.now, tx.actor.agent_id) if wanted.done else (None, None)
        new = msgspec.structs.replace(new, done_at=done[0], done_by=done[1])
    if new != old:
        await repository.put(tx, new)
        await _set_timer(tx, new)
        _tell(tx, old, new=new, edited=edited)
    return new


def _may_set_aside(tx: Tx, item: ChecklistItem) -> None:
    """Errors: ItemNeeded."""
    is_own = item.created_by is not None and item.created_by == tx.actor.agent_id
    if not is_own and not permissions.can(tx.actor, templates.PERMISSION):
        raise approval_errors.ItemNeeded


async def _check_approval(tx: Tx, old: ChecklistItem, *, text: str, done: bool | UnsetType) -> None:
    """Errors: ApprovalFixed, ApprovalPending."""
    is_other = done is not UNSET and done != (old.done_at is not None)
    if (text != old.text or is_other) and await approval_rows.approvals(tx, [old.id]):
        raise approval_errors.ApprovalPending if is_other else approval_errors.ApprovalFixed


def _tell(tx: Tx, old: ChecklistItem, *, new: ChecklistItem, edited: events.Changes) -> None:
    if edited:
        given = [new.agent_id] if "agent_id" in edited and new.agent_id is not None else []
        tx.emit(
            events.ChecklistChanged(
                ticket_id=new.ticket_id, checklist_item_id=new.id, edited=edited, agent_ids=given
            )
        )
    if (old.done_at is None) != (new.done_at is None):
        kind = events.ChecklistReopened if new.done_at is None else events.ChecklistDone
        tx.emit(kind(ticket_id=new.ticket_id, checklist_item_id=new.id))


async def remove(tx: Tx, item_id: int) -> None:
    """Errors: ChecklistItemNotFound, those of access, ItemNeeded."""
    item = await _changeable(tx, item_id)
    if item.needed and item.done_at is None:
        _may_set_aside(tx, item)
    await repository.remove(tx, item)
    await approval_rows.forget(tx, item_id)
    await timers.cancel(tx, kind=TIMER, key=str(item_id))
    tx.emit(
        events.ChecklistRemoved(ticket_id=item.ticket_id, checklist_item_id=item_id, text=item.text)
    )


async def order(tx: Tx, ticket_id: int, *, ids: list[int]) -> list[ChecklistItem]:
    """Errors: those of access, ChecklistOrderInvalid unless each item is named once."""
    await _open(tx, ticket_id)
    known = await repository.items(tx, ticket_id)
    if sorted(ids) != sorted(one.id for one in known):
        raise errors.ChecklistOrderInvalid
    if ids == [one.id for one in known]:
        return known
    await repository.set_order(tx, ids)
    tx.emit(events.ChecklistOrdered(ticket_id=ticket_id, checklist_item_ids=ids))
    return await repository.items(tx, ticket_id)


async def ring(tx: Tx, item_id: int) -> None:
    """An item is due. A second time is harmless."""
    item = await repository.get(tx, ChecklistItem, item_id, lock=True)
    if item is None or item.done_at is not None or item.rung_at is not None:
        return
    if item.due_at is None or item.due_at > tx.now:
        return  # it was put off: its timer rings again
    await repository.put(tx, msgspec.structs.replace(item, rung_at=tx.now))
    tx.emit(
        events.ChecklistItemDue(
            ticket_id=item.ticket_id,
            checklist_item_id=item.id,
            due_at=item.due_at,
            text=item.text,
            agent_id=item.agent_id,
        )
    )
