"""A browser that follows the live stream through every fault: snapshot, frames, and again from where it was."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import httpx2

from tests.chaos.town import Town

_MOST = 200


class Follower:
    """``rows`` is what a browser would show."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.rows: dict[str, Any] = {}
        self.text: list[str] = []  # all that was ever received: canaries are looked for in it
        self.place = ""
        self.joined = asyncio.Event()
        self.again = 0
        self.stale = False  # all is to be fetched anew, as soon as the desk answers
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.rows = await fetched(self.town)
        self._task = asyncio.create_task(self._follow())
        async with asyncio.timeout(30):
            await self.joined.wait()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(httpx2.HTTPError, httpx2.StreamError):
                await self._listen()
            self.again += 1
            await asyncio.sleep(0.2)

    async def _listen(self) -> None:
        headers = {"Last-Event-ID": self.place} if self.place else {}
        async with self.town.api() as api:
            asked = api.stream("GET", "/api/v1/stream", headers=headers, timeout=40)
            async with asked as answer:
                if not answer.is_success:
                    return
                kind = ""
                async for line in answer.aiter_lines():
                    name, _, value = line.partition(": ")
                    if name == "id":
                        self.place = value
                    elif name == "event":
                        kind = value
                    elif name == "data":
                        self.text.append(value)
                        await self._apply(kind, json.loads(value))

    async def _apply(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "hello":
            self.joined.set()
        elif kind == "ticket":
            self.rows[data["row"]["id"]] = data["row"]
        elif kind == "ticket.removed":
            self.rows.pop(data["id"], None)
        elif kind == "resync":
            self.stale = True
        if self.stale:
            self.rows = await fetched(self.town)
            self.stale = False


async def fetched(town: Town) -> dict[str, Any]:
    """Every ticket row that the API shows."""
    found: dict[str, Any] = {}
    cursor = ""
    async with town.api() as api:
        while True:
            place = {"cursor": cursor} if cursor else {}
            answer = await api.get(
                "/api/v1/tickets", params={"view": "all", "limit": _MOST, **place}
            )
            answer.raise_for_status()
            page = answer.json()
            found |= {row["id"]: row for row in page["items"]}
            cursor = page["next_cursor"]
            if not cursor:
                return found
