"""Headers that anybody can write: who somebody is, where they come from, and what this desk is called."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.domains.identity import people
from tests.domains.portal.test_portal import open_pages
from tests.security import tries
from tests.security.conftest import Shared
from tests.support.desk import ADMIN_EMAIL, Desk, client
from yizhan.kernel import proxies
from yizhan.kernel.config import Config

NAMES = (
    "Remote-User",
    "X-Remote-User",
    "X-Forwarded-User",
    "X-Authenticated-User",
    "X-WEBAUTH-USER",
    "X-User-Id",
    "X-Original-User",
    "Cf-Access-Authenticated-User-Email",
)
EVIL = "evil.example"
ELSEWHERE = {
    "Host": EVIL,
    "X-Forwarded-Host": EVIL,
    "X-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Original-Host": EVIL,
    "Forwarded": f"host={EVIL}",
}
FROM = "198.51.100.9"
ADDRESSES = {
    "X-Forwarded-For": FROM,
    "X-Real-Ip": FROM,
    "Cf-Connecting-Ip": FROM,
    "True-Client-Ip": FROM,
    "X-Client-Ip": FROM,
    "Forwarded": f"for={FROM}",
}


@pytest.mark.parametrize("name", NAMES)
async def test_no_header_signs_anybody_in(shared: Shared, name: str) -> None:
    async with client(shared.desk.app, **{name: ADMIN_EMAIL}) as api:
        assert (await api.get("/api/v1/auth/me")).status_code == 401


async def test_where_somebody_comes_from_is_what_the_line_says(desk: Desk) -> None:
    """In sessions, in the log and in the count of wrong passwords."""
    await people.add_agent(desk, "bo@example.test")
    async with people.browser(desk, ip="203.0.113.9") as page:
        page.headers.update(ADDRESSES)
        login = await people.sign_in(page, email="bo@example.test", password=people.PASSWORD)
        assert login.status_code == 200
        sessions = (await page.get("/api/v1/auth/sessions")).json()["items"]
        assert [one["ip"] for one in sessions] == ["203.0.113.9"]
        await page.patch("/api/v1/auth/me", json={"name": "Bo B"})
    await desk.run_jobs()
    log = (await desk.api.get("/api/v1/audit")).text
    assert "203.0.113.9" in log
    assert FROM not in log
    tried = []
    for number in range(9):
        async with people.browser(desk, ip="203.0.113.10") as page:
            page.headers["X-Forwarded-For"] = f"198.51.100.{number}"
            tried.append((await people.sign_in(page, email=ADMIN_EMAIL, password="no")).status_code)
    assert tried[-1] == 429


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        ("198.51.100.9", "198.51.100.9"),
        ("10.0.0.1, 198.51.100.9", "198.51.100.9"),  # the first was written by the caller
        ("", "203.0.113.1"),
    ],
)
def test_a_trusted_proxy_says_only_whom_it_saw(tmp_path: Any, forwarded: str, seen: str) -> None:
    config = Config(data=tmp_path, trusted_proxies=("203.0.113.1",))
    assert proxies.client("203.0.113.1", forwarded, config=config) == seen
    assert proxies.client("203.0.113.2", forwarded, config=config) == "203.0.113.2"


async def test_no_answer_names_another_host(shared: Shared) -> None:
    """A link made from the request's host would lead whoever follows it to the attacker."""
    named = []
    async with client(shared.desk.app, token=shared.full.token, **ELSEWHERE) as api:
        for attempt in tries.tries(shared.document, shared.full.ids):
            if attempt.method == "get":
                answer = await api.get(attempt.url)
                if EVIL in answer.text or EVIL in str(answer.headers):
                    named.append((attempt.path, answer.text[:200]))
    assert named == []


async def test_a_link_of_the_help_pages_leads_home(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_pages(desk)
    sent: list[Any] = []

    async def keep(_means: Any, message: Any, **_more: Any) -> Any:
        sent.append(message)
        raise _Enough

    monkeypatch.setattr("yizhan.domains.portal.service.signing.channels.send_direct", keep)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(desk.app), base_url="http://desk.test", headers=ELSEWHERE
    ) as page:
        asked = await page.post("/help/demo/en/sign-in", data={"email": "ann@example.test"})
        assert asked.status_code == 200
        assert EVIL not in asked.text + str(asked.headers)
        for path in ("", "/en", "/en/sign-in", "/en/requests", "/nowhere"):
            answer = await page.get(f"/help/demo{path}")
            assert EVIL not in answer.text + str(answer.headers), path
    with pytest.raises(_Enough):
        await desk.run_jobs()
    assert f"{desk.edge.config.url}/help/demo/en/enter?token=" in sent[0].text
    assert EVIL not in sent[0].text


class _Enough(Exception):
    """What would be sent was seen."""
