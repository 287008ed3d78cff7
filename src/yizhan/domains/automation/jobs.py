"""Background work: many tickets, and calls to the outside."""

from __future__ import annotations

from typing import Any

import msgspec
import structlog

from yizhan.domains.automation.service import bulk
from yizhan.domains.automation.types import Bulk
from yizhan.kernel import egress, jobs

logger = structlog.get_logger(__name__)

LIVE = "bulk"
_OK = range(200, 300)
_REFUSED = range(400, 500)


@jobs.job(bulk.JOB)
async def work(ctx: jobs.Context, *, workspace_id: int, bulk_id: int) -> None:
    """Chunk after chunk until nothing waits. Killed anywhere, it goes on where it was."""
    while True:
        async with ctx.begin(workspace_id) as tx:
            actor = await bulk.actor(tx, bulk_id)
            row = None if actor else await bulk.give_up(tx, bulk_id)
        if actor is not None:
            async with ctx.database.begin(actor) as tx:
                row = await bulk.chunk(tx, bulk_id)
        if row is None:
            return
        _tell(ctx, workspace_id, row)
        if not row.running:
            return


def _tell(ctx: jobs.Context, workspace_id: int, row: Bulk) -> None:
    """How far it is, to whoever started it and looks."""
    progress = {
        name: getattr(row, name) for name in ("state", "total", "done", "skipped", "failed")
    }
    who = None if row.agent_id is None else str(row.agent_id)
    ctx.database.notifier.live(
        {"kind": LIVE, "workspace_id": workspace_id, "agent_id": who, "id": str(row.id), **progress}
    )


class CallFailed(Exception):
    """The other side did not take it; it is tried again."""


@jobs.job("automation.call")
async def call(
    ctx: jobs.Context, *, workspace_id: int, url: str, delivery: str, body: dict[str, Any]
) -> None:
    """Send a ticket as JSON. The delivery's name is the same at each attempt."""
    headers = {"Content-Type": "application/json", "X-Yizhan-Delivery": delivery}
    async with egress.Client(ctx.config.egress_allow) as client:
        try:
            answer = await client.request(
                "POST",
                url,
                headers=headers,
                content=msgspec.json.encode(body),
                most_bytes=2048,
                cut=True,
            )
        except egress.EgressRefused:
            logger.warning("action_call_refused", workspace_id=workspace_id, url=url)
            return
    if answer.status in _REFUSED:
        logger.warning("action_call_rejected", workspace_id=workspace_id, status=answer.status)
    elif answer.status not in _OK:
        raise CallFailed(str(answer.status))
