"""Merging a ticket into another by keyboard, seeing it beside the ticket, and taking it back."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e


async def test_merge_preview_and_undo_without_a_mouse(desk: Served, browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US")
    await sign_in(page, desk)
    listed = await page.request.get(f"{desk.url}/api/v1/tickets?view=open&limit=3")
    source, target = (await listed.json())["items"][:2]
    await page.goto(f"{desk.url}/inbox?view=all&ticket={source['id']}")
    await page.get_by_role("heading", level=1).wait_for()
    await page.get_by_role("button", name="More actions", exact=True).focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Merge into…").press("Enter")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("combobox")
    await field.fill(str(target["number"]))
    await field.press("Enter")
    await expect(dialog.get_by_role("status")).to_contain_text(f"Moves to #{target['number']}")
    await dialog.get_by_role("button", name="Merge", exact=True).press("Enter")
    beside = page.get_by_role("region", name="Related tickets")
    await expect(beside).to_contain_text("Merged in")
    await expect(beside).to_contain_text(f"#{source['number']}")
    await page.get_by_role("alert").get_by_role("button", name="Undo").press("Enter")
    await expect(beside).not_to_contain_text("Merged in")
    back = await page.request.get(f"{desk.url}/api/v1/tickets/{source['id']}")
    assert (await back.json())["merged_into"] is None
    await page.close()
