"""Wake-ups by NATS: for several machines, where a connection a process to the database would be dear.

The address may end in a path, ``nats://host:4222/desk``: it keeps installations apart that share
servers. Nothing is stored in NATS, and nothing is waited for: while it is away, the sweeps carry on.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import structlog

from yizhan.kernel import errors
from yizhan.kernel.notify import Heard

logger = structlog.get_logger(__name__)

_PREFIX = "yizhan"
_PATIENCE = 3.0
_AGAIN_SECONDS = 2.0  # between two tries to connect, however much there is to say


class NatsDown(errors.Unavailable):
    """NATS cannot be reached; everything arrives by sweeping, seconds later."""


class NatsMissing(errors.Invalid):
    """YIZHAN_NATS_URL needs the extra: pip install 'yizhan[scale]'."""


class NatsBus:
    """One connection a process, made again when lost."""

    def __init__(self, url: str) -> None:
        """``url``: one server or several, separated by commas. Errors: NatsMissing."""
        try:
            import nats  # noqa: PLC0415 -- an extra, and no part of the start
        except ImportError as error:
            raise NatsMissing from error
        self._api: Any = nats
        parts = [urlsplit(one.strip()) for one in url.split(",")]
        self.servers = [one._replace(path="").geturl() for one in parts]
        self.prefix = next((p.path.strip("/") for p in parts if p.path.strip("/")), _PREFIX)
        self._client: Any = None
        self._lost = asyncio.Event()
        self._lock = asyncio.Lock()
        self._not_before = 0.0

    def trouble(self) -> str:
        connected = self._client is not None and self._client.is_connected
        return "" if connected else "NATS is away; sweeping"

    async def say(self, said: Sequence[tuple[str, str]]) -> None:
        client = await self._connected()
        try:
            for channel, payload in said:
                await client.publish(f"{self.prefix}.{channel}", payload.encode())
        except self._api.errors.Error as error:
            raise NatsDown from error

    async def listen(self, heard: Heard, *, connected: Callable[[], None]) -> None:
        client = await self._connected()
        lost = self._lost
        subscribed = []
        try:
            for channel, calls in heard.items():
                subject = f"{self.prefix}.{channel}"
                subscribed.append(await client.subscribe(subject, cb=_adapt(calls)))
            await client.flush(timeout=int(_PATIENCE))
            connected()
            await lost.wait()
        except self._api.errors.Error as error:
            raise NatsDown from error
        finally:
            for one in subscribed:
                with contextlib.suppress(self._api.errors.Error, OSError):
                    await one.unsubscribe()

    async def _connected(self) -> Any:
        async with self._lock:
            if self._client is not None and self._client.is_connected:
                return self._client
            if time.monotonic() < self._not_before:
                raise NatsDown
            self._not_before = time.monotonic() + _AGAIN_SECONDS
            lost = self._lost = asyncio.Event()
            self._client = await self._connect(lost)
            self._not_before = 0.0
            return self._client

    async def _connect(self, lost: asyncio.Event) -> Any:
        async def ended() -> None:
            lost.set()

        try:
            return await self._api.connect(
                servers=self.servers,
                name="yizhan",
                allow_reconnect=False,  # ours: who listens has to sweep after it
                connect_timeout=_PATIENCE,
                ping_interval=10,
                max_outstanding_pings=2,
                closed_cb=ended,
                disconnected_cb=ended,
                error_cb=_quiet,
            )
        except (self._api.errors.Error, OSError) as error:
            raise NatsDown(f"NATS cannot be reached: {type(error).__name__}") from error

    async def close(self) -> None:
        if self._client is not None and not self._client.is_closed:
            with contextlib.suppress(self._api.errors.Error, OSError, TimeoutError):
                async with asyncio.timeout(2):
                    await self._client.drain()


async def _quiet(error: Exception) -> None:
    logger.info("nats_error", error=type(error).__name__)


def _adapt(calls: Sequence[Callable[[str], None]]) -> Callable[[Any], Awaitable[None]]:
    async def heard(message: Any) -> None:
        payload = message.data.decode("utf-8", "replace")
        for call in calls:
            try:
                call(payload)
            except Exception as error:  # whoever may write to the server may write anything
                logger.warning("notice_unreadable", error=type(error).__name__)

    return heard
