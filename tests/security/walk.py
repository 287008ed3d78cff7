"""What two small tenants should look like after each request: a dictionary that does the same as the API."""

from __future__ import annotations

from typing import Any

import msgspec

PRIORITIES = ("low", "normal", "high", "urgent")


class Ticket(msgspec.Struct):
    """What is known of a ticket without asking for it."""

    id: str
    tenant: str
    subject: str
    priority: str = "normal"
    tags: list[str] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    assignee: str | None = None
    snoozed: bool = False
    gone: bool = False  # merged into another one


class Merge(msgspec.Struct):
    """What a merge moved, so that it can be taken back."""

    operation: str
    source: Ticket
    target: Ticket
    notes: list[str]


class Model(msgspec.Struct):
    """Tickets of two tenants, what was asked under which key, and merges that can be undone."""

    tickets: dict[str, Ticket] = msgspec.field(default_factory=dict)
    keys: dict[str, Ticket] = msgspec.field(default_factory=dict)
    merges: list[Merge] = msgspec.field(default_factory=list)

    def of(self, tenant: str) -> list[Ticket]:
        """Tickets that can be worked on, in the order in which they were made."""
        return [one for one in self.tickets.values() if one.tenant == tenant and not one.gone]

    def merged(self, operation: str, source: Ticket, *, into: Ticket) -> None:
        """The source is a stub now, and what was said in it stands in the target."""
        self.merges.append(Merge(operation, source, into, list(source.notes)))
        into.notes += source.notes
        source.notes, source.gone = [], True

    def undone(self, merge: Merge) -> None:
        """Everything where it was; what was written since stays in the target."""
        merge.source.notes, merge.source.gone = list(merge.notes), False
        merge.target.notes = [one for one in merge.target.notes if one not in merge.notes]
        self.merges.remove(merge)


def shown(answer: dict[str, Any]) -> dict[str, Any]:
    """The part of an answer that the model knows."""
    return {
        "subject": answer["subject"],
        "priority": answer["priority"],
        "tags": sorted(answer["tags"]),
        "assignee": answer["assignee_id"],
        "snoozed": answer["snoozed_until"] is not None,
    }


def expected(ticket: Ticket) -> dict[str, Any]:
    """The same of the model."""
    return {
        "subject": ticket.subject,
        "priority": ticket.priority,
        "tags": sorted(ticket.tags),
        "assignee": ticket.assignee,
        "snoozed": ticket.snoozed,
    }
