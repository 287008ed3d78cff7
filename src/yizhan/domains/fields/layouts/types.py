"""Layouts as rows and values."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.fields.types import FieldNames

Place = Literal["panel", "new"]
# ``status``, ``part.customer`` or ``field.KEY``.
Item = Annotated[
    str, Meta(pattern=r"^([a-z]{1,20}|part\.[a-z]{1,20}|field\.[a-z][a-z0-9_]{0,40})$")
]
FIELD = "field."

# What can be arranged besides the workspace's own fields.
ITEMS: dict[Place, tuple[str, ...]] = {
    "panel": (
        "status", "assignee", "team", "type", "priority", "tags", "watchers", "channel", "created",
        "part.understanding", "part.assignment", "part.promises", "part.relations", "part.work",
        "part.satisfaction", "part.customer", "part.sources",
    ),
    "new": ("requester", "subject", "body", "type", "priority", "tags"),
}  # fmt: skip
# Without these nothing can be made.
NEEDED: dict[Place, tuple[str, ...]] = {"panel": (), "new": ("requester", "subject", "body")}


class LayoutGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Items below one title, folded together until somebody opens them."""

    title: FieldNames = msgspec.field(default_factory=FieldNames)
    folded: bool = False
    items: Annotated[list[Item], Meta(max_length=300)] = []


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a version says: for whom, and what is where. Empty lists mean any."""

    name: str
    types: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    role_ids: tuple[int, ...] = ()
    groups: tuple[LayoutGroup, ...] = ()


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A layout: its newest version in ``draft``, what holds in ``live``."""

    id: int
    place: Place
    position: int
    active: bool
    version: int
    published: int | None
    draft: Content
    live: Content | None
    updated_at: datetime


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A layout as it was saved once."""

    version: int
    content: Content
    actor: dict[str, Any]
    at: datetime
    published_at: datetime | None
    restored_from: int | None
