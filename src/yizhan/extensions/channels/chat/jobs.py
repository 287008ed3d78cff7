"""Background work of the chat."""

from __future__ import annotations

from yizhan.extensions.channels.chat import continuation
from yizhan.kernel import jobs


@jobs.job(continuation.JOB)
async def continue_by_mail(
    ctx: jobs.Context, *, workspace_id: int, conversation_id: int | str
) -> None:
    """The visitor may have left: mail what they have not read."""
    async with ctx.begin(workspace_id) as tx:
        await continuation.mail(tx, ctx.vault, conversation_id=int(conversation_id))
