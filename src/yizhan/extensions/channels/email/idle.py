"""Waiting for news of a mailbox (IDLE, RFC 2177), without a thread.

Read straight from the socket: ``imaplib`` reads ahead, and news that came in one packet with the
server's "+" would stay unseen in its buffer until the next command. Between two commands that buffer
is empty, so nothing is taken from it.
"""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
from collections.abc import Callable

_TAG = b"IDLE1"
_CHUNK = 65_536
_LONGEST_LINE = 1_000_000


class Refused(Exception):
    """The server does not idle, or left."""


class Idle:
    """One IDLE on a selected mailbox. ``begin`` and ``end`` block; ``news`` does not."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._sock = client.sock
        self._rest = b""
        self._open = False
        self.told = False  # something was said beside the answers to us

    def begin(self) -> None:
        """Returns when the server listens. Errors: Refused, OSError."""
        self._sock.sendall(_TAG + b" IDLE\r\n")
        self._open = True
        self._until(lambda line: line.startswith(b"+"))
        self.told = self.told or bool(self._rest)

    async def news(self, seconds: float) -> None:
        """Until the server says something, at most ``seconds``."""
        pending = getattr(self._sock, "pending", None)
        if self.told or (pending is not None and pending()):
            return
        ready = asyncio.Event()
        loop = asyncio.get_running_loop()
        number = self._sock.fileno()
        loop.add_reader(number, ready.set)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await ready.wait()
        finally:
            loop.remove_reader(number)

    def end(self) -> None:
        """Back to commands. Errors: Refused, OSError."""
        if self._open:
            self._open = False
            self._sock.sendall(b"DONE\r\n")
            self._until(lambda line: line.startswith(_TAG))

    def _until(self, wanted: Callable[[bytes], bool]) -> None:
        while True:
            line, end, rest = self._rest.partition(b"\r\n")
            if not end:
                self._more()
                continue
            self._rest = rest
            if wanted(line):
                return
            if line.startswith(_TAG):  # NO or BAD where "+" was due
                self._open = False
                raise Refused(line.decode("utf-8", "replace")[:300])
            self.told = True

    def _more(self) -> None:
        got = self._sock.recv(_CHUNK)
        if not got or len(self._rest) > _LONGEST_LINE:
            raise Refused("the connection ended")
        self._rest += got
