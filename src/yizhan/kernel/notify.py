"""Wake-ups after a commit, many folded into one: a process collects what it has to say and says it
after a few milliseconds, never more than fifty times a second, and outside of any write, for NOTIFY
within a writing transaction takes a lock over the whole database at commit.

What carries them is a :class:`Bus`: PostgreSQL's NOTIFY on a connection of its own, or NATS
(:mod:`.nats_bus`). No notice is promised to arrive: every listener sweeps besides.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

import asyncpg
import msgspec

from yizhan.kernel import clock, errors

EVENTS = "yizhan_events"  # payload: workspace ids, separated by commas
LIVE = "yizhan_live"  # payload: JSON of something that is not worth a row (who types …)
JOBS = "ch_pgqueuer"
_FOLD_SECONDS = 0.004  # from the first thing to say
_PAUSE_SECONDS = 0.02  # from one notice to the next: each makes every listener read the log
_MOST_BYTES = 7000
_PROBE_SECONDS = 30.0  # a connection that only listens does not notice that it was cut
_PATIENCE = 10.0

_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable)

Heard = Mapping[str, Sequence[Callable[[str], None]]]


class Bus(Protocol):
    """Carries short notices from each process to all."""

    async def say(self, said: Sequence[tuple[str, str]]) -> None:
        """Send (channel, payload) pairs. Raises what is in ``_FAULTS`` when it cannot."""
        ...

    async def listen(self, heard: Heard, *, connected: Callable[[], None]) -> None:
        """Call functions for what is said; ends or raises when the connection is lost."""
        ...

    def trouble(self) -> str:
        """What is wrong with it now; "" when nothing is."""
        ...

    async def close(self) -> None: ...


class PostgresBus:
    """LISTEN and NOTIFY."""

    def __init__(self, connect: Callable[[], Awaitable[Any]]) -> None:
        self._connect = connect
        self._connection: Any = None

    async def say(self, said: Sequence[tuple[str, str]]) -> None:
        connection = self._connection
        if connection is None or connection.is_closed():
            connection = self._connection = await self._connect()
        try:
            await connection.execute(
                "SELECT pg_notify(c, p) FROM unnest($1::text[], $2::text[]) AS u (c, p)",
                [channel for channel, _ in said],
                [payload for _, payload in said],
                timeout=_PATIENCE,
            )
        except _FAULTS:
            connection.terminate()
            raise

    async def listen(self, heard: Heard, *, connected: Callable[[], None]) -> None:
        connection = await self._connect()
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _c: lost.set())
            for channel, calls in heard.items():
                for call in calls:
                    await connection.add_listener(channel, _adapt(call))
            connected()
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_PROBE_SECONDS):
                        await lost.wait()
                        return
                await connection.execute("SELECT 1", timeout=_PATIENCE)
        finally:
            await _end(connection)

    def trouble(self) -> str:
        return ""  # the database's own check tells

    async def close(self) -> None:
        if self._connection is not None:
            await _end(self._connection)


async def _end(connection: Any) -> None:
    with contextlib.suppress(TimeoutError, *_FAULTS):
        async with asyncio.timeout(2):
            await connection.close(timeout=1)
            return
    connection.terminate()


class Notifier:
    """Sends wake-ups; what cannot be sent is left to the sweep."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
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
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _say(self, workspaces: set[int], *, queued: bool, live: list[str]) -> None:
        said = [(LIVE, text) for text in live]
        some = sorted(workspaces)
        said += [(EVENTS, ",".join(map(str, some[i : i + 300]))) for i in range(0, len(some), 300)]
        if queued:
            said.append((JOBS, _job_notice()))
        await self._bus.say(said)

    async def close(self) -> None:
        """Say what is left."""
        if self._task is not None:
            with contextlib.suppress(TimeoutError, *_FAULTS):
                async with asyncio.timeout(2):
                    await self._task


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

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
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

        def connected() -> None:
            nonlocal wait
            wait = 0.1
            for call in self.on_connect:
                call()

        while True:
            with contextlib.suppress(*_FAULTS):
                await self._bus.listen(self._heard, connected=connected)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task


def _adapt(call: Callable[[str], None]) -> Callable[[Any, int, str, Any], None]:
    def heard(_connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        call(str(payload))

    return heard
