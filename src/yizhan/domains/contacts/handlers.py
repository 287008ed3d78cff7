"""Keeps customers and companies findable by their fields, and tells fields how they are found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from yizhan.domains.contacts import events, repository
from yizhan.domains.fields import catalog, registry
from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.kernel import events as log
from yizhan.kernel.tx import Tx


def _both(changes: Mapping[str, list[Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    pairs = {
        name.removeprefix(catalog.PREFIX): pair
        for name, pair in changes.items()
        if name.startswith(catalog.PREFIX)
    }
    return (
        {key: pair[0] for key, pair in pairs.items() if pair[0] is not None},
        {key: pair[1] for key, pair in pairs.items() if pair[1] is not None},
    )


@log.on(events.ContactCreated, events.ContactUpdated)
async def keep_contact_findable(tx: Tx, event: Any) -> None:
    """Whoever changed the fields."""
    old, new = _both(event.changes)
    await fields.reindex(tx, "customer", event.contact_id, old=old, new=new)


@log.on(events.CompanyCreated, events.CompanyUpdated)
async def keep_company_findable(tx: Tx, event: Any) -> None:
    """Whoever changed the fields."""
    old, new = _both(event.changes)
    await fields.reindex(tx, "company", event.company_id, old=old, new=new)


def _labels(table: str) -> Callable[[Tx, Sequence[int]], Awaitable[dict[int, str]]]:
    async def labels(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
        if not permissions.can(tx.actor, "contact:read"):
            return {}
        rows = await tx.db.fetch(
            f"SELECT id, name FROM {table} WHERE workspace_id = $1 AND id = ANY($2)",
            tx.workspace_id,
            list(ids),
        )
        return {row[0]: row[1] for row in rows}

    return labels


def _stored(table: str) -> Callable[[Tx, int, int], Awaitable[list[tuple[int, dict[str, Any]]]]]:
    async def stored(tx: Tx, after: int, most: int) -> list[tuple[int, dict[str, Any]]]:
        rows = await tx.db.fetch(
            f"SELECT id, fields FROM {table} WHERE workspace_id = $1 AND id > $2 AND fields <> '{{}}'"
            " ORDER BY id LIMIT $3",
            tx.workspace_id,
            after,
            most,
        )
        return [(row[0], row[1]) for row in rows]

    return stored


async def _contact(tx: Tx, contact_id: int) -> registry.Record | None:
    found = await repository.contact(tx, contact_id)
    if found is None or not permissions.can(tx.actor, "contact:read"):
        return None
    return registry.Record(found.fields, editable=permissions.can(tx.actor, "contact:edit"))


async def _company(tx: Tx, company_id: int) -> registry.Record | None:
    found = await repository.company(tx, company_id)
    if found is None or not permissions.can(tx.actor, "contact:read"):
        return None
    return registry.Record(found.fields, editable=permissions.can(tx.actor, "company:edit"))


registry.provide("customer", registry.Provider(_labels("contact"), _contact, _stored("contact")))
registry.provide("company", registry.Provider(_labels("company"), _company, _stored("company")))
