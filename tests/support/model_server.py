"""A server that speaks OpenAI's chat-completions protocol, and misbehaves on demand.

It listens on a socket of its own and writes HTTP itself, so that half an answer is really half an answer.
By hand, for a look at the desk with a model: ``python -m tests.support.model_server 18999``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec

MODES = (
    "normal",
    "half",
    "cut",
    "error",
    "limited",
    "nonsense",
    "page",
    "slow",
    "huge",
    "empty",
    "no_forms",
    "key",
)
Answering = Callable[[dict[str, Any]], str]


def echo(asked: dict[str, Any]) -> str:
    """A draft from the first source, as a willing model writes it; the form where one is asked for."""
    said = asked["messages"][-1]["content"]
    if "response_format" in asked or "JSON object of this schema" in said:
        points = [{"text": "The customer asks about ‹ORDER_1›.", "messages": [1]}]
        return msgspec.json.encode({"problem": points, "state": []}).decode()
    source = re.search(r"^\[1\] \(\w+\) [^\n]*\n([^\n]+)", said, re.MULTILINE)
    name = re.search(r"‹NAME_\d+›", said)
    body = source.group(1) if source else "We will check this for you."
    return f"Hello {name.group() if name else 'there'},\n\n{body} [1]"


class ModelServer:
    """``mode`` says how it behaves, ``answer`` what it says, ``asked`` what it was asked."""

    def __init__(self) -> None:
        self.mode = "normal"
        self.answer: Answering = echo
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.url = ""
        self.hung_up = asyncio.Event()
        self.pause = 0.0  # seconds between two pieces
        self.release = asyncio.Event()  # lets a slow one go on

    @property
    def heard(self) -> str:
        """Every word that reached it."""
        return "\n".join(one["content"] for asked in self.asked for one in asked["messages"])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            size = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE).group(1))  # type: ignore[union-attr]  # we always send it
            asked = msgspec.json.decode(await reader.readexactly(size))
            self.asked.append(asked)
            key = re.search(r"authorization: Bearer (\S+)", head, re.IGNORECASE)
            self.keys.append(key.group(1) if key else "")
            await self._answer(asked, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hung_up.set()
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        if refusal := self._refusal(asked):
            await _whole(writer, *refusal)
            return
        text = {"nonsense": "not { what was asked for", "empty": ""}.get(self.mode) or ""
        if self.mode not in ("nonsense", "empty"):
            text = self.answer(asked)
        if self.mode == "huge":
            text = "x" * 5_000_000
        if self.mode == "slow":
            await self.release.wait()
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        if asked.get("stream"):
            await self._stream(text, usage, writer)
            return
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
        }
        body = {"id": "1", "object": "chat.completion", "created": 1, "model": asked["model"],
            "choices": [choice], "usage": usage}  # fmt: skip
        await _whole(writer, "200 OK", msgspec.json.encode(body))

    def _refusal(self, asked: dict[str, Any]) -> tuple[str, bytes, str] | tuple[str, bytes] | None:
        if self.mode == "error":
            return "500 Oops", b'{"error": {"message": "out of memory"}}'
        if self.mode == "limited":
            return "429 Slow down\r\nRetry-After: 7", b'{"error": {"message": "too fast"}}'
        if self.mode == "key":
            return "401 No", b'{"error": {"message": "bad key"}}'
        if self.mode == "page":
            return "200 OK", b"<html>Welcome</html>", "text/html"
        if self.mode == "no_forms" and "response_format" in asked:
            return "400 Bad", b'{"error": {"message": "response_format is not supported"}}'
        return None

    async def _stream(self, text: str, usage: dict[str, int], writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
        )
        size = 100_000 if self.mode == "huge" else 7
        pieces = [text[start : start + size] for start in range(0, len(text), size)] or [""]
        stop = len(pieces) // 2 if self.mode in ("half", "cut") else len(pieces)
        for piece in pieces[:stop]:
            await _event(writer, {"choices": [{"index": 0, "delta": {"content": piece}}]})
            await asyncio.sleep(self.pause)
        if self.mode == "half":
            await self.release.wait()
        if self.mode in ("half", "cut"):
            return
        await _event(writer, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        await _event(writer, {"choices": [], "usage": usage})
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()


async def _event(writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
    full = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **body}
    writer.write(b"data: " + msgspec.json.encode(full) + b"\n\n")
    await writer.drain()


async def _whole(
    writer: asyncio.StreamWriter, status: str, body: bytes, kind: str = "application/json"
) -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


@contextlib.asynccontextmanager
async def speaking(port: int = 0) -> AsyncIterator[ModelServer]:
    """A running one."""
    mine = ModelServer()
    listener = await asyncio.start_server(mine.serve, "127.0.0.1", port)
    mine.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield mine
    finally:
        mine.release.set()
        listener.close()
        await listener.wait_closed()


async def _by_hand(port: int) -> None:
    async with speaking(port) as mine:
        mine.pause = 0.05
        sys.stdout.write(f"{mine.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_by_hand(int(sys.argv[1])))
