"""Changing a ticket: who is responsible, where it stands, what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from yizhan.domains.tickets import custom, errors, events, registry, repository
from yizhan.domains.tickets.service import access, alarm, family
from yizhan.domains.tickets.types import ACTIVE, Status, Ticket
from yizhan.kernel import clock
from yizhan.kernel.tx import Tx

_ASKED_BY_RULES = ("type", "priority", "brand_id")


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What to change; what is not set stays."""

    subject: str | UnsetType = UNSET
    status: str | UnsetType = UNSET
    priority: str | UnsetType = UNSET
    type: str | UnsetType = UNSET
    assignee_id: int | UnsetType | None = UNSET
    team_id: int | UnsetType | None = UNSET
    brand_id: int | UnsetType = UNSET
    requester_id: int | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    snoozed_until: datetime | UnsetType | None = UNSET
    fields: dict[str, Any] | UnsetType = UNSET
    despite_children: bool | UnsetType = UNSET  # solve it though tickets below it are open
    despite_items: bool | UnsetType = UNSET  # … though items of its checklist are


async def change(
    tx: Tx,
    ticket_id: int,
    *,
    version: int | None = None,
    cause: dict[str, Any] | None = None,
    held: Ticket | None = None,
    **wanted: Any,
) -> Ticket:
    """Change a ticket; nothing changed means no event. ``version`` guards against a stale write.
    ``held`` is the ticket for whoever has just locked it.

    A closed ticket changes only by leaving that status, where the workspace allows it at all.
    Errors: StaleVersion, TicketClosed, TransitionRefused, UnknownStatus, UnknownValue, those of access
    and of custom fields.
    """
    changes = Changes(**wanted)
    ticket = await _allowed(tx, ticket_id, changes, held=held)
    if version is not None and version != ticket.version:
        raise errors.StaleVersion(version=ticket.version)
    columns: dict[str, Any] = {}
    responsibility = await _responsibility(tx, ticket, changes, columns)
    standing = await _standing(tx, ticket, changes, columns)
    content = await _content(tx, ticket, changes, columns)
    if not columns:
        return ticket
    if ticket.status_category == "closed" and "status" not in columns:
        raise errors.TicketClosed
    # Given back without a second check: who moves a ticket out of sight may still see what became of it.
    after = await repository.set_and_read(tx, ticket.id, **columns)
    why = cause or {}
    if responsibility:
        tx.emit(events.TicketAssigned(ticket_id=ticket.id, changes=responsibility, cause=why))
    if standing:
        tx.emit(events.TicketStatusChanged(ticket_id=ticket.id, changes=standing, cause=why))
    if content:
        tx.emit(events.TicketUpdated(ticket_id=ticket.id, changes=content, cause=why))
    return after or ticket


async def _allowed(tx: Tx, ticket_id: int, changes: Changes, *, held: Ticket | None) -> Ticket:
    moves = changes.assignee_id is not UNSET or changes.team_id is not UNSET
    edits = any(
        getattr(changes, name) is not UNSET
        for name in changes.__struct_fields__
        if name not in ("assignee_id", "team_id", "despite_children", "despite_items")
    )
    permission = "ticket:assign" if moves and not edits else "ticket:edit"
    if held is None:
        ticket = await access.locked(tx, ticket_id, permission=permission)
    else:
        ticket = access.held(tx, held, permission)
    if moves:
        access.check(tx, ticket, "ticket:assign")
    return ticket


def _put(
    ticket: Ticket, found: events.Changes, columns: dict[str, Any], name: str, value: Any
) -> None:
    old = getattr(ticket, name)
    if old != value:
        columns[name] = value
        found[name] = [_plain(old), _plain(value)]


def _plain(value: Any) -> Any:
    return clock.text(value) if isinstance(value, datetime) else value


