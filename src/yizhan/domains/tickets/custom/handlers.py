"""Keeps tickets findable by their fields, and tells fields how tickets are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yizhan.domains.fields import catalog, registry
from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, events, repository
from yizhan.domains.tickets.custom import filter as filter  # noqa: PLC0414 -- registers the fields
from yizhan.domains.tickets.custom import writing
from yizhan.domains.tickets.service import access
from yizhan.kernel import events as log
from yizhan.kernel.tx import Tx


@log.on(events.TicketCreated, events.TicketUpdated)
async def keep_findable(tx: Tx, event: Any) -> None:
    """Whoever changed the fields: also a macro, an undo, an import."""
    old, new = _both(event.changes)
    await fields.reindex(tx, "ticket", event.ticket_id, old=old, new=new)


def _both(changes: Mapping[str, list[Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Old and new values of the fields that an event speaks of."""
    pairs = {
        name.removeprefix(catalog.PREFIX): pair
        for name, pair in changes.items()
        if name.startswith(catalog.PREFIX)
    }
    before, after = changes.get("fields") or ({}, {})
    for key in {*(before or {}), *(after or {})}:
        pairs.setdefault(key, [(before or {}).get(key), (after or {}).get(key)])
    return (
        {key: pair[0] for key, pair in pairs.items() if pair[0] is not None},
        {key: pair[1] for key, pair in pairs.items() if pair[1] is not None},
    )


async def _labels(tx: Tx, ids: Sequence[int]) -> dict[int, str]:
    condition, args = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"SELECT t.id, '#' || t.number || ' ' || t.subject FROM ticket t"
        f" WHERE t.workspace_id = $1 AND t.id = ANY($2) AND {condition}",
        tx.workspace_id,
        list(ids),
        *args,
    )
    return {row[0]: row[1] for row in rows}


async def _record(tx: Tx, ticket_id: int) -> registry.Record | None:
    ticket = await repository.ticket(tx, ticket_id)
    try:
        access.check(tx, ticket, "ticket:read")
    except errors.TicketNotFound:
        return None
    if ticket is None:
        return None
    about = {name: getattr(ticket, name) for name in ("type", "priority", "channel", "brand_id")}
    return registry.Record(
        ticket.fields,
        writing.context(about),
        permissions.can(tx.actor, "ticket:edit", access.resource(ticket)),
    )


async def _stored(tx: Tx, after: int, most: int) -> list[tuple[int, dict[str, Any]]]:
    rows = await tx.db.fetch(
        "SELECT id, fields FROM ticket WHERE workspace_id = $1 AND id > $2 AND fields <> '{}'"
        " ORDER BY id LIMIT $3",
        tx.workspace_id,
        after,
        most,
    )
    return [(row[0], row[1]) for row in rows]


registry.provide("ticket", registry.Provider(_labels, _record, _stored))
