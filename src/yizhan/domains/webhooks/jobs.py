"""Background work of webhooks: sending, and replaying a part of the log."""

from __future__ import annotations

from yizhan.domains.webhooks import outbox, repository, sender
from yizhan.kernel import egress, jobs, log

REPLAY = "webhooks.replay"
_PAGE = 500


@jobs.job(outbox.JOB)
async def send(ctx: jobs.Context, *, workspace_id: int, webhook_id: int | str) -> None:
    """Send what is due for a webhook."""
    async with egress.Client(ctx.config.egress_allow) as client:
        await sender.pump(
            ctx.database,
            ctx.vault,
            client,
            workspace_id=int(workspace_id),
            webhook_id=int(webhook_id),
        )


@jobs.job(REPLAY, outgoing=True)
async def replay(
    ctx: jobs.Context, *, workspace_id: int, webhook_id: int, after: str, until: str
) -> None:
    """Queue every matching event behind one position up to another, page by page.

    Each page is one transaction that queues the next, so a crash repeats no page.
    """
    async with ctx.begin(workspace_id) as tx:
        hook = await repository.webhook(tx, webhook_id)
        if hook is None or not hook.active:
            return
        end = log.Position.parse(until)
        page = await log.read(tx, after=log.Position.parse(after), limit=_PAGE)
        mine = [event for event in page if (event.xid, event.id) <= end]
        if await outbox.enqueue(tx, [hook], mine):
            await outbox.wake(tx, webhook_id)
        if len(mine) == _PAGE:
            tx.defer(REPLAY, webhook_id=webhook_id, after=mine[-1].cursor, until=until)
