"""What happens to layouts."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events


class LayoutSaved(events.Event, frozen=True, tag="layout.saved"):
    """A version of a layout was saved. ``differences`` say what is other than in the one before."""

    layout_id: int
    name: str
    place: str
    version: int
    differences: list[dict[str, Any]]
    restored_from: int | None = None


class LayoutPublished(events.Event, frozen=True, tag="layout.published"):
    """Agents are shown this version from now on; before it they were shown ``before``."""

    layout_id: int
    name: str
    version: int
    before: int | None = None


class LayoutWithdrawn(events.Event, frozen=True, tag="layout.withdrawn"):
    """A layout holds no more; it can be published again."""

    layout_id: int
    name: str
    version: int


class LayoutDeleted(events.Event, frozen=True, tag="layout.deleted"):
    """A layout is gone; its versions stay."""

    layout_id: int
    name: str


class LayoutsOrdered(events.Event, frozen=True, tag="layout.ordered"):
    """Of layouts that fit equally well another one comes first."""

    layout_ids: list[int]
