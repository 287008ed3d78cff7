# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``setup``."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "PracticeIn",
    "PracticeScene",
    "PracticeScenes",
    "PracticeStarted",
    "SetUp",
    "Step",
]


class PracticeIn(Struct, kw_only=True):
    """Practice in."""

    scene: str
    locale: Literal["zh-CN", "en"] | UnsetType = UNSET


class PracticeScene(Struct, kw_only=True):
    """Practice scene."""

    id: str
    title: str
    about: str
    customer: str
    subject: str
    ticket_id: str | None
    done: bool


class PracticeScenes(Struct, kw_only=True):
    """Practice scenes."""

    items: list[PracticeScene]
    tag: str
    running: int


class PracticeStarted(Struct, kw_only=True):
    """Practice started."""

    ticket_id: str


class SetUp(Struct, kw_only=True):
    """Set up."""

    steps: list[Step]
    done: bool


class Step(Struct, kw_only=True):
    """Step."""

    id: str
    done: bool
