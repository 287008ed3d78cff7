"""Every place where somebody may name an address: a server on this machine is never asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.domains.identity import people
from tests.support.desk import Desk
from tests.support.pushing import Browser

SPELLINGS = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://2130706433:{port}/",
    "http://0:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "https://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_",
    "file:///etc/passwd",
)


class Inside:
    """A server of the operator's network that counts who came."""

    def __init__(self) -> None:
        self.port = 0
        self.came = 0

    async def serve(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came += 1
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()


@pytest.fixture
async def inside() -> AsyncIterator[Inside]:
    made = Inside()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


async def _source(desk: Desk, url: str) -> list[httpx2.Response]:
    settings = {"url": url, "fields": [{"key": "a", "label_en": "A", "pointer": "/a"}]}
    body = {"kind": "http_lookup", "name": url, "active": True, "settings": settings}
    made = await desk.api.post("/api/v1/panel/sources", json=body)
    if not made.is_success:
        return [made]
    tried = f"/api/v1/panel/sources/{made.json()['id']}/test"
    return [made, await desk.api.post(tried, json={"identity": {"email": "a@example.test"}})]


async def _hook(desk: Desk, url: str) -> list[httpx2.Response]:
    body = {"url": url, "events": ["*"]}
    return [await desk.api.post("/api/v1/webhooks", json=body)]


async def _model(desk: Desk, url: str) -> list[httpx2.Response]:
    place = "/api/v1/copilot/servers/cloud"
    made = await desk.api.put(place, json={"url": url, "model": "m"})
    return [made, await desk.api.post(f"{place}/test")]


async def _call(desk: Desk, url: str) -> list[httpx2.Response]:
    requester = {"email": "ann@example.test", "name": "Ann"}
    body = {"subject": "x", "body": "x", "requester": requester}
    ticket = (await desk.api.post("/api/v1/tickets", json=body)).json()["id"]
    steps = [{"action": "call_webhook", "params": {"url": url}}]
    return [await desk.api.post(f"/api/v1/tickets/{ticket}/actions", json={"actions": steps})]


PLACES: tuple[Any, ...] = (_source, _hook, _model, _call)


@pytest.mark.parametrize("place", PLACES)
async def test_nothing_inside_is_asked(desk: Desk, inside: Inside, place: Any) -> None:
    for spelling in SPELLINGS:
        url = spelling.format(port=inside.port)
        answers = await place(desk, url)
        assert all(one.status_code < 500 for one in answers), (url, answers[-1].text)
    body = {"subject": "x", "body": "x", "requester": {"email": "ann@example.test"}}
    assert (await desk.api.post("/api/v1/tickets", json=body)).status_code == 201
    await desk.run_jobs()
    assert inside.came == 0


async def test_no_push_goes_inside(desk: Desk, inside: Inside) -> None:
    await people.add_agent(desk, "bo@example.test")
    async with people.signed_in(desk, "bo@example.test") as page:
        for spelling in SPELLINGS:
            mine = Browser(spelling.format(port=inside.port)).subscription()
            answer = await page.post("/api/v1/push/devices", json=mine)
            assert answer.status_code == 422, (mine["endpoint"], answer.text)
    assert inside.came == 0
