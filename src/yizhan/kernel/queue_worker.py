"""Runs the jobs of :mod:`yizhan.kernel.jobs`: what takes rows of pgqueuer, and tries again what failed.

Apart from them because only a worker needs the queue's library, and it weighs 20 MB.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec
import pgqueuer
import structlog
from pgqueuer.domain.errors import RetryRequested

from yizhan.kernel import health, jobs, metrics, telemetry
from yizhan.kernel.jobs import Context, Retry

logger = structlog.get_logger(__name__)

_MOST_ATTEMPTS = 12
_LONGEST_WAIT = 900.0


def _wait(attempt: int) -> float:
    return float(min(2.0**attempt * 0.5, _LONGEST_WAIT))


async def _execute(ctx: Context, name: str, row: Any) -> None:
    payload = msgspec.json.decode(row.payload or b"{}")
    waited = max(0.0, time.time() - row.execute_after.timestamp())
    health.took("jobs", waited)
    metrics.job_wait.observe(waited)
    with metrics.job_seconds.labels(name).time(), telemetry.job(name, row.headers):
        try:
            await jobs.run_one(ctx, name, payload, queued_at=row.created)
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


class _Driver(pgqueuer.AsyncpgDriver):
    """The library's driver, whose listeners hear what NATS brings too."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._calls: list[Callable[[str], None]] = []

    async def add_listener(self, channel: str, callback: Callable[[Any], None]) -> None:
        self._calls.append(callback)
        await super().add_listener(channel, callback)

    def wake(self, notice: str) -> None:
        for call in self._calls:
            call(notice)


class Worker:
    """Runs jobs until stopped. A job of a worker that died is taken up after 30 seconds."""

    def __init__(self, ctx: Context, *, concurrency: int = 20) -> None:
        self.ctx = ctx
        self.concurrency = concurrency
        self._queue: pgqueuer.QueueManager | None = None
        self._driver: _Driver | None = None

    async def run(self) -> None:
        connection = await self.ctx.database.listen_connection()
        try:
            driver = self._driver = _Driver(connection)
            queue = self._queue = pgqueuer.QueueManager(pgqueuer.Queries(driver))
            for name in jobs.registered():
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

    def wake(self, notice: str) -> None:
        """There are new jobs, another way than NOTIFY says."""
        if self._driver is not None:
            self._driver.wake(notice)

    def stop(self) -> None:
        """Take no more jobs; those that run are finished."""
        if self._queue is not None:
            self._queue.shutdown.set()
