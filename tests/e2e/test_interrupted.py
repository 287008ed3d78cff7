"""What somebody is writing outlives the end of their session and the end of the server."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.e2e.conftest import sign_in
from tests.support.served import Served, until

pytestmark = pytest.mark.e2e

WAIT = 60_000


@pytest.fixture
async def page(browser: Browser, desk: Served) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="en")
    page = await context.new_page()
    await sign_in(page, desk)
    yield page
    await context.close()


async def _open_ticket(page: Page, desk: Served) -> None:
    await page.goto(f"{desk.url}/inbox?view=all")
    await page.get_by_role("option").first.click()
    await page.get_by_role("textbox", name="Reply").wait_for(timeout=WAIT)


async def test_a_form_outlives_the_session(page: Page, desk: Served) -> None:
    await page.goto(f"{desk.url}/admin/brands")
    await page.get_by_role("button", name="New brand").click()
    panel = page.get_by_role("dialog", name="New brand")
    await panel.get_by_label("Name", exact=True).fill("Lantern & Sons")
    await page.context.clear_cookies()
    await panel.get_by_role("button", name="Save").click()
    again = page.get_by_role("dialog", name="Your session has ended")
    await again.wait_for()
    await expect(again.get_by_label("Email")).to_have_value(desk.account.email)
    await again.get_by_label("Password").fill("not this one")
    await again.get_by_role("button", name="Sign in").click()
    await expect(again.get_by_text("The email or the password is wrong.")).to_be_visible()
    await again.get_by_label("Password").fill(desk.account.password)
    await again.get_by_role("button", name="Sign in").click()
    await expect(again).to_have_count(0)
    await expect(panel.get_by_label("Name", exact=True)).to_have_value("Lantern & Sons")
    await panel.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Lantern & Sons")).to_be_visible()


async def test_a_slow_start_shows_that_something_comes(page: Page, desk: Served) -> None:
    open_gate = asyncio.Event()

    async def hold(route: Route) -> None:
        await open_gate.wait()
        await route.continue_()

    await page.route("**/api/v1/auth/me", hold)
    await page.goto(f"{desk.url}/inbox")
    sign = page.locator(".boot")
    await expect(sign).to_be_visible()
    await expect(page.get_by_role("navigation")).to_have_count(0)
    open_gate.set()
    await page.get_by_role("navigation", name="Main navigation").wait_for(timeout=WAIT)
    await expect(sign).to_be_hidden()


async def test_who_only_reads_is_sent_to_sign_in_and_back(page: Page, desk: Served) -> None:
    await page.goto(f"{desk.url}/customers")
    await page.get_by_role("heading", name="Customers").first.wait_for()
    await page.context.clear_cookies()
    os.kill(desk.part("web"), signal.SIGKILL)  # the line to it breaks
    await page.wait_for_url("**/sign-in?next=*", timeout=WAIT)
    await page.get_by_label("Email").fill(desk.account.email)
    await page.get_by_label("Password").fill(desk.account.password)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/customers", timeout=WAIT)


async def test_an_answer_outlives_the_server(page: Page, desk: Served) -> None:
    await _open_ticket(page, desk)
    editor = page.get_by_role("textbox", name="Reply")
    web = desk.part("web")
    os.kill(web, signal.SIGSTOP)
    try:
        await editor.click()
        await page.keyboard.type("Written while nobody listened.")
    finally:
        os.kill(web, signal.SIGKILL)
    await expect(editor).to_contain_text("Written while nobody listened.")
    await asyncio.to_thread(until, desk.ready, seconds=90)
    await expect(page.get_by_text("Connection lost")).to_have_count(0, timeout=WAIT)
    await editor.press("Control+Enter")
    said = page.get_by_role("region", name="Conversation").get_by_text(
        "Written while nobody listened."
    )
    await expect(said).to_have_count(1, timeout=WAIT)
    await expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=WAIT)
