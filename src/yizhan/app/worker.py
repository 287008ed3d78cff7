"""The worker process: jobs, timers, readers of the log, pollers of channels."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from yizhan.app import discovery, figures, runtime
from yizhan.app.version import version
from yizhan.kernel import events, jobs, log, notify, queue_worker, telemetry, timers, upkeep
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

logger = structlog.get_logger(__name__)

ALIVE = "worker.alive"  # below the data directory
_LIVE_SECONDS = 10.0

Runner = Callable[[Edge], Awaitable[None]]


def runners(name: str = "runners") -> list[Runner]:
    """What domains do in the worker beside jobs (``runners`` in their ``jobs`` module): mostly without
    an end, but one that has an end may return. ``fetchers`` go to mailboxes and streams of others."""
    return [run for module in discovery.load() for run in getattr(module, name, [])]


async def work(edge: Edge, *, stop: asyncio.Event, parts: str = "all") -> None:
    """Do background work until told to stop; what runs is finished first.

    ``parts``: ``all`` of it, ``channels`` (only fetch what comes in), or ``jobs`` (everything else).
    """
    living = asyncio.create_task(_live(edge.config))
    try:
        if parts == "channels":
            await _fetch(edge, stop=stop)
        else:
            await _work(edge, stop=stop, beside=[] if parts == "jobs" else runners("fetchers"))
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


async def _fetch(edge: Edge, *, stop: asyncio.Event) -> None:
    tasks = [asyncio.create_task(_forever(run, edge)) for run in runners("fetchers")]
    try:
        await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _live(config: Config) -> None:
    """Touch a file for as long as the loop goes round: whoever watches this process looks at its age."""
    path = config.data / ALIVE
    while True:
        with contextlib.suppress(OSError):
            await asyncio.to_thread(path.touch)
        await asyncio.sleep(_LIVE_SECONDS)


async def _work(edge: Edge, *, stop: asyncio.Event, beside: list[Runner]) -> None:
    context = jobs.Context(edge.database, edge.store, edge.config, edge.vault)
    worker = queue_worker.Worker(context)
    listener = notify.Listener(edge.database.bus)
    reader = log.Reader(edge.database, events.consumers())
    reader.attach(listener)
    if edge.config.nats_url:  # else the queue's own connection hears of jobs
        listener.hear(notify.JOBS, worker.wake)
    listener.start()
    tasks = [asyncio.create_task(reader.run()), asyncio.create_task(timers.run(edge.database))]
    tasks.append(asyncio.create_task(upkeep.run(edge.database)))
    tasks += [asyncio.create_task(_forever(run, edge)) for run in (*runners(), *beside)]
    main = asyncio.create_task(_forever(lambda _edge: worker.run(), edge))
    stopping = asyncio.create_task(stop.wait())
    try:
        running: set[asyncio.Task[Any]] = {stopping, *tasks}
        while not stopping.done():
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        worker.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(main, timeout=20)
        await listener.close()


async def _forever(run: Runner, edge: Edge) -> None:
    """Start a function again when it fails or the database went away."""
    wait = 0.5
    while True:
        try:
            await run(edge)
            return
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("runner_failed")
        await asyncio.sleep(wait)
        wait = min(wait * 2, 10)


async def main(config: Config, *, parts: str = "all") -> None:
    """The process: until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await runtime.await_database(config)
    async with runtime.open(config) as edge:
        telemetry.start(config, part="worker", version=version())
        try:
            with figures.served(config.worker_metrics):
                await work(edge, stop=stop, parts=parts)
        finally:
            await asyncio.to_thread(telemetry.stop)
