"""Small structs and the words of identity."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

HINT, CLAIMED, KNOWN, PROVEN = 0, 1, 2, 3

MAIL_LANE = "mail"
MAIL_FAILED_LANE = "mail:fail"

# A person has only one of these in a scope.
ONE_PER_PERSON = frozenset({"app_user", "external_id", "unionid"})


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is, as somebody says. ``value`` may be as typed: it is normalised on entry."""

    kind: str
    value: str
    scope: str = ""
    strength: int = CLAIMED
    verified: bool = False
    source: str = ""


class IdentityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A stored identity."""

    id: int
    contact_id: int
    kind: str
    scope: str
    value: str
    display: str
    strength: int
    verified: bool
    shared: bool
    source: str
    first_seen_at: datetime
    last_seen_at: datetime


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person who writes to us."""

    id: int
    name: str
    company_id: int | None
    locale: str | None
    time_zone: str | None
    note: str
    tags: list[str]
    vip: bool
    blocked: bool
    avatar_file_id: int | None
    fields: dict[str, Any]
    merged_into: int | None
    version: int
    created_at: datetime
    updated_at: datetime


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A company that people belong to."""

    id: int
    name: str
    domains: list[str]
    note: str
    fields: dict[str, Any]
    created_at: datetime


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """A merge that was made, with what is needed to undo it."""

    id: int
    winner_id: int
    loser_id: int
    undo: dict[str, Any]
    undone_at: datetime | None
