# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``contacts``."""

from __future__ import annotations

from collections.abc import Iterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Contacts:
    """Operations of ``contacts``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list_companies(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> models.CompanyOutPage:
        """List companies.

        Newest first; ``q`` is a part of the name, or a domain.

        Errors: BadCursor.
        """
        return self._transport.call(
            models.CompanyOutPage,
            "GET",
            "/api/v1/companies",
            query={"q": q, "limit": limit, "cursor": cursor},
        )

    def iterate_companies(
        self, *, q: str | None = None, limit: int | None = None
    ) -> Iterator[models.CompanyOut]:
        """Every item of :meth:`list_companies`, page after page."""
        return paging.walk_sync(lambda place: self.list_companies(q=q, limit=limit, cursor=place))

    def create_company(
        self, body: models.NewCompany, *, idempotency_key: str | None = None
    ) -> models.CompanyOut:
        """Enter a company.

        A company that contacts can belong to.

        Errors: FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return self._transport.call(
            models.CompanyOut, "POST", "/api/v1/companies", body=body, key=idempotency_key
        )

    def get_company(self, company_id: Id) -> models.CompanyOut:
        """One company.

        A company by its id.

        Errors: CompanyNotFound.
        """
        return self._transport.call(models.CompanyOut, "GET", "/api/v1/companies/{}", company_id)

    def change_company(self, company_id: Id, body: models.CompanyChange) -> models.CompanyOut:
        """Change a company.

        Absent fields stay.

        Errors: CompanyNotFound, FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return self._transport.call(
            models.CompanyOut, "PATCH", "/api/v1/companies/{}", company_id, body=body
        )

    def list(
        self,
        *,
        q: str | None = None,
        company: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.ContactOutPage:
        """List or find contacts.

        Newest movement first; ``q`` finds by name, e-mail address, phone number or id.

        Errors: BadCursor, IdentityInvalid.
        """
        return self._transport.call(
            models.ContactOutPage,
            "GET",
            "/api/v1/contacts",
            query={"q": q, "company": company, "limit": limit, "cursor": cursor},
        )

    def iterate(
        self, *, q: str | None = None, company: Id | None = None, limit: int | None = None
    ) -> Iterator[models.ContactOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk_sync(
            lambda place: self.list(q=q, company=company, limit=limit, cursor=place)
        )

    def create(
        self, body: models.NewContact, *, idempotency_key: str | None = None
    ) -> models.ContactDetail:
        """Enter a contact.

        409 ``identity_taken`` when another contact is known by the address, number or id.

        Errors: CompanyNotFound, FieldReadOnly, FieldsInvalid, IdentityInvalid, IdentityTaken,
        UnknownField.
        """
        return self._transport.call(
            models.ContactDetail, "POST", "/api/v1/contacts", body=body, key=idempotency_key
        )

    def undo_merge(self, merge_id: Id, *, idempotency_key: str | None = None) -> None:
        """Undo a merge.

        Both contacts are as they were before.

        Errors: ContactNotFound, MergeNotFound, MergeUndone.
        """
        self._transport.send(
            "POST", "/api/v1/contacts/merges/{}/undo", merge_id, key=idempotency_key
        )

    def get(self, contact_id: Id) -> models.ContactDetail:
        """One contact.

        With identities, and with suggestions of who may be the same person.

        Errors: ContactNotFound.
        """
        return self._transport.call(models.ContactDetail, "GET", "/api/v1/contacts/{}", contact_id)

    def change(self, contact_id: Id, body: models.ContactChange) -> models.ContactDetail:
        """Change a contact.

        Absent fields stay. A blocked contact's messages go to quarantine.

        Errors: CompanyNotFound, ContactNotFound, FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return self._transport.call(
            models.ContactDetail, "PATCH", "/api/v1/contacts/{}", contact_id, body=body
        )

    def add_contact_fact(
        self, contact_id: Id, body: models.FactIn, *, idempotency_key: str | None = None
    ) -> models.ProfileOut:
        """Add a fact.

        What an agent says holds against what is read.

        Errors: ContactNotFound.
        """
        return self._transport.call(
            models.ProfileOut,
            "POST",
            "/api/v1/contacts/{}/facts",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    def correct_contact_fact(
        self, contact_id: Id, fact_id: Id, body: models.FactChange
    ) -> models.ProfileOut:
        """Correct a fact.

        The old value does not come back.

        Errors: ContactNotFound, FactNotFound.
        """
        return self._transport.call(
            models.ProfileOut,
            "PATCH",
            "/api/v1/contacts/{}/facts/{}",
            contact_id,
            fact_id,
            body=body,
        )

    def remove_contact_fact(self, contact_id: Id, fact_id: Id) -> None:
        """Take a fact out.

        It does not come back by itself.

        Errors: ContactNotFound, FactNotFound.
        """
        self._transport.send("DELETE", "/api/v1/contacts/{}/facts/{}", contact_id, fact_id)

    def add_identity(
        self, contact_id: Id, body: models.NewIdentity, *, idempotency_key: str | None = None
    ) -> models.ContactDetail:
        """Add an identity.

        An address, number or id that we know is this person's.

        Errors: ContactNotFound, IdentityInvalid, IdentityTaken.
        """
        return self._transport.call(
            models.ContactDetail,
            "POST",
            "/api/v1/contacts/{}/identities",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    def remove_identity(self, contact_id: Id, identity_id: Id) -> None:
        """Remove an identity.

        It was not this person's.

        Errors: IdentityNotFound.
        """
        self._transport.send("DELETE", "/api/v1/contacts/{}/identities/{}", contact_id, identity_id)

    def merge(
        self, contact_id: Id, body: models.MergeIn, *, idempotency_key: str | None = None
    ) -> models.MergeOut:
        """Merge a contact into this one.

        The other becomes a link to this one; it can be undone.

        Errors: CannotMerge, ContactNotFound.
        """
        return self._transport.call(
            models.MergeOut,
            "POST",
            "/api/v1/contacts/{}/merge",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    def get_contact_profile(self, contact_id: Id) -> models.ProfileOut:
        """See what is known.

        Facts with the words they come from, and the stage with its reason.

        Errors: ContactNotFound.
        """
        return self._transport.call(
            models.ProfileOut, "GET", "/api/v1/contacts/{}/profile", contact_id
        )

    def change_contact_profile(
        self, contact_id: Id, body: models.ProfileChange
    ) -> models.ProfileOut:
        """Set the stage by hand.

        Null gives the stage back to the rules; ``collect`` stops and begins reading.

        Errors: ContactNotFound, StageUnknown.
        """
        return self._transport.call(
            models.ProfileOut, "PATCH", "/api/v1/contacts/{}/profile", contact_id, body=body
        )

    def erase_contact_profile(self, contact_id: Id) -> None:
        """Erase what is known.

        Everything read in their words, for good; nothing is read until ``collect`` is set
        again.

        Errors: ContactNotFound.
        """
        self._transport.send("DELETE", "/api/v1/contacts/{}/profile", contact_id)

    def dismiss_suggestion(self, contact_id: Id, other_id: Id) -> None:
        """Say that two contacts are two people.

        They are no longer suggested as one person. Twice is once.

        Errors: ContactNotFound.
        """
        self._transport.send(
            "PUT", "/api/v1/contacts/{}/suggestions/{}/dismissed", contact_id, other_id
        )

    def restore_suggestion(self, contact_id: Id, other_id: Id) -> None:
        """Suggest two contacts again.

        They may be one person after all.

        Errors: ContactNotFound.
        """
        self._transport.send(
            "DELETE", "/api/v1/contacts/{}/suggestions/{}/dismissed", contact_id, other_id
        )

    def list_tickets_of_contact(
        self, contact_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.TicketRowPage:
        """A customer's tickets.

        Those that you may see, newest movement first.

        Errors: BadCursor, ConditionInvalid, ContactNotFound, QueryInvalid, UnknownValue,
        ViewNotFound.
        """
        return self._transport.call(
            models.TicketRowPage,
            "GET",
            "/api/v1/contacts/{}/tickets",
            contact_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_tickets_of_contact(
        self, contact_id: Id, *, limit: int | None = None
    ) -> Iterator[models.TicketRow]:
        """Every item of :meth:`list_tickets_of_contact`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_tickets_of_contact(contact_id, limit=limit, cursor=place)
        )

    def read_timeline(
        self, contact_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.TimelineItemPage:
        """A customer's messages over all channels.

        What was said with them, in tickets that you may see, newest first.

        Errors: BadCursor, ContactNotFound.
        """
        return self._transport.call(
            models.TimelineItemPage,
            "GET",
            "/api/v1/contacts/{}/timeline",
            contact_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_timeline(
        self, contact_id: Id, *, limit: int | None = None
    ) -> Iterator[models.TimelineItem]:
        """Every item of :meth:`read_timeline`, page after page."""
        return paging.walk_sync(
            lambda place: self.read_timeline(contact_id, limit=limit, cursor=place)
        )

    def get_profile_settings(self) -> models.ProfileSettingsOut:
        """See the rules of stages.

        With how many customers are in each stage.
        """
        return self._transport.call(models.ProfileSettingsOut, "GET", "/api/v1/profile/settings")

    def set_profile_settings(self, body: models.ProfileSettings) -> models.ProfileSettingsOut:
        """Set the rules of stages.

        All customers are looked at again in the background.

        Errors: StageRulesInvalid.
        """
        return self._transport.call(
            models.ProfileSettingsOut, "PUT", "/api/v1/profile/settings", body=body
        )
