"""Once a minute each process writes down what it has counted, and one of them looks around."""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import structlog

from yizhan.domains.channels import registry
from yizhan.domains.system import objectives, repository
from yizhan.domains.system.types import Objective
from yizhan.kernel import errors, health, ids, logtail, timing
from yizhan.kernel.db import Database
from yizhan.kernel.http import Edge

logger = structlog.get_logger(__name__)

_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable)
_LATE = timedelta(hours=6)  # messages that were due longer ago are not judged any more
_PROCESS = f"p-{secrets.token_hex(2)}"  # a machine's name may be a person's


async def run(edge: Edge) -> None:
    """For as long as the process lives."""
    failing = False
    while True:
        # A little after the minute, not all at once.
        await asyncio.sleep(health.MINUTE - time.time() % health.MINUTE + random.uniform(0.5, 5))  # noqa: S311 -- no secret
        try:
            await once(edge.database)
            failing = False
        except _FAULTS:
            if not failing:
                logger.warning("health_not_written")
            failing = True


async def once(database: Database, *, until: float | None = None) -> None:
    """Write what was counted up to the running minute. Errors: those of the database."""
    moment = time.time() if until is None else until
    slot = datetime.fromtimestamp(moment // health.MINUTE * health.MINUTE, UTC)
    await _look_around(database, slot)
    await write(database, until=moment)
    for measure, objective in (await current(database)).items():
        if measure in health.limits:
            health.limits[measure] = objective.within


async def current(database: Database) -> dict[str, Objective]:
    """What is promised now."""
    return objectives.DEFAULTS | await repository.objectives(database)


async def write(database: Database, *, until: float) -> None:
    """Counts, costs of statements, and the last lines of the log, in one statement."""
    health.tally("beat", good=1, total=1, at=int(until) - health.MINUTE)
    waits = timing.take_waits()
    if waits.asked:
        at = int(until) - health.MINUTE
        health.tally("pool", good=waits.asked - waits.waited, total=waits.asked, at=at)
    slots, costs = health.take(until=until), timing.take()
    lines, counts = logtail.take()
    found: dict[str, Any] = {
        "process": _PROCESS,
        "slots": [
            {"at": at * health.MINUTE, "measure": measure, **msgspec.structs.asdict(one)}
            for (at, measure), one in slots.items()
        ],
        "statements": [msgspec.structs.asdict(cost) for cost in costs],
        "lines": lines,
        "counts": [
            {"hour": hour, "event": event, "error": error, "count": count}
            for (hour, event, error), count in counts.items()
        ],
    }
    try:
        await repository.write(database, found)
    except BaseException:
        health.give_back(slots)
        timing.give_back(costs)
        logtail.give_back(lines, counts)
        raise


async def _look_around(database: Database, slot: datetime) -> None:
    """What nobody counts as it happens: one process looks for all, once a minute."""
    mine, last = await repository.claim(database, slot)
    if not mine:
        return
    promised = await current(database)
    before = int(slot.timestamp()) - 1  # counts for the minute that is over
    within = promised["delivery"].within
    end = slot - timedelta(seconds=within)
    start = max(last or slot - timedelta(minutes=1), slot - _LATE) - timedelta(seconds=within)
    found = await repository.deliveries(
        database,
        first_id=ids.first_at(int((start - timedelta(days=1)).timestamp() * 1000)),
        start=start,
        end=end,
        within=within,
    )
    health.tally("delivery", good=found.good, total=found.total, at=before)
    waits = await repository.oldest_job(database)
    health.tally("jobs", good=waits <= promised["jobs"].within, total=1, worst=waits, at=before)
    good, total = await mailboxes(database, slot, within=promised["mailboxes"].within)
    health.tally("mailboxes", good=good, total=total, at=before)
    if slot.minute == 0:
        await database.lookup("SELECT yizhan_health_upkeep()")


async def mailboxes(database: Database, now: datetime, *, within: float) -> tuple[int, int]:
    """Of the mailboxes that are to be fetched: those that are, without a failure lately."""
    rows = [
        row
        for row in await repository.inboxes(database)
        if row["active"] and fetches(row["channel"]) and _settled(row["created_at"], now)
    ]
    return sum(fetched(row, now, within=within) for row in rows), len(rows)


def fetches(channel_id: str) -> bool:
    """Whether somebody has to fetch for inboxes of a channel."""
    channel = registry.find(channel_id)
    return channel is not None and (channel.offers("pull") or channel.offers("stream"))


def fetched(row: asyncpg.Record, now: datetime, *, within: float) -> bool:
    """Whether somebody fetches it, and no failure is younger than ``within`` seconds."""
    failed = row["last_error_at"]
    return bool(row["held"]) and (failed is None or (now - failed).total_seconds() > within)


def _settled(created_at: datetime, now: datetime) -> bool:
    return now - created_at > timedelta(minutes=2)
