"""The field above the list, as somebody types who writes Chinese with an input method."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e

WAIT = 30_000


async def test_what_an_input_method_leaves_is_searched(desk: Served, browser: Browser) -> None:
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, desk)
    requester = {"email": "e2e-typed@example.test", "name": "Ba Jin"}
    desk.post("/tickets", subject="蓝牙耳机断连", body="Hello", requester=requester)
    await page.goto(f"{desk.url}/inbox?view=all")
    field = page.get_by_role("searchbox", name="Search tickets")
    await field.click(timeout=WAIT)
    session = await page.context.new_cdp_session(page)
    for text in ("lan", "lan ya", "蓝牙"):
        await session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    await session.send("Input.insertText", {"text": "蓝牙"})
    await expect(page).to_have_url(re.compile("q=%E8%93%9D%E7%89%99"), timeout=WAIT)
    await expect(page.get_by_role("option", name=re.compile("蓝牙耳机断连"))).to_be_visible(
        timeout=WAIT
    )

    await field.fill("")
    await page.keyboard.type("refund ")
    await expect(page).to_have_url(re.compile("q=refund(&|$)"), timeout=WAIT)
    await page.keyboard.type("late")
    await expect(page).to_have_url(re.compile("q=refund(%20|[+])late"), timeout=WAIT)
    await context.close()
