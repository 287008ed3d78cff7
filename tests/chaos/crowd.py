"""Scenarios: too many at once: hundreds of sockets that all come back in the same moment, a full pool."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import httpx2

from tests.chaos.stage import Stage, scenario

_SOCKETS = 500


@scenario("five-hundred-reconnect", within=90)
async def five_hundred_reconnect(stage: Stage) -> None:
    """500 followers of the stream; web is killed; all come back at once, and clients still get answers."""
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    joined: Counter[int] = Counter()
    stop = asyncio.Event()
    async with httpx2.AsyncClient(
        base_url=stage.town.doors.url,
        headers={"Authorization": f"Bearer {stage.town.doors.token}"},
        timeout=60,
        limits=limits,
    ) as api:
        crowd = [asyncio.create_task(_follow(api, joined, number)) for number in range(_SOCKETS)]
        try:
            await _all_joined(stage, joined, times=1)
            await stage.work(20)
            await stage.kill("web")
            began = time.monotonic()
            await stage.recover()
            await _all_joined(stage, joined, times=2)
            stage.notes["all_back"] = round(time.monotonic() - began, 1)
            await stage.work(20)
        finally:
            stop.set()
            for one in crowd:
                one.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)


async def _follow(api: httpx2.AsyncClient, joined: Counter[int], number: int) -> None:
    """A browser of its own: joins, listens, comes back at once when it is dropped."""
    place = ""
    while True:
        try:
            headers = {"Last-Event-ID": place} if place else {}
            async with api.stream("GET", "/api/v1/stream", headers=headers) as answer:
                if answer.is_success:
                    joined[number] += 1
                    async for line in answer.aiter_lines():
                        if line.startswith("id: "):
                            place = line[4:]
        except (httpx2.TransportError, httpx2.StreamError):
            pass
        await asyncio.sleep(0.1)


async def _all_joined(stage: Stage, joined: Counter[int], *, times: int) -> None:
    deadline = time.monotonic() + 120
    there = 0
    while there < _SOCKETS:
        there = sum(count >= times for count in joined.values())
        if time.monotonic() > deadline:
            stage.wrong.append(f"{there} of {_SOCKETS} followers came (back)")
            return
        await asyncio.sleep(0.2)


@scenario("pool-exhausted", within=60)
async def pool_exhausted(stage: Stage) -> None:
    """A lock holds every connection of the pool: 503 with Retry-After in time, and then all goes on."""
    await stage.work(20)
    async with stage.town.connected() as owner, stage.town.api() as api:
        held = owner.transaction()
        await held.start()
        await owner.execute("LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        asked = [
            asyncio.create_task(api.get("/api/v1/tickets?view=all", timeout=90)) for _ in range(60)
        ]
        await asyncio.sleep(15)
        await held.rollback()
        answers = await asyncio.gather(*asked)
        stage.notes["waited"] = round(time.monotonic() - began, 1)
    statuses = Counter(answer.status_code for answer in answers)
    stage.notes["statuses"] = dict(statuses)
    stage.expect(f"only 200 and 503: {dict(statuses)}", holds=set(statuses) <= {200, 503})
    stage.expect(
        "503 says when to come back",
        holds=all("retry-after" in a.headers for a in answers if a.status_code == 503),
    )
    await stage.recover()
    await stage.work(30)
