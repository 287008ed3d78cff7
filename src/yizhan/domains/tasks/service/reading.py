"""Everything beside a ticket's conversation, in few reads."""

from __future__ import annotations

from collections.abc import Iterable

from yizhan.domains.tasks import repository, schemas
from yizhan.domains.tasks.approvals import reading as approvals
from yizhan.domains.tasks.service import timing
from yizhan.domains.tasks.types import ChecklistItem, TimeEntry
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.TicketWork:
    """Errors: those of access."""
    await tickets.get(tx, ticket_id)
    agent_id = tx.actor.agent_id
    mine = await repository.reminders(tx, agent_id, ticket_id=ticket_id) if agent_id else []
    return schemas.TicketWork(
        checklist=(await checklist(tx, await repository.items(tx, ticket_id))).items,
        time=await time(tx, ticket_id),
        running=await running(tx),
        reminders=[schemas.reminder_out(row) for row in mine],
    )


async def checklist(tx: Tx, rows: Iterable[ChecklistItem]) -> schemas.Checklist:
    """Items with the names of people."""
    found = list(rows)
    ids = [one for row in found for one in (row.agent_id, row.done_by) if one is not None]
    names = await repository.names(tx, ids) if ids else {}
    asked = await approvals.of_items(tx, [row.id for row in found])
    return schemas.Checklist(
        [schemas.item_out(row, names, approval=asked.get(row.id)) for row in found]
    )


async def entries(tx: Tx, rows: Iterable[TimeEntry]) -> list[schemas.TimeEntryOut]:
    """Time with the names of people, and what the reader may change of it."""
    found = list(rows)
    names = await repository.names(tx, [row.agent_id for row in found]) if found else {}
    return [schemas.entry_out(row, names, may_change=timing.may_change(tx, row)) for row in found]


async def time(tx: Tx, ticket_id: int) -> schemas.TicketTime:
    """The newest entries of a ticket, and the sums of all."""
    total, billable = await repository.sums(tx, ticket_id)
    return schemas.TicketTime(
        items=await entries(tx, await repository.entries(tx, ticket_id)),
        total_seconds=total,
        billable_seconds=billable,
    )


async def running(tx: Tx) -> schemas.TimerOut:
    """The reader's running timer."""
    row = await repository.running(tx, tx.actor.agent_id) if tx.actor.agent_id else None
    if row is None:
        return schemas.TimerOut(entry=None)
    [entry] = await entries(tx, [row])
    ticket = await repository.ticket_number(tx, row.ticket_id)
    return schemas.TimerOut(entry=entry, ticket_number=ticket)
