"""People: to look at, to enter, to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.contacts import errors, normal, repository
from yizhan.domains.contacts.events import (
    ContactCreated,
    ContactUpdated,
    IdentityAdded,
    IdentityRemoved,
)
from yizhan.domains.contacts.types import KNOWN, Contact, Identity, IdentityRow
from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.kernel import pagination, text
from yizhan.kernel.tx import Tx

_MOST_FOUND = 200


async def get(tx: Tx, contact_id: int) -> Contact:
    """Errors: ContactNotFound."""
    permissions.require(tx.actor, "contact:read")
    contact = await repository.contact(tx, contact_id)
    if contact is None:
        raise errors.ContactNotFound
    return contact


async def get_many(tx: Tx, ids: Sequence[int]) -> dict[int, Contact]:
    """Contacts by id, for lists of other things; the caller has checked what may be seen."""
    return await repository.contacts(tx, ids)


async def identities(tx: Tx, ids: Sequence[int]) -> dict[int, list[IdentityRow]]:
    """The identities of contacts, strongest first. A lane hides behind the same value held."""
    found: dict[int, list[IdentityRow]] = {}
    for row in await repository.identities_of(tx, ids):
        mine = found.setdefault(row.contact_id, [])
        if not any(r.kind == row.kind and r.value == row.value for r in mine):
            mine.append(row)
    return found


async def list_contacts(
    tx: Tx,
    *,
    q: str = "",
    company_id: int | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> pagination.Page[Contact]:
    """Newest movement first; with ``q`` the ones found by name or identity."""
    permissions.require(tx.actor, "contact:read")
    most = pagination.limit_of(limit)
    if q.strip():
        return await _found(tx, q.strip(), limit=most)
    rows = await repository.listed(
        tx, before=pagination.moment_and_id(cursor), limit=most + 1, company_id=company_id
    )
    return pagination.page(rows, most, lambda row: (row.updated_at, row.id))


async def _found(tx: Tx, q: str, *, limit: int) -> pagination.Page[Contact]:
    values = [q]
    for kind in ("email", "phone"):
        try:
            values.append(normal.value(kind, q))
        except errors.IdentityInvalid:
            continue
    query = text.query(q)
    if query is not None:
        query += ":*"  # the last word may still be being typed
    ids = await repository.found(tx, query=query, values=values, most=min(limit, _MOST_FOUND))
    by_field = await fields.search(tx, "customer", q, most=min(limit, _MOST_FOUND))
    ids = list(dict.fromkeys([*by_field, *ids]))[:limit]
    contacts = await repository.contacts(tx, ids)
    return pagination.Page(
        [contacts[i] for i in ids if i in contacts and not contacts[i].merged_into]
    )


async def create(
    tx: Tx, *, name: str, given: Sequence[Identity] = (), values: dict[str, Any] | None = None
) -> Contact:
    """Enter a person by hand. Errors: IdentityTaken, IdentityInvalid, those of fields."""
    permissions.require(tx.actor, "contact:edit")
    values = dict(values or {})
    written = await fields.write(
        tx, "customer", old={}, given=values.pop("fields", {}), creating=True
    )
    contact = await repository.insert(tx, name=name.strip()[:200], locale=None, company_id=None)
    changes: dict[str, list[Any]] = {"name": [None, contact.name]}
    if values or written.values:
        await _check_company(tx, values)
        contact = await repository.update(
            tx, contact.id, values={**values, "fields": written.values}
        )
        changes |= {key: [None, value] for key, value in values.items()} | written.changes
    tx.emit(ContactCreated(contact_id=contact.id, changes=changes))
    for identity in given:
        await _attach(tx, contact, identity=identity)
    await repository.index(tx, contact)
    return contact


async def _check_company(tx: Tx, values: dict[str, Any]) -> None:
    company_id = values.get("company_id")
    if company_id is not None and await repository.company(tx, company_id) is None:
        raise errors.CompanyNotFound


async def change(tx: Tx, contact_id: int, *, values: dict[str, Any]) -> Contact:
    """``values``: name, company_id, locale, time_zone, note, tags, vip, blocked, fields.

    Fields that are absent stay; null empties one. Errors: ContactNotFound, those of fields.
    """
    permissions.require(tx.actor, "contact:edit")
    old = await repository.contact(tx, contact_id, lock=True)
    if old is None:
        raise errors.ContactNotFound
    values = dict(values)
    given = values.pop("fields", None)
    changed = {k: v for k, v in values.items() if getattr(old, k) != v}
    changes = {k: [getattr(old, k), v] for k, v in changed.items()}
    if given is not None:
        written = await fields.write(tx, "customer", old=old.fields, given=given)
        if written.changes:
            changed["fields"] = written.values
            changes |= written.changes
    if not changed:
        return old
    await _check_company(tx, changed)
    contact = await repository.update(tx, contact_id, values=changed)
    tx.emit(ContactUpdated(contact_id=contact_id, changes=changes))
    await repository.index(tx, contact)
    return contact


async def add_identity(tx: Tx, contact_id: int, *, identity: Identity) -> IdentityRow:
    """A person of ours vouches for it: known (2). Errors: IdentityTaken, IdentityInvalid."""
    permissions.require(tx.actor, "contact:edit")
    contact = await repository.contact(tx, contact_id, lock=True)
    if contact is None:
        raise errors.ContactNotFound
    row = await _attach(tx, contact, identity=identity)
    await repository.index(tx, contact)
    return row


async def _attach(tx: Tx, contact: Contact, *, identity: Identity) -> IdentityRow:
    wanted = Identity(
        kind=identity.kind,
        value=normal.value(identity.kind, identity.value),
        scope=identity.scope,
        strength=KNOWN,
        source=identity.source or tx.actor.kind,
    )
    await repository.lock(tx, [wanted])
    taken = await repository.holder(tx, wanted)
    if taken is not None and taken != contact.id:
        raise errors.IdentityTaken(contact_id=str(taken))
    added = await repository.add_identity(
        tx, contact.id, identity=wanted, display=identity.value.strip()
    )
    rows = await repository.identities_of(tx, [contact.id])
    row = next(
        r for r in rows if (r.kind, r.scope, r.value) == (wanted.kind, wanted.scope, wanted.value)
    )
    if added is None:
        await repository.touch_identity(tx, row.id, strength=KNOWN, verified=False)
    else:
        tx.emit(
            IdentityAdded(
                contact_id=contact.id, identity_id=row.id, kind=row.kind, strength=row.strength
            )
        )
    return row


async def remove_identity(tx: Tx, contact_id: int, *, identity_id: int) -> None:
    permissions.require(tx.actor, "contact:edit")
    row = await repository.identity(tx, contact_id, identity_id=identity_id)
    contact = await repository.contact(tx, contact_id, lock=True)
    if row is None or contact is None:
        raise errors.IdentityNotFound
    await repository.remove_identity(tx, identity_id)
    tx.emit(IdentityRemoved(contact_id=contact_id, identity_id=identity_id, kind=row.kind))
    await repository.index(tx, contact)
