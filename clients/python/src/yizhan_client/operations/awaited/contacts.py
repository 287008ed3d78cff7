# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``contacts``."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncContacts:
    """Operations of ``contacts``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_companies(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> models.CompanyOutPage:
        """List companies.

        Newest first; ``q`` is a part of the name, or a domain.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.CompanyOutPage,
            "GET",
            "/api/v1/companies",
            query={"q": q, "limit": limit, "cursor": cursor},
        )

    def iterate_companies(
        self, *, q: str | None = None, limit: int | None = None
    ) -> AsyncIterator[models.CompanyOut]:
        """Every item of :meth:`list_companies`, page after page."""
        return paging.walk(lambda place: self.list_companies(q=q, limit=limit, cursor=place))

    async def create_company(
        self, body: models.NewCompany, *, idempotency_key: str | None = None
    ) -> models.CompanyOut:
        """Enter a company.

        A company that contacts can belong to.

        Errors: FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return await self._transport.call(
            models.CompanyOut, "POST", "/api/v1/companies", body=body, key=idempotency_key
        )

    async def get_company(self, company_id: Id) -> models.CompanyOut:
        """One company.

        A company by its id.

        Errors: CompanyNotFound.
        """
        return await self._transport.call(
            models.CompanyOut, "GET", "/api/v1/companies/{}", company_id
        )

    async def change_company(self, company_id: Id, body: models.CompanyChange) -> models.CompanyOut:
        """Change a company.

        Absent fields stay.

        Errors: CompanyNotFound, FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return await self._transport.call(
            models.CompanyOut, "PATCH", "/api/v1/companies/{}", company_id, body=body
        )

    async def list(
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
        return await self._transport.call(
            models.ContactOutPage,
            "GET",
            "/api/v1/contacts",
            query={"q": q, "company": company, "limit": limit, "cursor": cursor},
        )

    def iterate(
        self, *, q: str | None = None, company: Id | None = None, limit: int | None = None
    ) -> AsyncIterator[models.ContactOut]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk(lambda place: self.list(q=q, company=company, limit=limit, cursor=place))

    async def create(
        self, body: models.NewContact, *, idempotency_key: str | None = None
    ) -> models.ContactDetail:
        """Enter a contact.

        409 ``identity_taken`` when another contact is known by the address, number or id.

        Errors: CompanyNotFound, FieldReadOnly, FieldsInvalid, IdentityInvalid, IdentityTaken,
        UnknownField.
        """
        return await self._transport.call(
            models.ContactDetail, "POST", "/api/v1/contacts", body=body, key=idempotency_key
        )

    async def undo_merge(self, merge_id: Id, *, idempotency_key: str | None = None) -> None:
        """Undo a merge.

        Both contacts are as they were before.

        Errors: ContactNotFound, MergeNotFound, MergeUndone.
        """
        await self._transport.send(
            "POST", "/api/v1/contacts/merges/{}/undo", merge_id, key=idempotency_key
        )

    async def get(self, contact_id: Id) -> models.ContactDetail:
        """One contact.

        With identities, and with suggestions of who may be the same person.

        Errors: ContactNotFound.
        """
        return await self._transport.call(
            models.ContactDetail, "GET", "/api/v1/contacts/{}", contact_id
        )

    async def change(self, contact_id: Id, body: models.ContactChange) -> models.ContactDetail:
        """Change a contact.

        Absent fields stay. A blocked contact's messages go to quarantine.

        Errors: CompanyNotFound, ContactNotFound, FieldReadOnly, FieldsInvalid, UnknownField.
        """
        return await self._transport.call(
            models.ContactDetail, "PATCH", "/api/v1/contacts/{}", contact_id, body=body
        )

    async def add_contact_fact(
        self, contact_id: Id, body: models.FactIn, *, idempotency_key: str | None = None
    ) -> models.ProfileOut:
        """Add a fact.

        What an agent says holds against what is read.

        Errors: ContactNotFound.
        """
        return await self._transport.call(
            models.ProfileOut,
            "POST",
            "/api/v1/contacts/{}/facts",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    async def correct_contact_fact(
        self, contact_id: Id, fact_id: Id, body: models.FactChange
    ) -> models.ProfileOut:
        """Correct a fact.

        The old value does not come back.

        Errors: ContactNotFound, FactNotFound.
        """
        return await self._transport.call(
            models.ProfileOut,
            "PATCH",
            "/api/v1/contacts/{}/facts/{}",
            contact_id,
            fact_id,
            body=body,
        )

    async def remove_contact_fact(self, contact_id: Id, fact_id: Id) -> None:
        """Take a fact out.

        It does not come back by itself.

        Errors: ContactNotFound, FactNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/contacts/{}/facts/{}", contact_id, fact_id)

    async def add_identity(
        self, contact_id: Id, body: models.NewIdentity, *, idempotency_key: str | None = None
    ) -> models.ContactDetail:
        """Add an identity.

        An address, number or id that we know is this person's.

        Errors: ContactNotFound, IdentityInvalid, IdentityTaken.
        """
        return await self._transport.call(
            models.ContactDetail,
            "POST",
            "/api/v1/contacts/{}/identities",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    async def remove_identity(self, contact_id: Id, identity_id: Id) -> None:
        """Remove an identity.

        It was not this person's.

        Errors: IdentityNotFound.
        """
        await self._transport.send(
            "DELETE", "/api/v1/contacts/{}/identities/{}", contact_id, identity_id
        )

    async def merge(
        self, contact_id: Id, body: models.MergeIn, *, idempotency_key: str | None = None
    ) -> models.MergeOut:
        """Merge a contact into this one.

        The other becomes a link to this one; it can be undone.

        Errors: CannotMerge, ContactNotFound.
        """
        return await self._transport.call(
            models.MergeOut,
            "POST",
            "/api/v1/contacts/{}/merge",
            contact_id,
            body=body,
            key=idempotency_key,
        )

    async def get_contact_profile(self, contact_id: Id) -> models.ProfileOut:
        """See what is known.

        Facts with the words they come from, and the stage with its reason.

        Errors: ContactNotFound.
        """
        return await self._transport.call(
            models.ProfileOut, "GET", "/api/v1/contacts/{}/profile", contact_id
        )

    async def change_contact_profile(
        self, contact_id: Id, body: models.ProfileChange
    ) -> models.ProfileOut:
        """Set the stage by hand.

        Null gives the stage back to the rules; ``collect`` stops and begins reading.

        Errors: ContactNotFound, StageUnknown.
        """
        return await self._transport.call(
            models.ProfileOut, "PATCH", "/api/v1/contacts/{}/profile", contact_id, body=body
        )

    async def erase_contact_profile(self, contact_id: Id) -> None:
        """Erase what is known.

        Everything read in their words, for good; nothing is read until ``collect`` is set
        again.

        Errors: ContactNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/contacts/{}/profile", contact_id)

    async def dismiss_suggestion(self, contact_id: Id, other_id: Id) -> None:
        """Say that two contacts are two people.

        They are no longer suggested as one person. Twice is once.

        Errors: ContactNotFound.
        """
        await self._transport.send(
            "PUT", "/api/v1/contacts/{}/suggestions/{}/dismissed", contact_id, other_id
        )

    async def restore_suggestion(self, contact_id: Id, other_id: Id) -> None:
        """Suggest two contacts again.

        They may be one person after all.

        Errors: ContactNotFound.
        """
        await self._transport.send(
            "DELETE", "/api/v1/contacts/{}/suggestions/{}/dismissed", contact_id, other_id
        )

    async def list_tickets_of_contact(
        self, contact_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.TicketRowPage:
        """A customer's tickets.

        Those that you may see, newest movement first.

        Errors: BadCursor, ConditionInvalid, ContactNotFound, QueryInvalid, UnknownValue,
        ViewNotFound.
        """
        return await self._transport.call(
            models.TicketRowPage,
            "GET",
            "/api/v1/contacts/{}/tickets",
            contact_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_tickets_of_contact(
        self, contact_id: Id, *, limit: int | None = None
    ) -> AsyncIterator[models.TicketRow]:
        """Every item of :meth:`list_tickets_of_contact`, page after page."""
        return paging.walk(
            lambda place: self.list_tickets_of_contact(contact_id, limit=limit, cursor=place)
        )

    async def read_timeline(
        self, contact_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.TimelineItemPage:
        """A customer's messages over all channels.

        What was said with them, in tickets that you may see, newest first.

        Errors: BadCursor, ContactNotFound.
        """
        return await self._transport.call(
            models.TimelineItemPage,
            "GET",
            "/api/v1/contacts/{}/timeline",
            contact_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_timeline(
        self, contact_id: Id, *, limit: int | None = None
    ) -> AsyncIterator[models.TimelineItem]:
        """Every item of :meth:`read_timeline`, page after page."""
        return paging.walk(lambda place: self.read_timeline(contact_id, limit=limit, cursor=place))

    async def get_profile_settings(self) -> models.ProfileSettingsOut:
        """See the rules of stages.

        With how many customers are in each stage.
        """
        return await self._transport.call(
            models.ProfileSettingsOut, "GET", "/api/v1/profile/settings"
        )

    async def set_profile_settings(self, body: models.ProfileSettings) -> models.ProfileSettingsOut:
        """Set the rules of stages.

        All customers are looked at again in the background.

        Errors: StageRulesInvalid.
        """
        return await self._transport.call(
            models.ProfileSettingsOut, "PUT", "/api/v1/profile/settings", body=body
        )
