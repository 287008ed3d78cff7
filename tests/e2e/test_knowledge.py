"""Articles in the desk: imported, written, published, compared with before and brought back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.domains.knowledge import documents
from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e

WAIT = 60_000


@pytest.fixture
async def page(desk: Served, browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, desk)
    yield page
    await context.close()


async def test_a_word_document_becomes_a_published_article(desk: Served, page: Page) -> None:
    body = (
        documents.paragraph("Clean the ear tips", "Heading1")
        + documents.paragraph("Wash them with warm water.")
        + documents.table(("Part", "How often"), ("Tips", "Weekly"))
    )
    await page.goto(f"{desk.url}/knowledge")
    await page.get_by_role("button", name="Import a document").first.click(timeout=WAIT)
    panel = page.get_by_role("dialog")
    await panel.locator("input[type=file]").set_input_files(
        FilePayload(name="tips.docx", mimeType="application/zip", buffer=documents.docx(body))
    )
    preview = panel.get_by_role("region", name="Preview")
    await expect(preview.get_by_text("Weekly")).to_be_visible(timeout=WAIT)
    await expect(panel.get_by_label("Title")).to_have_value("Clean the ear tips")
    await panel.get_by_role("button", name="Create the draft").click()
    await page.wait_for_url(re.compile(r"/knowledge/\d+"), timeout=WAIT)

    text = page.get_by_role("textbox", name="Text", exact=True)
    await expect(text).to_contain_text("warm water", timeout=WAIT)
    await expect(page.get_by_text("A draft that customers do not see yet")).to_be_visible()
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_role("link", name="On the help pages")).to_be_visible(timeout=WAIT)

    await text.click()
    await page.keyboard.press("Control+Home")
    await page.keyboard.insert_text("Dry them first. ")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Customers see version 1")).to_be_visible(timeout=WAIT)
    await page.get_by_role("button", name="Versions").click()
    versions = page.get_by_role("dialog")
    await expect(versions.locator("ins", has_text="Dry them first.")).to_be_visible(timeout=WAIT)
    await versions.get_by_role("button", name=re.compile("^Version 1")).click()
    await versions.get_by_role("button", name="Bring back").click()
    await expect(text).not_to_contain_text("Dry them first", timeout=WAIT)
    article = page.url.rpartition("/")[2].partition("?")[0]
    found = desk.get(f"/knowledge/articles/{article}")
    assert found["texts"][0]["version"] == 3
    assert "<td>" in found["contents"][0]["html"], "the table is still one"


async def test_a_second_language_is_written_beside_the_first(desk: Served, page: Page) -> None:
    made = desk.post(
        "/knowledge/articles", locale="en", title="Store it dry", html="<p>Not in the bathroom.</p>"
    )
    await page.goto(f"{desk.url}/knowledge/{made['id']}")
    await page.get_by_role("button", name="Add a language").click(timeout=WAIT)
    await page.get_by_role("menuitem", name="简体中文").click()
    await page.get_by_role("button", name="Beside another language").click()
    await expect(page.get_by_role("region", name="English").get_by_text("bathroom")).to_be_visible()
    await page.get_by_role("textbox", name="Title").fill("放在干燥处")
    await page.get_by_role("textbox", name="Text", exact=True).click()
    await page.keyboard.insert_text("请勿放在浴室。")
    await page.get_by_role("button", name="Publish", exact=True).click()
    await expect(page.get_by_role("tab", name=re.compile("简体中文.*Published"))).to_be_visible(
        timeout=WAIT
    )
    texts = {
        one["locale"]: one["state"]
        for one in desk.get(f"/knowledge/articles/{made['id']}")["texts"]
    }
    assert texts == {"en": "draft", "zh-CN": "published"}


async def test_help_pages_are_described_and_opened(desk: Served, page: Page) -> None:
    await page.goto(f"{desk.url}/admin/portals")
    await page.get_by_role("button", name="Hesonic", exact=True).click(timeout=WAIT)
    panel = page.get_by_role("dialog")
    await panel.get_by_label("Title (English)").fill("Hesonic answers")
    await panel.get_by_role("button", name="Save").click()
    await expect(panel).to_have_count(0, timeout=WAIT)
    portal = next(one for one in desk.get("/portals")["items"] if one["titles"].get("en"))
    shown = desk.api.get(f"/help/{portal['slug']}/en")
    assert "Hesonic answers" in shown.text
    await page.get_by_role("button", name="Hesonic", exact=True).click()
    await panel.get_by_role("button", name="Make a secret").click()
    once = page.get_by_role("dialog").filter(has_text="It is shown this once")
    await expect(once).to_be_visible(timeout=WAIT)
