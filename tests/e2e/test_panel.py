"""Sources beside a ticket, promises and child tickets as people set them up and meet them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e

INSIDE = "http://169.254.169.254/lookup"  # what no look-up may reach


@pytest.fixture
async def page(desk: Served, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-US", reduced_motion="reduce"
    )
    await axe.prepare(context)
    opened = await context.new_page()
    await sign_in(opened, desk)
    yield opened
    await context.close()


async def test_a_source_is_added_tried_and_seen_beside_a_ticket(desk: Served, page: Page) -> None:
    await page.goto(f"{desk.url}/admin/panel")
    await page.get_by_role("link", name="HTTP look-up").click()
    await page.get_by_label("Name", exact=True).fill("Shop")
    await page.get_by_label("Address").fill(INSIDE)
    assert await axe.faults(page) == []
    await page.get_by_role("button", name="Create", exact=True).click()
    key = page.get_by_role("dialog", name="Signing key")
    await expect(key).to_contain_text("whsec_")
    await key.get_by_role("button").last.click()
    await page.get_by_role("button", name="Try it", exact=True).click()
    await expect(page.get_by_text("Its address is not allowed.")).to_be_visible()
    await page.get_by_label("In use").click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved").first).to_be_visible()
    requester = {"email": "e2e-panel@example.test", "name": "Lao She"}
    ticket = desk.post("/tickets", subject="Where is it", body="Hello", requester=requester)
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
    beside = page.get_by_role("region", name="Shop")
    await expect(beside).to_contain_text("Its address is not allowed.")
    await axe.settle(page)
    assert await axe.faults(page) == []


async def test_a_link_opens_with_a_token_and_is_in_the_history(desk: Served, page: Page) -> None:
    way = {
        "key": "me",
        "label_en": "Open in ERP",
        "url": f"{desk.url}/healthz?n={{{{ticket.number}}}}",
    }
    made = desk.api.post(
        "/api/v1/panel/sources",
        json={"kind": "context_link", "name": "ERP", "active": True, "settings": {"links": [way]}},
    )
    assert made.status_code == 201, made.text
    ticket = desk.get("/tickets", view="open", limit=1)["items"][0]
    await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
    async with page.context.expect_page() as opening:
        await page.get_by_role("button", name="Open in ERP").click()
    opened = await opening.value
    await opened.wait_for_url("**/healthz?*")
    assert f"n={ticket['number']}" in opened.url
    assert "token=ey" in opened.url
    await opened.close()
    await page.get_by_role("tab", name="History").click()
    await expect(page.get_by_text("opened a link").first).to_be_visible()
    await expect(page.get_by_text("ERP · 127.0.0.1").first).to_be_visible()


async def test_a_policy_gets_a_condition_and_an_action(desk: Served, page: Page) -> None:
    await page.goto(f"{desk.url}/admin/sla")
    await page.get_by_role("button", name="New policy").first.click()
    panel = page.get_by_role("dialog")
    await panel.get_by_label("Name", exact=True).fill("Gold customers")
    await panel.get_by_role("button", name="Add condition").click()
    await page.keyboard.type("Priority")
    await page.keyboard.press("Enter")
    await panel.get_by_role("button", name="Add an action").first.click()
    await page.get_by_role("menuitem", name="Set the priority").press("Enter")
    await panel.get_by_role("combobox", name="Priority").last.press("Enter")
    await page.keyboard.press("Enter")
    await axe.settle(page)
    assert await axe.faults(page) == []
    await panel.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Gold customers", exact=True)).to_be_visible()
    (policy,) = [
        one for one in desk.get("/sla/policies")["items"] if one["name"] == "Gold customers"
    ]
    (step,) = policy["escalations"][0]["actions"]
    assert step["action"] == "set_priority"
    assert step["params"]["priority"] in ("urgent", "high")


async def test_a_parent_is_resolved_anyway_after_a_question(desk: Served, page: Page) -> None:
    parent, child = desk.get("/tickets", view="open", limit=6)["items"][4:6]
    linked = desk.api.post(
        f"/api/v1/tickets/{parent['id']}/links", json={"role": "child", "ticket_id": child["id"]}
    )
    assert linked.status_code == 200, linked.text
    await page.goto(f"{desk.url}/inbox?view=all&ticket={parent['id']}")
    await expect(page.get_by_role("region", name="Related tickets")).to_contain_text(
        f"#{child['number']}"
    )
    await page.get_by_role("button", name="Resolve", exact=True).click()
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text(f"#{child['number']}")
    await question.get_by_role("button", name="Cancel").click()
    assert desk.get(f"/tickets/{parent['id']}")["status_category"] not in ("resolved", "closed")
    await page.get_by_role("button", name="Resolve", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Resolve anyway").click()
    await expect(page.get_by_text("Status is now")).to_be_visible()
    assert desk.get(f"/tickets/{parent['id']}")["status_category"] == "resolved"
