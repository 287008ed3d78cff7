"""Skills look at messages behind the log, and their decisions are judged behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from yizhan.domains.copilot.skills import repository
from yizhan.domains.copilot.skills.service import carrying, judging, running
from yizhan.domains.tickets.events import TicketStatusChanged
from yizhan.domains.understanding.events import MessageUnderstood
from yizhan.kernel import events, jobs
from yizhan.kernel.tx import Tx

CONSIDER: Final = "copilot.skill_consider"
REOPENED: Final = "copilot.skill_reopened"
_OVER: Final = ("resolved", "closed")


@events.consumer("skills")
async def hear(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """A message was read, a ticket is done, or it came back."""
    over: set[int] = set()
    for event in batch:
        if event.ticket_id is None:
            continue
        if event.type == events.tag_of(MessageUnderstood):
            tx.defer(
                CONSIDER,
                priority=-2,
                ticket_id=event.ticket_id,
                message_id=int(event.data["message_id"]),
            )
        elif event.type == events.tag_of(TicketStatusChanged):
            before, after = event.data["changes"].get("status_category") or (None, None)
            if after in _OVER and before not in _OVER:
                over.add(event.ticket_id)
            elif before in _OVER and after not in _OVER:
                _came_back(tx, event)
    for ticket_id in await repository.unjudged(tx, sorted(over)) if over else []:
        tx.defer(judging.JOB, priority=-2, ticket_id=ticket_id)


def _came_back(tx: Tx, event: events.Logged) -> None:
    """By the customer's own word."""
    cause: dict[str, Any] = event.data.get("cause") or {}
    if cause.get("kind") == "customer_wrote" and cause.get("message_id"):
        tx.defer(
            REOPENED,
            priority=-2,
            ticket_id=event.ticket_id,
            message_id=int(cause["message_id"]),
        )


@jobs.job(CONSIDER)
async def consider(
    ctx: jobs.Context, *, workspace_id: int, ticket_id: int, message_id: int
) -> None:
    """Every skill that may looks at a message."""
    await running.consider(ctx, workspace_id, ticket_id=ticket_id, message_id=message_id)


@jobs.job(judging.JOB)
async def judge(ctx: jobs.Context, *, workspace_id: int, ticket_id: int) -> None:
    """Compare decisions with what people did."""
    async with ctx.database.begin(ctx.system(workspace_id, name=running.ACTOR)) as tx:
        await judging.resolved(tx, ticket_id)


@jobs.job(REOPENED)
async def reopened(
    ctx: jobs.Context, *, workspace_id: int, ticket_id: int, message_id: int
) -> None:
    """The ticket came back."""
    async with ctx.database.begin(ctx.system(workspace_id, name=running.ACTOR)) as tx:
        await judging.reopened(tx, ticket_id, message_id=message_id)


@jobs.job(carrying.PROVE)
async def prove(ctx: jobs.Context, *, workspace_id: int, decision_id: int) -> None:
    """The ticket did not come back."""
    async with ctx.database.begin(ctx.system(workspace_id, name=running.ACTOR)) as tx:
        await judging.prove(tx, decision_id)
