"""What the API takes and gives of notifications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.notifications.types import Device, Kind, Notification, PushSettings, Quiet
from yizhan.kernel.actor import Stamp, stamped

Id = Annotated[str, msgspec.Meta(pattern="^[0-9]{1,19}$")]


class NotificationOut(msgspec.Struct, kw_only=True):
    """One line of an agent's list. Without a ticket ``link`` says where it leads, within the program."""

    id: str
    kind: Kind
    ticket_id: str | None
    ticket_number: int | None
    ticket_subject: str | None
    link: str | None
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
        ticket_id=None if row.ticket_id is None else str(row.ticket_id),
        ticket_number=row.ticket_number,
        ticket_subject=row.ticket_subject,
        link=row.link,
        message_id=None if row.message_id is None else str(row.message_id),
        text=row.text,
        actor=stamped(row.actor),
        at=row.at,
        read=row.read_at is not None,
    )


Key = Annotated[str, Meta(min_length=1, max_length=200)]


class PushKeys(msgspec.Struct, forbid_unknown_fields=True):
    """A browser's public key and its secret, in URL-safe base64."""

    p256dh: Key
    auth: Key


class PushSubscription(msgspec.Struct):
    """What ``PushSubscription.toJSON()`` gives in a browser."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=2000)]
    keys: PushKeys


class PushChange(msgspec.Struct, forbid_unknown_fields=True):
    """Only what is given changes; ``quiet`` null: at any hour."""

    kinds: list[Kind] | UnsetType = UNSET
    preview: bool | UnsetType = UNSET
    quiet: Quiet | UnsetType | None = UNSET


class PushDeviceOut(msgspec.Struct, kw_only=True):
    """A browser that can be woken. ``current``: the one that asks."""

    id: str
    service: str
    user_agent: str
    created_at: datetime
    pushed_at: datetime | None
    failure: str | None
    current: bool


class PushOut(msgspec.Struct, kw_only=True):
    """The key that a browser subscribes with, what one wants, and where one is woken."""

    public_key: str
    kinds: list[Kind]
    preview: bool
    quiet: Quiet | None
    devices: list[PushDeviceOut]


def device_out(row: Device, *, session_id: int | None) -> PushDeviceOut:
    """A device as the API shows it: never its address."""
    return PushDeviceOut(
        id=str(row.id),
        service=row.service,
        user_agent=row.user_agent,
        created_at=row.created_at,
        pushed_at=row.pushed_at,
        failure=row.failure,
        current=row.session_id == session_id,
    )


def push_out(
    public_key: str, settings: PushSettings, rows: list[Device], *, session_id: int | None
) -> PushOut:
    """One's own pushes as the API shows them."""
    return PushOut(
        public_key=public_key,
        kinds=settings.kinds,
        preview=settings.preview,
        quiet=settings.quiet,
        devices=[device_out(row, session_id=session_id) for row in rows],
    )
