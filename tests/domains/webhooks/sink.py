"""A receiver of webhooks on a socket of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec


class Sink:
    """A receiver: answers what it is told, keeps what it accepted."""

    def __init__(self) -> None:
        self.status = 200
        self.said = b"thanks"
        self.accepted: list[dict[str, Any]] = []
        self.requests: list[tuple[dict[str, str], str]] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
            headers = {name.lower(): value for name, value in lines}
            body = (await reader.readexactly(int(headers["content-length"]))).decode()
            self.requests.append((headers, body))
            if self.status == 200:
                self.accepted.append(
                    {"id": headers["webhook-id"], **msgspec.json.decode(body.encode())}
                )
            answer = f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(self.said)}\r\n"
            writer.write(answer.encode() + b"Connection: close\r\n\r\n" + self.said)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def listening() -> AsyncIterator[Sink]:
    """A receiver that is up."""
    mine = Sink()
    server = await asyncio.start_server(mine.serve, "127.0.0.1", 0)
    mine.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield mine