async def _responsibility(
    tx: Tx, ticket: Ticket, changes: Changes, columns: dict[str, Any]
) -> events.Changes:
    found: events.Changes = {}
    if changes.team_id is not UNSET:
        known, unit_id = await repository.unit_of_team(tx, changes.team_id)
        if not known:
            raise errors.UnknownValue(field="team_id")
        _put(ticket, found, columns, "team_id", changes.team_id)
        _put(ticket, found, columns, "unit_id", unit_id)
    if changes.assignee_id is not UNSET:
        if changes.assignee_id is not None and not await repository.exists(
            tx, "agent", changes.assignee_id
        ):
            raise errors.UnknownValue(field="assignee_id")
        _put(ticket, found, columns, "assignee_id", changes.assignee_id)
    return found


async def _standing(
    tx: Tx, ticket: Ticket, changes: Changes, columns: dict[str, Any]
) -> events.Changes:
    found: events.Changes = {}
    if changes.status is not UNSET and changes.status != ticket.status:
        status = await _next_status(tx, ticket, changes.status)
        _put(ticket, found, columns, "status", status.id)
        _put(ticket, found, columns, "status_category", status.category)
        done = status.category in ("resolved", "closed")
        if done and ticket.status_category in ACTIVE:
            await family.check(tx, ticket.id, despite=changes.despite_children is True)
            await registry.hold(tx, ticket.id, despite=changes.despite_items is True)
        columns["resolved_at"] = (ticket.resolved_at or tx.now) if done else None
        if done:
            columns["waiting_since"] = None
            if ticket.snoozed_until is not None:
                _put(ticket, found, columns, "snoozed_until", None)
    if changes.snoozed_until is not UNSET:
        if changes.snoozed_until is not None and changes.snoozed_until <= tx.now:
            raise errors.UnknownValue(field="snoozed_until")
        _put(ticket, found, columns, "snoozed_until", changes.snoozed_until)
    if "snoozed_until" in found:
        await alarm.set_for(tx, ticket.id, columns["snoozed_until"])
    return found


async def _next_status(tx: Tx, ticket: Ticket, wanted: str) -> Status:
    known = {status.id: status for status in await repository.statuses(tx)}
    if wanted not in known:
        raise errors.UnknownStatus(status_id=wanted)
    current = known.get(ticket.status)
    if current is not None and current.category == "closed" and wanted not in current.allowed:
        raise errors.TicketClosed(allowed=current.allowed)
    if current is not None and current.allowed and wanted not in current.allowed:
        raise errors.TransitionRefused(allowed=current.allowed)
    return known[wanted]


async def _content(
    tx: Tx, ticket: Ticket, changes: Changes, columns: dict[str, Any]
) -> events.Changes:
    found: events.Changes = {}
    for name in ("subject", "priority", "type"):
        value = getattr(changes, name)
        if value is not UNSET:
            _put(ticket, found, columns, name, value)
    if changes.tags is not UNSET:
        _put(
            ticket,
            found,
            columns,
            "tags",
            sorted({tag.strip() for tag in changes.tags if tag.strip()}),
        )
    for name, table in (("brand_id", "brand"), ("requester_id", "contact")):
        value = getattr(changes, name)
        if value is not UNSET:
            if not await repository.exists(tx, table, value):
                raise errors.UnknownValue(field=name)
            _put(ticket, found, columns, name, value)
    return found | await _fields(tx, ticket, changes, columns)


async def _fields(
    tx: Tx, ticket: Ticket, changes: Changes, columns: dict[str, Any]
) -> events.Changes:
    """Custom fields that were sent, or that follow from what else changed."""
    moved = {name: columns[name] for name in _ASKED_BY_RULES if name in columns}
    given = None if changes.fields is UNSET else changes.fields
    if given is None and not moved:
        return {}
    written = await custom.update(tx, ticket, given, moved=moved)
    if written is None or not written.changes:
        return {}
    columns["fields"] = written.values
    return written.changes


async def assign(
    tx: Tx,
    ticket_id: int,
    *,
    to: int | UnsetType | None = UNSET,
    team_id: int | UnsetType | None = UNSET,
    cause: dict[str, Any] | None = None,
) -> Ticket:
    """Make an agent or a team responsible, or nobody."""
    return await change(tx, ticket_id, cause=cause, assignee_id=to, team_id=team_id)
