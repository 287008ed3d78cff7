"""From events to what a browser gets: rows loaded once a batch, then shaped for each reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import listing, schemas
from yizhan.domains.tickets.service import reading
from yizhan.kernel import events
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

# Whoever may be affected by these is asked again who they are.
IDENTITY = ("session.", "agent.", "role.", "team.", "unit.", "token.")
_MESSAGE_ID = "message_id"
# They tell of a reading: of whom to ask for it anew, and no message changed.
_READINGS = frozenset(
    {
        "message.understood",
        "ticket.turned_negative",
        "signal.corrected",
        "satisfaction.inferred",
        "copilot.skill_decided",
        "copilot.skill_settled",
    }
)
_ERASED = "practice.removed"  # the one way in which a ticket goes for good


class Material(msgspec.Struct):
    """What a batch of events is about, loaded once for all readers of a workspace."""

    batch: Sequence[events.Logged]
    rows: dict[str, schemas.TicketRow]
    messages: dict[str, schemas.MessageOut]
    before: dict[str, permissions.Resource]
    reads: dict[tuple[int, str], int]
    drafts: set[tuple[int, str]]
    last_customer: dict[str, int]


class Frame(msgspec.Struct, frozen=True):
    """One server-sent event."""

    event: str
    data: bytes
    cursor: str = ""

    def encode(self) -> bytes:
        """The bytes on the wire."""
        head = f"id: {self.cursor}\n" if self.cursor else ""
        return f"{head}event: {self.event}\ndata: ".encode() + self.data + b"\n\n"


def frame(event: str, data: Any, *, cursor: str = "") -> Frame:
    """A frame from anything that msgspec can write."""
    return Frame(event, msgspec.json.encode(data), cursor)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


def resource_of(row: schemas.TicketRow) -> permissions.Resource:
    """What the permission function needs to know."""
    return permissions.Resource(
        unit_id=_number(row.unit_id),
        team_id=_number(row.team_id),
        assignee_id=_number(row.assignee_id),
    )


async def load(tx: Tx, batch: Sequence[events.Logged], *, agents: Iterable[int]) -> Material:
    """Everything that the frames of a batch need, in at most five reads."""
    tickets = sorted({event.ticket_id for event in batch if event.ticket_id is not None})
    messages = sorted(
        {
            int(e.data[_MESSAGE_ID])
            for e in batch
            if e.ticket_id and e.type not in _READINGS and e.data.get(_MESSAGE_ID)
        }
    )
    rows = {row.id: row for row in await listing.rows(tx, tickets)} if tickets else {}
    found = await reading.messages_by_id(tx, messages) if messages else []
    who = list(agents)
    reads, drafts, last = await _personal(tx, tickets, who) if tickets else ({}, set(), {})
    return Material(
        batch=batch,
        rows=rows,
        messages={message.id: message for message in found},
        before=_before(batch, rows),
        reads=reads,
        drafts=drafts,
        last_customer=last,
    )


async def _personal(
    tx: Tx, tickets: list[int], agents: list[int]
) -> tuple[dict[tuple[int, str], int], set[tuple[int, str]], dict[str, int]]:
    rows = await tx.db.fetch(
        "SELECT agent_id, ticket_id::text, message_id FROM ticket_read"
        " WHERE workspace_id = $1 AND agent_id = ANY($2) AND ticket_id = ANY($3)",
        tx.workspace_id,
        agents,
        tickets,
    )
    drafts = await tx.db.fetch(
        "SELECT agent_id, ticket_id::text FROM draft WHERE workspace_id = $1 AND agent_id = ANY($2)"
        " AND ticket_id = ANY($3) AND body <> ''",
        tx.workspace_id,
        agents,
        tickets,
    )
    last = await tx.db.fetch(
        "SELECT id::text, last_customer_message_id FROM ticket WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        tickets,
    )
    return (
        {(row[0], row[1]): row[2] for row in rows},
        {(row[0], row[1]) for row in drafts},
        {row[0]: row[1] or 0 for row in last},
    )


def _before(
    batch: Sequence[events.Logged], rows: dict[str, schemas.TicketRow]
) -> dict[str, permissions.Resource]:
    """Where tickets stood before the batch, for readers who no longer see them."""
    found: dict[str, permissions.Resource] = {}
    for ticket_id, row in rows.items():
        now = resource_of(row)
        state: dict[str, int | None] = {
            "unit_id": now.unit_id,
            "team_id": now.team_id,
            "assignee_id": now.assignee_id,
        }
        for event in reversed(batch):
            if str(event.ticket_id) == ticket_id and event.type != "ticket.created":
                for name, change in (event.data.get("changes") or {}).items():
                    if name in state:
                        state[name] = _number(change[0])
        found[ticket_id] = permissions.Resource(**state)
    return found


def for_reader(material: Material, actor: Actor) -> list[Frame]:
    """The frames of a batch for one reader. Pure."""
    frames: list[Frame] = []
    shown: set[str] = set()
    for event in material.batch:
        if event.ticket_id is None:
            frames += _general(event, actor)
            continue
        ticket_id = str(event.ticket_id)
        row = material.rows.get(ticket_id)
        if row is None:
            if event.type == _ERASED:
                frames.append(frame("ticket.removed", {"id": ticket_id}, cursor=event.cursor))
            continue
        if not permissions.can(actor, "ticket:read", resource_of(row)):
            if permissions.can(actor, "ticket:read", material.before[ticket_id]):
                frames.append(frame("ticket.removed", {"id": ticket_id}, cursor=event.cursor))
            continue
        if ticket_id not in shown:
            shown.add(ticket_id)
            data = {"row": _own(material, row, actor), "type": event.type, "actor": event.actor}
            frames.append(frame("ticket", data, cursor=event.cursor))
        frames += _message(material, event)
    return frames


def _own(material: Material, row: schemas.TicketRow, actor: Actor) -> schemas.TicketRow:
    """The row with what is particular to its reader."""
    who = actor.agent_id or 0
    read = material.reads.get((who, row.id), 0)
    last = material.last_customer.get(row.id, 0)
    return msgspec.structs.replace(row, unread=last > read, draft=(who, row.id) in material.drafts)


def _message(material: Material, event: events.Logged) -> list[Frame]:
    if event.type == "conversation.read":
        data = {key: event.data[key] for key in ("conversation_id", "message_id")}
        return [frame("read", {"ticket_id": str(event.ticket_id), **data}, cursor=event.cursor)]
    if event.type in _READINGS:
        return [frame("signals", {"ticket_id": str(event.ticket_id)}, cursor=event.cursor)]
    if event.type == "message.retracted":
        data = {"ticket_id": str(event.ticket_id), "id": str(event.data[_MESSAGE_ID])}
        return [frame("message.removed", data, cursor=event.cursor)]
    if event.type == "ticket.messages_moved":
        data = {"ticket_id": str(event.ticket_id), "other_id": str(event.data["other_id"])}
        return [frame("moved", data, cursor=event.cursor)]
    message = material.messages.get(str(event.data.get(_MESSAGE_ID)))
    if message is None:
        return []
    data = {"ticket_id": str(event.ticket_id), "message": message, "type": event.type}
    return [frame("message", data, cursor=event.cursor)]


def _general(event: events.Logged, actor: Actor) -> list[Frame]:
    """What is not about a ticket: one's own notifications, presence, and that something changed."""
    if event.type.startswith("notification."):
        if str(event.data.get("agent_id")) != str(actor.agent_id):
            return []
        if event.type == "notification.created":
            return [frame("notification", event.data, cursor=event.cursor)]
    if event.type == "presence.changed":
        data = {"id": str(event.data.get("agent_id")), "state": event.data.get("state")}
        return [frame("agent", data, cursor=event.cursor)]
    return [frame("changed", {"type": event.type}, cursor=event.cursor)]
