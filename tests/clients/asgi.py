"""An application as httpx2 speaks with it, answers that never end included; and lines that break."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2


class _Body(httpx2.AsyncByteStream):
    def __init__(self, parts: asyncio.Queue[bytes | None], running: asyncio.Task[None]) -> None:
        self.parts = parts
        self.running = running

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self.parts.get()) is not None:
            yield part

    async def aclose(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)


class Line(httpx2.AsyncBaseTransport):
    """Speaks with an application. ``broken`` holds what happens to the next requests instead."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.broken: list[httpx2.Response | Exception | None] = []
        self.asked: list[httpx2.Request] = []
        self.cut: list[asyncio.Queue[bytes | None]] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        self.asked.append(request)
        instead = self.broken.pop(0) if self.broken else None
        if isinstance(instead, httpx2.Response):
            return instead
        response = await self._through(request)
        if instead is not None:  # it arrived, and the answer got lost
            await response.aread()
            raise instead
        return response

    async def _through(self, request: httpx2.Request) -> httpx2.Response:
        started: asyncio.Future[tuple[int, Any]] = asyncio.get_running_loop().create_future()
        parts: asyncio.Queue[bytes | None] = asyncio.Queue()
        sent = False

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                await asyncio.Event().wait()
            sent = True
            return {"type": "http.request", "body": request.content, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                started.set_result((message["status"], message.get("headers", [])))
            else:
                parts.put_nowait(message.get("body", b""))
                if not message.get("more_body", False):
                    parts.put_nowait(None)

        running = asyncio.ensure_future(self.app(_scope(request), receive, send))
        await asyncio.wait([running, started], return_when=asyncio.FIRST_COMPLETED)
        if not started.done():
            running.result()
        status, headers = await started
        self.cut.append(parts)
        return httpx2.Response(status, headers=headers, stream=_Body(parts, running))

    def hang_up(self) -> None:
        """End the newest answer in the middle."""
        self.cut[-1].put_nowait(None)


def _scope(request: httpx2.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.split(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": (request.url.host, request.url.port or 80),
        "client": ("127.0.0.1", 1),
    }
