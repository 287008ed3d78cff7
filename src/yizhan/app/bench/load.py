"""Clients on sockets: each sends, waits for the answer, sends again. Written for little CPU.

Closed loop: a client's next request waits for its last answer. Open loop: requests are due at a constant
rate, whoever is still busy, and a latency counts from the moment at which its request was due.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from yizhan.app.bench.workloads import Request


class Result(msgspec.Struct):
    """What clients saw: latencies in milliseconds, errors, seconds measured."""

    latencies: list[float]
    errors: int
    seconds: float
    first_error: str = ""
    limit_rate: float = 0.0
    more: dict[str, Any] = {}

    def failed(self, why: str) -> None:
        """Count an error; the first one is told."""
        self.errors += 1
        self.first_error = self.first_error or why[:300]

    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class _Connection(asyncio.Protocol):
    """A keep-alive HTTP/1.1 connection with one request at a time."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0 or self.answer is None:
            return
        start = self.buffer.lower().find(b"content-length:", 0, head)
        length = int(self.buffer[start + 15 : self.buffer.index(b"\r", start)]) if start >= 0 else 0
        if len(self.buffer) < head + 4 + length:
            return
        status = int(self.buffer[9:12])
        body = bytes(self.buffer[head + 4 : head + 4 + length])
        del self.buffer[: head + 4 + length]
        answer, self.answer = self.answer, None
        answer.set_result((status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(exc or ConnectionResetError("closed"))

    async def send(self, raw: bytes) -> tuple[int, bytes]:
        self.answer = asyncio.get_running_loop().create_future()
        if self.transport is None:
            raise ConnectionResetError("not connected")
        self.transport.write(raw)
        return await self.answer


def _raw(request: Request, token: str) -> bytes:
    head = (
        f"{request.method} {request.path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(request.body)}\r\n\r\n"
    )
    return head.encode() + request.body


def arrivals(rate: float, *, begin: float, end: float) -> Iterator[float]:
    """The moments at which requests are due."""
    for number in itertools.count():
        due = begin + number / rate
        if due >= end:
            return
        yield due


async def run(
    *,
    host: str,
    port: int,
    token: str,
    make: Callable[[random.Random], Request],
    clients: int,
    seconds: float,
    seed: int,
    rate: float = 0.0,
) -> Result:
    """``clients`` connections for ``seconds``, after a short warm-up that does not count.

    With a ``rate`` the loop is open, over as many connections as are busy, up to ``clients``.
    """
    result = Result([], 0, 0.0)
    warm = min(2.0, seconds / 4)
    start = time.perf_counter()
    begin, end = start + warm, start + warm + seconds
    due = arrivals(rate, begin=start, end=end) if rate else None

    async def client(number: int) -> None:
        rng = random.Random(f"{seed}:{number}")  # noqa: S311 -- load, not secrets
        _, connection = await asyncio.get_running_loop().create_connection(_Connection, host, port)
        while (since := await turn(due, end)) is not None:
            status, body = await connection.send(_raw(make(rng), token))
            done = time.perf_counter()
            if since >= begin:
                if status >= 400:
                    result.failed(body.decode(errors="replace"))
                else:
                    result.latencies.append((done - since) * 1000)
        if connection.transport is not None:
            connection.transport.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
    result.seconds = time.perf_counter() - begin
    return result


async def turn(due: Iterator[float] | None, end: float) -> float | None:
    """From when the next request counts; None when it is over."""
    if due is None:
        now = time.perf_counter()
        return now if now < end else None
    since = next(due, None)
    if since is not None and (wait := since - time.perf_counter()) > 0:
        await asyncio.sleep(wait)
    return since
