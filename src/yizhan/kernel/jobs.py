"""Background jobs: rows of pgqueuer, written by ``tx.defer``, run by the worker.

A job runs at least once; it must be safe to run again. It opens its own transactions, because it
may talk to the network between them.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pgqueuer
import structlog
from pgqueuer.domain.errors import RetryRequested

from yizhan.kernel import health, metrics, telemetry
from yizhan.kernel.actor import Actor, system

if TYPE_CHECKING:
    from yizhan.kernel.config import Config
    from yizhan.kernel.crypto import Vault
    from yizhan.kernel.db import Database
    from yizhan.kernel.storage import Store

logger = structlog.get_logger(__name__)

_MOST_ATTEMPTS = 12
_LONGEST_WAIT = 900.0


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


def job(name: str) -> Callable[[Run], Run]:
    """Register ``async def run(ctx, *, workspace_id, …)`` under a name."""

    def register(run: Run) -> Run:
        if name in _registered:
            raise ValueError(f"two jobs are named {name}")
        _registered[name] = run
        return run

    return register


def registered() -> dict[str, Run]:
    """All jobs by name."""
    return dict(_registered)


def _wait(attempt: int) -> float:
    return float(min(2.0**attempt * 0.5, _LONGEST_WAIT))


async def run_one(ctx: Context, name: str, payload: dict[str, Any]) -> None:
    """Run one job now, in this process."""
    await _registered[name](ctx, **payload)


async def _execute(ctx: Context, name: str, row: Any) -> None:
    payload = msgspec.json.decode(row.payload or b"{}")
    waited = max(0.0, time.time() - row.execute_after.timestamp())
    health.took("jobs", waited)
    metrics.job_wait.observe(waited)
    with metrics.job_seconds.labels(name).time(), telemetry.job(name, row.headers):
        try:
            await run_one(ctx, name, payload)
        except Retry as retry:
            raise RetryRequested(
                delay=timedelta(seconds=retry.seconds), reason=str(retry)
            ) from retry
        except asyncio.CancelledError as stopped:
            # The worker ends before the job does. As a cancelled one it would be forgotten.
            raise RetryRequested(delay=timedelta(), reason="worker stopped") from stopped
        except Exception as error:
            metrics.job_failures.labels(name).inc()
            logger.exception("job_failed", job=name, attempt=row.attempts)
            if row.attempts < _MOST_ATTEMPTS:
                raise RetryRequested(
                    delay=timedelta(seconds=_wait(row.attempts)), reason=type(error).__name__
                ) from error
            raise  # held as failed: `doctor` shows it, and it can be queued again


class Worker:
    """Runs jobs until stopped. A job of a worker that died is taken up after 30 seconds."""

    def __init__(self, ctx: Context, *, concurrency: int = 20) -> None:
        self.ctx = ctx
        self.concurrency = concurrency
        self._queue: pgqueuer.QueueManager | None = None

    async def run(self) -> None:
        connection = await self.ctx.database.listen_connection()
        try:
            queue = self._queue = pgqueuer.QueueManager(
                pgqueuer.Queries(pgqueuer.AsyncpgDriver(connection))
            )
            for name in _registered:
                queue.entrypoint(name, on_failure="hold", accepts_context=False)(
                    self._handler(name)
                )
            await queue.run(
                dequeue_timeout=timedelta(seconds=1),
                batch_size=10,
                max_concurrent_tasks=self.concurrency,
                heartbeat_timeout=timedelta(seconds=30),
            )
        finally:
            await connection.close(timeout=2)

    def _handler(self, name: str) -> Callable[[Any], Awaitable[None]]:
        async def handle(row: Any) -> None:
            await _execute(self.ctx, name, row)

        return handle

    def stop(self) -> None:
        """Take no more jobs; those that run are finished."""
        if self._queue is not None:
            self._queue.shutdown.set()
