# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``macros``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import RunOut, StepIO

__all__ = [
    "ActionOut",
    "AgentUse",
    "AppliedOut",
    "ApplyIn",
    "Catalogue",
    "Figures",
    "FileRef",
    "ForeseenOut",
    "MacroIn",
    "MacroOut",
    "MacroPreviewOut",
    "MacroUsage",
    "OfferedList",
    "OfferedOut",
    "VariableOut",
    "VariantIO",
]


class ActionOut(Struct, kw_only=True):
    """Action out."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    undo: str  # yes, until_sent, no
    permission: str
    set_up: str
    params: dict[str, Any]


class AgentUse(Struct, kw_only=True):
    """Agent use."""

    agent_id: str | None
    used: int
    last_used_at: dt.datetime
    unchanged: int
    edited: int


class AppliedOut(Struct, kw_only=True):
    """Applied out."""

    text: str
    html: str
    missing: list[str]
    attachments: list[FileRef]
    run: RunOut | None


class ApplyIn(Struct, kw_only=True):
    """Apply in."""

    despite_children: bool | UnsetType = UNSET
    despite_items: bool | UnsetType = UNSET


class Catalogue(Struct, kw_only=True):
    """Catalogue."""

    actions: list[ActionOut]
    variables: list[VariableOut]


class Figures(Struct, kw_only=True):
    """Figures."""

    used: int | None = None
    agents: int | None = None
    last_used_at: dt.datetime | None = None
    unchanged: int | None = None
    edited: int | None = None
    dropped: int | None = None


class FileRef(Struct, kw_only=True):
    """File ref."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class ForeseenOut(Struct, kw_only=True):
    """Foreseen out."""

    action: str
    changes: dict[str, list[Any]]
    nothing: bool
    refused: str | None
    detail: str


class MacroIn(Struct, kw_only=True):
    """Macro in."""

    title: str
    folder: str | UnsetType = UNSET
    shortcut: str | UnsetType = UNSET
    reach: Literal["me", "team", "all"] | UnsetType = UNSET
    team_id: str | UnsetType | None = UNSET
    condition: dict[str, Any] | UnsetType = UNSET
    variants: list[VariantIO] | UnsetType = UNSET
    attachments: list[str] | UnsetType = UNSET
    actions: list[StepIO] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class MacroOut(Struct, kw_only=True):
    """Macro out."""

    id: str
    title: str
    folder: str
    shortcut: str
    reach: str  # me, team, all
    owner_id: str | None
    team_id: str | None
    condition: dict[str, Any]
    variants: list[VariantIO]
    attachments: list[FileRef]
    actions: list[StepIO]
    active: bool
    version: int
    may_edit: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    figures: Figures


class MacroPreviewOut(Struct, kw_only=True):
    """Macro preview out."""

    text: str
    missing: list[str]
    fits: bool
    actions: list[ForeseenOut]


class MacroUsage(Struct, kw_only=True):
    """Macro usage."""

    items: list[AgentUse]


class OfferedList(Struct, kw_only=True):
    """Offered list."""

    items: list[OfferedOut]


class OfferedOut(Struct, kw_only=True):
    """Offered out."""

    id: str
    title: str
    folder: str
    shortcut: str
    keys: str
    text: str
    actions: list[str]
    attachments: int


class VariableOut(Struct, kw_only=True):
    """Variable out."""

    name: str
    title: dict[str, str]


class VariantIO(Struct, kw_only=True):
    """Variant i o."""

    locale: str
    body: str
    html: str | UnsetType = UNSET
