"""Rows of the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of one event: who did what to which object, from where."""

    seq: int
    event_id: int | None
    at: datetime
    actor: dict[str, Any]
    action: str
    object: dict[str, Any]
    detail: dict[str, Any]
    ip: str


class Row(Entry, frozen=True, kw_only=True):
    """An entry with its seal."""

    hash: bytes


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The result of checking one workspace's chain."""

    ok: bool
    rows: int
    head: str  # the last hash in hex: kept elsewhere, it proves that no row was cut off
    broken_at: int | None = None
    detail: str = ""
