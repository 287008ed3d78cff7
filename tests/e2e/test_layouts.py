"""A layout by keys alone, tried before others see it; an approval that is asked for and given."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e


async def _page(browser: Browser, desk: Served) -> Page:
    context = await browser.new_context(
        locale="en-GB", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    await axe.prepare(context)
    page = await context.new_page()
    await sign_in(page, desk)
    return page


async def test_a_layout_is_made_by_keys_and_tried(browser: Browser, desk: Served) -> None:
    page = await _page(browser, desk)
    await page.goto(f"{desk.url}/admin/layouts")
    await page.get_by_role("button", name="New layout").press("Enter")
    dialog = page.get_by_role("dialog", name="New layout")
    await dialog.get_by_label("Name").fill("Priority first")
    handle = dialog.get_by_role("button", name=re.compile("^Move “Priority”"))
    for _ in range(3):
        await handle.press("ArrowUp")
    await expect(handle).to_be_focused()
    await expect(dialog.get_by_text("“Priority” is now number 1 in “Group 1”")).to_be_attached()
    await handle.press("ArrowRight")
    await expect(dialog.get_by_text("in “Group 2”")).to_be_attached()
    await expect(handle).to_be_focused()
    await handle.press("ArrowLeft")
    await dialog.get_by_role("button", name=re.compile("^Move “Watchers”")).press("Delete")
    await expect(dialog.get_by_role("region", name="Who would see it")).to_contain_text("people")
    assert await axe.faults(page) == []
    await dialog.get_by_role("button", name="Save as draft").press("Enter")
    row = page.get_by_role("listitem").filter(has_text="Priority first")
    await row.get_by_role("button", name="Try on my tickets").press("Enter")
    await expect(row.get_by_role("button", name="Stop trying")).to_be_visible()
    ticket = desk.get("/tickets", view="open", limit=1)["items"][0]["id"]
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket}")
    panel = page.get_by_role("complementary", name="Details")
    await expect(panel.get_by_text("You are trying the draft")).to_be_visible(timeout=20_000)
    assert not await panel.get_by_text("Watchers", exact=True).count()
    await expect(panel.get_by_role("button", name="Status")).to_be_visible()
    await panel.get_by_role("button", name="Stop trying").press("Enter")
    await expect(panel.get_by_text("Watchers", exact=True)).to_be_visible()
    await page.context.close()


async def test_an_approval_is_asked_for_and_given(browser: Browser, desk: Served) -> None:
    allowed = desk.api.patch("/api/v1/workspace", json={"settings": {"own_approval": "allow"}})
    assert allowed.is_success
    page = await _page(browser, desk)
    me = (await (await page.request.get(f"{desk.url}/api/v1/auth/me")).json())["agent"]["name"]
    ticket = desk.get("/tickets", view="open", limit=1)["items"][0]["id"]
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket}")
    checklist = page.get_by_role("region", name="Checklist")
    fold = checklist.get_by_role("button", name="Checklist")
    if await fold.get_attribute("aria-expanded") == "false":
        await fold.press("Enter")
    await checklist.get_by_role("button", name="Ask for approval").press("Enter")
    await checklist.get_by_label("What to do").fill("Refund 860")
    await checklist.get_by_role("combobox", name="Who shall approve").fill(me)
    await checklist.get_by_role("combobox", name="Who shall approve").press("Enter")
    await page.keyboard.press("Escape")
    await checklist.get_by_role("button", name="Ask for approval").press("Enter")
    await expect(checklist.get_by_text("needed", exact=True).last).to_be_visible()
    refused = desk.api.patch(f"/api/v1/tickets/{ticket}", json={"status": "resolved"})
    assert refused.json()["code"] == "open_items"
    await page.get_by_role("button", name="Notifications").first.click()
    await (
        page.get_by_role("region", name="Waiting for your approval")
        .get_by_text("Refund 860")
        .click()
    )
    assert await axe.faults(page) == []
    await checklist.get_by_role("button", name="Approve").press("Enter")
    await expect(checklist.get_by_text("Approved").first).to_be_visible()
    await expect(checklist.get_by_role("button", name="Take my answer back")).to_be_visible()
    await page.context.close()
