"""Whom a ticket is with and what it is tagged, changed by keys: each picker comes when it is asked for."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e

WAIT = 30_000


@pytest.fixture
async def page(desk: Served, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, desk)
    yield page
    await context.close()


async def test_assignee_and_tags_are_changed_by_keys(desk: Served, page: Page) -> None:
    requester = {"email": "e2e-properties@example.test", "name": "Lu Xun"}
    ticket = desk.post("/tickets", subject="By keys", body="Hello", requester=requester)
    agent = next(one for one in desk.get("/agents")["items"] if one["active"])
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
    properties = page.get_by_role("region", name="Properties")
    await expect(properties.get_by_text("Unassigned")).to_be_visible(timeout=WAIT)

    await page.keyboard.press("a")
    picker = page.get_by_role("combobox", name="Assignee")
    await expect(picker).to_be_focused(timeout=WAIT)
    await page.keyboard.type(agent["name"])
    await page.keyboard.press("Enter")
    button = properties.get_by_role("button", name=f"Assignee: {agent['name']}")
    await expect(button).to_be_focused(timeout=WAIT)

    await page.keyboard.press("t")
    await expect(page.get_by_role("combobox", name="Tags")).to_be_focused(timeout=WAIT)
    await page.keyboard.type("by-keys")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(properties.get_by_role("button", name="Tags: by-keys")).to_be_focused(timeout=WAIT)
    changed = desk.get(f"/tickets/{ticket['id']}")
    assert changed["assignee_id"] == agent["id"]
    assert changed["tags"] == ["by-keys"]


async def test_the_end_of_a_sequence_is_no_key_of_its_own(desk: Served, page: Page) -> None:
    requester = {"email": "e2e-sequence@example.test", "name": "Shen Congwen"}
    ticket = desk.post("/tickets", subject="In turn", body="Hello", requester=requester)
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
    await expect(page.get_by_role("heading", name="In turn")).to_be_visible(timeout=WAIT)
    await page.keyboard.press("g")
    await page.keyboard.press("i")  # alone it takes the ticket
    await page.keyboard.press("g")
    await page.keyboard.press("c")  # alone it opens a new one
    await expect(page).to_have_url(re.compile("/customers"), timeout=WAIT)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.get(f"/tickets/{ticket['id']}")["assignee_id"] is None
