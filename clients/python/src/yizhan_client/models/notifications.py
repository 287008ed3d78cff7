# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``notifications``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import Stamp

__all__ = [
    "NotificationList",
    "NotificationOut",
    "PushChange",
    "PushDeviceOut",
    "PushKeys",
    "PushOut",
    "PushSubscription",
    "Quiet",
    "ReadIn",
    "ReadOut",
]


class NotificationList(Struct, kw_only=True):
    """Notification list."""

    items: list[NotificationOut]
    next_cursor: str | None
    unread: int


class NotificationOut(Struct, kw_only=True):
    """Notification out."""

    id: str
    kind: str
    ticket_id: str | None
    ticket_number: int | None
    ticket_subject: str | None
    link: str | None
    message_id: str | None
    text: str
    actor: Stamp
    at: dt.datetime
    read: bool


class PushChange(Struct, kw_only=True):
    """Push change."""

    kinds: (
        list[
            Literal[
                "mention",
                "assigned",
                "reply",
                "sla",
                "rating",
                "reminder",
                "task",
                "task_due",
                "approval",
                "approved",
                "declined",
                "mood",
                "skill",
                "skill_earned",
                "lab",
            ]
        ]
        | UnsetType
    ) = UNSET
    preview: bool | UnsetType = UNSET
    quiet: Quiet | UnsetType | None = UNSET


class PushDeviceOut(Struct, kw_only=True):
    """Push device out."""

    id: str
    service: str
    user_agent: str
    created_at: dt.datetime
    pushed_at: dt.datetime | None
    failure: str | None
    current: bool


class PushKeys(Struct, kw_only=True):
    """Push keys."""

    p256dh: str
    auth: str


class PushOut(Struct, kw_only=True):
    """Push out."""

    public_key: str
    kinds: list[str]
    preview: bool
    quiet: Quiet | None
    devices: list[PushDeviceOut]


class PushSubscription(Struct, kw_only=True):
    """Push subscription."""

    endpoint: str
    keys: PushKeys


class Quiet(Struct, kw_only=True):
    """Quiet."""

    start: str
    end: str
    time_zone: str


class ReadIn(Struct, kw_only=True):
    """Read in."""

    ids: list[str] | str | UnsetType | None = UNSET
    all: bool | UnsetType = UNSET


class ReadOut(Struct, kw_only=True):
    """Read out."""

    read: int
