"""Mails of the customers' pages."""

from __future__ import annotations

from yizhan.domains.portal.service import signing
from yizhan.kernel import jobs


@jobs.job(signing.JOB, outgoing=True)
async def send_link(ctx: jobs.Context, *, workspace_id: int, link_id: int) -> None:
    """Mail a link to sign in with."""
    await signing.send(ctx, workspace_id, link_id=int(link_id))
