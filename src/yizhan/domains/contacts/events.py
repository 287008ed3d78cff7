"""What happens to contacts."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class ContactCreated(events.Event, frozen=True, kw_only=True, tag="contact.created"):
    """Somebody new."""

    contact_id: int
    changes: Changes


class ContactUpdated(events.Event, frozen=True, kw_only=True, tag="contact.updated"):
    """Something about a person changed."""

    contact_id: int
    changes: Changes


class IdentityAdded(events.Event, frozen=True, kw_only=True, tag="contact.identity_added"):
    """A person is known, or claims to be known, by one more identity."""

    contact_id: int
    identity_id: int
    kind: str
    strength: int


class IdentityRemoved(events.Event, frozen=True, kw_only=True, tag="contact.identity_removed"):
    """An identity was taken off a person by hand."""

    contact_id: int
    identity_id: int
    kind: str


class ContactMerged(events.Event, frozen=True, kw_only=True, tag="contact.merged"):
    """Two contacts are one person: the loser is a link to the winner now."""

    merge_id: int
    winner_id: int
    loser_id: int


class ContactUnmerged(events.Event, frozen=True, kw_only=True, tag="contact.unmerged"):
    """A merge was undone."""

    merge_id: int
    winner_id: int
    loser_id: int


class ContactsKeptApart(events.Event, frozen=True, kw_only=True, tag="contact.kept_apart"):
    """Somebody said that two contacts are two people."""

    contact_id: int
    other_id: int


class ContactsNotKeptApart(events.Event, frozen=True, kw_only=True, tag="contact.not_kept_apart"):
    """Two contacts may be one person after all."""

    contact_id: int
    other_id: int


class CompanyCreated(events.Event, frozen=True, kw_only=True, tag="company.created"):
    """A new company."""

    company_id: int
    changes: Changes


class CompanyUpdated(events.Event, frozen=True, kw_only=True, tag="company.updated"):
    """Something about a company changed."""

    company_id: int
    changes: Changes
