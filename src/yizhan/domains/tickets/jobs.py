"""Background work of tickets."""

from __future__ import annotations

from datetime import UTC

from yizhan.domains.tickets import repository, service
from yizhan.domains.tickets.service import indexing
from yizhan.kernel import jobs


@jobs.job("tickets.wake")
async def wake(ctx: jobs.Context, *, workspace_id: int, ticket_id: int) -> None:
    """A snooze is over: the ticket comes back to its list. A moved alarm rings only at its new time."""
    async with ctx.begin(workspace_id) as tx:
        ticket = await repository.lock_ticket(tx, ticket_id)
        if ticket is None or ticket.snoozed_until is None:
            return
        if ticket.snoozed_until.astimezone(UTC) > tx.now:
            return
        await service.update(tx, ticket_id, snoozed_until=None, cause={"kind": "snooze_over"})


@jobs.job("tickets.index_words")
async def index_words(ctx: jobs.Context, *, workspace_id: int) -> None:
    """Take older tickets into the index of tags and subjects, in short transactions."""
    more = True
    while more:
        async with ctx.begin(workspace_id) as tx:
            more = await indexing.step(tx)
