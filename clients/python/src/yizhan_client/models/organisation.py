# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``organisation``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "Assignment",
    "AssignmentOut",
    "BrandChange",
    "BrandIn",
    "BrandOut",
    "Brands",
    "TeamChange",
    "TeamIn",
    "TeamOut",
    "Teams",
    "UnitChange",
    "UnitIn",
    "UnitOut",
    "Units",
    "WorkspaceChange",
    "WorkspaceOut",
]


class Assignment(Struct, kw_only=True):
    """Assignment."""

    mode: Literal["manual", "round_robin"] | UnsetType = UNSET


class AssignmentOut(Struct, kw_only=True):
    """Assignment out."""

    mode: str  # manual, round_robin


class BrandChange(Struct, kw_only=True):
    """Brand change."""

    name: str | UnsetType = UNSET
    color: str | UnsetType = UNSET
    logo_file_id: str | UnsetType | None = UNSET
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    sender_name: str | UnsetType = UNSET
    signature: str | UnsetType = UNSET


class BrandIn(Struct, kw_only=True):
    """Brand in."""

    name: str
    color: str | UnsetType = UNSET
    logo_file_id: str | UnsetType | None = UNSET
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    sender_name: str | UnsetType = UNSET
    signature: str | UnsetType = UNSET


class BrandOut(Struct, kw_only=True):
    """Brand out."""

    id: str
    name: str
    color: str
    logo_file_id: str | None
    logo_url: str | None
    locale: str  # zh-CN, en
    sender_name: str
    signature: str
    created_at: dt.datetime


class Brands(Struct, kw_only=True):
    """Brands."""

    next_cursor: str | None = None
    items: list[BrandOut]


class TeamChange(Struct, kw_only=True):
    """Team change."""

    name: str | UnsetType = UNSET
    unit_id: str | UnsetType | None = UNSET
    description: str | UnsetType = UNSET
    assignment: Assignment | UnsetType = UNSET
    members: list[str] | UnsetType = UNSET


class TeamIn(Struct, kw_only=True):
    """Team in."""

    name: str
    unit_id: str | UnsetType | None = UNSET
    description: str | UnsetType = UNSET
    assignment: Assignment | UnsetType = UNSET
    members: list[str] | UnsetType = UNSET


class TeamOut(Struct, kw_only=True):
    """Team out."""

    id: str
    name: str
    unit_id: str | None
    description: str
    assignment: AssignmentOut
    members: list[str]
    created_at: dt.datetime


class Teams(Struct, kw_only=True):
    """Teams."""

    next_cursor: str | None = None
    items: list[TeamOut]


class UnitChange(Struct, kw_only=True):
    """Unit change."""

    name: str | UnsetType = UNSET
    parent_id: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET


class UnitIn(Struct, kw_only=True):
    """Unit in."""

    name: str
    parent_id: str | UnsetType | None = UNSET
    kind: str | UnsetType = UNSET


class UnitOut(Struct, kw_only=True):
    """Unit out."""

    id: str
    name: str
    parent_id: str | None
    kind: str
    path: list[str]


class Units(Struct, kw_only=True):
    """Units."""

    next_cursor: str | None = None
    items: list[UnitOut]


class WorkspaceChange(Struct, kw_only=True):
    """Workspace change."""

    name: str | UnsetType = UNSET
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    setup_done: bool | UnsetType = UNSET


class WorkspaceOut(Struct, kw_only=True):
    """Workspace out."""

    id: str
    slug: str
    name: str
    locale: str  # zh-CN, en
    time_zone: str
    settings: dict[str, Any]
    setup_done: bool
