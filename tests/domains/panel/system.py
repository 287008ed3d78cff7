"""Somebody else's system on a socket of its own: answers what it is told, when it is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec

KNOWN = {
    "level": "gold",
    "phone": "+8613812345678",
    "orders": [
        {"no": "A-1", "total": "19.90", "note": "secret"},
        {"no": "A-2", "total": "5", "note": "x"},
    ],
}


class System:
    """``delay`` in seconds; ``head`` are further header lines."""

    def __init__(self) -> None:
        self.status = 200
        self.said: bytes = msgspec.json.encode(KNOWN)
        self.head = ""
        self.delay = 0.0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.requests: list[tuple[dict[str, str], str]] = []
        self.url = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body) for _, body in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
            headers = {name.lower(): value for name, value in lines}
            body = (await reader.readexactly(int(headers["content-length"]))).decode()
            self.requests.append((headers, body))
            await asyncio.sleep(self.delay)
            await self.may_answer.wait()
            answer = f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(self.said)}\r\n{self.head}"
            writer.write(answer.encode() + b"Connection: close\r\n\r\n" + self.said)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[System]:
    """A system that is up."""
    mine = System()
    server = await asyncio.start_server(mine.serve, "127.0.0.1", 0)
    mine.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/lookup"
    async with server:
        yield mine
        mine.may_answer.set()
