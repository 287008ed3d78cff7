"""HEAD is answered like GET, without the body (RFC 9110, 9.3.2), on every route that has GET."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Litestar


class Answering(Litestar):
    """The application, for which a HEAD is a GET whose body nobody sees."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            answer = _HeadOnly(send)
            asked: Any = {**scope, "method": "GET"}
            await super().__call__(asked, answer.receive, answer.send)
            return
        await super().__call__(scope, receive, send)


class _HeadOnly:
    """Between the application and a caller that wants the head: what streams is told that it left."""

    def __init__(self, send: Any) -> None:
        self._send = send
        self._asked = False
        self._answered = asyncio.Event()

    async def receive(self) -> Any:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._answered.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            await self._send(message)
        elif not self._answered.is_set():
            self._answered.set()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
