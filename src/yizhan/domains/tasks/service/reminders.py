"""Reminders: somebody is told of a ticket at a time of their choice, once."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from yizhan.domains.tasks import errors, events, repository
from yizhan.domains.tasks.types import Reminder
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import personal
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

TIMER = "reminder"
DUE_JOB = "tasks.remind"
MOST = 20


async def add(tx: Tx, ticket_id: int, *, at: datetime, note: str = "") -> Reminder:
    """Errors: those of access, ReminderPast, TooManyReminders."""
    await tickets.get(tx, ticket_id)
    agent_id = personal.agent_of(tx)
    if at.tzinfo is None or at <= tx.now:
        raise errors.ReminderPast(field="at")
    await repository.hold(tx, f"reminders:{agent_id}")
    if len(await repository.reminders(tx, agent_id, ticket_id=ticket_id)) >= MOST:
        raise errors.TooManyReminders
    row = Reminder(
        id=tx.new_id(),
        agent_id=agent_id,
        ticket_id=ticket_id,
        at=at.astimezone(UTC),
        note=note.strip(),
        rung_at=None,
        created_at=tx.now,
    )
    await repository.put(tx, row)
    await timers.schedule(
        tx,
        kind=TIMER,
        key=str(row.id),
        due=row.at,
        job=DUE_JOB,
        payload={"reminder_id": str(row.id)},
    )
    tx.emit(
        events.ReminderSet(
            ticket_id=ticket_id, reminder_id=row.id, agent_id=agent_id, remind_at=row.at
        )
    )
    return row


async def drop(tx: Tx, reminder_id: int) -> None:
    """One's own. Errors: ReminderNotFound, also for one that has rung."""
    agent_id = personal.agent_of(tx)
    row = await repository.get(tx, Reminder, reminder_id, lock=True)
    if row is None or row.agent_id != agent_id or row.rung_at is not None:
        raise errors.ReminderNotFound
    await repository.remove(tx, row)
    await timers.cancel(tx, kind=TIMER, key=str(reminder_id))
    tx.emit(
        events.ReminderDropped(ticket_id=row.ticket_id, reminder_id=reminder_id, agent_id=agent_id)
    )


async def ring(tx: Tx, reminder_id: int) -> None:
    """The time has come. A second time is harmless."""
    row = await repository.get(tx, Reminder, reminder_id, lock=True)
    if row is None or row.rung_at is not None or row.at > tx.now:
        return
    await repository.put(tx, msgspec.structs.replace(row, rung_at=tx.now))
    tx.emit(
        events.ReminderDue(
            ticket_id=row.ticket_id, reminder_id=row.id, agent_id=row.agent_id, note=row.note
        )
    )
