# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``panel``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "Cell",
    "Mask",
    "PanelColumn",
    "PanelField",
    "PanelHealth",
    "PanelItem",
    "PanelItems",
    "PanelKind",
    "PanelKinds",
    "PanelLink",
    "PanelOpened",
    "PanelProblem",
    "PanelSourceChange",
    "PanelSourceIn",
    "PanelSourceOut",
    "PanelSources",
    "PanelTable",
    "PanelTried",
    "PanelTryIn",
]


class Cell(Struct, kw_only=True):
    """Cell."""

    kind: str  # text, number, money, date, badge, link, flag, masked
    text: str
    currency: str | None = None
    url: str | None = None
    tone: str | None = None  # neutral, info, ok, warn, danger


class Mask(Struct, kw_only=True):
    """Mask."""

    part: str
    how: str | UnsetType = UNSET  # hidden, ends
    role_ids: list[str] | UnsetType = UNSET


class PanelColumn(Struct, kw_only=True):
    """Panel column."""

    key: str
    label: dict[str, str]


class PanelField(Struct, kw_only=True):
    """Panel field."""

    key: str
    label: dict[str, str]
    cell: Cell


class PanelHealth(Struct, kw_only=True):
    """Panel health."""

    state: str  # unknown, ok, failing, resting
    failures: int
    resting_until: dt.datetime | None
    last_ok_at: dt.datetime | None
    last_failed_at: dt.datetime | None
    last_error: str | None
    last_detail: str | None


class PanelItem(Struct, kw_only=True):
    """Panel item."""

    source_id: str
    kind: str
    name: str
    icon: str
    state: str  # fresh, stale, late, failed, resting
    asking: bool
    error: str | None
    fetched_at: dt.datetime | None
    local: bool
    strength: int | None
    fields: list[PanelField]
    tables: list[PanelTable]
    links: list[PanelLink]


class PanelItems(Struct, kw_only=True):
    """Panel items."""

    items: list[PanelItem]


class PanelKind(Struct, kw_only=True):
    """Panel kind."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    version: str
    local: bool
    opens: bool
    settings_schema: dict[str, Any]


class PanelKinds(Struct, kw_only=True):
    """Panel kinds."""

    items: list[PanelKind]


class PanelLink(Struct, kw_only=True):
    """Panel link."""

    key: str
    label: dict[str, str]
    host: str
    missing: list[str] | None = None


class PanelOpened(Struct, kw_only=True):
    """Panel opened."""

    url: str


class PanelProblem(Struct, kw_only=True):
    """Panel problem."""

    part: str
    code: str
    detail: str | None = None


class PanelSourceChange(Struct, kw_only=True):
    """Panel source change."""

    name: str | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    about: Literal["customer", "ticket"] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    masks: list[Mask] | UnsetType = UNSET
    least_strength: int | UnsetType = UNSET
    fresh_seconds: int | UnsetType = UNSET
    kept_seconds: int | UnsetType = UNSET
    timeout_ms: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class PanelSourceIn(Struct, kw_only=True):
    """Panel source in."""

    kind: str
    name: str
    settings: dict[str, Any] | UnsetType = UNSET
    about: Literal["customer", "ticket"] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    masks: list[Mask] | UnsetType = UNSET
    least_strength: int | UnsetType = UNSET
    fresh_seconds: int | UnsetType = UNSET
    kept_seconds: int | UnsetType = UNSET
    timeout_ms: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class PanelSourceOut(Struct, kw_only=True):
    """Panel source out."""

    id: str
    kind: str
    name: str
    about: str  # customer, ticket
    settings: dict[str, Any]
    secrets_set: list[str]
    role_ids: list[str]
    masks: list[Mask]
    least_strength: int
    fresh_seconds: int
    kept_seconds: int
    timeout_ms: int
    active: bool
    health: PanelHealth
    version: int
    created_at: dt.datetime
    updated_at: dt.datetime
    key: str | None = None


class PanelSources(Struct, kw_only=True):
    """Panel sources."""

    items: list[PanelSourceOut]


class PanelTable(Struct, kw_only=True):
    """Panel table."""

    key: str
    label: dict[str, str]
    columns: list[PanelColumn]
    rows: list[dict[str, Cell]]
    more: int | None = None


class PanelTried(Struct, kw_only=True):
    """Panel tried."""

    ok: bool
    error: str | None
    detail: str
    took_ms: int
    status: int | None
    answer: str | None
    fields: list[PanelField]
    tables: list[PanelTable]
    links: list[PanelLink]
    problems: list[PanelProblem]


class PanelTryIn(Struct, kw_only=True):
    """Panel try in."""

    ticket_id: str | UnsetType | None = UNSET
    settings: dict[str, Any] | UnsetType | None = UNSET
