"""Background jobs: rows of pgqueuer, written by ``tx.defer``, run by :mod:`yizhan.kernel.queue_worker`.

A job runs at least once; it must be safe to run again. It opens its own transactions, because it
may talk to the network between them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yizhan.kernel import holding
from yizhan.kernel.actor import Actor, system

if TYPE_CHECKING:
    from yizhan.kernel.config import Config
    from yizhan.kernel.crypto import Vault
    from yizhan.kernel.db import Database
    from yizhan.kernel.storage import Store


class Retry(Exception):
    """Run this job again after ``seconds``; it does not count as a failure."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        self.seconds = seconds
        super().__init__(reason)


class Context:
    """What a job gets: the database, the file store, the settings, the keys."""

    def __init__(self, database: Database, store: Store, config: Config, vault: Vault) -> None:
        self.database = database
        self.store = store
        self.config = config
        self.vault = vault

    def system(self, workspace_id: int, *, name: str = "system") -> Actor:
        return system(workspace_id, name=name)

    def begin(self, workspace_id: int) -> contextlib.AbstractAsyncContextManager[Any]:
        """A transaction of the system in a workspace."""
        return self.database.begin(system(workspace_id))


Run = Callable[..., Awaitable[None]]
_registered: dict[str, Run] = {}
_together: set[str] = set()
_outgoing: set[str] = set()


def job(name: str, *, together: bool = False, outgoing: bool = False) -> Callable[[Run], Run]:
    """Register ``async def run(ctx, *, workspace_id, …)`` under a name.

    ``together``: timers that are due at once may come as one job, with their payloads in ``many``.
    ``outgoing``: it tells somebody outside, so what is older than a restore is held (:mod:`.holding`).
    """

    def register(run: Run) -> Run:
        if name in _registered:
            raise ValueError(f"two jobs are named {name}")
        _registered[name] = run
        if together:
            _together.add(name)
        if outgoing:
            _outgoing.add(name)
        return run

    return register


def registered() -> dict[str, Run]:
    """All jobs by name."""
    return dict(_registered)


def taking_many() -> list[str]:
    """The jobs of which several may come as one."""
    return sorted(_together)


async def run_one(
    ctx: Context, name: str, payload: dict[str, Any], *, queued_at: datetime | None = None
) -> None:
    """Run one job now, in this process; one that was queued before a restore may be held instead."""
    if queued_at is not None and name in _outgoing:
        async with ctx.begin(payload["workspace_id"]) as tx:
            if await holding.put_aside(tx, name, payload=payload, queued_at=queued_at):
                return
    await _registered[name](ctx, **payload)
