"""What happens to inboxes and to what comes in."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class InboxCreated(events.Event, frozen=True, kw_only=True, tag="inbox.created"):
    """A new way in."""

    inbox_id: int
    channel: str
    changes: Changes


class InboxUpdated(events.Event, frozen=True, kw_only=True, tag="inbox.updated"):
    """Settings changed; secrets are named, never shown."""

    inbox_id: int
    changes: Changes


class InboxDeleted(events.Event, frozen=True, kw_only=True, tag="inbox.deleted"):
    """An inbox was taken away; its tickets stay."""

    inbox_id: int
    name: str


class EnvelopeQuarantined(events.Event, frozen=True, kw_only=True, tag="envelope.quarantined"):
    """Something came in that a person must look at."""

    envelope_id: int
    inbox_id: int
    reason: str


class EnvelopeReleased(events.Event, frozen=True, kw_only=True, tag="envelope.released"):
    """A person let it out of quarantine."""

    envelope_id: int
    inbox_id: int


class EnvelopeDiscarded(events.Event, frozen=True, kw_only=True, tag="envelope.discarded"):
    """A person decided that it is nothing."""

    envelope_id: int
    inbox_id: int


class SenderKeptOut(events.Event, frozen=True, kw_only=True, tag="intruder.kept_out"):
    """Somebody answered into a conversation that they do not belong to and got a ticket of their own."""

    ticket_id: int
    message_id: int
    related_ticket_id: int
    inbox_id: int
    sender_verdict: str
