"""The two live lines of a desk, as cheaply as a load generator needs them: a visitor's socket, an agent's stream."""

from __future__ import annotations

import asyncio
import os
import re
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from yizhan.kernel import errors

_TEXT, _MASKED, _WIDE = 0x81, 0x80, 126
_MARK = re.compile(rb"yzb([0-9]{1,12})x")
_LONGEST_MARK = 16

Seen = Callable[[int, float], None]


class LineRefused(errors.Unavailable):
    """The desk did not open a live line."""


def mark(number: int) -> str:
    """A word within a message by which it is known again on a screen."""
    return f"yzb{number}x"


class _Line(asyncio.Protocol):
    """A connection whose answer never ends."""

    def __init__(self, status: int) -> None:
        self._wanted = f" {status} ".encode()
        self._head = bytearray()
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_lost = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        if self.opened.done():
            self.received(data)
            return
        self._head += data
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            return
        if self._wanted not in bytes(self._head[:20]):
            self.opened.set_exception(LineRefused(bytes(self._head[:200]).decode(errors="replace")))
            return
        self.opened.set_result(None)
        rest = bytes(self._head[end + 4 :])
        if rest:
            self.received(rest)

    def received(self, data: bytes) -> None:
        """What comes behind the head of the answer."""
        raise NotImplementedError

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        if not self.opened.done():
            self.opened.set_exception(LineRefused(str(exc or "closed")))


class Screen(_Line):
    """An agent's stream: tells when a marked message was first seen on it."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(200)
        self._seen = seen
        self._known: set[int] = set()
        self._tail = b""
        self.bytes = 0
        self.resyncs = 0

    def received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.bytes += len(data)
        data = self._tail + data
        self.resyncs += data.count(b"event: resync")
        for found in _MARK.findall(data):
            number = int(found)
            if number not in self._known:
                self._known.add(number)
                self._seen(number, now)
        self._tail = data[-_LONGEST_MARK:]


class Visitor(_Line):
    """A visitor's socket: sends, and hears the answers to what it sent."""

    def __init__(self) -> None:
        super().__init__(101)
        self._buffer = bytearray()
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}

    def received(self, data: bytes) -> None:
        self._buffer += data
        while (frame := self._frame()) is not None:
            told = msgspec.json.decode(frame)
            if told.get("t") in ("ack", "error"):
                future = self._acks.pop(told.get("client_id") or "", None)
                if future is not None and not future.done():
                    future.set_result(told)

    def _frame(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size == _WIDE:
            if len(buffer) < 4:
                return None
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        if len(buffer) < start + size:
            return None
        frame = bytes(buffer[start : start + size])
        del buffer[: start + size]
        return frame

    async def say(self, text: str, *, client_id: str) -> dict[str, Any]:
        """Send a message; returns what the desk answered when it was stored."""
        if self.transport is None or self.is_lost:
            raise LineRefused("closed")
        answer = self._acks[client_id] = asyncio.get_running_loop().create_future()
        self.transport.write(_masked({"t": "msg", "client_id": client_id, "text": text}))
        return await asyncio.wait_for(answer, 30)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        for future in self._acks.values():
            if not future.done():
                future.set_exception(LineRefused("closed"))


def _masked(frame: Mapping[str, Any]) -> bytes:
    body = msgspec.json.encode(frame)
    mask, size = os.urandom(4), len(body)
    if size < _WIDE:
        head = struct.pack("!BB", _TEXT, _MASKED | size)
    else:
        head = struct.pack("!BBH", _TEXT, _MASKED | _WIDE, size)
    wide = (mask * (size // 4 + 1))[:size]
    mixed = int.from_bytes(body, "big") ^ int.from_bytes(wide, "big")
    return head + mask + mixed.to_bytes(size, "big")


async def watch(host: str, port: int, *, headers: Mapping[str, str], seen: Seen) -> Screen:
    """Open an agent's stream."""
    screen = Screen(seen)
    await _open(host, port, screen, path="/api/v1/stream", headers=headers)
    return screen


async def dial(host: str, port: int, *, path: str, headers: Mapping[str, str]) -> Visitor:
    """Open a visitor's socket."""
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "eWl6aGFuLWJlbmNoLWtleQ==",
    }
    visitor = Visitor()
    await _open(host, port, visitor, path=path, headers={**headers, **upgrade})
    return visitor


async def _open(
    host: str, port: int, line: _Line, *, path: str, headers: Mapping[str, str]
) -> None:
    transport, _ = await asyncio.get_running_loop().create_connection(lambda: line, host, port)
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    await asyncio.wait_for(line.opened, 30)


async def until(done: Callable[[], bool], *, seconds: float, every: float = 0.01) -> bool:
    """Ask again and again, at most so long. Gives the last answer."""
    end = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() > end:
            return False
        await asyncio.sleep(every)
    return True
