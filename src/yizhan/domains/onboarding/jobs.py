"""The customer of an exercise answers."""

from __future__ import annotations

from yizhan.domains.onboarding import repository, scripts, service
from yizhan.kernel import jobs


@jobs.job(service.JOB)
async def answer(
    ctx: jobs.Context, *, workspace_id: int, ticket_id: int | str, message_id: int | str
) -> None:
    """Some seconds after the agent did; the coach's last word stands under the coach's name."""
    async with ctx.begin(workspace_id) as tx:
        one = await repository.hold(tx, int(ticket_id))
    if one is None:
        return
    coach = scripts.script(one.locale).coach
    async with ctx.database.begin(ctx.system(workspace_id, name=coach)) as tx:
        await service.answer(tx, int(ticket_id), message_id=int(message_id))
