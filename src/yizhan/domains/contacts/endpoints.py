"""HTTP of contacts and companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import delete, get, patch, post
from litestar.params import Parameter
from msgspec import UNSET

from yizhan.domains.contacts import registry, repository, schemas
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import Company, Contact, Identity
from yizhan.domains.fields import catalog
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

Query = Annotated[str, Parameter(max_length=200)]


async def _out(tx: Tx, rows: Sequence[Contact]) -> list[schemas.ContactOut]:
    """Contacts with what belongs to them, in a fixed number of queries."""
    ids = [row.id for row in rows]
    if not ids:
        return []
    identities = await contacts.identities(tx, ids)
    companies = await repository.company_names(tx, [r.company_id for r in rows if r.company_id])
    counts = await registry.ticket_counts(tx, ids)
    custom = await catalog.of(tx, "customer")
    return [
        schemas.ContactOut(
            **schemas.contact_fields(
                row,
                identities=identities.get(row.id, []),
                companies=companies,
                tickets=counts.get(row.id, 0),
                fields=custom.shown(tx.actor, row.fields),
            )
        )
        for row in rows
    ]


async def _detail(tx: Tx, contact: Contact) -> schemas.ContactDetail:
    suggested = await contacts.suggestions(tx, contact.id)
    first, *others = await _out(tx, [contact, *(s.contact for s in suggested)])
    merges = await repository.merges_of(tx, contact.id)
    return schemas.ContactDetail(
        **msgspec.structs.asdict(first),
        suggestions=[
            schemas.suggestion_out(other, s) for other, s in zip(others, suggested, strict=True)
        ],
        merges=[schemas.MergeOut(str(m.id), str(m.winner_id), str(m.loser_id)) for m in merges],
    )


async def _companies(tx: Tx, rows: Sequence[Company]) -> list[schemas.CompanyOut]:
    custom = await catalog.of(tx, "company")
    return [schemas.company_out(row, fields=custom.shown(tx.actor, row.fields)) for row in rows]


def _values(data: msgspec.Struct, *, names: Sequence[str]) -> dict[str, Any]:
    values = {name: getattr(data, name) for name in names if getattr(data, name) is not UNSET}
    if values.get("company_id") is not None:
        values["company_id"] = int(values["company_id"])
    return values


@get("/contacts", summary="List or find contacts", tags=["contacts"])
async def list_contacts(
    tx: Tx,
    q: Query = "",
    company: int | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[schemas.ContactOut]:
    """Newest movement first; ``q`` finds by name, e-mail address, phone number or id."""
    page = await contacts.list_contacts(tx, q=q, company_id=company, limit=limit, cursor=cursor)
    return Page(await _out(tx, page.items), page.next_cursor)


@post("/contacts", summary="Enter a contact", tags=["contacts"])
async def create_contact(tx: Tx, data: schemas.NewContact) -> schemas.ContactDetail:
    """409 ``identity_taken`` when another contact is known by the address, number or id."""
    given = [
        Identity(kind=kind, value=value)
        for kind, value in (
            ("email", data.email),
            ("phone", data.phone),
            ("external_id", data.external_id),
        )
        if value
    ]
    values = _values(
        data, names=("company_id", "locale", "time_zone", "note", "tags", "vip", "fields")
    )
    contact = await contacts.create(tx, name=data.name, given=given, values=values)
    return await _detail(tx, contact)


@get("/contacts/{contact_id:int}", summary="One contact", tags=["contacts"])
async def get_contact(tx: Tx, contact_id: int) -> schemas.ContactDetail:
    """With identities, and with suggestions of who may be the same person."""
    return await _detail(tx, await contacts.get(tx, contact_id))


@patch("/contacts/{contact_id:int}", summary="Change a contact", tags=["contacts"])
async def change_contact(
    tx: Tx, contact_id: int, data: schemas.ContactChange
) -> schemas.ContactDetail:
    """Absent fields stay. A blocked contact's messages go to quarantine."""
    values = _values(data, names=data.__struct_fields__)
    return await _detail(tx, await contacts.change(tx, contact_id, values=values))


@post("/contacts/{contact_id:int}/identities", summary="Add an identity", tags=["contacts"])
async def add_identity(tx: Tx, contact_id: int, data: schemas.NewIdentity) -> schemas.ContactDetail:
    """An address, number or id that we know is this person's."""
    await contacts.add_identity(tx, contact_id, identity=Identity(kind=data.kind, value=data.value))
    return await _detail(tx, await contacts.get(tx, contact_id))


@delete(
    "/contacts/{contact_id:int}/identities/{identity_id:int}",
    summary="Remove an identity",
    tags=["contacts"],
)
async def remove_identity(tx: Tx, contact_id: int, identity_id: int) -> None:
    """It was not this person's."""
    await contacts.remove_identity(tx, contact_id, identity_id=identity_id)


@post(
    "/contacts/{contact_id:int}/merge", summary="Merge a contact into this one", tags=["contacts"]
)
async def merge_contact(tx: Tx, contact_id: int, data: schemas.MergeIn) -> schemas.MergeOut:
    """The other becomes a link to this one; it can be undone."""
    merge_id = await contacts.merge(tx, contact_id, loser_id=int(data.other_id))
    return schemas.MergeOut(str(merge_id), str(contact_id), data.other_id)


@post(
    "/contacts/merges/{merge_id:int}/undo",
    summary="Undo a merge",
    tags=["contacts"],
    status_code=204,
)
async def undo_merge(tx: Tx, merge_id: int) -> None:
    """Both contacts are as they were before."""
    await contacts.undo_merge(tx, merge_id)


@get("/companies", summary="List companies", tags=["contacts"])
async def list_companies(
    tx: Tx, q: Query = "", limit: int | None = None, cursor: str | None = None
) -> Page[schemas.CompanyOut]:
    """Newest first; ``q`` is a part of the name, or a domain."""
    page = await contacts.list_companies(tx, q=q, limit=limit, cursor=cursor)
    return Page(await _companies(tx, page.items), page.next_cursor)


@post("/companies", summary="Enter a company", tags=["contacts"])
async def create_company(tx: Tx, data: schemas.NewCompany) -> schemas.CompanyOut:
    """A company that contacts can belong to."""
    company = await contacts.create_company(
        tx, name=data.name, domains=data.domains, note=data.note, values=data.fields
    )
    return (await _companies(tx, [company]))[0]


@get("/companies/{company_id:int}", summary="One company", tags=["contacts"])
async def get_company(tx: Tx, company_id: int) -> schemas.CompanyOut:
    """A company by its id."""
    return (await _companies(tx, [await contacts.get_company(tx, company_id)]))[0]


@patch("/companies/{company_id:int}", summary="Change a company", tags=["contacts"])
async def change_company(
    tx: Tx, company_id: int, data: schemas.CompanyChange
) -> schemas.CompanyOut:
    """Absent fields stay."""
    values = _values(data, names=data.__struct_fields__)
    company = await contacts.change_company(tx, company_id, values=values)
    return (await _companies(tx, [company]))[0]


routes = [
    list_contacts,
    create_contact,
    get_contact,
    change_contact,
    add_identity,
    remove_identity,
    merge_contact,
    undo_merge,
    list_companies,
    create_company,
    get_company,
    change_company,
]
