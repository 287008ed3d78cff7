"""The log as it grows, for live streams: one reader a process, many subscribers.

Only workspaces with subscribers are read. What a subscriber gets begins exactly behind the position
that :meth:`Feed.subscribe` returns, so that it can first catch up from an older one by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg
import msgspec
import structlog

from yizhan.kernel import clock, errors, events, health, log, metrics, notify
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database

logger = structlog.get_logger(__name__)

_SWEEP_SECONDS = 2.0
_AGAIN_SECONDS = 0.02
_BATCH = 500

OnEvents = Callable[[Sequence[events.Logged]], None]
OnLive = Callable[[dict[str, Any]], None]


class Subscription:
    """A subscriber's place in a feed. Call :meth:`close` when done."""

    def __init__(
        self, feed: Feed, workspace_id: int, on_events: OnEvents, on_live: OnLive | None
    ) -> None:
        self.feed = feed
        self.workspace_id = workspace_id
        self.on_events = on_events
        self.on_live = on_live
        self.position = log.Position((0, 0))

    def close(self) -> None:
        self.feed.drop(self)


class Feed:
    """Reads new events of the workspaces that somebody looks at, and hands them out."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._subscribers: dict[int, set[Subscription]] = {}
        self._positions: dict[int, log.Position] = {}
        self._dirty: set[int] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._listener: notify.Listener | None = None
        self._reading = asyncio.Lock()

    async def start(self) -> None:
        """Listen and read until :meth:`close`."""
        self._listener = notify.Listener(self.database.bus)
        self._listener.hear(notify.EVENTS, self._heard)
        self._listener.hear(notify.LIVE, self._heard_live)
        self._listener.on_connect.append(self._sweep)
        self._listener.start()
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._listener is not None:
            await self._listener.close()

    async def subscribe(
        self, workspace_id: int, *, on_events: OnEvents, on_live: OnLive | None = None
    ) -> Subscription:
        """Get everything behind the returned subscription's ``position``. The calls must not block."""
        subscription = Subscription(self, workspace_id, on_events, on_live)
        async with self._reading:
            if workspace_id not in self._positions:
                async with self.database.begin(system(workspace_id)) as tx:
                    self._positions[workspace_id] = await log.end(tx)
            subscription.position = self._positions[workspace_id]
            self._subscribers.setdefault(workspace_id, set()).add(subscription)
        return subscription

    def drop(self, subscription: Subscription) -> None:
        """Forget a subscriber; the last one of a workspace ends its reading."""
        left = self._subscribers.get(subscription.workspace_id, set())
        left.discard(subscription)
        if not left:
            self._subscribers.pop(subscription.workspace_id, None)
            self._positions.pop(subscription.workspace_id, None)

    def _heard(self, payload: str) -> None:
        self._dirty |= {int(part) for part in payload.split(",") if part} & self._subscribers.keys()
        if self._dirty:
            self._wake.set()

    def _heard_live(self, payload: str) -> None:
        message = msgspec.json.decode(payload)
        for subscription in tuple(self._subscribers.get(int(message["workspace_id"]), ())):
            if subscription.on_live is not None:
                subscription.on_live(message)

    def _sweep(self) -> None:
        self._dirty |= self._subscribers.keys()
        self._wake.set()

    async def _run(self) -> None:
        swept = time.monotonic()
        while True:
            # Not wait_for: on 3.11 it can swallow a cancellation, and close() would wait for ever.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SWEEP_SECONDS):
                    await self._wake.wait()
            self._wake.clear()
            if time.monotonic() - swept >= _SWEEP_SECONDS:
                self._dirty |= self._subscribers.keys()
                swept = time.monotonic()
            due, self._dirty = self._dirty, set()
            try:
                for workspace_id in due:
                    await self._read(workspace_id)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable):
                await self._again(due)
            except Exception:  # whatever it is, every open browser waits for this loop
                logger.exception("feed_failed")
                await self._again(due)

    async def _again(self, due: set[int]) -> None:
        self._dirty |= due
        await asyncio.sleep(0.5)

    async def _read(self, workspace_id: int) -> None:
        async with self._reading:
            position = self._positions.get(workspace_id)
            if position is None:
                return
            async with self.database.begin(system(workspace_id)) as tx:
                batch = await log.read(tx, after=position, limit=_BATCH)
            if not batch:
                # The notice came before an older transaction ended: look again shortly.
                return
            self._positions[workspace_id] = log.Position((batch[-1].xid, batch[-1].id))
            late = max(0.0, (clock.now() - batch[0].at).total_seconds())
            health.took("stream", late)
            metrics.stream_lag.observe(late)
            for subscription in tuple(self._subscribers.get(workspace_id, ())):
                try:
                    subscription.on_events(batch)
                except Exception:
                    logger.exception("subscriber_failed")
        if len(batch) == _BATCH:
            self._dirty.add(workspace_id)
            self._wake.set()
