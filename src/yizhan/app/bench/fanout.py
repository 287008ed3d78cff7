"""The bare floor of live updates: one process that hears notices of the database and writes to sockets.

No rights, no rows to load, nothing to fold: ``python -m yizhan.app.bench.fanout PORT DSN BYTES``.
A notice is ``NUMBER:FIRST:COUNT``: this many bytes with this mark to these connections.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any, cast

import asyncpg
import uvloop

from yizhan.app.bench import sockets

CHANNEL = "yizhan_bench_fanout"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class _Reader(asyncio.Protocol):
    """A browser that only listens."""

    def __init__(self, readers: list[asyncio.WriteTransport]) -> None:
        self._readers = readers
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(
            asyncio.WriteTransport, transport
        )  # uvloop's are of no class of asyncio's

    def data_received(self, data: bytes) -> None:
        if self._transport is not None and data.endswith(b"\r\n\r\n"):
            self._readers.append(self._transport)
            self._transport.write(_HEAD)


async def _serve(port: int, dsn: str, size: int) -> None:
    readers: list[asyncio.WriteTransport] = []

    def hear(_connection: Any, _pid: int, _channel: str, payload: object) -> None:
        number, first, count = (int(part) for part in str(payload).split(":"))
        head = f"event: message\ndata: {sockets.mark(number)}".encode()
        out = head + b"." * max(0, size - len(head)) + b"\n\n"
        for reader in readers[first : first + count]:
            reader.write(out)

    listening = await asyncpg.connect(dsn)
    await listening.add_listener(CHANNEL, hear)
    server = await asyncio.get_running_loop().create_server(
        lambda: _Reader(readers), "127.0.0.1", port, backlog=1024
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
