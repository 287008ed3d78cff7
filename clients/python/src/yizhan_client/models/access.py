# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``access``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import GrantOut

__all__ = [
    "GrantIn",
    "PermissionOut",
    "RoleChange",
    "RoleIn",
    "RoleNameOut",
    "RoleNames",
    "RoleOut",
    "Roles",
    "TokenIn",
    "TokenOut",
    "Tokens",
]


class GrantIn(Struct, kw_only=True):
    """Grant in."""

    permission: str
    scope: Literal["all", "unit", "team", "own"] | UnsetType = UNSET
    unit_id: str | UnsetType | None = UNSET


class PermissionOut(Struct, kw_only=True):
    """Permission out."""

    permission: str
    title: dict[str, str]
    scopes: list[str]


class RoleChange(Struct, kw_only=True):
    """Role change."""

    name: str | UnsetType = UNSET
    grants: list[GrantIn] | UnsetType = UNSET


class RoleIn(Struct, kw_only=True):
    """Role in."""

    name: str
    grants: list[GrantIn] | UnsetType = UNSET


class RoleNameOut(Struct, kw_only=True):
    """Role name out."""

    id: str
    name: str
    key: str | None  # admin, lead, agent, viewer, None
    renamed: bool


class RoleNames(Struct, kw_only=True):
    """Role names."""

    next_cursor: str | None = None
    items: list[RoleNameOut]


class RoleOut(Struct, kw_only=True):
    """Role out."""

    id: str
    name: str
    key: str | None  # admin, lead, agent, viewer, None
    renamed: bool
    system: str | None
    grants: list[GrantOut]


class Roles(Struct, kw_only=True):
    """Roles."""

    next_cursor: str | None = None
    items: list[RoleOut]


class TokenIn(Struct, kw_only=True):
    """Token in."""

    name: str
    scopes: list[str]
    expires_at: dt.datetime | UnsetType | None = UNSET


class TokenOut(Struct, kw_only=True):
    """Token out."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    agent_id: str | None
    created_by: str | None
    created_at: dt.datetime
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    token: str | None = None


class Tokens(Struct, kw_only=True):
    """Tokens."""

    next_cursor: str | None = None
    items: list[TokenOut]
