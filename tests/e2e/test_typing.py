"""Who types is seen by whom it concerns: customer and agent see each other, a note stays inside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from playwright.async_api import Browser, Frame, Page, expect

from tests.e2e.conftest import sign_in, website
from tests.support.desk import eventually
from tests.support.served import Account, Served

pytestmark = [pytest.mark.e2e, pytest.mark.servers]

WAIT = 20_000


@asynccontextmanager
async def at_desk(browser: Browser, desk: Served, *, account: Account) -> AsyncIterator[Page]:
    """Somebody at the desk in a browser of their own."""
    context = await browser.new_context(locale="en")
    page = await context.new_page()
    await sign_in(page, desk, account=account)
    yield page
    await context.close()


async def open_ticket(page: Page, desk: Served, text: str) -> None:
    await page.goto(f"{desk.url}/inbox?view=all")
    await page.get_by_role("option").filter(has_text=text).click(timeout=WAIT)
    await page.get_by_role("textbox", name="Reply").wait_for(timeout=WAIT)


async def chat(page: Page, url: str) -> Frame:
    await page.goto(url)
    await eventually(lambda: page.evaluate("Boolean(window.yz && window.yz.v)"))
    await page.evaluate("yz('open')")
    frame: Frame = await eventually(
        lambda: next((found for found in page.frames if "/frame" in found.url), None)
    )
    await frame.wait_for_selector("textarea", timeout=WAIT)
    return frame


def colleague(desk: Served) -> Account:
    """A second administrator, so that both see the same ticket."""
    roles = desk.get("/roles")["items"]
    made = desk.post(
        "/agents",
        name="Colleague Two",
        email="colleague.two@example.test",
        password="correct horse battery staple",
        role_ids=[role["id"] for role in roles if role["system"] == "admin"],
    )
    return Account(made["email"], "correct horse battery staple", "")


async def test_typing_is_seen_by_whom_it_concerns(desk: Served, browser: Browser) -> None:
    inbox = desk.add_inbox("chat", {})
    async with AsyncExitStack() as stack:
        url = stack.enter_context(website(inbox["embed"]["snippet"]))
        agent = await stack.enter_async_context(at_desk(browser, desk, account=desk.account))
        other = await stack.enter_async_context(at_desk(browser, desk, account=colleague(desk)))
        visitor = await browser.new_context(locale="en")
        stack.push_async_callback(visitor.close)
        frame = await chat(await visitor.new_page(), url)
        await frame.locator("textarea").fill("Is the blue one back?")
        await frame.locator("textarea").press("Enter")
        for page in (agent, other):
            await open_ticket(page, desk, "Is the blue one back?")

        await frame.locator("textarea").press_sequentially("And the red", delay=80)
        await expect(agent.get_by_text("The customer is typing")).to_be_visible(timeout=WAIT)
        await frame.locator("textarea").press("Enter")

        their_sign = frame.locator(".typing")
        await agent.get_by_role("tab", name="Note").click()
        note = agent.get_by_role("textbox", name="Note")
        await note.click()
        # Longer than the pause between two signs, so that one sent by mistake would be seen.
        await note.press_sequentially("Ask the warehouse first. " * 3, delay=90)
        await expect(other.get_by_text("is writing a note")).to_be_visible(timeout=WAIT)
        await expect(their_sign).to_have_count(0)

        await agent.get_by_role("tab", name="Reply").click()
        reply = agent.get_by_role("textbox", name="Reply")
        await reply.click()
        await reply.press_sequentially("It is back on Monday.", delay=80)
        await expect(their_sign).to_be_visible(timeout=WAIT)
        await expect(other.get_by_text("is replying")).to_be_visible(timeout=WAIT)
        await expect(other.get_by_text("is writing a note")).to_have_count(0)
