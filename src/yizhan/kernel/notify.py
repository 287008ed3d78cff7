"""Wake-ups after a commit, on a connection of their own, many folded into one.

NOTIFY within a writing transaction takes a lock over the whole database at commit. So a process
collects what it has to say and says it every few milliseconds outside of any write.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import msgspec

from yizhan.kernel import clock

EVENTS = "yizhan_events"  # payload: workspace ids, separated by commas
LIVE = "yizhan_live"  # payload: JSON of something that is not worth a row (who types …)
JOBS = "ch_pgqueuer"
_FOLD_SECONDS = 0.004
_MOST_BYTES = 7000

_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Notifier:
    """Sends wake-ups; loses one only with the connection, and every listener sweeps besides."""

    def __init__(self, connect: Callable[[], Awaitable[Any]]) -> None:
        self._connect = connect
        self._connection: Any = None
        self._workspaces: set[int] = set()
        self._queued = False
        self._live: list[str] = []
        self._task: asyncio.Task[None] | None = None

    def poke(self, workspace_id: int, *, emitted: bool, queued: bool) -> None:
        """Say soon that this workspace has new events, or that there are new jobs."""
        if emitted:
            self._workspaces.add(workspace_id)
        self._queued = self._queued or queued
        self._start()

    def live(self, message: dict[str, Any]) -> None:
        """Send something short-lived to every process."""
        text = msgspec.json.encode(message).decode()
        if len(text) < _MOST_BYTES:
            self._live.append(text)
            self._start()

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._send())

    async def _send(self) -> None:
        await asyncio.sleep(_FOLD_SECONDS)
        while self._workspaces or self._queued or self._live:
            workspaces, self._workspaces = self._workspaces, set()
            queued, self._queued = self._queued, False
            live, self._live = self._live, []
            with contextlib.suppress(*_FAULTS):
                await self._say(workspaces, queued=queued, live=live)

    async def _say(self, workspaces: set[int], *, queued: bool, live: list[str]) -> None:
        connection = self._connection
        if connection is None or connection.is_closed():
            connection = self._connection = await self._connect()
        said = [(LIVE, text) for text in live]
        some = sorted(workspaces)
        said += [(EVENTS, ",".join(map(str, some[i : i + 300]))) for i in range(0, len(some), 300)]
        if queued:
            said.append((JOBS, _job_notice()))
        await connection.execute(
            "SELECT pg_notify(c, p) FROM unnest($1::text[], $2::text[]) AS u (c, p)",
            [channel for channel, _ in said],
            [payload for _, payload in said],
        )

    async def close(self) -> None:
        """Say what is left and close."""
        if self._task is not None:
            with contextlib.suppress(TimeoutError, *_FAULTS):
                async with asyncio.timeout(2):
                    await self._task
        if self._connection is not None:
            with contextlib.suppress(TimeoutError, *_FAULTS):
                async with asyncio.timeout(2):
                    await self._connection.close()


def _job_notice() -> str:
    """The notice that pgqueuer's own trigger would have sent."""
    return msgspec.json.encode(
        {
            "channel": JOBS,
            "operation": "insert",
            "sent_at": clock.now(),
            "table": "pgqueuer",
            "type": "table_changed_event",
        }
    ).decode()


class Listener:
    """Calls functions for what the processes say; connects again for as long as it runs."""

    def __init__(self, connect: Callable[[], Awaitable[Any]]) -> None:
        self._connect = connect
        self._heard: dict[str, list[Callable[[str], None]]] = {}
        self._task: asyncio.Task[None] | None = None
        self.on_connect: list[Callable[[], None]] = []

    def hear(self, channel: str, call: Callable[[str], None]) -> None:
        """Register before :meth:`start`."""
        self._heard.setdefault(channel, []).append(call)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        wait = 0.1
        while True:
            try:
                connection = await self._connect()
                wait = 0.1
                await self._serve(connection)
            except _FAULTS:
                pass
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5)

    async def _serve(self, connection: Any) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _c: lost.set())
        for channel, calls in self._heard.items():
            for call in calls:
                await connection.add_listener(channel, _adapt(call))
        for call_ in self.on_connect:
            call_()
        try:
            await lost.wait()
        finally:
            with contextlib.suppress(*_FAULTS):
                await connection.close(timeout=1)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def _adapt(call: Callable[[str], None]) -> Callable[[Any, int, str, Any], None]:
    def heard(_connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        call(str(payload))

    return heard
