"""Rows and values of learning."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal, get_args

import msgspec

Head = Literal["intent", "category", "emotion", "urgency", "satisfaction"]
State = Literal["training", "candidate", "in_use", "retired", "failed", "cancelled"]
Cause = Literal["button", "weekly", "labels"]
Source = Literal["correction", "field", "type", "answer", "confirmed", "survey"]

HEADS: Final[tuple[Head, ...]] = get_args(Head)
OOS: Final = "oos"
"""The label of what belongs to no class."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A model of a workspace: what it learned from and how good it is."""

    id: int
    head: Head
    number: int
    state: State
    cause: Cause
    reason: str
    started_by: dict[str, Any]
    stage: str
    done: int
    total: int
    seed: int
    encoder: str
    sha256: str | None
    measured: str | None
    size: int
    threshold: float | None
    snapshot: dict[str, Any]
    report: dict[str, Any]
    seconds: float | None
    created_at: datetime
    finished_at: datetime | None
    promoted_at: datetime | None


class Using(msgspec.Struct, frozen=True):
    """What a message is read with now: enough to load it."""

    id: int
    head: Head
    number: int
    sha256: str
    threshold: float | None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """When a workspace trains by itself."""

    weekly: bool = True
    after_labels: int | None = 200
    promote: bool = True
    target: float = 0.9
    category_field: str | None = None
    version: int = 0


class Example(msgspec.Struct, frozen=True):
    """A text with its label, when it was given and by what."""

    text: str
    label: str
    at: datetime
    source: Source
    message_id: int
