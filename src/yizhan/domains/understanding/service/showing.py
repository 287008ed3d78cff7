"""What is known of a ticket, and the labels to choose from, for people who may see it."""

from __future__ import annotations

from typing import Final

from yizhan.domains.identity import permissions
from yizhan.domains.tickets.service import access
from yizhan.domains.understanding import fields, repository, schemas
from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.types import OUT_OF_SCOPE, Judged
from yizhan.kernel.tx import Tx

_FIXED: Final[dict[str, tuple[str, ...]]] = {
    "emotion": fields.EMOTIONS,
    "urgency": fields.LEVELS,
    "complexity": fields.LEVELS,
}


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.TicketSignals:
    """Errors: those of access. Nothing read is no error: it may come in a moment."""
    await access.ticket(tx, ticket_id)
    found = (await repository.current(tx, [ticket_id])).get(ticket_id)
    return schemas.NOTHING if found is None else schemas.signals_out(found, shipped.titles())


async def labels(tx: Tx, head: Judged) -> list[schemas.SignalLabel]:
    """Those that the workspace uses most come first, then the rest of the program's by name."""
    permissions.require_staff(tx.actor)
    if head in _FIXED:
        return [schemas.SignalLabel(label=one, title={}) for one in _FIXED[head]]
    known = _intents() if head == "intent" else _categories()
    used = [one for one in await repository.used_labels(tx, head) if one != OUT_OF_SCOPE]
    return [
        known.get(one) or schemas.SignalLabel(label=one, title={}, own=True)
        for one in dict.fromkeys([*used, *known])
    ]


def is_fixed(head: str) -> tuple[str, ...] | None:
    """The labels of a head that has no others."""
    return _FIXED.get(head)


def _intents() -> dict[str, schemas.SignalLabel]:
    return {
        name: schemas.SignalLabel(
            label=name,
            title=one.title,
            category={"en": one.category, "zh-CN": one.category_zh},
        )
        for name, one in shipped.intents().items()
    }


def _categories() -> dict[str, schemas.SignalLabel]:
    return {
        one.category: schemas.SignalLabel(
            label=one.category, title={"en": one.category, "zh-CN": one.category_zh}
        )
        for one in shipped.intents().values()
    }
