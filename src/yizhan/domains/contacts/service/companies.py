"""Companies."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.contacts import errors, repository
from yizhan.domains.contacts.events import CompanyCreated, CompanyUpdated
from yizhan.domains.contacts.types import Company
from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx


def _domains(given: list[str]) -> list[str]:
    return sorted({d.strip().lower().removeprefix("@") for d in given if d.strip()})


async def get_company(tx: Tx, company_id: int) -> Company:
    permissions.require(tx.actor, "contact:read")
    company = await repository.company(tx, company_id)
    if company is None:
        raise errors.CompanyNotFound
    return company


async def list_companies(
    tx: Tx, *, q: str = "", limit: int | None = None, cursor: str | None = None
) -> pagination.Page[Company]:
    permissions.require(tx.actor, "contact:read")
    most = pagination.limit_of(limit)
    rows = await repository.companies(
        tx, before=pagination.moment_and_id(cursor), limit=most + 1, q=q.strip()
    )
    return pagination.page(rows, most, lambda row: (row.created_at, row.id))


async def create_company(
    tx: Tx,
    *,
    name: str,
    domains: list[str] | None = None,
    note: str = "",
    values: dict[str, Any] | None = None,
) -> Company:
    """``values`` are custom fields. Errors: those of fields."""
    permissions.require(tx.actor, "company:edit")
    written = await fields.write(tx, "company", old={}, given=values or {}, creating=True)
    company = Company(
        id=tx.new_id(),
        name=name.strip(),
        domains=_domains(domains or []),
        note=note,
        fields=written.values,
        created_at=tx.now,
    )
    await repository.save_company(tx, company)
    changes = {"name": [None, company.name], **written.changes}
    tx.emit(CompanyCreated(company_id=company.id, changes=changes))
    return company


async def change_company(tx: Tx, company_id: int, *, values: dict[str, Any]) -> Company:
    """``values``: name, domains, note, fields; fields that are absent stay, null empties one.

    Errors: CompanyNotFound, those of fields.
    """
    permissions.require(tx.actor, "company:edit")
    old = await repository.company(tx, company_id)
    if old is None:
        raise errors.CompanyNotFound
    if "domains" in values:
        values = values | {"domains": _domains(values["domains"])}
    values = dict(values)
    given = values.pop("fields", None)
    changes = {k: [getattr(old, k), v] for k, v in values.items() if getattr(old, k) != v}
    new = {k: pair[1] for k, pair in changes.items()}
    if given is not None:
        written = await fields.write(tx, "company", old=old.fields, given=given)
        if written.changes:
            new["fields"] = written.values
            changes |= written.changes
    if not changes:
        return old
    company = msgspec.structs.replace(old, **new)
    await repository.save_company(tx, company)
    tx.emit(CompanyUpdated(company_id=company.id, changes=changes))
    return company
