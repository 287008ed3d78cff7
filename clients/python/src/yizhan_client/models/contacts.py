# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``contacts``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "CompanyChange",
    "CompanyLink",
    "CompanyOut",
    "CompanyOutPage",
    "ContactChange",
    "ContactDetail",
    "ContactOut",
    "ContactOutPage",
    "FactChange",
    "FactIn",
    "FactOut",
    "FactSource",
    "FormerFact",
    "IdentityOut",
    "MergeIn",
    "MergeOut",
    "NewCompany",
    "NewContact",
    "NewIdentity",
    "ProfileChange",
    "ProfileOut",
    "ProfileSettings",
    "ProfileSettingsOut",
    "ReasonOut",
    "StageCount",
    "StageReason",
    "StageRule",
    "StageTest",
    "SuggestionOut",
    "TimelineItem",
    "TimelineItemPage",
    "TimelineTicket",
]


class CompanyChange(Struct, kw_only=True):
    """Company change."""

    name: str | UnsetType = UNSET
    domains: list[str] | UnsetType = UNSET
    note: str | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class CompanyLink(Struct, kw_only=True):
    """Company link."""

    id: str
    name: str


class CompanyOut(Struct, kw_only=True):
    """Company out."""

    id: str
    name: str
    domains: list[str]
    note: str
    fields: dict[str, Any]
    created_at: dt.datetime


class CompanyOutPage(Struct, kw_only=True):
    """Company out page."""

    items: list[CompanyOut]
    next_cursor: str | None = None


class ContactChange(Struct, kw_only=True):
    """Contact change."""

    name: str | UnsetType = UNSET
    company_id: str | UnsetType | None = UNSET
    locale: str | UnsetType | None = UNSET
    time_zone: str | UnsetType | None = UNSET
    note: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    vip: bool | UnsetType = UNSET
    blocked: bool | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class ContactDetail(Struct, kw_only=True):
    """Contact detail."""

    id: str
    name: str
    avatar_url: str | None
    company: CompanyLink | None
    locale: str | None
    time_zone: str | None
    note: str
    tags: list[str]
    vip: bool
    blocked: bool
    fields: dict[str, Any]
    identities: list[IdentityOut]
    merged_into: str | None
    created_at: dt.datetime
    updated_at: dt.datetime
    ticket_count: int
    suggestions: list[SuggestionOut]
    merges: list[MergeOut]


class ContactOut(Struct, kw_only=True):
    """Contact out."""

    id: str
    name: str
    avatar_url: str | None
    company: CompanyLink | None
    locale: str | None
    time_zone: str | None
    note: str
    tags: list[str]
    vip: bool
    blocked: bool
    fields: dict[str, Any]
    identities: list[IdentityOut]
    merged_into: str | None
    created_at: dt.datetime
    updated_at: dt.datetime
    ticket_count: int


class ContactOutPage(Struct, kw_only=True):
    """Contact out page."""

    items: list[ContactOut]
    next_cursor: str | None = None


class FactChange(Struct, kw_only=True):
    """Fact change."""

    value: str


class FactIn(Struct, kw_only=True):
    """Fact in."""

    key: Literal[
        "language",
        "company",
        "role",
        "city",
        "birthday",
        "calls",
        "contact_channel",
        "contact_time",
        "device",
        "product",
        "order",
    ]
    value: str


class FactOut(Struct, kw_only=True):
    """Fact out."""

    id: str
    key: str
    value: str
    by: str  # rule, agent
    agent_id: str | None
    confidence: float
    times: int
    first_at: dt.datetime
    last_at: dt.datetime
    source: FactSource | None
    before: list[FormerFact]


class FactSource(Struct, kw_only=True):
    """Fact source."""

    ticket_id: str
    ticket_number: int
    message_id: str
    quote: str


class FormerFact(Struct, kw_only=True):
    """Former fact."""

    id: str
    value: str
    gone: bool
    by: str  # rule, agent
    last_at: dt.datetime


class IdentityOut(Struct, kw_only=True):
    """Identity out."""

    id: str
    kind: str
    scope: str
    value: str
    strength: int
    verified: bool
    source: str
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime


class MergeIn(Struct, kw_only=True):
    """Merge in."""

    other_id: str


class MergeOut(Struct, kw_only=True):
    """Merge out."""

    merge_id: str
    winner_id: str
    loser_id: str


class NewCompany(Struct, kw_only=True):
    """New company."""

    name: str
    domains: list[str] | UnsetType = UNSET
    note: str | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class NewContact(Struct, kw_only=True):
    """New contact."""

    name: str
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    external_id: str | UnsetType | None = UNSET
    company_id: str | UnsetType | None = UNSET
    locale: str | UnsetType | None = UNSET
    time_zone: str | UnsetType | None = UNSET
    note: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    vip: bool | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class NewIdentity(Struct, kw_only=True):
    """New identity."""

    kind: str
    value: str


class ProfileChange(Struct, kw_only=True):
    """Profile change."""

    stage: str | UnsetType | None = UNSET
    collect: bool | UnsetType = UNSET


class ProfileOut(Struct, kw_only=True):
    """Profile out."""

    contact_id: str
    collect: bool
    stage: str | None
    stage_by: str  # rule, agent
    since: dt.datetime | None
    reasons: list[StageReason]
    stages: list[str]
    facts: list[FactOut]
    editable: bool


class ProfileSettings(Struct, kw_only=True):
    """Profile settings."""

    rules: list[StageRule]
    collect: bool | UnsetType = UNSET


class ProfileSettingsOut(Struct, kw_only=True):
    """Profile settings out."""

    rules: list[StageRule]
    collect: bool
    usual: list[StageRule]
    metrics: list[str]
    counts: list[StageCount]


class ReasonOut(Struct, kw_only=True):
    """Reason out."""

    kind: str
    value: str
    certainty: str  # strong, likely, weak


class StageCount(Struct, kw_only=True):
    """Stage count."""

    stage: str
    customers: int


class StageReason(Struct, kw_only=True):
    """Stage reason."""

    metric: str
    op: str  # at_least, at_most
    value: int
    figure: int


class StageRule(Struct, kw_only=True):
    """Stage rule."""

    stage: str
    tests: list[StageTest] | UnsetType = UNSET


class StageTest(Struct, kw_only=True):
    """Stage test."""

    metric: str
    op: str  # at_least, at_most
    value: int


class SuggestionOut(Struct, kw_only=True):
    """Suggestion out."""

    contact: ContactOut
    kind: str
    value: str
    strength: int
    certainty: str  # strong, likely, weak
    reasons: list[ReasonOut]


class TimelineItem(Struct, kw_only=True):
    """Timeline item."""

    id: str
    at: dt.datetime
    ticket: TimelineTicket
    conversation_id: str
    channel: str
    direction: str  # in, out
    author: str
    text: str
    files: int


class TimelineItemPage(Struct, kw_only=True):
    """Timeline item page."""

    items: list[TimelineItem]
    next_cursor: str | None = None


class TimelineTicket(Struct, kw_only=True):
    """Timeline ticket."""

    id: str
    number: int
    subject: str
    status: str
    status_category: str  # new, open, waiting, resolved, closed
