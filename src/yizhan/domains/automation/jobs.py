"""Background work: many tickets, and calls to the outside."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import msgspec
import structlog

from yizhan.domains.automation import repository
from yizhan.domains.automation.service import bulk, calls
from yizhan.domains.automation.types import Bulk
from yizhan.kernel import clock, egress, errors, jobs, signing
from yizhan.kernel.http import Edge

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


@jobs.job("automation.call", outgoing=True)
async def call(
    ctx: jobs.Context, *, workspace_id: int, url: str, delivery: str, body: dict[str, Any]
) -> None:
    """Send a ticket as JSON, signed after Standard Webhooks. The delivery's name stays at each attempt."""
    async with ctx.begin(workspace_id) as tx:
        keys = await calls.keys(tx, vault=ctx.vault)
    content = msgspec.json.encode(body)
    headers = signing.headers(keys, message_id=delivery, moment=clock.now(), body=content.decode())
    async with egress.Client(ctx.config.egress_allow) as client:
        try:
            answer = await client.request(
                "POST", url, headers=headers, content=content, most_bytes=2048, cut=True
            )
        except egress.EgressRefused:
            logger.warning("action_call_refused", workspace_id=workspace_id, delivery=delivery)
            return
    if answer.status in _REFUSED:
        logger.warning("action_call_rejected", workspace_id=workspace_id, status=answer.status)
    elif answer.status not in _OK:
        raise CallFailed(str(answer.status))


# ----------------------------------------------------------------------------- an end for change sets

_KEPT_DAYS = 180  # unless the workspace's setting change_set_days says otherwise
_AT_ONCE = 5_000
_EVERY_SECONDS = 3600


async def prune(edge: Edge) -> int:
    """Let go of change sets and bulk work that are old enough, a few at a time. Returns how many."""
    gone = 0
    while True:
        dropped = await repository.drop_change_sets(
            edge.database, usual_days=_KEPT_DAYS, most=_AT_ONCE
        )
        gone += dropped
        if dropped < _AT_ONCE:
            return gone


async def _keep_pruning(edge: Edge) -> None:
    while True:
        try:
            await prune(edge)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable):
            logger.warning("change_sets_not_pruned")
        await asyncio.sleep(_EVERY_SECONDS)


runners = [_keep_pruning]
