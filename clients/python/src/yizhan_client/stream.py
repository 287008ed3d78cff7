"""The live stream: server-sent events, gone on with where the last connection ended."""

from __future__ import annotations

import random
from typing import Any, TypeVar

import httpx2
import msgspec

from yizhan_client import errors
from yizhan_client.retry import Retries

T = TypeVar("T")
PATH = "/api/v1/stream"
# The server sends something every 15 seconds; four times that in silence is a dead connection.
TIMEOUT = httpx2.Timeout(10.0, read=60.0)
_HELLO = "hello"


class Frame(msgspec.Struct, frozen=True):
    """One event of the stream. ``resync`` means: too much was missed, load anew what you hold."""

    event: str
    data: dict[str, Any]
    cursor: str | None = None  # kept, `stream(after=cursor)` goes on behind this frame

    def read(self, kind: type[T]) -> T:
        """The data as the wanted type."""
        return msgspec.convert(self.data, kind)


class Reader:
    """Puts frames together line by line, and knows where to go on."""

    def __init__(self, retries: Retries, after: str | None) -> None:
        self.retries = retries
        self.after = after
        self.tries = 0
        self._clear()

    def headers(self) -> dict[str, str]:
        """What the next connection asks for."""
        self._clear()
        asked = {"Accept": "text/event-stream", "Cache-Control": "no-cache"}
        return asked if self.after is None else {**asked, "Last-Event-ID": self.after}

    def opened(self, response: httpx2.Response) -> float | None:
        """The pause before the next try, if the server asks for one."""
        pause = self.retries.after_answer(
            response.status_code, response.headers, tries=self.tries, chance=_chance()
        )
        if pause is not None:
            self.tries += 1
        return pause

    def take(self, line: str) -> Frame | None:
        """A frame, when this line ends one."""
        if line:
            name, _, value = line.partition(":")
            self._fields.setdefault(name, []).append(value.removeprefix(" "))
            return None
        fields = self._fields
        self._clear()
        if "data" not in fields:
            return None  # a comment that keeps the connection open
        self.tries = 0
        event = fields.get("event", ["message"])[-1]
        cursor = fields["id"][-1] if "id" in fields else None
        # The greeting says where the log ends; what was missed before that comes behind it.
        if cursor is not None and (event != _HELLO or self.after is None):
            self.after = cursor
        return Frame(event, msgspec.json.decode("\n".join(fields["data"])), cursor)

    def lost(self, failure: httpx2.TransportError | None) -> float:
        """The pause before the next connection."""
        tries, self.tries = self.tries, self.tries + 1
        if failure is not None and tries >= self.retries.most:
            raise errors.ConnectionFailed(str(failure) or type(failure).__name__) from failure
        pause: float = min(self.retries.longest, self.retries.first * 2.0**tries)
        return pause * (0.5 + _chance() / 2)

    def _clear(self) -> None:
        self._fields: dict[str, list[str]] = {}


def _chance() -> float:
    return random.random()  # noqa: S311 # spreads clients out, keeps no secret
