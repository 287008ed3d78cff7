"""A WebSocket client of our own (RFC 6455, text frames), so that tests can break it at any point."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import struct
from typing import Any
from urllib.parse import urlencode

import msgspec

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Refused(Exception):
    """The server did not open the socket."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class Closed(Exception):
    """The server closed the socket."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


class Line:
    """One socket. ``frames`` holds everything that has been received, in order."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.frames: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        body = msgspec.json.encode(frame)
        mask = os.urandom(4)
        size = len(body)
        head = (
            struct.pack("!BB", 0x80 | _TEXT, 0x80 | min(size, 126))
            if size < 126
            else (struct.pack("!BBH", 0x80 | _TEXT, 0x80 | 126, size))
        )
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(body))
        self._writer.write(head + mask + masked)
        await self._writer.drain()

    async def receive(self) -> dict[str, Any]:
        """The next frame. Errors: Closed."""
        while True:
            try:
                kind, body = await self._frame()
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                raise Closed(1006) from error
            if kind == _CLOSE:
                raise Closed(struct.unpack("!H", body[:2])[0] if len(body) >= 2 else 1005)
            if kind == _TEXT:
                frame: dict[str, Any] = msgspec.json.decode(body)
                self.frames.append(frame)
                return frame

    async def _frame(self) -> tuple[int, bytes]:
        first, second = await self._reader.readexactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return first & 0x0F, await self._reader.readexactly(size)

    async def until(self, kind: str, *, seconds: float = 20, **fields: Any) -> dict[str, Any]:
        """Wait for a frame of a kind with these fields."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.receive()
                if frame["t"] == kind and all(frame.get(k) == v for k, v in fields.items()):
                    return frame

    def cut(self) -> None:
        """Like a train in a tunnel: no goodbye."""
        self._writer.transport.abort()

    async def close(self) -> None:
        await _end(self._writer)


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def dial(
    port: int, key: str, *, visitor: str, after: str = "0", origin: str | None = None
) -> Line:
    """Open a socket. Errors: Refused, Closed is told by the first receive."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [
        f"GET /chat/{key}/socket?{urlencode({'visitor': visitor, 'after': after})} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {origin or f'http://127.0.0.1:{port}'}",
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if status != 101:
        await _end(writer)
        raise Refused(status)
    return Line(reader, writer)
