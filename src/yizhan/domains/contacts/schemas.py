"""What the API takes and gives about contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.contacts.likeness.service import Certainty, Suggestion
from yizhan.domains.contacts.types import Company, Contact, IdentityRow

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=50)]], Meta(max_length=50)]
Note = Annotated[str, Meta(max_length=20_000)]
Id = Annotated[str, Meta(pattern=r"^\d{1,19}$")]


class CompanyLink(msgspec.Struct):
    """A company by name."""

    id: str
    name: str


class IdentityOut(msgspec.Struct):
    """By what a person is known. Strength: 1 claimed, 2 known, 3 proven."""

    id: str
    kind: str
    scope: str
    value: str
    strength: int
    verified: bool
    source: str
    first_seen_at: datetime
    last_seen_at: datetime


class ContactOut(msgspec.Struct):
    """A person."""

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
    created_at: datetime
    updated_at: datetime
    ticket_count: int


class ReasonOut(msgspec.Struct):
    """What two contacts share, and how much it says."""

    kind: str  # of identity, or name_company
    value: str
    certainty: Certainty


class SuggestionOut(msgspec.Struct):
    """Maybe the same person: the contact, the strongest of what both share, and all of it."""

    contact: ContactOut
    kind: str
    value: str
    strength: int
    certainty: Certainty
    reasons: list[ReasonOut]


class MergeOut(msgspec.Struct):
    """A merge that can be undone."""

    merge_id: str
    winner_id: str
    loser_id: str


class ContactDetail(ContactOut):
    """A person, with who may be the same one, and the merges made into this one."""

    suggestions: list[SuggestionOut]
    merges: list[MergeOut]


class NewContact(msgspec.Struct, forbid_unknown_fields=True):
    """A person to enter."""

    name: Name
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    company_id: Id | None = None
    locale: Annotated[str, Meta(max_length=20)] | None = None
    time_zone: Annotated[str, Meta(max_length=60)] | None = None
    note: Note = ""
    tags: Tags = []
    vip: bool = False
    fields: dict[str, Any] = {}


class ContactChange(msgspec.Struct, forbid_unknown_fields=True):
    """What to change; absent fields stay."""

    name: Name | UnsetType = UNSET
    company_id: Id | UnsetType | None = UNSET
    locale: Annotated[str, Meta(max_length=20)] | UnsetType | None = UNSET
    time_zone: Annotated[str, Meta(max_length=60)] | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    vip: bool | UnsetType = UNSET
    blocked: bool | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


class NewIdentity(msgspec.Struct, forbid_unknown_fields=True):
    """An address, number or id that we know is this person's."""

    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
    value: Annotated[str, Meta(min_length=1, max_length=320)]


class MergeIn(msgspec.Struct, forbid_unknown_fields=True):
    """The contact that becomes part of this one."""

    other_id: Id


class CompanyOut(msgspec.Struct):
    """A company."""

    id: str
    name: str
    domains: list[str]
    note: str
    fields: dict[str, Any]
    created_at: datetime


class NewCompany(msgspec.Struct, forbid_unknown_fields=True):
    """A company to enter. Known people with an address of its domains join it."""

    name: Name
    domains: Annotated[list[Annotated[str, Meta(max_length=253)]], Meta(max_length=50)] = []
    note: Note = ""
    fields: dict[str, Any] = {}


class CompanyChange(msgspec.Struct, forbid_unknown_fields=True):
    """What to change; absent fields stay."""

    name: Name | UnsetType = UNSET
    domains: (
        Annotated[list[Annotated[str, Meta(max_length=253)]], Meta(max_length=50)] | UnsetType
    ) = UNSET
    note: Note | UnsetType = UNSET
    fields: dict[str, Any] | UnsetType = UNSET


def suggestion_out(other: ContactOut, found: Suggestion) -> SuggestionOut:
    first = found.reasons[0]
    reasons = [ReasonOut(r.kind, r.value, r.certainty) for r in found.reasons]
    return SuggestionOut(other, first.kind, first.value, first.strength, first.certainty, reasons)


def identity_out(row: IdentityRow) -> IdentityOut:
    return IdentityOut(
        id=str(row.id),
        kind=row.kind,
        scope=row.scope,
        value=row.value,
        strength=row.strength,
        verified=row.verified,
        source=row.source,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
    )


def contact_fields(
    contact: Contact,
    *,
    identities: Sequence[IdentityRow],
    companies: Mapping[int, str],
    tickets: int,
    fields: dict[str, Any],
) -> dict[str, Any]:
    """The fields of :class:`ContactOut`."""
    company = contact.company_id
    return {
        "id": str(contact.id),
        "name": contact.name,
        "avatar_url": f"/api/v1/files/{contact.avatar_file_id}" if contact.avatar_file_id else None,
        "company": CompanyLink(str(company), companies.get(company, "")) if company else None,
        "locale": contact.locale,
        "time_zone": contact.time_zone,
        "note": contact.note,
        "tags": contact.tags,
        "vip": contact.vip,
        "blocked": contact.blocked,
        "fields": fields,
        "identities": [identity_out(row) for row in identities],
        "merged_into": str(contact.merged_into) if contact.merged_into else None,
        "created_at": contact.created_at,
        "updated_at": contact.updated_at,
        "ticket_count": tickets,
    }


def company_out(company: Company, *, fields: dict[str, Any]) -> CompanyOut:
    return CompanyOut(
        id=str(company.id),
        name=company.name,
        domains=company.domains,
        note=company.note,
        fields=fields,
        created_at=company.created_at,
    )
