"""Facts follow the log: batch by batch, or all of them anew."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.analytics import folding, repository
from yizhan.domains.analytics.service import rolling
from yizhan.domains.analytics.types import Lag
from yizhan.domains.tickets import registry
from yizhan.kernel import log
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.events import Logged
from yizhan.kernel.tx import Tx

CONSUMER = "reports"
_BATCH = 200
_MOST_BEHIND = 10_000
_BEYOND = (1 << 63) - 1


async def take(tx: Tx, batch: Sequence[Logged]) -> None:
    """Count anew the tickets of which a batch says something."""
    heard = {one.ticket_id for one in batch if one.type in folding.TYPES and one.ticket_id}
    if heard:
        await refresh(tx, sorted(heard))
    await rolling.wanted(tx)


async def refresh(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """Make the facts of tickets from all that the log says by now."""
    logs = await repository.logs(tx, ticket_ids)
    while missing := sorted(_others(logs) - logs.keys()):
        logs |= await repository.logs(tx, missing)
    gone = folding.cancelled(one for known in logs.values() for one in known)
    exercises = await registry.exercises(tx, list(logs))
    counted = [known for number, known in logs.items() if number not in exercises]
    told = [folding.fold(known, gone=gone) for known in counted]
    await repository.put(tx, list(logs), told=[one for one in told if one is not None])


def _others(logs: dict[int, list[Logged]]) -> set[int]:
    """Tickets from which messages came, or to which they went: there an answer may be taken back."""
    moves = (one for known in logs.values() for one in known if one.type == folding.MOVED)
    return {int(one.data["other_id"]) for one in moves}


async def rebuild(database: Database, workspace_id: int) -> int:
    """Make all facts of a workspace anew, a few tickets at a time. Returns how many tickets there are.

    Reports stay as they are meanwhile; the reader of the log waits for each step.
    """
    async with database.begin(system(workspace_id, name=CONSUMER)) as tx:
        end = await log.end(tx)
    seen = 0
    after = 0
    while True:
        async with database.begin(system(workspace_id, name=CONSUMER)) as tx:
            await repository.hold(tx, CONSUMER)
            found = await repository.tickets_behind(tx, after, limit=_BATCH)
            upto = found[-1] if found else _BEYOND
            await repository.drop_between(tx, after, upto=upto, but=found)
            if not found:
                await repository.advance(tx, CONSUMER, to=end)
                break
            await refresh(tx, found)
        seen += len(found)
        after = upto
    await rolling.anew(database, workspace_id, consumer=CONSUMER)
    return seen


async def lag(tx: Tx) -> Lag:
    """How far reports are behind."""
    return await repository.lag(tx, CONSUMER, most=_MOST_BEHIND)
