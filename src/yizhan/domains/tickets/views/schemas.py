"""Views and fields as the API takes and gives them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.tickets.filters.ops import Kind
from yizhan.domains.tickets.schemas import IdText, Person, TicketRow

Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
Icon = Annotated[str, Meta(max_length=40)]
Word = Annotated[str, Meta(max_length=40)]
Column = Literal[
    "number", "subject", "requester", "status", "priority", "assignee", "team", "channel", "type", "tags",
    "waiting", "customer", "updated", "created", "messages", "mood", "score",
]  # fmt: skip
Columns = Annotated[list[Column], Meta(max_length=20)]
Shared = Annotated[list[IdText], Meta(max_length=100)]
Group = Literal["status", "priority", "assignee", "team", "channel", "type"]
ViewId = Annotated[str, Meta(max_length=60)]


class Sharing(msgspec.Struct, kw_only=True):
    """With whom a view is shared."""

    all: bool = False
    teams: list[str] = []
    agents: list[str] = []


class SharingIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With whom a view is shared: everybody, some teams, some people; nobody when all is absent."""

    all: bool = False
    teams: Shared = []
    agents: Shared = []


class ViewOut(msgspec.Struct, kw_only=True):
    """A view with its count. ``count_capped`` says that there are more than ``count``."""

    id: str
    name: dict[str, str]
    icon: str
    group: Literal["views", "teams", "own", "shared"]
    count: int | None
    count_capped: bool = False
    condition: dict[str, Any] | None
    columns: list[str]
    sort: str
    group_by: str | None
    owner: Person | None
    sharing: Sharing | None
    editable: bool
    hidden: bool
    version: int


class ViewIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A view to keep. ``sort`` is a name of an order, ``-`` before it turns it round."""

    name: Name
    icon: Icon = ""
    condition: dict[str, Any]
    columns: Columns = []
    sort: Word = "updated"
    group_by: Group | None = None
    sharing: SharingIn | None = None


class ViewChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to change on a view; what is absent stays."""

    name: Name | UnsetType = UNSET
    icon: Icon | UnsetType = UNSET
    condition: dict[str, Any] | UnsetType = UNSET
    columns: Columns | UnsetType = UNSET
    sort: Word | UnsetType = UNSET
    group_by: Group | UnsetType | None = UNSET
    sharing: SharingIn | UnsetType = UNSET


class PreviewIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A condition to try out."""

    condition: dict[str, Any]
    sort: Word = "updated"
    limit: Annotated[int, Meta(ge=0, le=50)] = 5


class Preview(msgspec.Struct):
    """How many tickets a condition finds, and the first of them."""

    count: int
    count_capped: bool
    items: list[TicketRow]


class ViewIds(msgspec.Struct, forbid_unknown_fields=True):
    """Ids of views, in order."""

    ids: Annotated[list[ViewId], Meta(max_length=500)]


class Choice(msgspec.Struct):
    """A value that a field can have."""

    value: str
    title: dict[str, str]


class OperatorOut(msgspec.Struct):
    """An operator: how people call it, and what it takes: none, one, many, two or a span of time."""

    id: str
    title: dict[str, str]
    takes: Literal["none", "one", "many", "two", "span"]


class FieldOut(msgspec.Struct, kw_only=True):
    """A field that a condition can ask about. ``of`` says where values come from: agent, team, tag …"""

    name: str
    kind: Kind
    title: dict[str, str]
    group: str
    of: str | None
    choices: list[Choice]
    operators: list[OperatorOut]


class SortOut(msgspec.Struct):
    """An order that a list can have."""

    id: str
    title: dict[str, str]
    descending: bool


class FieldsOut(msgspec.Struct):
    """All that a view can be made of."""

    fields: list[FieldOut]
    sorts: list[SortOut]
    columns: list[str]
    groups: list[str]
