"""Notifications as rows, and what leads to one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Kind = Literal[
    "mention", "assigned", "reply", "sla", "rating", "reminder", "task", "task_due",
    "approval", "approved", "declined", "mood", "skill", "skill_earned", "lab",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "mention", "assigned", "reply", "sla", "rating", "reminder", "task", "task_due",
    "approval", "approved", "declined", "mood", "skill", "skill_earned", "lab",
)  # fmt: skip
NEEDS: dict[Kind, str] = {"lab": "learning:manage"}
"""Kinds that concern no ticket, and the right that whoever is told has."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody should be told, if they may see it."""

    agent_id: int
    kind: Kind
    ticket_id: int | None
    message_id: int | None
    actor: dict[str, Any]
    at: datetime
    link: str | None = None  # within the program, where it concerns no ticket
    text: str = ""  # what to say instead of the message or the subject


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """One line in an agent's list."""

    id: int
    kind: Kind
    ticket_id: int | None
    ticket_number: int | None
    ticket_subject: str | None
    link: str | None
    message_id: int | None
    actor: dict[str, Any]
    text: str
    at: datetime
    read_at: datetime | None


class TicketFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where a ticket belongs and who follows it."""

    id: int
    subject: str
    unit_id: int | None
    team_id: int | None
    assignee_id: int | None
    watchers: list[int]


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote."""

    id: int
    body_text: str
    author_kind: str
    author_id: int | None
    author_name: str

    @property
    def author(self) -> dict[str, Any]:
        """As an actor is kept: for a customer's words the customer, not the channel."""
        number = None if self.author_id is None else str(self.author_id)
        return {"kind": self.author_kind, "id": number, "name": self.author_name}


class Quiet(msgspec.Struct, frozen=True, kw_only=True):
    """Hours of a day in which nothing is pushed; they may span midnight."""

    start: str
    end: str
    time_zone: str


class PushSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent wants to be woken for, and how much a push may say."""

    kinds: list[Kind]
    preview: bool
    quiet: Quiet | None


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that can be woken."""

    id: int
    agent_id: int
    session_id: int
    subscription: bytes
    service: str
    user_agent: str
    created_at: datetime
    pushed_at: datetime | None
    failure: str | None

    @property
    def place(self) -> str:
        """Where its secrets are at home."""
        return place_of(self.id)


def place_of(device_id: int) -> str:
    """Part of the seal of a device's subscription."""
    return f"push_device.subscription.{device_id}"


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """A notification on its way to a device."""

    kind: Kind
    ticket_id: int | None
    ticket_number: int | None
    ticket_subject: str | None
    link: str | None
    actor: dict[str, Any]
    text: str
    at: datetime
    unread: int
    locale: str
    preview: bool
