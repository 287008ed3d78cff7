"""What the API takes and gives of notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from yizhan.domains.notifications.types import Kind, Notification
from yizhan.kernel.actor import Stamp, stamped

Id = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,19}$")]


class NotificationOut(msgspec.Struct, kw_only=True):
    """One line of an agent's list."""

    id: str
    kind: Kind
    ticket_id: str
    ticket_number: int
    ticket_subject: str
    message_id: str | None
    text: str
    actor: Stamp
    at: datetime
    read: bool


class NotificationList(msgspec.Struct):
    """A page of notifications and how many are unread in all."""

    items: list[NotificationOut]
    next_cursor: str | None
    unread: int


class ReadIn(msgspec.Struct, forbid_unknown_fields=True):
    """What was looked at: some, or ``all``."""

    ids: Annotated[list[Id], msgspec.Meta(max_length=500)] | Literal["all"] | None = None
    all: bool = False


class ReadOut(msgspec.Struct):
    """How many were unread before."""

    read: int


def notification_out(row: Notification) -> NotificationOut:
    """A notification as the API shows it."""
    return NotificationOut(
        id=str(row.id),
        kind=row.kind,
        ticket_id=str(row.ticket_id),
        ticket_number=row.ticket_number,
        ticket_subject=row.ticket_subject,
        message_id=None if row.message_id is None else str(row.message_id),
        text=row.text,
        actor=stamped(row.actor),
        at=row.at,
        read=row.read_at is not None,
    )
