"""Background jobs of identity."""

from __future__ import annotations

from yizhan.domains.identity import events
from yizhan.domains.identity.service import signing_in
from yizhan.kernel import jobs


@jobs.job(signing_in.FAILED_JOB)
async def note_failed_sign_in(
    ctx: jobs.Context, *, workspace_id: int, accounts: list[list[str]], reason: str, ip: str
) -> None:
    """Write a failed sign-in into the log of each workspace that has the account.

    Queued for unknown accounts too, so that the answer takes the same time: then there is nothing
    to write. ``workspace_id`` is the nowhere from which somebody tries to sign in.
    """
    del workspace_id
    for owner, agent_id in accounts:
        async with ctx.begin(int(owner)) as tx:
            tx.emit(events.SignInFailed(agent_id=int(agent_id), reason=reason, from_ip=ip))
