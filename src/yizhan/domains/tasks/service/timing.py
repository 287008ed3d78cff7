"""Time: a timer that somebody starts and stops, and what is written down by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.tasks import errors, events, repository, schemas
from yizhan.domains.tasks.types import TimeEntry
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import personal
from yizhan.kernel.tx import Tx

TRACK = "time:track"
MANAGE = "time:manage"
_FIELDS = ("started_at", "seconds", "note", "billable")


async def _mine(tx: Tx) -> int:
    """The agent who acts, one timer at a time. Errors: Forbidden."""
    permissions.require(tx.actor, TRACK)
    agent_id = personal.agent_of(tx)
    await repository.hold(tx, f"timer:{agent_id}")
    return agent_id


async def start(
    tx: Tx, ticket_id: int, *, note: str = "", billable: bool = False
) -> tuple[TimeEntry, TimeEntry | None]:
    """A timer that runs now, and the one that stopped for it. On the same ticket it goes on.

    Errors: those of access.
    """
    await tickets.get(tx, ticket_id)
    agent_id = await _mine(tx)
    running = await repository.running(tx, agent_id)
    if running is not None and running.ticket_id == ticket_id:
        return running, None
    stopped = await _stop(tx, running) if running is not None else None
    entry = TimeEntry(
        id=tx.new_id(),
        ticket_id=ticket_id,
        agent_id=agent_id,
        source="timer",
        started_at=tx.now,
        seconds=None,
        note=note.strip(),
        billable=billable,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await repository.put(tx, entry)
    tx.emit(events.TimeStarted(ticket_id=ticket_id, time_entry_id=entry.id, agent_id=agent_id))
    return entry, stopped


async def stop(tx: Tx) -> TimeEntry:
    """Errors: NoTimer."""
    running = await repository.running(tx, await _mine(tx))
    if running is None:
        raise errors.NoTimer
    return await _stop(tx, running)


async def _stop(tx: Tx, running: TimeEntry) -> TimeEntry:
    seconds = max(0, round((tx.now - running.started_at).total_seconds()))
    entry = msgspec.structs.replace(running, seconds=seconds, updated_at=tx.now)
    await repository.put(tx, entry)
    tx.emit(
        events.TimeStopped(
            ticket_id=entry.ticket_id,
            time_entry_id=entry.id,
            agent_id=entry.agent_id,
            seconds=seconds,
        )
    )
    return entry


async def add(tx: Tx, ticket_id: int, *, new: schemas.TimeIn) -> TimeEntry:
    """Errors: those of access, TimeInvalid."""
    await tickets.get(tx, ticket_id)
    agent_id = await _mine(tx)
    length = timedelta(minutes=new.minutes)
    entry = TimeEntry(
        id=tx.new_id(),
        ticket_id=ticket_id,
        agent_id=agent_id,
        source="manual",
        started_at=_past(tx, new.started_at) if new.started_at else tx.now - length,
        seconds=new.minutes * 60,
        note=new.note.strip(),
        billable=new.billable,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await repository.put(tx, entry)
    tx.emit(
        events.TimeAdded(
            ticket_id=ticket_id,
            time_entry_id=entry.id,
            agent_id=agent_id,
            seconds=new.minutes * 60,
            billable=entry.billable,
        )
    )
    return entry


def _past(tx: Tx, moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise errors.TimeInvalid(field="started_at", reason="a time needs its offset from UTC")
    if moment > tx.now:
        raise errors.TimeInvalid(field="started_at", reason="it has not begun yet")
    return moment.astimezone(UTC)


async def _changeable(tx: Tx, entry_id: int) -> TimeEntry:
    """Errors: TimeEntryNotFound, also where the ticket cannot be seen; Forbidden for another's."""
    entry = await repository.get(tx, TimeEntry, entry_id, lock=True)
    if entry is None:
        raise errors.TimeEntryNotFound
    await tickets.get(tx, entry.ticket_id)
    if not may_change(tx, entry):
        permissions.require(tx.actor, MANAGE)
        permissions.require(tx.actor, TRACK)
    return entry


def may_change(tx: Tx, entry: TimeEntry) -> bool:
    """One's own time, or everybody's with the right to it."""
    own = entry.agent_id == tx.actor.agent_id and permissions.can(tx.actor, TRACK)
    return own or permissions.can(tx.actor, MANAGE)


async def change(tx: Tx, entry_id: int, *, wanted: schemas.TimeChange) -> TimeEntry:
    """Errors: TimeEntryNotFound, Forbidden, TimeEntryRunning, TimeInvalid."""
    old = await _changeable(tx, entry_id)
    values = changing.given(wanted, "note", "billable")
    if wanted.minutes is not UNSET:
        if old.seconds is None:
            raise errors.TimeEntryRunning
        values["seconds"] = wanted.minutes * 60
    if wanted.started_at is not UNSET:
        values["started_at"] = _past(tx, wanted.started_at)
    new = changing.replaced(old, values)
    edited = changing.differences(old, new, *_FIELDS)
    if not edited:
        return old
    new = msgspec.structs.replace(new, updated_at=tx.now)
    await repository.put(tx, new)
    tx.emit(
        events.TimeChanged(
            ticket_id=new.ticket_id,
            time_entry_id=new.id,
            agent_id=new.agent_id,
            edited=edited,
        )
    )
    return new


async def delete(tx: Tx, entry_id: int) -> None:
    """Also one that runs. Errors: TimeEntryNotFound, Forbidden."""
    entry = await _changeable(tx, entry_id)
    await repository.remove(tx, entry)
    tx.emit(
        events.TimeDeleted(
            ticket_id=entry.ticket_id,
            time_entry_id=entry.id,
            agent_id=entry.agent_id,
            seconds=entry.seconds,
        )
    )
