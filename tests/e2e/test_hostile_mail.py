"""Two hundred hostile texts on one page of the desk: no script runs, nobody is asked, no dialog opens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.e2e.conftest import sign_in
from tests.security.payloads import PAYLOADS, TEXTS
from tests.security.test_markup import shown
from tests.support.desk import eventually
from tests.support.served import Served

pytestmark = pytest.mark.e2e


class Seen:
    """What a page did that it should not."""

    def __init__(self) -> None:
        self.hits = 0
        self.asked: list[str] = []
        self.dialogs = 0

    def all(self) -> tuple[int, list[str], int]:
        return self.hits, self.asked, self.dialogs


async def watched(browser: Browser) -> tuple[Page, Seen]:
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page, seen = await context.new_page(), Seen()

    async def hit(_source: Any) -> None:
        seen.hits += 1

    async def stop(route: Route) -> None:
        seen.asked.append(route.request.url)
        await route.abort()

    async def dismiss(dialog: Any) -> None:
        seen.dialogs += 1
        await dialog.dismiss()

    await context.expose_binding("hit", hit)
    await context.route("**://evil.test/**", stop)
    page.on("dialog", dismiss)
    return page, seen


async def test_a_hostile_mail_is_read_without_harm(desk: Served, browser: Browser) -> None:
    control, seen = await watched(browser)
    pictures = "".join(one for one in PAYLOADS if one.startswith("<img"))
    await control.route(
        "http://control.test/", lambda route: route.fulfill(body=pictures, content_type="text/html")
    )
    await control.goto("http://control.test/")
    await eventually(lambda: seen.hits > 5 and seen.asked)  # it would be noticed
    await control.context.close()

    requester = {"email": "hostile@example.test", "name": TEXTS[0]}
    ticket = desk.post("/tickets", subject=TEXTS[0], body=TEXTS[1], requester=requester)
    page, seen = await watched(browser)
    await sign_in(page, desk)
    clean = "".join(f"<div style='color:#000'>{shown(one)}</div>" for one in PAYLOADS)
    served = {"markup": clean}

    async def answer(route: Route) -> None:
        whole = await route.fetch()
        found = await whole.json()
        for message in found.get("messages", found)["items"]:
            message["body_html"] = served["markup"]
            message["author"]["name"] = TEXTS[2]
        await route.fulfill(response=whole, body=json.dumps(found))

    path = f"**/api/v1/tickets/{ticket['id']}"
    await page.route(f"{path}/messages*", answer)
    await page.route(f"{path}?*", answer)
    # As a mail is stored; and, for the second wall, as if nobody had cleaned it.
    raw = "<p style='color:#000'>begin</p>" + "".join(PAYLOADS)
    for word, served["markup"] in (("end", clean), ("begin", raw)):
        await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
        frame = page.frame_locator("iframe[sandbox]")
        await expect(frame.locator("body")).to_contain_text(word, timeout=30_000)
        await expect(page.get_by_role("heading", name=TEXTS[0])).to_be_visible(timeout=30_000)
        await page.mouse.move(700, 500)
        await page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
        )
        assert seen.all() == (0, [], 0)
    await page.context.close()
