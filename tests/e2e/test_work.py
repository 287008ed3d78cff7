"""Beside a ticket in a browser: a checklist and a timer by keys, and a customer who rates on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e


async def test_a_checklist_and_a_timer_without_a_mouse(browser: Browser, desk: Served) -> None:
    ticket = desk.get("/tickets", view="open", limit=1)["items"][0]["id"]
    context = await browser.new_context(
        locale="en-GB", viewport={"width": 1440, "height": 900}, color_scheme="light"
    )
    page = await context.new_page()
    await sign_in(page, desk)
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket}")
    checklist = page.get_by_role("region", name="Checklist")
    fold = checklist.get_by_role("button", name="Checklist")
    if await fold.get_attribute("aria-expanded") == "false":
        await fold.press("Enter")
    await checklist.get_by_label("Add an item").fill("Call the carrier")
    await checklist.get_by_label("Add an item").press("Enter")
    box = checklist.get_by_role("checkbox", name="Done: Call the carrier")
    await box.press("Space")
    await expect(box).to_be_checked()
    await expect(checklist.get_by_text("Done by")).to_be_visible()
    time = page.get_by_role("region", name="Time")
    await time.get_by_role("button", name="Start the timer").press("Enter")
    await time.get_by_role("button", name="Stop the timer").press("Enter")
    await expect(time.get_by_role("button", name="Start the timer")).to_be_visible()
    work = desk.get(f"/tickets/{ticket}/work")
    assert [item["text"] for item in work["checklist"]][-1] == "Call the carrier"
    assert len(work["time"]["items"]) == 1
    await context.close()


async def test_a_customer_rates_on_a_phone_without_scripts(browser: Browser, desk: Served) -> None:
    for row in desk.get("/tickets", view="resolved", limit=100)["items"]:
        state = desk.get(f"/tickets/{row['id']}/satisfaction")["state"]
        if state == "asked":
            ticket = row["id"]
            break
    else:
        pytest.fail("the demo has nobody who was asked and did not answer")
    made = desk.api.post(f"/api/v1/tickets/{ticket}/satisfaction/link")
    path = "/rate/" + made.json()["url"].partition("/rate/")[2]
    context = await browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    page = await context.new_page()
    await page.goto(f"{desk.url}{path}?score=2&lang=en")
    await expect(page.get_by_role("radio", name="2")).to_be_checked()
    assert desk.get(f"/tickets/{ticket}/satisfaction")["state"] == "asked"
    await page.get_by_role("radio", name="5").check()
    await page.get_by_role("button", name="Send my answer").click()
    await expect(page.get_by_text("Your answer: 5")).to_be_visible()
    await page.get_by_label("Anything else").fill("All well now")
    await page.get_by_role("button", name="Send the comment").click()
    await expect(page.get_by_label("Anything else")).to_have_value("All well now")
    found = desk.get(f"/tickets/{ticket}/satisfaction")
    assert (found["score"], found["comment"]) == (5, "All well now")
    await context.close()
