"""What happens to tickets. ``changes`` maps a field to its old and new value."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class TicketCreated(events.Event, frozen=True, tag="ticket.created"):
    """A ticket began; every field's old value is null."""

    ticket_id: int
    number: int
    changes: Changes
    follow_up_of: int | None = None


class TicketUpdated(events.Event, frozen=True, tag="ticket.updated"):
    """Subject, priority, type, tags, fields, brand or requester changed."""

    ticket_id: int
    changes: Changes
    cause: dict[str, Any] = {}


class TicketAssigned(events.Event, frozen=True, tag="ticket.assigned"):
    """Another agent or team is responsible now."""

    ticket_id: int
    changes: Changes
    cause: dict[str, Any] = {}


class TicketStatusChanged(events.Event, frozen=True, tag="ticket.status_changed"):
    """The status or the snooze changed."""

    ticket_id: int
    changes: Changes
    cause: dict[str, Any] = {}


class WatchersChanged(events.Event, frozen=True, tag="ticket.watchers_changed"):
    """Somebody follows the ticket, or no longer does."""

    ticket_id: int
    changes: Changes


class MessageReceived(events.Event, frozen=True, tag="message.received"):
    """A customer wrote."""

    ticket_id: int
    message_id: int
    conversation_id: int
    contact_id: int
    channel: str
    automatic: bool = False
    new_ticket: bool = False
    changes: Changes = {}


class MessageQueued(events.Event, frozen=True, tag="message.queued"):
    """An answer waits to be sent; until ``send_at`` it can be taken back."""

    ticket_id: int
    message_id: int
    conversation_id: int
    inbox_id: int | None
    send_at: datetime
    automatic: bool = False
    changes: Changes = {}


class MessageCancelled(events.Event, frozen=True, tag="message.cancelled"):
    """An answer was taken back before it was sent."""

    ticket_id: int
    message_id: int
    conversation_id: int
    changes: Changes = {}


class MessageRetried(events.Event, frozen=True, tag="message.retried"):
    """A person asked to send a failed or doubtful answer again."""

    ticket_id: int
    message_id: int
    conversation_id: int
    inbox_id: int | None


class MessageDeliveryChanged(events.Event, frozen=True, tag="message.delivery_changed"):
    """An answer got further on its way, or did not arrive."""

    ticket_id: int
    message_id: int
    conversation_id: int
    state: str
    error: str | None = None


class MessageNoted(events.Event, frozen=True, tag="message.noted"):
    """Somebody wrote an internal note."""

    ticket_id: int
    message_id: int
    changes: Changes = {}


class MessageRetracted(events.Event, frozen=True, tag="message.retracted"):
    """An internal note was taken back; it is no longer there."""

    ticket_id: int
    message_id: int


class MessageMentioned(events.Event, frozen=True, tag="message.mentioned"):
    """A message names agents or teams."""

    ticket_id: int
    message_id: int
    agent_ids: list[int]
    team_ids: list[int]


class ConversationRead(events.Event, frozen=True, tag="conversation.read"):
    """The customer has seen the conversation up to a message."""

    ticket_id: int
    conversation_id: int
    message_id: int


class TicketMerged(events.Event, frozen=True, tag="ticket.merged"):
    """A ticket became part of another: it is closed, and what it held is there."""

    ticket_id: int
    into_id: int
    operation_id: int


class TicketSplit(events.Event, frozen=True, tag="ticket.split"):
    """Some messages of a ticket became a ticket of their own."""

    ticket_id: int
    new_id: int
    operation_id: int


class MessagesMoved(events.Event, frozen=True, tag="ticket.messages_moved"):
    """Messages came to a ticket (``way`` is in) or left it (out). Told on both tickets."""

    ticket_id: int
    other_id: int
    way: str
    message_ids: list[int]
    operation_id: int


class TicketLinked(events.Event, frozen=True, tag="ticket.linked"):
    """Two tickets belong together. Told on both; ``role`` is what the other one is."""

    ticket_id: int
    other_id: int
    role: str


class TicketUnlinked(events.Event, frozen=True, tag="ticket.unlinked"):
    """Two tickets no longer belong together. Told on both; ``role`` is what the other one was."""

    ticket_id: int
    other_id: int
    role: str


class IncidentsAnswered(events.Event, frozen=True, tag="ticket.incidents_answered"):
    """One answer went from a problem to its incidents, to each in its own conversation."""

    ticket_id: int
    message_ids: list[int]
    operation_id: int


class OperationUndone(events.Event, frozen=True, tag="ticket.operation_undone"):
    """A merge, split, link or common answer was taken back. Told on each ticket that it had touched."""

    ticket_id: int
    operation_id: int
    kind: str
    left_alone: list[str] = []
