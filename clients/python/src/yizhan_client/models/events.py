# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``events``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

from yizhan_client.models.shared import Stamp

__all__ = [
    "EventOut",
    "EventOutPage",
]


class EventOut(Struct, kw_only=True):
    """Event out."""

    id: str
    cursor: str
    type: str
    at: dt.datetime
    actor: Stamp
    ticket_id: str | None
    data: dict[str, Any]


class EventOutPage(Struct, kw_only=True):
    """Event out page."""

    items: list[EventOut]
    next_cursor: str | None = None
