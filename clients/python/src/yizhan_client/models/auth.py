# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``auth``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import GrantOut

__all__ = [
    "CodeOnly",
    "Login",
    "Me",
    "MeAgent",
    "MeChange",
    "MeWorkspace",
    "Named",
    "PasswordChange",
    "PasswordOnly",
    "Presence",
    "RecoveryCodes",
    "SessionOut",
    "Sessions",
    "TotpStart",
]


class CodeOnly(Struct, kw_only=True):
    """Code only."""

    code: str


class Login(Struct, kw_only=True):
    """Login."""

    email: str
    password: str
    code: str | UnsetType | None = UNSET
    workspace: str | UnsetType | None = UNSET


class Me(Struct, kw_only=True):
    """Me."""

    agent: MeAgent | None
    workspace: MeWorkspace
    permissions: list[GrantOut]
    presence: Presence | None
    teams: list[Named]
    version: str


class MeAgent(Struct, kw_only=True):
    """Me agent."""

    id: str
    name: str
    email: str
    locale: str  # zh-CN, en
    theme: str  # system, light, dark
    avatar_url: str | None
    signature: str
    preferences: dict[str, Any]
    totp_enabled: bool


class MeChange(Struct, kw_only=True):
    """Me change."""

    name: str | UnsetType = UNSET
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    theme: Literal["system", "light", "dark"] | UnsetType = UNSET
    signature: str | UnsetType = UNSET
    avatar_file_id: str | UnsetType | None = UNSET
    preferences: dict[str, Any] | UnsetType = UNSET


class MeWorkspace(Struct, kw_only=True):
    """Me workspace."""

    id: str
    slug: str
    name: str
    time_zone: str
    locale: str  # zh-CN, en
    setup_done: bool


class Named(Struct, kw_only=True):
    """Named."""

    id: str
    name: str


class PasswordChange(Struct, kw_only=True):
    """Password change."""

    current: str
    new: str


class PasswordOnly(Struct, kw_only=True):
    """Password only."""

    password: str


class Presence(Struct, kw_only=True):
    """Presence."""

    state: str  # online, away, offline
    capacity: int
    load: int


class RecoveryCodes(Struct, kw_only=True):
    """Recovery codes."""

    recovery_codes: list[str]


class SessionOut(Struct, kw_only=True):
    """Session out."""

    id: str
    created_at: dt.datetime
    last_seen_at: dt.datetime
    ip: str
    user_agent: str
    current: bool


class Sessions(Struct, kw_only=True):
    """Sessions."""

    next_cursor: str | None = None
    items: list[SessionOut]


class TotpStart(Struct, kw_only=True):
    """Totp start."""

    secret: str
    uri: str
