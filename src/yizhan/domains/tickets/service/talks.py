"""Which of a ticket's conversations carries an answer."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.tickets import repository
from yizhan.domains.tickets.types import Conversation
from yizhan.kernel.tx import Tx


def by_default(found: Sequence[Conversation]) -> list[Conversation]:
    """In the order in which they are answered unless one is named: a merge never changes to whom.

    First those with the person whom the ticket itself is with, then those that merges brought. Pure.
    """
    own = next((c for c in found if "merged_from" not in c.meta), None)
    if own is None:
        return list(found)
    return sorted(found, key=lambda c: c.contact_id != own.contact_id)


async def default(tx: Tx, ticket_id: int) -> Conversation | None:
    """The conversation that carries an answer when none is named."""
    return next(iter(by_default(await repository.conversations(tx, ticket_id))), None)
