"""Mail in: batches behind a cursor, by polling or by IDLE.

The blocking connection works in one thread of its own, so that a hundred slow mailboxes never wait
for each other; waiting in IDLE needs no thread at all.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from yizhan.domains.channels.contract import Host, Pulled
from yizhan.extensions.channels.email.idle import Idle
from yizhan.extensions.channels.email.session import Session
from yizhan.extensions.channels.email.settings import Settings

# Servers may drop an IDLE after 29 minutes, and some forget to speak at all: ask again sooner.
IDLE_SECONDS = 5 * 60
_Result = TypeVar("_Result")


class Worker:
    """A session and its thread."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imap")
        self.session: Session | None = None

    async def run(self, work: Callable[..., _Result], *args: Any, **kwargs: Any) -> _Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    async def open(self, settings: Settings, host: Host) -> Session:
        token = await host.token("oauth") if settings.auth == "xoauth2" else ""
        self.session = await self.run(Session, settings, token=token)
        return self.session

    async def close(self, *, broken: bool = False) -> None:
        """Log out; a broken (or busy) connection is cut, which ends what its thread waits for."""
        session, self.session = self.session, None
        if session is not None and broken:
            with contextlib.suppress(Exception):
                session.client.shutdown()
        elif session is not None:
            with contextlib.suppress(Exception):
                await self.run(session.close)
        self._pool.shutdown(wait=False, cancel_futures=True)


@contextlib.asynccontextmanager
async def opened(settings: Settings, host: Host) -> AsyncIterator[tuple[Worker, Session]]:
    """A session for the length of a block."""
    worker = Worker()
    clean = False
    try:
        yield worker, await worker.open(settings, host)
        clean = True
    finally:
        await worker.close(broken=not clean)


async def pull(settings: Settings, cursor: dict[str, Any], host: Host) -> Pulled:
    """One batch, on a connection of its own."""
    async with opened(settings, host) as (worker, session):
        return await worker.run(session.fetch, cursor)


async def stream(settings: Settings, cursor: dict[str, Any], host: Host) -> AsyncIterator[Pulled]:
    """Batches as they come. When the next one is asked for, the last one is stored.

    Any failure ends the stream with its exception; the host connects again with back-off.
    """
    if not settings.imap_host:  # a mailbox that only sends
        await asyncio.Event().wait()
    async with opened(settings, host) as (worker, session):
        while True:
            pulled = await worker.run(session.fetch, cursor)
            changed = pulled.cursor != cursor
            cursor = pulled.cursor
            if pulled.items or changed:
                yield pulled
            if not pulled.items and not pulled.more:
                await _wait(settings, worker, session)


async def _wait(settings: Settings, worker: Worker, session: Session) -> None:
    """Until something may have come: the server says so, or it is time to look."""
    if "IDLE" not in session.capabilities():
        await asyncio.sleep(settings.poll_seconds)
        return
    if session.told():
        return
    idle = Idle(session.client)
    try:
        await worker.run(idle.begin)
        await idle.news(IDLE_SECONDS)
    finally:
        await worker.run(idle.end)
