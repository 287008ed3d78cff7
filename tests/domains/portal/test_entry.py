"""Ways in: from the brand's website, and by a link that a real mail server carries."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.domains.portal.test_portal import HELP, browser, link_for, number_in, open_pages, write
from tests.extensions.channels.email import servers as mail_servers
from tests.extensions.channels.email.servers import MailServers
from tests.support.desk import Desk, eventually

CUSTOMER = "li@customer.example"


async def secret_of(desk: Desk, brand: str) -> str:
    answer = await desk.api.post(f"/api/v1/portals/{brand}/sso-secret")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["secret"])


def signed(desk: Desk, secret: str, *, algorithm: str = "HS256", **claims: Any) -> str:
    """As the shop's server makes it; a claim that is None is left out."""
    given = {
        "sub": "shop-77",
        "jti": f"n-{time.monotonic_ns()}",
        "aud": f"{desk.edge.config.url}{HELP}",
        "exp": int(time.time()) + 120,
        "email": "wu@example.test",
        "email_verified": True,
        "name": "Wu Min",
        **claims,
    }
    body = {name: value for name, value in given.items() if value is not None}
    return jwt.encode({"alg": algorithm}, body, OctKey.import_key(secret), algorithms=[algorithm])


async def test_a_hand_over_signs_in_once(desk: Desk) -> None:
    secret = await secret_of(desk, await open_pages(desk))
    token = signed(desk, secret)
    async with browser(desk) as page, browser(desk) as thief:
        entered = await page.get("/help/demo/sso", params={"jwt": token, "to": "new"})
        assert (entered.status_code, entered.headers["location"]) == (303, f"{HELP}/zh-CN/new")
        assert entered.headers["referrer-policy"] == "no-referrer"
        assert "HttpOnly" in entered.headers["set-cookie"]
        mine = await page.get(f"{HELP}/en/my")
        assert "wu@example.test" in mine.text
        again = await thief.get("/help/demo/sso", params={"jwt": token})
        assert (again.status_code, "set-cookie" in again.headers) == (403, False)


async def test_the_same_customer_comes_by_website_and_by_mail(desk: Desk) -> None:
    secret = await secret_of(desk, await open_pages(desk))
    async with browser(desk) as page, browser(desk) as other:
        await page.get("/help/demo/sso", params={"jwt": signed(desk, secret)})
        number = number_in((await write(page, subject="Broken", message="M")).text)
        await other.post(f"{HELP}/en/sign-in", data={"email": "wu@example.test"})
        token = await link_for(desk, "wu@example.test")
        await other.post(f"{HELP}/en/enter", data={"token": token})
        assert (await other.get(f"{HELP}/en/my/{number}")).status_code == 200
    async with browser(desk) as stranger:
        claims: dict[str, Any] = {"sub": "shop-78", "email_verified": None}
        await stranger.get("/help/demo/sso", params={"jwt": signed(desk, secret, **claims)})
        assert (await stranger.get(f"{HELP}/en/my")).status_code == 200
        missing = await stranger.get(f"{HELP}/en/my/{number}")
        assert missing.status_code == 404, "an address that nobody proved opens nothing"


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(time.time()) - 300},
        {"exp": int(time.time()) + 7200},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": int(time.time()) + 900},
        {"aud": "https://elsewhere.test/help/demo"},
        {"aud": None},
        {"jti": None},
        {"jti": ""},
        {"sub": None, "email": None},
        {"sub": None, "email_verified": False},
        {"sub": ["a"], "email": 5},
    ],
)
async def test_a_hand_over_that_does_not_hold(desk: Desk, claims: dict[str, Any]) -> None:
    secret = await secret_of(desk, await open_pages(desk))
    async with browser(desk) as page:
        answer = await page.get("/help/demo/sso", params={"jwt": signed(desk, secret, **claims)})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert (await page.get(f"{HELP}/en/my")).status_code == 303


