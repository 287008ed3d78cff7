"""Timers of surveys."""

from __future__ import annotations

from yizhan.domains.surveys.service import asking
from yizhan.kernel import errors, jobs


@jobs.job(asking.JOB)
async def ask(
    ctx: jobs.Context, *, workspace_id: int, ticket_id: int | str, survey_id: int | str
) -> None:
    """Ask a customer now, in the brand's name."""
    async with ctx.begin(workspace_id) as tx:
        try:
            name = await asking.sender(tx, int(ticket_id))
        except errors.NotFound:
            return
    async with ctx.database.begin(ctx.system(workspace_id, name=name)) as tx:
        await asking.ask(
            tx,
            int(ticket_id),
            survey_id=int(survey_id),
            vault=ctx.vault,
            base=ctx.config.url,
        )
