"""The Python client against the real application, over lines that break."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

import yizhan_client
from tests.clients.asgi import Line
from tests.support.desk import Desk, api_token
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.kernel import signing
from yizhan_client import AsyncClient, Client, Retries, Upload, errors, models, webhooks

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


class Calling:
    """A client, its line, and how long it has waited."""

    def __init__(self, desk: Desk, token: str) -> None:
        self.line = Line(desk.app)
        self.waited: list[float] = []
        self.client = AsyncClient("http://desk.test", token=token, transport=self.line)
        self.client._transport.sleep = self._sleep

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
async def calling(desk: Desk) -> AsyncIterator[Calling]:
    found = Calling(desk, await api_token(desk.database, desk.workspace_id))
    async with found.client:
        yield found


def new(number: int = 1) -> models.CreateTicket:
    return models.CreateTicket(
        subject=f"Ticket {number}",
        body="It broke",
        requester=models.Requester(email="ann@example.test", name="Ann"),
    )


async def test_makes_and_lists_through_pages(calling: Calling) -> None:
    desk = calling.client
    made = [(await desk.tickets.create(new(number))).id for number in range(5)]
    found = [row.id async for row in desk.tickets.iterate(view="all", limit=2)]
    assert sorted(found) == sorted(made)
    assert len([r for r in calling.line.asked if r.method == "GET"]) == 3
    page = await desk.tickets.list(limit=2)
    assert [row.requester.name for row in page.items] == ["Ann", "Ann"]
    assert page.items[0].created_at.tzinfo is not None
    types = [event.type async for event in desk.events.iterate(limit=3)]
    assert types.count("ticket.created") == 5


async def test_a_stale_answer_is_a_typed_error(desk: Desk, calling: Calling) -> None:
    ticket = await calling.client.tickets.create(new())
    first = (await calling.client.messages.list(ticket.id)).items[0]
    async with desk.as_system() as tx:
        conversation = await tx.db.fetchrow(
            "SELECT id, contact_id FROM conversation WHERE ticket_id = $1", int(ticket.id)
        )
        assert conversation
        await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=conversation["contact_id"],
                author_name="Ann",
                text="Never mind",
                conversation_id=conversation["id"],
            ),
        )
    answer = models.CreateMessage(body="Hello", seen_up_to=first.id)
    with pytest.raises(errors.StaleReply) as stale:
        await calling.client.messages.write(ticket.id, answer)
    assert isinstance(stale.value, errors.Conflict)
    assert stale.value.status == 409
    newer = stale.value.member("newer", list[errors.NewerMessage])
    assert [message.text for message in newer] == ["Never mind"]


async def test_a_lost_answer_is_asked_for_again_and_done_once(calling: Calling) -> None:
    calling.line.broken = [httpx2.ReadError("gone")]
    ticket = await calling.client.tickets.create(new())
    keys = {request.headers["idempotency-key"] for request in calling.line.asked}
    assert len(calling.line.asked) == 2
    assert len(keys) == 1
    assert [row.id async for row in calling.client.tickets.iterate()] == [ticket.id]


async def test_waits_as_the_server_asks(calling: Calling) -> None:
    busy = httpx2.Response(429, headers={"Retry-After": "7"})
    calling.line.broken = [busy, httpx2.Response(503), httpx2.Response(503)]
    await calling.client.tickets.list()
    assert calling.waited[0] == 7
    assert 0.5 <= calling.waited[1] <= 1.0 <= calling.waited[2] <= 2.0
    calling.line.broken = [httpx2.Response(503, headers={"Retry-After": "3600"})]
    with pytest.raises(errors.Unavailable):
        await calling.client.tickets.list()


async def test_a_change_that_may_have_arrived_is_not_repeated_blindly(calling: Calling) -> None:
    desk = calling.client
    ticket = await desk.tickets.create(new())
    change = models.PatchTicket(subject="Other")
    calling.line.broken = [httpx2.ReadError("gone")]
    with pytest.raises(errors.ConnectionFailed):
        await desk.tickets.change(ticket.id, change)
    with pytest.raises(errors.StaleVersion):
        await desk.tickets.change(ticket.id, change, version=ticket.version - 1)


async def test_errors_have_their_codes_class(calling: Calling) -> None:
    with pytest.raises(errors.NotFound):
        await calling.client.tickets.read(1)
    calling.line.broken = [
        httpx2.Response(409, json={"code": "of_tomorrow", "status": 409, "detail": "New"}),
        httpx2.Response(502, text="<html>"),
    ]
    with pytest.raises(errors.Conflict, match="of_tomorrow"):
        await calling.client.tickets.list()
    with pytest.raises(errors.Problem, match="502"):
        await calling.client.tickets.list()


async def test_files_go_up_and_come_down(calling: Calling) -> None:
    made = await calling.client.files.upload(Upload("a.txt", "驿站".encode(), "text/plain"))
    assert (made.name, made.size) == ("a.txt", 6)
    assert await calling.client.files.download(made.id) == "驿站".encode()


@pytest.fixture
async def live(desk: Desk) -> AsyncIterator[None]:
    """The hub hears of what is written."""
    await desk.edge.feed.start()
    yield
    await desk.edge.feed.close()


@pytest.mark.usefixtures("live")
async def test_the_stream_goes_on_where_it_broke_off(calling: Calling) -> None:
    frames = calling.client.stream()
    hello = await anext(frames)
    assert hello.event == "hello"
    first = await calling.client.tickets.create(new(1))
    seen = await _ticket(frames)
    assert seen.read(dict[str, Any])["row"]["id"] == first.id
    stream = [request.url.path for request in calling.line.asked].index("/api/v1/stream")
    calling.line.cut[stream].put_nowait(None)
    second = await calling.client.tickets.create(new(2))
    assert (await _ticket(frames)).data["row"]["id"] == second.id
    again = [r for r in calling.line.asked if r.url.path == "/api/v1/stream"][-1]
    assert again.headers["last-event-id"]
    await frames.aclose()  # type: ignore[attr-defined] # a generator, promised as an iterator


async def _ticket(frames: AsyncIterator[yizhan_client.Frame]) -> yizhan_client.Frame:
    async with asyncio.timeout(20):
        async for frame in frames:
            if frame.event == "ticket":
                return frame
    raise AssertionError


def test_the_client_without_await_has_the_same_methods() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        if len(asked) == 1:
            return httpx2.Response(503, headers={"Retry-After": "0"})
        cursor = "next" if len(asked) == 2 else None
        return httpx2.Response(200, json={"items": [], "next_cursor": cursor})

    transport = httpx2.MockTransport(answer)
    with Client("http://desk.test", token="t", transport=transport) as client:
        assert list(client.contacts.iterate(q="Ann")) == []
        frames = client.stream()
    assert [str(request.url) for request in asked] == ["http://desk.test/api/v1/contacts?q=Ann"] * 2
    assert asked[0].headers["authorization"] == "Bearer t"
    assert iter(frames) is frames
    groups = {name for name in vars(client) if not name.startswith("_")}
    both = AsyncClient("http://desk.test", token="t")
    assert groups == {name for name in vars(both) if not name.startswith("_")}
    assert len(groups) > 25


def test_pauses_grow_and_end() -> None:
    retries = Retries(most=3, first=1, longest=3)
    given: dict[str, str] = {}
    pauses = [retries.after_answer(503, given, tries=n, chance=1.0) for n in range(4)]
    assert pauses == [1, 2, 3, None]
    dated = {"retry-after": "Wed, 04 Mar 2026 05:06:37 GMT"}
    assert retries.after_answer(429, dated, tries=0, chance=0.0, now=NOW) == 30
    assert retries.after_answer(500, {}, tries=0, chance=0.0) is None


def signed(secret: bytes, body: str, *, moment: datetime = NOW) -> dict[str, str]:
    return signing.headers([secret], message_id="msg_1", moment=moment, body=body)


def test_a_webhooks_signature_is_checked() -> None:
    key, other = signing.new_secret(), signing.new_secret()
    body = '{"type":"ticket.created","timestamp":"2026-03-04T05:06:07Z","data":{"ticket_id":"1"}}'
    headers, now = signed(key, body), NOW.timestamp()
    event = webhooks.verify(body, headers, signing.shown(key), now=now)
    assert (event.id, event.type, event.data) == ("msg_1", "ticket.created", {"ticket_id": "1"})
    both = [signing.shown(other), signing.shown(key)]
    assert webhooks.verify(body.encode(), headers, both, now=now + 200).id == "msg_1"
    for given in (
        (body, headers, signing.shown(other), now),
        (body.replace("1", "2"), headers, signing.shown(key), now),
        (body, headers, signing.shown(key), now + 301),
        (body, {}, signing.shown(key), now),
        (body, headers, "whsec_?", now),
    ):
        with pytest.raises(errors.SignatureInvalid):
            webhooks.verify(*given[:3], now=given[3])


PAGES = ("README.md", "README.zh-CN.md")


def example(page: str, number: int) -> str:
    text = (ROOT / "clients/python" / page).read_text("utf-8")
    found: list[str] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return found[number]


@pytest.mark.parametrize("page", PAGES)
async def test_the_first_example_works(
    page: str, desk: Desk, calling: Calling, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("YIZHAN_URL", "http://desk.test")
    monkeypatch.setenv("YIZHAN_TOKEN", await api_token(desk.database, desk.workspace_id))
    monkeypatch.setattr(
        yizhan_client,
        "AsyncClient",
        lambda url, **more: AsyncClient(url, transport=Line(desk.app), **more),
    )
    begun: list[Any] = []
    monkeypatch.setattr(asyncio, "run", begun.append)
    exec(compile(example(page, 0), page, "exec"), {"__name__": "example"})
    await begun[0]
    made = [row async for row in calling.client.tickets.iterate()]
    assert len(made) == 1
    assert made[0].subject in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_webhooks_works(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = signing.new_secret()
    monkeypatch.setenv("YIZHAN_WEBHOOK_SECRET", signing.shown(key))
    names: dict[str, Any] = {}
    exec(compile(example(page, 1), page, "exec"), names)
    body = '{"type":"ticket.created","timestamp":"2026-03-04T05:06:07Z","data":{}}'
    moment = datetime.fromtimestamp(time.time(), UTC)
    assert names["receive"](body.encode(), signed(key, body, moment=moment)) == 204
    assert names["receive"](b"{}", signed(key, body, moment=moment)) == 401
