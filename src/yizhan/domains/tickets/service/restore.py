"""Taking changes back: what somebody else has changed since stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.tickets import events, repository
from yizhan.domains.tickets.service import access, alarm
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import clock
from yizhan.kernel.tx import Tx

_RESPONSIBILITY = ("assignee_id", "team_id", "unit_id")
_STATUS = ("status", "status_category", "resolved_at")
_SIMPLE = ("subject", "priority", "type", "brand_id", "snoozed_until", "waiting_since")
_BY_PART = ("tags", "fields")
WATCHED = (*_RESPONSIBILITY, *_STATUS, *_SIMPLE, *_BY_PART)
# Follows from other fields: nobody is told about it.
_QUIET = frozenset({"resolved_at", "waiting_since"})
_STANDING = frozenset({"status", "status_category", "snoozed_until"})

Changes = Mapping[str, list[Any]]


def difference(before: Ticket, after: Ticket) -> events.Changes:
    """Every field that differs, as old and new value; times as text. Pure."""
    found = {
        name: [_plain(getattr(before, name)), _plain(getattr(after, name))]
        for name in WATCHED
        if getattr(before, name) != getattr(after, name)
    }
    if "team_id" in found:  # a team's distribution may choose a person afterwards
        found["assignee_id"] = [before.assignee_id, after.assignee_id]
    return found


async def restore(
    tx: Tx,
    ticket_id: int,
    *,
    changes: Changes,
    cause: dict[str, Any],
    held: Ticket | None = None,
) -> tuple[Ticket, list[str]]:
    """Give fields their old values, as :func:`difference` has them. No transition is asked for.

    Returns the ticket and the names of what was left alone because it has changed since.
    Errors: those of access.
    """
    only_moves = set(changes) <= set(_RESPONSIBILITY)
    permission = "ticket:assign" if only_moves else "ticket:edit"
    if held is None:
        ticket = await access.locked(tx, ticket_id, permission=permission)
    else:
        ticket = access.held(tx, held, permission)
    if any(name in changes for name in _RESPONSIBILITY):
        access.check(tx, ticket, "ticket:assign")
    wanted, left = _wanted(ticket, changes, handed_out=await _handed_out(tx, ticket, changes))
    await _drop_the_gone(tx, wanted, left)
    columns = {name: value for name, value in wanted.items() if getattr(ticket, name) != value}
    if not columns:
        return ticket, left
    after = await repository.set_and_read(tx, ticket.id, **columns)
    if "snoozed_until" in columns:
        await alarm.set_for(tx, ticket.id, columns["snoozed_until"])
    _tell(tx, ticket, columns, cause)
    return after or ticket, left


def _plain(value: Any) -> Any:
    return clock.text(value) if isinstance(value, datetime) else value


async def _handed_out(tx: Tx, ticket: Ticket, changes: Changes) -> bool:
    """Whether the last change of responsibility was a decision of the team's distribution."""
    if "team_id" not in changes:
        return False
    cause: dict[str, Any] | None = await tx.db.fetchval(
        "SELECT data->'cause' FROM event WHERE workspace_id = $1 AND ticket_id = $2"
        " AND type = 'ticket.assigned' ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
        ticket.id,
    )
    return bool((cause or {}).get("rule"))


def _wanted(
    ticket: Ticket, changes: Changes, *, handed_out: bool
) -> tuple[dict[str, Any], list[str]]:
    """The values to write, and what is left alone. Pure."""
    wanted: dict[str, Any] = {}
    left: list[str] = []
    for group in (
        _responsibility(ticket, changes, handed_out=handed_out),
        _status(ticket, changes),
    ):
        wanted |= group[0]
        left += group[1]
    for name in _SIMPLE:
        if name in changes:
            old, new = changes[name]
            if _plain(getattr(ticket, name)) == new:
                wanted[name] = _typed(name, old)
            elif name not in _QUIET:
                left.append(name)
    if "tags" in changes:
        wanted["tags"] = _tags(ticket.tags, *changes["tags"])
    if "fields" in changes:
        wanted["fields"] = _fields(ticket.fields, *changes["fields"])
    return wanted, left


def _responsibility(
    ticket: Ticket, changes: Changes, *, handed_out: bool
) -> tuple[dict[str, Any], list[str]]:
    """The team goes back if it is still ours; so does the person, also one whom the team's own
    distribution chose meanwhile (``handed_out``), but nobody who took the ticket by hand."""
    mine = {name: changes[name] for name in _RESPONSIBILITY if name in changes}
    lead = "team_id" if "team_id" in mine else "assignee_id"
    if not mine:
        return {}, []
    if getattr(ticket, lead) != mine[lead][1]:
        return {}, [lead]
    wanted = {name: old for name, (old, _) in mine.items()}
    if "assignee_id" in wanted and ticket.assignee_id != mine["assignee_id"][1] and not handed_out:
        wanted.pop("assignee_id")
        return wanted, ["assignee_id"]
    return wanted, []


def _status(ticket: Ticket, changes: Changes) -> tuple[dict[str, Any], list[str]]:
    if "status" not in changes:
        return {}, []
    if ticket.status != changes["status"][1]:
        return {}, ["status"]
    return {name: _typed(name, changes[name][0]) for name in _STATUS if name in changes}, []


def _typed(name: str, value: Any) -> Any:
    if name.endswith(("_at", "_until", "_since")) and value is not None:
        return msgspec.convert(value, datetime)
    return value


def _tags(now: list[str], old: list[str], new: list[str]) -> list[str]:
    return sorted((set(now) - (set(new) - set(old))) | (set(old) - set(new)))


def _fields(now: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    found = dict(now)
    for key in set(old) | set(new):
        if old.get(key) != new.get(key) and now.get(key) == new.get(key):
            found[key] = old.get(key)
    return {key: value for key, value in found.items() if value is not None}


async def _drop_the_gone(tx: Tx, wanted: dict[str, Any], left: list[str]) -> None:
    """Nobody gets a ticket back who has left, and no team that was closed."""
    agent = wanted.get("assignee_id")
    if agent is not None and not await repository.exists(tx, "agent", agent):
        wanted.pop("assignee_id")
        left.append("assignee_id")
    if wanted.get("team_id") is not None:
        known, _ = await repository.unit_of_team(tx, wanted["team_id"])
        if not known:
            for name in ("team_id", "unit_id"):
                wanted.pop(name, None)
            left.append("team_id")


def _tell(tx: Tx, ticket: Ticket, columns: dict[str, Any], cause: dict[str, Any]) -> None:
    said = {
        name: [_plain(getattr(ticket, name)), _plain(value)]
        for name, value in columns.items()
        if name not in _QUIET and name != "fields"
    }
    said |= _by_field(ticket.fields, columns.get("fields", ticket.fields))
    moved = {name: said.pop(name) for name in list(said) if name in _RESPONSIBILITY}
    stood = {name: said.pop(name) for name in list(said) if name in _STANDING}
    for kind, changes in (
        (events.TicketAssigned, moved),
        (events.TicketStatusChanged, stood),
        (events.TicketUpdated, said),
    ):
        if changes:
            tx.emit(kind(ticket_id=ticket.id, changes=changes, cause=cause))


def _by_field(old: dict[str, Any], new: dict[str, Any]) -> events.Changes:
    """Custom fields one by one: not everybody may see each of them."""
    return {
        f"{catalog.PREFIX}{key}": [old.get(key), new.get(key)]
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    }
