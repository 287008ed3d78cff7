"""Values and rows of sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from yizhan.domains.panel.contract import Content

About = Literal["customer", "ticket"]
# fresh: now; stale: an old answer; late: asked, not here yet; failed and resting: no answer at all.
State = Literal["fresh", "stale", "late", "failed", "resting"]


class Mask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part (or ``table.column``) that only some roles see whole."""

    part: str
    how: Literal["hidden", "ends"] = "hidden"  # ends: the last four characters stay
    role_ids: list[str] = []


class PanelSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source as it is set up."""

    id: int
    kind: str
    name: str
    about: About
    settings: dict[str, Any]
    secrets: bytes | None
    key: bytes
    former_key: bytes | None
    former_until: datetime | None
    role_ids: list[int]
    masks: list[Mask]
    least_strength: int
    fresh_seconds: int
    kept_seconds: int
    timeout_ms: int
    active: bool
    version: int
    created_at: datetime
    updated_at: datetime


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a source about somebody."""

    asked: str
    content: Content | None
    fetched_at: datetime | None
    error: str | None
    tried_at: datetime
    asking_until: datetime | None


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How a source is doing."""

    failures: int = 0
    resting_until: datetime | None = None
    last_ok_at: datetime | None = None
    last_failed_at: datetime | None = None
    last_error: str | None = None
    last_detail: str | None = None
