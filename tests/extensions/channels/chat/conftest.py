"""A desk with a chat on a real server and a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from granian.constants import Interfaces
from granian.server.embed import Server

from tests.extensions.channels.chat import line
from tests.support.desk import Desk, eventually
from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands

SECRET = "shop-identity-secret-of-32-characters"


class ChatDesk:
    """A desk, its address, and a chat inbox."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.port = port
        self.http = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30)
        self.key = ""
        self.inbox_id = 0
        self.lines: list[line.Line] = []

    async def add_chat(self, **settings: Any) -> str:
        """A chat inbox; its key is kept."""
        async with self.desk.begin() as tx:
            brand = (await brands.listed(tx))[0]
            inbox = await channels.create_inbox(
                tx,
                self.desk.edge.vault,
                name="Shop chat",
                channel_id="chat",
                brand_id=brand.id,
                settings=settings,
            )
        self.key, self.inbox_id = inbox.public_key, inbox.id
        return inbox.public_key

    async def session(self, **body: Any) -> httpx2.Response:
        return await self.http.post(f"/chat/{self.key}/session", json={"locale": "zh-CN", **body})

    async def visitor(self, **body: Any) -> str:
        """A token."""
        answer = await self.session(**body)
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["visitor"]
        return token

    async def dial(self, token: str, *, after: str = "0") -> line.Line:
        """A socket that has said hello."""
        opened = await line.dial(self.port, self.key, visitor=token, after=after)
        self.lines.append(opened)
        await opened.until("hello")
        return opened

    async def close(self) -> None:
        for opened in self.lines:
            opened.cut()
        await self.http.aclose()

    async def tickets(self) -> list[dict[str, Any]]:
        answer = await self.desk.api.get("/api/v1/tickets", params={"view": "all", "limit": 100})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def answer(self, ticket_id: str, body: str, **more: Any) -> dict[str, Any]:
        """An agent's answer."""
        answer = await self.desk.api.post(
            f"/api/v1/tickets/{ticket_id}/messages",
            json={"body": body, "visibility": "public", **more},
        )
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


@contextlib.asynccontextmanager
async def serving(app: Any) -> AsyncIterator[int]:
    """The application on a real socket, within this process and loop."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    server = Server(app, address="127.0.0.1", port=port, interface=Interfaces.ASGI)
    task = asyncio.create_task(server.serve())
    try:
        async with httpx2.AsyncClient() as client:

            async def up() -> bool:
                with contextlib.suppress(httpx2.TransportError):
                    return (await client.get(f"http://127.0.0.1:{port}/healthz")).is_success
                return False

            await eventually(up)
        yield port
    finally:
        server.stop()  # type: ignore[no-untyped-call] # granian's has no annotations
        await asyncio.wait_for(task, timeout=20)


@pytest.fixture
async def chat(desk: Desk) -> AsyncIterator[ChatDesk]:
    """A desk on a socket, with a chat whose host page can prove who its users are."""
    async with serving(desk.app) as port:
        opened = ChatDesk(desk, port)
        await opened.add_chat(identity_secret=SECRET)
        try:
            yield opened
        finally:
            await opened.close()
