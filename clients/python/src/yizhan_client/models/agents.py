# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``agents``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "AgentChange",
    "AgentIn",
    "AgentOut",
    "AgentRef",
    "AgentState",
    "AgentStates",
    "Agents",
    "PresenceChoice",
    "PresenceOut",
]


class AgentChange(Struct, kw_only=True):
    """Agent change."""

    name: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    team_ids: list[str] | UnsetType = UNSET
    capacity: int | UnsetType = UNSET
    password: str | UnsetType = UNSET
    totp_enabled: bool | UnsetType = UNSET


class AgentIn(Struct, kw_only=True):
    """Agent in."""

    name: str
    email: str
    password: str | UnsetType | None = UNSET
    role_ids: list[str] | UnsetType = UNSET
    team_ids: list[str] | UnsetType = UNSET
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    capacity: int | UnsetType = UNSET


class AgentOut(Struct, kw_only=True):
    """Agent out."""

    id: str
    name: str
    email: str
    state: str  # online, away, offline
    teams: list[str]
    active: bool
    avatar_url: str | None
    role_ids: list[str]
    capacity: int
    totp_enabled: bool
    last_seen_at: dt.datetime | None = None
    locale: str  # zh-CN, en
    team_ids: list[str]
    created_at: dt.datetime
    initial_password: str | None = None


class AgentRef(Struct, kw_only=True):
    """Agent ref."""

    id: str
    name: str
    email: str
    state: str  # online, away, offline
    teams: list[str]
    active: bool
    avatar_url: str | None
    role_ids: list[str] | None = None
    capacity: int | None = None
    totp_enabled: bool | None = None
    last_seen_at: dt.datetime | None = None


class AgentState(Struct, kw_only=True):
    """Agent state."""

    id: str
    state: str  # online, away, offline
    capacity: int
    load: int


class AgentStates(Struct, kw_only=True):
    """Agent states."""

    items: list[AgentState]


class Agents(Struct, kw_only=True):
    """Agents."""

    next_cursor: str | None = None
    items: list[AgentRef]


class PresenceChoice(Struct, kw_only=True):
    """Presence choice."""

    state: Literal["online", "away", "offline"]


class PresenceOut(Struct, kw_only=True):
    """Presence out."""

    state: str  # online, away, offline
    capacity: int
    load: int
