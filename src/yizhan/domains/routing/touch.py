"""From the log: which tickets and which agents may stand differently now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from yizhan.domains.routing.repository import agents, asked, places, queue
from yizhan.domains.routing.types import RULE
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

# What happens to a ticket without changing whether it waits, or for whom.
_QUIET = frozenset(
    (
        "ticket.watchers_changed",
        "ticket.incidents_answered",
        "message.delivery_changed",
        "message.retried",
        "message.noted",
        "message.retracted",
        "message.mentioned",
    )
)
# What may change what somebody has to do.
_LOAD = frozenset(("ticket.created", "ticket.merged", "ticket.operation_undone"))
_OF_TICKETS = frozenset(("ticket", "message", "signal", "sla"))
_TICKETS = ("ticket_id", "other_id", "into_id", "new_id")
_LOADS = frozenset(("assignee_id", "status_category", "snoozed_until"))
_EVERYTHING = ("role", "skill", "assignment_rule", "assignment_weights")


class Touched(msgspec.Struct):
    """What to look at."""

    tickets: set[int] = msgspec.field(default_factory=set)
    moved: set[int] = msgspec.field(default_factory=set)  # tickets that may be somebody's load
    agents: set[int] = msgspec.field(default_factory=set)
    teams: set[int] = msgspec.field(default_factory=set)
    contacts: set[int] = msgspec.field(default_factory=set)
    companies: set[int] = msgspec.field(default_factory=set)
    weighed: bool = False  # scores are made of other parts
    everything: bool = False

    def __bool__(self) -> bool:
        some = (self.tickets, self.agents, self.teams, self.contacts, self.companies)
        return self.everything or self.weighed or any(some)


def of(batch: Iterable[events.Logged]) -> Touched:
    """Read some events."""
    found = Touched()
    for event in batch:
        _add(found, event)
    return found


def _add(found: Touched, event: events.Logged) -> None:
    area = event.type.partition(".")[0]
    if area in _OF_TICKETS or event.type == "assignment.requested":
        if event.type not in _QUIET and not ours(event):
            _add_ticket(found, event)
    elif area in ("presence", "agent"):
        found.agents.add(int(event.data["agent_id"]))
    elif area == "team":
        found.teams.add(int(event.data["team_id"]))
    elif event.type == "contact.updated":
        found.contacts.add(int(event.data["contact_id"]))
    elif event.type == "company.updated":
        found.companies.add(int(event.data["company_id"]))
    elif event.type == "assignment_priority.changed":
        found.weighed = True
    elif area in _EVERYTHING or (area == "workspace" and "time_zone" in _changes(event)):
        found.everything = True


def ours(event: events.Logged) -> bool:
    """A decision of distribution is in its lists already."""
    cause = event.data.get("cause") or {}
    return event.type == "ticket.assigned" and bool(cause.get("rule") == RULE)


def _changes(event: events.Logged) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = event.data.get("changes") or {}
    return found


def _add_ticket(found: Touched, event: events.Logged) -> None:
    ids = {int(event.data[name]) for name in _TICKETS if event.data.get(name)}
    changes = _changes(event)
    found.tickets |= ids
    if event.type in _LOAD or _LOADS & set(changes):
        found.moved |= ids
    found.agents.update(int(one) for one in changes.get("assignee_id", ()) if one)


async def spread(tx: Tx, found: Touched) -> tuple[set[int], set[int]]:
    """The tickets and the agents behind all that was touched."""
    tickets, people = set(found.tickets), set(found.agents)
    if found.moved:
        people |= await asked.assignees(tx, found.moved)
    if found.teams:
        tickets.update(await queue.of_teams(tx, found.teams))
        people.update(await agents.of_teams(tx, found.teams))
    if found.contacts:
        tickets.update(await queue.of_customers(tx, found.contacts))
    if found.contacts or found.companies:
        people_of = sorted(found.companies)
        tickets.update(await places.of_customers(tx, sorted(found.contacts), companies=people_of))
    if found.everything:
        tickets.update(await queue.everything(tx))
        people.update(await agents.everybody(tx))
    return tickets, people
