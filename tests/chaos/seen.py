"""Gathers what a desk and its outside show after a fault, for the checker."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import asyncpg

from tests.chaos import follower as following
from tests.chaos.checker import Seen, Sent
from tests.chaos.follower import Follower
from tests.chaos.journal import Work
from tests.chaos.sinks import WORD
from tests.chaos.town import CANARIES, Town
from tests.support import served as serving

logger = logging.getLogger("yizhan.chaos")

_MESSAGES = """
SELECT m.id, m.direction, m.body_text, m.delivery_state, m.external_id, d.state AS delivery
FROM message m LEFT JOIN delivery d ON d.workspace_id = m.workspace_id AND d.message_id = m.id
WHERE m.workspace_id = $1
"""
_SUBJECTS = "SELECT subject FROM ticket WHERE workspace_id = $1 AND subject LIKE 'Question w%'"
_CHANGES = """
SELECT ticket_id::text AS ticket, data->'changes'->'status'->>1 AS to
FROM event WHERE workspace_id = $1 AND type = 'ticket.status_changed'
  AND actor->>'kind' = 'token' AND data->'changes' ? 'status'
ORDER BY xid, id
"""
_CREATED = "SELECT id::text FROM event WHERE workspace_id = $1 AND type = 'ticket.created'"
_WAITING = """
SELECT 'envelopes to be looked into' AS what, count(*) AS times FROM envelope
WHERE workspace_id = $1 AND state = 'received'
UNION ALL
SELECT 'answers ' || state || coalesce(' (' || max(error) || ')', ''), count(*) FROM delivery
WHERE workspace_id = $1 AND state = ANY ($2) GROUP BY state
"""
_MAILS = """
SELECT string_agg(external_id, ' ') FROM message
WHERE workspace_id = $1 AND direction = 'in' AND channel = 'email'
"""
_SAY_EVERY = 20.0  # seconds
_HELD = "SELECT entrypoint FROM pgqueuer WHERE status = 'failed'"


async def quiet(town: Town, works: Sequence[Work], *, seconds: float, leases: bool = True) -> str:
    """Waits until nothing is under way: all mail is fetched and looked into, every answer has left,
    every event was told. Returns what still is at the end of the time, "" as a rule.

    ``leases`` waits also for what a killed sender held, which takes minutes.
    """
    mails = {work.key for work in works if work.kind == "mail"}
    states = ["queued", "sending"] if leases else ["queued"]
    left = ""
    said = time.monotonic()

    async def nothing_left() -> bool:
        nonlocal left, said
        left = await _under_way(town, mails, states)
        if left and time.monotonic() - said > _SAY_EVERY:
            said = time.monotonic()
            logger.info("waiting for %s", left)
        return not left

    await _until(nothing_left, seconds=seconds)
    return left


async def _under_way(town: Town, mails: set[str], states: list[str]) -> str:
    async with town.connected() as db:
        rows = await db.fetch(_WAITING, town.workspace_id, states)
        arrived = await db.fetchval(_MAILS, town.workspace_id)
        created = await db.fetch(_CREATED, town.workspace_id)
    counts = {row["what"]: row["times"] for row in rows}
    counts["mails to be fetched"] = len(mails - set(WORD.findall(arrived or "")))
    if town.told.events:
        counts["events to be told"] = len({row["id"] for row in created} - set(town.told.events))
    return ", ".join(f"{times} {what}" for what, times in counts.items() if times)


async def gather(town: Town, works: Sequence[Work], *, follower: Follower | None = None) -> Seen:
    """All of it, now."""
    seen = Seen(canaries=CANARIES)
    async with town.connected() as db:
        await _books(db, town, seen)
    seen.read = await _readable(town)
    if follower is not None:
        await _compare(town, follower, seen)
        seen.read["/stream"] = "\n".join(follower.text)
    if town.desk is not None:
        seen.verified = await asyncio.to_thread(serving.run, "verify", "--data", town.desk.data)
    return seen


async def _books(db: asyncpg.Connection[Any], town: Town, seen: Seen) -> None:
    rows = await db.fetch(_MESSAGES, town.workspace_id)
    for row in rows:
        words = WORD.findall(row["body_text"])
        seen.present.update(words)
        if row["delivery"] is not None:
            times = [town.letters.words[word] for word in words]
            seen.sent += [
                Sent(word, row["delivery"], count) for word, count in zip(words, times, strict=True)
            ]
    ours = {row["external_id"] for row in rows if row["direction"] == "out"}
    seen.unexpected = [one for one in town.letters.strangers if one.strip("<>") not in _bare(ours)]
    known = {sent.key for sent in seen.sent}
    seen.unexpected += [word for word in town.letters.words if word not in known]
    for row in await db.fetch(_SUBJECTS, town.workspace_id):
        seen.present.update(WORD.findall(row["subject"]))
    for row in await db.fetch(_CHANGES, town.workspace_id):
        seen.statuses.setdefault(row["ticket"], []).append(row["to"])
    if town.told.events:
        seen.told = set(town.told.events)
        seen.events = {row["id"] for row in await db.fetch(_CREATED, town.workspace_id)}
    held = await db.fetch(_HELD)
    seen.complaints += [f"job given up: {row['entrypoint']}" for row in held]


def _bare(ids: set[str | None]) -> set[str]:
    return {(one or "").strip("<>") for one in ids}


_PLACES = (
    "/api/v1/tickets?view=all&limit=200",
    "/api/v1/contacts?limit=200",
    "/api/v1/tags",
    "/api/v1/events?limit=200",
    "/api/v1/audit?limit=200",
    "/api/v1/audit/export",
    "/api/v1/reports/export?report=volume",
    *(
        f"/api/v1/{place}={word}"
        for word in CANARIES
        for place in ("search?q", "tickets?q", "contacts?q")
    ),
)


async def _readable(town: Town) -> dict[str, str]:
    """All that workspace A reads, by place. Canaries in our own questions are taken out."""
    found: dict[str, str] = {}
    async with town.api() as api:
        for place in _PLACES:
            answer = await api.get(place)
            found[place] = answer.text
    return found


async def _compare(town: Town, follower: Follower, seen: Seen) -> None:
    """The stream may still be on its way: it has a while."""

    async def same() -> bool:
        seen.refetched = await following.fetched(town)
        seen.streamed = dict(follower.rows)
        return seen.streamed == seen.refetched

    await _until(same, seconds=20)


async def _until(condition: Callable[[], Awaitable[bool]], *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > deadline:
            return  # the checker says what is missing
        await asyncio.sleep(0.1)
