# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``actions``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from yizhan_client.models.shared import RunOut, StepIO

__all__ = [
    "CallSecretOut",
    "RunActions",
    "RunList",
]


class CallSecretOut(Struct, kw_only=True):
    """Call secret out."""

    made_at: dt.datetime | None
    secret: str | None = None


class RunActions(Struct, kw_only=True):
    """Run actions."""

    actions: list[StepIO]


class RunList(Struct, kw_only=True):
    """Run list."""

    items: list[RunOut]
