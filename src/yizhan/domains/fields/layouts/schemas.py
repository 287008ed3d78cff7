"""What the API takes and gives of layouts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.fields.layouts.differences import LayoutDifference
from yizhan.domains.fields.layouts.types import Content, Layout, LayoutGroup, Place
from yizhan.domains.fields.schemas import Id, Ids, Words
from yizhan.kernel.actor import Stamp

Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
Groups = Annotated[list[LayoutGroup], Meta(min_length=1, max_length=30)]


class NewLayout(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A layout to make. Empty lists mean any; without ``publish`` it is a draft."""

    place: Place
    name: Name
    types: Words = []
    channels: Words = []
    role_ids: Ids = []
    groups: Groups
    publish: bool = False


class LayoutChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is other in the next version. With ``version``, refused if that is no longer the newest."""

    name: Name | UnsetType = UNSET
    types: Words | UnsetType = UNSET
    channels: Words | UnsetType = UNSET
    role_ids: Ids | UnsetType = UNSET
    groups: Groups | UnsetType = UNSET
    version: Annotated[int, Meta(ge=1)] | None = None
    publish: bool = False


class PublishLayout(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The version to publish; without one the newest."""

    version: Annotated[int, Meta(ge=1)] | None = None


class RestoreLayout(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The version to bring back, as a new one; with ``publish`` agents see it at once."""

    version: Annotated[int, Meta(ge=1)]
    publish: bool = False


class LayoutOrder(msgspec.Struct, forbid_unknown_fields=True):
    """Every layout of a place once."""

    place: Place
    ids: Annotated[list[Id], Meta(max_length=200)]


class LayoutOut(msgspec.Struct, kw_only=True):
    """A layout as it was saved last. What agents see is ``published``; null where nobody sees it."""

    id: str
    place: Place
    name: str
    types: list[str]
    channels: list[str]
    role_ids: list[str]
    groups: list[LayoutGroup]
    version: int
    published: int | None
    updated_at: datetime


class LayoutsOut(msgspec.Struct, kw_only=True):
    """Layouts, those that win first, and the one whose draft you try."""

    items: list[LayoutOut]
    trying: str | None


class LayoutVersionOut(msgspec.Struct, kw_only=True):
    """A version: who saved it when, and what is other in it than in the one before."""

    version: int
    at: datetime
    actor: Stamp
    published_at: datetime | None
    restored_from: int | None
    differences: list[LayoutDifference]
    name: str
    groups: list[LayoutGroup]


class LayoutVersionsOut(msgspec.Struct):
    """Versions, newest first."""

    items: list[LayoutVersionOut]


class AskReach(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who would see this layout if it were published; ``id`` where it exists already."""

    id: Id | None = None
    place: Place
    types: Words = []
    channels: Words = []
    role_ids: Ids = []


class ReachedPerson(msgspec.Struct):
    """Somebody who would see it, always or where no other layout wins."""

    id: str
    name: str
    when: Literal["always", "sometimes"]


class BeatenBy(msgspec.Struct):
    """Another layout that wins on some tickets, for how many people."""

    id: str
    name: str
    people: int


class LayoutReach(msgspec.Struct):
    """The first 200 who would see it, how many in all, and which layouts win over it."""

    people: list[ReachedPerson]
    total: int
    beaten_by: list[BeatenBy]


class ShownLayout(msgspec.Struct, kw_only=True):
    """A layout that is for you; only what you may see is in it."""

    id: str
    name: str
    types: list[str]
    channels: list[str]
    groups: list[LayoutGroup]
    draft: bool


class ShownLayouts(msgspec.Struct):
    """The first whose types and channels fit a ticket is the one to show; if none does, everything."""

    items: list[ShownLayout]


def content_fields(content: Content) -> dict[str, object]:
    """What a version says, as it travels."""
    return {
        "name": content.name,
        "types": list(content.types),
        "channels": list(content.channels),
        "role_ids": [str(one) for one in content.role_ids],
        "groups": list(content.groups),
    }


def layout_out(layout: Layout) -> LayoutOut:
    return msgspec.convert(
        {
            "id": str(layout.id),
            "place": layout.place,
            "version": layout.version,
            "published": layout.published,
            "updated_at": layout.updated_at,
            **content_fields(layout.draft),
        },
        LayoutOut,
        from_attributes=True,
    )
