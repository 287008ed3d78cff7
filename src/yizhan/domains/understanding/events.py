"""What happens to what is read in messages. Labels and figures only, never a customer's words."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class MessageUnderstood(events.Event, frozen=True, tag="message.understood"):
    """A customer's message was read. ``changes``: what is known of the ticket, as far as it differs."""

    ticket_id: int
    message_id: int
    changes: Changes = {}


class TicketTurnedNegative(events.Event, frozen=True, tag="ticket.turned_negative"):
    """The customer's mood turned, or words fell that call for a person in charge: ``agent_ids`` are told.

    Once a turn: not again before the mood has changed for the better.
    """

    ticket_id: int
    message_id: int
    negative: float
    kinds: list[str] = []  # of the words that fell
    agent_ids: list[int] = []


class SignalCorrected(events.Event, frozen=True, tag="signal.corrected"):
    """Somebody said what it is instead of what was read; ``head`` is slot:NAME for a slot."""

    ticket_id: int
    message_id: int
    correction_id: int
    head: str
    changes: Changes = {}  # what it says now; of a slot nothing


class UnderstandingChanged(events.Event, frozen=True, tag="understanding.changed"):
    """Thresholds, words, alerts or what is written by itself changed."""

    changes: Changes
