"""Fields of a ticket that begins or changes, and what of them somebody may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhan.domains.fields import catalog
from yizhan.domains.fields import service as fields
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_STRICT = ("agent", "token")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def context(ticket: Mapping[str, Any]) -> dict[str, str | None]:
    """What rules may ask of a ticket besides its fields."""
    return {
        "ticket.type": _text(ticket.get("type")),
        "ticket.priority": _text(ticket.get("priority")),
        "ticket.channel": _text(ticket.get("channel")),
        "ticket.brand": _text(ticket.get("brand_id")),
    }


async def first(
    tx: Tx, ticket: Mapping[str, Any], given: Mapping[str, Any], *, revision: int | None = None
) -> dict[str, Any]:
    """The fields that a ticket begins with. A customer's message is never refused for a field.

    Errors for agents and tokens: UnknownField, FieldReadOnly, FieldsInvalid.
    """
    written = await fields.write(
        tx,
        "ticket",
        old={},
        given=given,
        creating=True,
        strict=tx.actor.kind in _STRICT,
        context=context(ticket),
        revision=revision,
    )
    return written.values


async def update(
    tx: Tx, ticket: Ticket, given: Mapping[str, Any] | None, *, moved: Mapping[str, Any]
) -> fields.Written | None:
    """The fields after a change; ``moved`` are columns that change with them.

    Without ``given`` rules are asked again if they ask about what moved; None when nothing does.
    Errors: UnknownField, FieldReadOnly, FieldsInvalid.
    """
    if given is None and not (await catalog.of(tx, "ticket")).plan.uses_context:
        return None
    now = {name: getattr(ticket, name) for name in ("type", "priority", "channel", "brand_id")}
    return await fields.write(
        tx,
        "ticket",
        old=ticket.fields,
        given=given or {},
        context=context({**now, **moved}),
        context_before=context(now),
    )


async def shown(
    tx: Tx, stored: Mapping[str, Any], *, revision: int | None = None
) -> dict[str, Any]:
    """Of a ticket's fields those that the actor may see; no query where there are none."""
    if not stored:
        return {}
    return (await catalog.of(tx, "ticket", revision=revision)).shown(tx.actor, stored)


async def shown_changes(tx: Tx, changes: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Changes of several events without those of fields that the actor may not see."""
    found = await catalog.of(tx, "ticket")
    return [catalog.shown_changes(found, tx.actor, one) for one in changes]
