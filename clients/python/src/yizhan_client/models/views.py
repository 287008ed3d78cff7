# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``views``."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import Person, TicketRow

__all__ = [
    "Choice",
    "FieldOut",
    "FieldsOut",
    "OperatorOut",
    "Preview",
    "PreviewIn",
    "Sharing",
    "SharingIn",
    "SortOut",
    "ViewChange",
    "ViewIds",
    "ViewIn",
    "ViewOut",
]


class Choice(Struct, kw_only=True):
    """Choice."""

    value: str
    title: dict[str, str]


class FieldOut(Struct, kw_only=True):
    """Field out."""

    name: str
    kind: str  # choice, text, number, time, person, reference, tags, flag
    title: dict[str, str]
    group: str
    of: str | None
    choices: list[Choice]
    operators: list[OperatorOut]


class FieldsOut(Struct, kw_only=True):
    """Fields out."""

    fields: list[FieldOut]
    sorts: list[SortOut]
    columns: list[str]
    groups: list[str]


class OperatorOut(Struct, kw_only=True):
    """Operator out."""

    id: str
    title: dict[str, str]
    takes: str  # none, one, many, two, span


class Preview(Struct, kw_only=True):
    """Preview."""

    count: int
    count_capped: bool
    items: list[TicketRow]


class PreviewIn(Struct, kw_only=True):
    """Preview in."""

    condition: dict[str, Any]
    sort: str | UnsetType = UNSET
    limit: int | UnsetType = UNSET


class Sharing(Struct, kw_only=True):
    """Sharing."""

    all: bool | None = None
    teams: list[str] | None = None
    agents: list[str] | None = None


class SharingIn(Struct, kw_only=True):
    """Sharing in."""

    all: bool | UnsetType = UNSET
    teams: list[str] | UnsetType = UNSET
    agents: list[str] | UnsetType = UNSET


class SortOut(Struct, kw_only=True):
    """Sort out."""

    id: str
    title: dict[str, str]
    descending: bool


class ViewChange(Struct, kw_only=True):
    """View change."""

    name: str | UnsetType = UNSET
    icon: str | UnsetType = UNSET
    condition: dict[str, Any] | UnsetType = UNSET
    columns: (
        list[
            Literal[
                "number",
                "subject",
                "requester",
                "status",
                "priority",
                "assignee",
                "team",
                "channel",
                "type",
                "tags",
                "waiting",
                "customer",
                "updated",
                "created",
                "messages",
                "mood",
                "score",
            ]
        ]
        | UnsetType
    ) = UNSET
    sort: str | UnsetType = UNSET
    group_by: (
        Literal["status", "priority", "assignee", "team", "channel", "type"] | UnsetType | None
    ) = UNSET
    sharing: SharingIn | UnsetType = UNSET


class ViewIds(Struct, kw_only=True):
    """View ids."""

    ids: list[str]


class ViewIn(Struct, kw_only=True):
    """View in."""

    name: str
    icon: str | UnsetType = UNSET
    condition: dict[str, Any]
    columns: (
        list[
            Literal[
                "number",
                "subject",
                "requester",
                "status",
                "priority",
                "assignee",
                "team",
                "channel",
                "type",
                "tags",
                "waiting",
                "customer",
                "updated",
                "created",
                "messages",
                "mood",
                "score",
            ]
        ]
        | UnsetType
    ) = UNSET
    sort: str | UnsetType = UNSET
    group_by: (
        Literal["status", "priority", "assignee", "team", "channel", "type"] | UnsetType | None
    ) = UNSET
    sharing: SharingIn | UnsetType | None = UNSET


class ViewOut(Struct, kw_only=True):
    """View out."""

    id: str
    name: dict[str, str]
    icon: str
    group: str  # views, teams, own, shared
    count: int | None
    count_capped: bool | None = None
    condition: dict[str, Any] | None
    columns: list[str]
    sort: str
    group_by: str | None
    owner: Person | None
    sharing: Sharing | None
    editable: bool
    hidden: bool
    version: int
