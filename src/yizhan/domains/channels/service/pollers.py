"""Mailboxes and streams: one process per inbox, by a lease in the database.

The cursor is written in the transaction that writes the envelopes, and only by the holder of the
lease: a process that was frozen and comes back writes nothing. New settings make a new version, and
a fetcher of an old version stops.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
from pathlib import Path
from typing import Any

import asyncpg
import structlog

from yizhan.domains.channels import registry, repository
from yizhan.domains.channels.contract import Pulled
from yizhan.domains.channels.service import hosts, intake
from yizhan.domains.channels.service.means import Means, Ready, load
from yizhan.domains.channels.service.pipeline import actor_of
from yizhan.kernel import errors
from yizhan.kernel.actor import system

logger = structlog.get_logger(__name__)

_LOOK_SECONDS = 2.0
_LEASE_SECONDS = 45
_RENEW_SECONDS = 10.0
_PULL_SECONDS = 300.0  # a fetch that takes longer hangs
_EVERY_SECONDS = 60.0  # between fetches, where the settings do not say
_LONGEST_WAIT = 300.0


class LeaseLost(Exception):
    """Another process fetches this inbox now, or its settings changed."""


Key = tuple[int, int, int]  # workspace, inbox, version


def _here() -> str:
    """Where a process number means the same process as here: this machine, this container."""
    space = ""
    with contextlib.suppress(OSError):
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    return f"{socket.gethostname()}/{space}"


def _dead(holder: str) -> bool:
    """Whether the holder of a lease was a process of this machine that is gone.

    A worker that was killed is replaced at once; mail need not wait until its lease runs out.
    """
    place, _, process = holder.partition(":")
    number = process.partition(":")[0]
    if place != _here() or not number.isdigit():
        return False
    if int(number) == os.getpid():
        return False  # may be a second one of this process, as in tests
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # it lives, as somebody else
    return False


class Pollers:
    """All fetchers of this process."""

    def __init__(self, means: Means, *, look_seconds: float = _LOOK_SECONDS) -> None:
        self.means = means
        self.look_seconds = look_seconds
        self.holder = f"{_here()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._tasks: dict[Key, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Keep a fetcher for each inbox that needs one, until cancelled."""
        try:
            while True:
                with contextlib.suppress(errors.Unavailable, asyncpg.PostgresError, OSError):
                    await self._look()
                await asyncio.sleep(self.look_seconds)
        finally:
            await self._stop(list(self._tasks))

    async def _look(self) -> None:
        rows = await self.means.database.lookup("SELECT * FROM yizhan_active_inboxes()")
        wanted = {
            (row["workspace_id"], row["inbox_id"], row["version"])
            for row in rows
            if _fetches(row["channel"])
        }
        gone = [k for k, task in self._tasks.items() if k not in wanted or task.done()]
        await self._stop(gone)
        for key in wanted - set(self._tasks):
            self._tasks[key] = asyncio.create_task(self._guard(key))

    async def _stop(self, keys: list[Key]) -> None:
        tasks = [self._tasks.pop(key) for key in keys]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _guard(self, key: Key) -> None:
        """One inbox: take the lease, fetch while it holds, give it back."""
        workspace_id, inbox_id, version = key
        if not await self._lease(key):
            return
        work = asyncio.create_task(self._fetch(workspace_id, inbox_id))
        try:
            while not work.done():
                await asyncio.wait([work], timeout=_RENEW_SECONDS)
                if not work.done() and not await self._lease(key):
                    return
            work.result()
        except (LeaseLost, errors.NotFound):
            return
        except (errors.Unavailable, asyncpg.PostgresError, OSError):
            logger.warning("poller_lost_the_database", inbox=str(inbox_id), version=version)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            with contextlib.suppress(errors.Unavailable, asyncpg.PostgresError, OSError):
                async with self.means.database.begin(system(workspace_id)) as tx:
                    await repository.give_lease(tx, inbox_id, holder=self.holder)

    async def _lease(self, key: Key) -> bool:
        workspace_id, inbox_id, version = key
        async with self.means.database.begin(system(workspace_id)) as tx:
            before = await repository.lease_holder(tx, inbox_id)
            return await repository.take_lease(
                tx,
                inbox_id,
                holder=self.holder,
                seconds=_LEASE_SECONDS,
                version=version,
                heir_of=before if before and _dead(before) else None,
            )

    async def _fetch(self, workspace_id: int, inbox_id: int) -> None:
        """Fetch for ever, slower after each failure."""
        failures = 0
        while True:
            ready = await load(self.means, workspace_id, inbox_id=inbox_id)
            try:
                await self._once(ready)
                failures = 0
                wait = float(getattr(ready.settings, "poll_seconds", _EVERY_SECONDS))
            except (LeaseLost, errors.NotFound, asyncpg.PostgresError):
                raise
            except Exception as error:
                failures += 1
                wait = min(5 * 2.0 ** (failures - 1), _LONGEST_WAIT)
                await self._note(ready, error)
            await asyncio.sleep(wait)

    async def _once(self, ready: Ready) -> None:
        connector = ready.channel.connector
        host = hosts.InboxHost(self.means, ready)
        cursor = ready.inbox.cursor
        if ready.channel.offers("stream"):
            async for pulled in connector.stream(ready.settings, cursor, host):
                await store(self.means, ready, pulled=pulled, holder=self.holder)
            return
        more = True
        while more:
            async with asyncio.timeout(_PULL_SECONDS):
                pulled = await connector.pull(ready.settings, cursor, host)
            await store(self.means, ready, pulled=pulled, holder=self.holder)
            cursor, more = pulled.cursor, pulled.more

    async def _note(self, ready: Ready, error: Exception) -> None:
        detail = f"{type(error).__name__}: {error}"
        logger.warning("fetch_failed", channel=ready.channel.id, error=type(error).__name__)
        async with self.means.database.begin(system(ready.workspace_id)) as tx:
            await repository.note_error(tx, ready.inbox.id, error=detail)


def _fetches(channel_id: str) -> bool:
    channel = registry.find(channel_id)
    return channel is not None and (channel.offers("pull") or channel.offers("stream"))


async def store(means: Means, ready: Ready, *, pulled: Pulled, holder: str) -> list[int]:
    """Contents to the disk, then envelopes and cursor in one transaction. Errors: LeaseLost."""
    stored = await intake.keep(means.store, ready.workspace_id, items=pulled.items)
    async with means.database.begin(actor_of(ready)) as tx:
        kept = await repository.save_cursor(tx, ready.inbox.id, holder=holder, cursor=pulled.cursor)
        if not kept:
            raise LeaseLost
        return await intake.accept(tx, ready.inbox.id, stored=stored)


async def run(means: Any) -> None:
    """For the worker: fetch until cancelled."""
    await Pollers(means).run()
