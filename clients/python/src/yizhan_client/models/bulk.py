# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``bulk``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import Stamp, StepIO

__all__ = [
    "BulkCount",
    "BulkIn",
    "BulkItemOut",
    "BulkItemOutPage",
    "BulkList",
    "BulkLook",
    "BulkOut",
    "BulkSample",
    "TicketSelection",
]


class BulkCount(Struct, kw_only=True):
    """Bulk count."""

    total: int
    most: int
    allowed: bool
    sample: list[BulkSample]


class BulkIn(Struct, kw_only=True):
    """Bulk in."""

    despite_children: bool | UnsetType = UNSET
    despite_items: bool | UnsetType = UNSET
    selection: TicketSelection
    actions: list[StepIO] | UnsetType = UNSET
    macro_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    expected: int | UnsetType | None = UNSET


class BulkItemOut(Struct, kw_only=True):
    """Bulk item out."""

    ticket_id: str
    number: int | None
    subject: str
    state: str  # waiting, done, skipped, failed
    reason: str
    run_id: str | None


class BulkItemOutPage(Struct, kw_only=True):
    """Bulk item out page."""

    items: list[BulkItemOut]
    next_cursor: str | None = None


class BulkList(Struct, kw_only=True):
    """Bulk list."""

    items: list[BulkOut]


class BulkLook(Struct, kw_only=True):
    """Bulk look."""

    selection: TicketSelection


class BulkOut(Struct, kw_only=True):
    """Bulk out."""

    id: str
    kind: str  # run, undo
    undo_of: str | None
    undone_by: str | None
    state: str  # queued, running, done, cancelled
    name: str
    actor: Stamp
    actions: list[StepIO]
    total: int
    done: int
    skipped: int
    failed: int
    reasons: dict[str, int]
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None


class BulkSample(Struct, kw_only=True):
    """Bulk sample."""

    id: str
    number: int
    subject: str


class TicketSelection(Struct, kw_only=True):
    """Ticket selection."""

    ids: list[str] | UnsetType | None = UNSET
    everything: bool | UnsetType = UNSET
    view: str | UnsetType | None = UNSET
    q: str | UnsetType | None = UNSET
    status: str | UnsetType | None = UNSET
    assignee: str | UnsetType | None = UNSET
    team: str | UnsetType | None = UNSET
    contact: str | UnsetType | None = UNSET
    tag: str | UnsetType | None = UNSET
    priority: str | UnsetType | None = UNSET
    channel: str | UnsetType | None = UNSET
    condition: dict[str, Any] | UnsetType | None = UNSET
