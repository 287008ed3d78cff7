"""Counts of views as they change: pushed to each reader, folded, never more than a share of the time.

A count follows within a moment on a small desk. Where counting takes long, it waits ten times as long
before it counts again, so that a busy day costs the database a tenth at most.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import structlog

from yizhan.domains.realtime import frames
from yizhan.domains.tickets.views import showing
from yizhan.kernel import errors, events
from yizhan.kernel.actor import Actor
from yizhan.kernel.db import Database

logger = structlog.get_logger(__name__)

FOLD_SECONDS = 0.25
_REST = 10  # times as long as the counting took


class Reader(Protocol):
    """Somebody at the other end of the stream."""

    actor: Actor

    def send(self, *items: frames.Frame) -> None:
        """Put frames into the queue."""


class Counts:
    """The counts of a workspace's readers in this process."""

    def __init__(self, database: Database, readers: Iterable[Any]) -> None:
        self._database = database
        self._readers = readers  # the room's own set
        self._sent: WeakKeyDictionary[Reader, dict[str, Any]] = WeakKeyDictionary()
        self._is_stale = False
        self._task: asyncio.Task[None] | None = None
        self._took = 0.0

    def heard(self, batch: Sequence[events.Logged]) -> None:
        """Something happened: count again soon if it was about tickets or views."""
        if any(event.ticket_id is not None or event.type.startswith("view.") for event in batch):
            self._is_stale = True
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._is_stale and tuple(self._readers):
            await asyncio.sleep(max(FOLD_SECONDS, self._took * _REST))
            self._is_stale = False
            begun = time.monotonic()
            for reader in tuple(self._readers):
                try:
                    await self._count(reader)
                except errors.YizhanError:
                    continue  # the database is away, or the reader: what comes next counts again
                except Exception:
                    logger.exception("counts_failed")
            self._took = time.monotonic() - begun

    async def _count(self, reader: Reader) -> None:
        async with self._database.begin(reader.actor) as tx:
            found = await showing.counts(tx)
        counts = {
            view_id: {"count": count.count, "count_capped": count.capped}
            for view_id, count in found.items()
        }
        if self._sent.get(reader) != counts:
            self._sent[reader] = counts
            reader.send(frames.frame("views", {"counts": counts}))
