"""Canned replies and work on many tickets, in a real browser and without a mouse where keys exist."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

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


def _macro(desk: Served, **values: Any) -> Any:
    return desk.post("/macros", reach="all", **values)


def _ticket(desk: Served, subject: str) -> Any:
    requester = {"email": "e2e-macros@example.test", "name": "Mei Lin"}
    return desk.post("/tickets", subject=subject, body="Hello", requester=requester)


async def test_slash_inserts_by_pinyin_runs_the_actions_and_undoes_them(
    desk: Served, page: Page
) -> None:
    _macro(
        desk,
        title="退款说明",
        shortcut="tk",
        variants=[{"locale": "en", "body": "Dear {{customer.name}}, on {{date.today}}."}],
        actions=[
            {"action": "set_priority", "params": {"priority": "high"}},
            {"action": "add_tags", "params": {"tags": ["refunded"]}},
        ],
    )
    ticket = _ticket(desk, "Where is my refund")
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
    editor = page.get_by_role("textbox", name="Reply")
    await editor.click(timeout=WAIT)
    await page.keyboard.type("/tuik")
    choice = page.get_by_role("option", name=re.compile("退款说明"))
    await expect(choice).to_be_visible(timeout=WAIT)
    await expect(page.get_by_text("Dear Mei Lin, on")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(editor).to_contain_text("Dear Mei Lin, on", timeout=WAIT)
    await expect(editor).not_to_contain_text("/tuik")
    after = desk.get(f"/tickets/{ticket['id']}")
    assert (after["priority"], after["tags"]) == ("high", ["refunded"])
    await page.get_by_role("button", name="Undo").first.click()
    await expect(page.get_by_text("Undone")).to_be_visible(timeout=WAIT)
    back = desk.get(f"/tickets/{ticket['id']}")
    assert (back["priority"], back["tags"]) == ("normal", [])


async def test_many_are_picked_by_keys_changed_and_undone(desk: Served, page: Page) -> None:
    made = [_ticket(desk, f"Recall {number}")["id"] for number in range(3)]
    await page.goto(f"{desk.url}/inbox?view=all&q=Recall")
    rows = page.get_by_role("listbox", name="Tickets").get_by_role("option")
    await expect(rows.first).to_be_visible(timeout=WAIT)
    await rows.first.hover()
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await page.keyboard.press("Shift+ArrowDown")
    await page.keyboard.press("Shift+ArrowDown")
    bar = page.get_by_role("toolbar", name=re.compile("selected"))
    await expect(bar).to_contain_text("3 selected", timeout=WAIT)
    await bar.get_by_role("button", name="Priority").click()
    await page.get_by_role("menuitem", name="Urgent").click()
    panel = page.get_by_role("region", name="Bulk work")
    await expect(panel).to_contain_text("3 of 3 done", timeout=WAIT)
    assert {desk.get(f"/tickets/{one}")["priority"] for one in made} == {"urgent"}
    await panel.get_by_role("button", name="Undo").click()
    await expect(panel).to_contain_text("Undone", timeout=WAIT)
    assert {desk.get(f"/tickets/{one}")["priority"] for one in made} == {"normal"}


async def test_a_macro_is_made_and_previewed(desk: Served, page: Page) -> None:
    ticket = _ticket(desk, "A look ahead")
    await page.goto(f"{desk.url}/macros")
    await page.get_by_role("button", name="New macro").first.click(timeout=WAIT)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill("Greeting")
    await dialog.get_by_label("Text", exact=True).fill("Hello {{customer.name}}")
    await dialog.get_by_role("button", name="Add an action").click()
    await page.get_by_role("menuitem", name="Set the priority").click()
    await dialog.get_by_label("Priority", exact=True).click()
    await page.get_by_title("Urgent").click()
    await dialog.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Greeting").click(timeout=WAIT)
    await page.get_by_label("Preview at which ticket").fill(str(ticket["number"]))
    await expect(page.get_by_text("Hello Mei Lin")).to_be_visible(timeout=WAIT)
    await expect(page.get_by_text(re.compile("normal → urgent"))).to_be_visible()
    assert desk.get(f"/tickets/{ticket['id']}")["priority"] == "normal"
