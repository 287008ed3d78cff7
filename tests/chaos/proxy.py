"""A line between two programs that can be made bad: slow, cut, half open, reset now and then."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

_CHUNK = 65536
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER of nothing: close() sends RST


@dataclass
class Line:
    """The state of the line; change it at any time.

    ``good``, ``slow`` (each piece waits ``delay``), ``dead`` (taken, never handed on: half open) or
    ``cut`` (every connection is closed, new ones too). ``resets`` is the share of pieces that end
    their connection with a reset.
    """

    target: str  # a path of a socket, or host:port
    seed: int = 0
    state: str = "good"
    delay: float = 0.2
    resets: float = 0.0
    broken: int = 0  # connections reset or cut so far
    silent: int = 0  # ways that swallowed what was sent
    passed: int = 0  # bytes
    port: int = 0
    _rng: random.Random = field(init=False)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)

    def be(self, state: str) -> None:
        """Change the line's state, from any thread."""
        self.state = state
        if state == "cut" and self._loop is not None:
            self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for writer in tuple(self._open):
            self._reset(writer)

    def _reset(self, writer: asyncio.StreamWriter) -> None:
        self.broken += 1
        sock = writer.get_extra_info("socket")
        if sock is not None and sock.family == socket.AF_INET:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.target.startswith("/"):
            return await asyncio.open_unix_connection(self.target)
        host, _, port = self.target.rpartition(":")
        return await asyncio.open_connection(host, int(port))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways, until one side ends it."""
        self._open.add(writer)
        other: asyncio.StreamWriter | None = None
        try:
            if self.state == "cut":
                self.broken += 1
                return
            answers, other = await self._connect()
            ways = [
                asyncio.create_task(self._pump(reader, other, writer)),
                asyncio.create_task(self._pump(answers, writer, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            pass  # the end of the proxy, too: a cancelled handler would only be complained about
        finally:
            self._open.discard(writer)
            for end in (writer, other):
                if end is not None:
                    end.close()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        client: asyncio.StreamWriter,
    ) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(_CHUNK):
                if self.state == "dead":
                    self.silent += 1
                    await (
                        asyncio.Event().wait()
                    )  # as if the cable were out; both ends think it is not
                if self.state == "slow":
                    await asyncio.sleep(self.delay)
                if self.resets and self._rng.random() < self.resets:
                    self._reset(client)
                    return
                self.passed += len(piece)
                sink.write(piece)
                await sink.drain()


@contextlib.contextmanager
def through(line: Line) -> Iterator[Line]:
    """Runs the line in a thread of its own, on a port of 127.0.0.1."""
    started = threading.Event()
    thread = threading.Thread(target=partial(asyncio.run, _run(line, started)), daemon=True)
    thread.start()
    assert started.wait(10), "the proxy did not start"
    try:
        yield line
    finally:
        loop = line._loop
        assert loop is not None
        loop.call_soon_threadsafe(_end_all, loop)
        thread.join(10)


def _end_all(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()


async def _run(line: Line, started: threading.Event) -> None:
    line._loop = asyncio.get_running_loop()
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    started.set()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    server.close()
