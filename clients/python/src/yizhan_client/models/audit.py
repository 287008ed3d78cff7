# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``audit``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

from yizhan_client.models.shared import Stamp

__all__ = [
    "AuditOut",
    "AuditOutPage",
    "Thing",
]


class AuditOut(Struct, kw_only=True):
    """Audit out."""

    seq: int
    at: dt.datetime
    actor: Stamp
    action: str
    object: Thing
    detail: dict[str, Any]
    ip: str
    hash: str


class AuditOutPage(Struct, kw_only=True):
    """Audit out page."""

    items: list[AuditOut]
    next_cursor: str | None = None


class Thing(Struct, kw_only=True):
    """Thing."""

    kind: str | None
    id: str | None
    label: str | None = None
