# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``live``."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "PresenceIn",
    "Viewer",
    "Viewers",
]


class PresenceIn(Struct, kw_only=True):
    """Presence in."""

    state: Literal["viewing", "typing", "left"]
    mode: Literal["public", "internal"] | UnsetType = UNSET


class Viewer(Struct, kw_only=True):
    """Viewer."""

    agent_id: str
    name: str
    state: str  # viewing, typing
    mode: str | None = None  # public, internal


class Viewers(Struct, kw_only=True):
    """Viewers."""

    viewers: list[Viewer]
