"""Two web processes on one database: what limits strangers is counted together."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.support.desk import ADMIN_EMAIL, Desk
from yizhan.app import web
from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands, throttle
from yizhan.extensions.channels.chat import endpoints as chat
from yizhan.kernel import db, ratelimit
from yizhan.kernel.http import Edge


def _browser(app: Any, *, ip: str) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, client=(ip, 40_000)),
        base_url="http://desk.test",
        headers={"X-Yizhan": "1"},
    )


@pytest.fixture
async def apps(desk: Desk, dsn: str) -> AsyncIterator[tuple[Any, Any]]:
    """The desk's application, and another with a pool of its own."""
    database = await db.connect(dsn, pool=4)
    edge = Edge(
        config=desk.edge.config,
        database=database,
        store=desk.edge.store,
        vault=desk.edge.vault,
    )
    try:
        yield desk.app, web.create_app(edge)
    finally:
        await database.close()


async def test_guessing_a_password_by_turns_is_no_faster(apps: tuple[Any, Any]) -> None:
    began = time.monotonic()
    codes = []
    async with contextlib.AsyncExitStack() as stack:
        browsers = [
            await stack.enter_async_context(_browser(app, ip="203.0.113.9")) for app in apps
        ]
        for number in range(16):
            answer = await browsers[number % 2].post(
                "/api/v1/auth/login", json={"email": ADMIN_EMAIL, "password": f"guess {number}"}
            )
            codes.append(answer.status_code)
    # The waits double from one second on: a slow machine lets a few more through, not many.
    later = math.ceil(math.log2(time.monotonic() - began + 1))
    assert throttle.FREE_PAIR <= codes.count(401) <= throttle.FREE_PAIR + later
    assert codes.count(401) + codes.count(429) == len(codes)


async def test_chats_of_one_network_are_counted_by_both(
    desk: Desk, apps: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "_SESSIONS", ratelimit.Rate("chat.session", 6, 3600))
    async with desk.begin() as tx:
        brand = (await brands.listed(tx))[0]
        inbox = await channels.create_inbox(
            tx, desk.edge.vault, name="Chat", channel_id="chat", brand_id=brand.id, settings={}
        )
    answers = []
    for number in range(10):
        async with _browser(apps[number % 2], ip="203.0.113.9") as browser:
            address = f"/chat/{inbox.public_key}/session"
            answers.append(await browser.post(address, json={"locale": "en"}))
    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 4
    assert answers[-1].json()["code"] == "rate_limited"
    assert int(answers[-1].headers["retry-after"]) >= 1
    async with _browser(apps[0], ip="198.51.100.3") as browser:
        other = await browser.post(f"/chat/{inbox.public_key}/session", json={"locale": "en"})
    assert other.status_code == 200, "other visitors do not notice"