async def test_forged_changed_and_foreign_hand_overs(desk: Desk) -> None:
    brand = await open_pages(desk)
    async with browser(desk) as page:
        early = await page.get("/help/demo/sso", params={"jwt": signed(desk, "x" * 43)})
        assert early.status_code == 403, "no secret was made yet"
        secret = await secret_of(desk, brand)
        good = signed(desk, secret)
        head, body, mac = good.split(".")
        none = signed(desk, secret).replace(head, "eyJhbGciOiJub25lIn0")
        for wrong in (
            signed(desk, "y" * 43),
            signed(desk, secret, algorithm="HS512"),
            f"{head}.{body}.{mac[::-1]}",
            none,
            f"{none.rsplit('.', 1)[0]}.",
            "",
            "a.b.c",
            "é" * 50,
            "x" * 20_000,
        ):
            answer = await page.get("/help/demo/sso", params={"jwt": wrong})
            assert answer.status_code in (403, 400, 414), wrong[:60]
            assert "set-cookie" not in answer.headers
        newer = await secret_of(desk, brand)
        assert (await page.get("/help/demo/sso", params={"jwt": good})).status_code == 403
        for to in ("//evil.test", "../../x", "https://evil.test", "my/1/../../.."):
            entered = await page.get(
                "/help/demo/sso", params={"jwt": signed(desk, newer), "to": to}
            )
            assert entered.headers["location"] == f"{HELP}/zh-CN/my"
        await desk.api.delete(f"/api/v1/portals/{brand}/sso-secret")
        ended = await page.get("/help/demo/sso", params={"jwt": signed(desk, newer)})
        assert ended.status_code == 403
    listed = (await desk.api.get("/api/v1/portals")).text
    assert secret not in listed
    kinds = [event.data["changes"] for event in await desk.events("portal.changed")]
    assert {"sso_secret": [True, False]} in kinds
    assert secret not in str(kinds)


async def test_the_sign_in_page_leads_to_the_website(desk: Desk) -> None:
    brand = await open_pages(desk, sso_url="https://shop.test/login?a=1&b=2")
    async with browser(desk) as page:
        assert "shop.test" not in (await page.get(f"{HELP}/en/sign-in")).text
        await secret_of(desk, brand)
        assert (
            'href="https://shop.test/login?a=1&amp;b=2"'
            in (await page.get(f"{HELP}/en/sign-in")).text
        )
    for wrong in ("javascript:alert(1)", "ftp://x.test", 'https://x.test/"><b>'):
        answer = await desk.api.put(f"/api/v1/portals/{brand}", json={"sso_url": wrong})
        assert answer.status_code in (400, 422), wrong


async def test_a_blocked_customer_does_not_come_over(desk: Desk) -> None:
    secret = await secret_of(desk, await open_pages(desk))
    async with browser(desk) as page:
        await page.get("/help/demo/sso", params={"jwt": signed(desk, secret)})
        contact = (await desk.api.get("/api/v1/contacts?q=wu@example.test")).json()["items"][0]
        await desk.api.patch(f"/api/v1/contacts/{contact['id']}", json={"blocked": True})
        answer = await page.get("/help/demo/sso", params={"jwt": signed(desk, secret)})
        assert answer.status_code == 403


# ------------------------------------------------------------------------------ a real mail server


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServers]:
    if reason := mail_servers.missing():
        pytest.skip(reason)
    with MailServers.start() as started:
        yield started


@pytest.mark.servers
async def test_the_link_comes_by_mail_and_signs_in(desk: Desk, mail: MailServers) -> None:
    brand = await open_pages(desk)
    settings = mail.settings("support@brand.example")
    body = {"name": "Mail", "channel": "email", "brand_id": brand, "settings": settings}
    made = await desk.api.post("/api/v1/inboxes", json=body)
    assert made.status_code == 201, made.text

    def arrived() -> str | None:
        for raw in reversed(mail.mailbox(CUSTOMER)):
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            part = letter.get_body(("plain",))
            text = str(part.get_content()) if part else ""
            if "/enter?token=" in text:
                assert "support@brand.example" in letter["From"]
                assert letter["Auto-Submitted"]
                return text
        return None

    async with browser(desk) as page:
        asked = await page.post(f"{HELP}/zh-CN/sign-in", data={"email": CUSTOMER})
        assert asked.status_code == 200
        await desk.run_jobs()
        text = await eventually(lambda: asyncio.to_thread(arrived), seconds=60)
        link = re.search(
            rf"{re.escape(desk.edge.config.url)}(/help/demo/zh-CN/enter\?token=(\S+))", text
        )
        assert link, text
        assert (await page.get(link[1])).status_code == 200
        entered = await page.post(f"{HELP}/zh-CN/enter", data={"token": link[2]})
        assert entered.status_code == 303
        assert CUSTOMER in (await page.get(f"{HELP}/zh-CN/my")).text
