# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``layouts``."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import FieldNames, Stamp

__all__ = [
    "AskReach",
    "BeatenBy",
    "LayoutChange",
    "LayoutDifference",
    "LayoutGroup",
    "LayoutOrder",
    "LayoutOut",
    "LayoutReach",
    "LayoutVersionOut",
    "LayoutVersionsOut",
    "LayoutsOut",
    "NewLayout",
    "PublishLayout",
    "ReachedPerson",
    "RestoreLayout",
    "ShownLayout",
    "ShownLayouts",
]


class AskReach(Struct, kw_only=True):
    """Ask reach."""

    id: str | UnsetType | None = UNSET
    place: Literal["panel", "new"]
    types: list[str] | UnsetType = UNSET
    channels: list[str] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET


class BeatenBy(Struct, kw_only=True):
    """Beaten by."""

    id: str
    name: str
    people: int


class LayoutChange(Struct, kw_only=True):
    """Layout change."""

    name: str | UnsetType = UNSET
    types: list[str] | UnsetType = UNSET
    channels: list[str] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    groups: list[LayoutGroup] | UnsetType = UNSET
    version: int | UnsetType | None = UNSET
    publish: bool | UnsetType = UNSET


class LayoutDifference(Struct, kw_only=True):
    """Layout difference."""

    what: str
    item: str | None = None
    group: FieldNames | None = None


class LayoutGroup(Struct, kw_only=True):
    """Layout group."""

    title: FieldNames | UnsetType = UNSET
    folded: bool | UnsetType = UNSET
    items: list[str] | UnsetType = UNSET


class LayoutOrder(Struct, kw_only=True):
    """Layout order."""

    place: Literal["panel", "new"]
    ids: list[str]


class LayoutOut(Struct, kw_only=True):
    """Layout out."""

    id: str
    place: str  # panel, new
    name: str
    types: list[str]
    channels: list[str]
    role_ids: list[str]
    groups: list[LayoutGroup]
    version: int
    published: int | None
    updated_at: dt.datetime


class LayoutReach(Struct, kw_only=True):
    """Layout reach."""

    people: list[ReachedPerson]
    total: int
    beaten_by: list[BeatenBy]


class LayoutVersionOut(Struct, kw_only=True):
    """Layout version out."""

    version: int
    at: dt.datetime
    actor: Stamp
    published_at: dt.datetime | None
    restored_from: int | None
    differences: list[LayoutDifference]
    name: str
    groups: list[LayoutGroup]


class LayoutVersionsOut(Struct, kw_only=True):
    """Layout versions out."""

    items: list[LayoutVersionOut]


class LayoutsOut(Struct, kw_only=True):
    """Layouts out."""

    items: list[LayoutOut]
    trying: str | None


class NewLayout(Struct, kw_only=True):
    """New layout."""

    place: Literal["panel", "new"]
    name: str
    types: list[str] | UnsetType = UNSET
    channels: list[str] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    groups: list[LayoutGroup]
    publish: bool | UnsetType = UNSET


class PublishLayout(Struct, kw_only=True):
    """Publish layout."""

    version: int | UnsetType | None = UNSET


class ReachedPerson(Struct, kw_only=True):
    """Reached person."""

    id: str
    name: str
    when: str  # always, sometimes


class RestoreLayout(Struct, kw_only=True):
    """Restore layout."""

    version: int
    publish: bool | UnsetType = UNSET


class ShownLayout(Struct, kw_only=True):
    """Shown layout."""

    id: str
    name: str
    types: list[str]
    channels: list[str]
    groups: list[LayoutGroup]
    draft: bool


class ShownLayouts(Struct, kw_only=True):
    """Shown layouts."""

    items: list[ShownLayout]
