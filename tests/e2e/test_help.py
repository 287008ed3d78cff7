"""The customer's path on a phone: search, article, feedback, request, mail, mail, rating. And the help pages
and the knowledge base as axe sees them."""

from __future__ import annotations

import asyncio
import email.message
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Page, ViewportSize, expect

from tests.domains.knowledge import documents
from tests.e2e import axe
from tests.e2e.conftest import sign_in
from tests.e2e.test_main_job import CUSTOMER, OURS, letter, parsed, text_of
from tests.extensions.channels.email import servers as mail_servers
from tests.extensions.channels.email.servers import MailServers
from tests.support import served as serving
from tests.support.desk import eventually
from tests.support.served import Served

pytestmark = [pytest.mark.e2e, pytest.mark.servers]

PHONE: ViewportSize = {"width": 390, "height": 844}
WAIT = 60_000
ARTICLES = {
    "Pair the headphones": "<p>Hold the button for three seconds until the light blinks white.</p>",
    "Reset the headphones": "<p>Put the headphones into the case and hold the button for ten seconds.</p>",
    "Return an order": "<p>Choose return on the order's page; the money goes back as it came.</p>",
}


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServers]:
    if reason := mail_servers.missing():
        pytest.skip(reason)
    with MailServers.start() as started:
        yield started


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, mail: MailServers) -> Iterator[Served]:
    """A desk with a working mailbox, articles, open help pages and a survey that asks at once."""
    with serving.served(tmp_path_factory.mktemp("shop")) as desk:
        desk.add_inbox("email", mail.settings(OURS))
        brand = desk.get("/portals")["items"][0]["brand_id"]
        for title, html in ARTICLES.items():
            made = desk.post("/knowledge/articles", locale="en", title=title, html=html)
            desk.post(f"/knowledge/articles/{made['id']}/texts/en/publish")
        opened = desk.api.put(
            f"/api/v1/portals/{brand}",
            json={"active": True, "slug": "shop", "locales": ["en", "zh-CN"]},
        )
        assert opened.is_success, opened.text
        desk.post(
            "/surveys",
            name="How was it",
            kind="csat",
            active=True,
            delay_minutes=0,
            channels=["mail"],
        )
        yield desk


@asynccontextmanager
async def _phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(
        locale="en", viewport=PHONE, is_mobile=True, has_touch=True, reduced_motion="reduce"
    )
    await axe.prepare(context)
    yield await context.new_page()
    await context.close()


async def _is_sound(page: Page) -> None:
    """Nothing serious for axe, nothing to be pushed sideways."""
    await axe.settle(page)
    found = await axe.faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= await page.evaluate("innerWidth"), f"{page.url} is {width} pixels wide"


async def _arrived(mail: MailServers, pattern: str) -> tuple[email.message.EmailMessage, str]:
    """The newest letter that has it, and what was found."""

    def look() -> tuple[email.message.EmailMessage, str] | None:
        for raw in reversed(mail.mailbox(CUSTOMER)):
            one = parsed(raw)
            if found := re.search(pattern, text_of(one)):
                return one, found[0]
        return None

    found: Any = await eventually(lambda: asyncio.to_thread(look), seconds=90)
    return found[0], found[1]


async def _asks(page: Page, shop: Served) -> int:
    """From the search to a request; its number."""
    await page.goto(f"{shop.url}/help/shop")
    await page.wait_for_url("**/help/shop/en")
    await _is_sound(page)
    await page.get_by_role("searchbox").fill("pair my headphones")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Pair the headphones").click()
    await expect(page.get_by_role("heading", name="Pair the headphones")).to_be_visible()
    await _is_sound(page)
    await page.get_by_role("button", name="No", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text("Thank you for telling us.")
    await page.get_by_role("link", name="Send a request").last.click()
    await page.get_by_label("Name").fill("Li Lei")
    await page.get_by_label("E-mail").fill(CUSTOMER)
    await page.get_by_label("Subject").press_sequentially("My headphones do not reset")
    offered = page.locator("#suggested").get_by_role("link", name="Reset the headphones")
    await expect(offered).to_be_visible(timeout=WAIT)
    await page.get_by_label("What is it about?").fill("I tried it twice.")
    await page.get_by_label("Files").set_input_files(
        FilePayload(name="light.png", mimeType="image/png", buffer=documents.PIXEL)
    )
    await _is_sound(page)
    await page.get_by_role("button", name="Send", exact=True).click()
    told = page.get_by_text(re.compile(r"number \d+"))
    await expect(told).to_be_visible()
    await _is_sound(page)
    found = re.search(r"number (\d+)", await told.inner_text())
    assert found
    return int(found[1])


async def _answers(browser: Browser, shop: Served, ticket: str) -> None:
    """An agent finds the article beside the ticket and sends its link."""
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await sign_in(page, shop)
    await page.goto(f"{shop.url}/inbox?view=all&ticket={ticket}")
    await page.get_by_role("tab", name="Articles").click(timeout=WAIT)
    panel = page.get_by_role("region", name="Articles")
    await expect(panel.get_by_text(re.compile("Because of: Reset · headphon"))).to_be_visible(
        timeout=WAIT
    )
    await panel.get_by_role("button", name="Reset the headphones").click()
    await expect(page.get_by_text("hold the button for ten seconds")).to_be_visible(timeout=WAIT)
    await page.get_by_role("button", name="Insert a link").click()
    editor = page.get_by_role("textbox", name="Reply")
    await expect(editor).to_contain_text("Reset the headphones", timeout=WAIT)
    await editor.click()
    await page.keyboard.press("Control+Home")
    await page.keyboard.insert_text("Please try this: ")
    await page.get_by_role("button", name="Send", exact=True).click()
    timeline = page.get_by_role("region", name="Conversation")
    await expect(timeline.get_by_text("Please try this")).to_be_visible(timeout=WAIT)
    await context.close()


def _reply(answered: email.message.EmailMessage, text: str) -> tuple[bytes, str]:
    """The customer's answer by mail, and to whom it goes."""
    raw = letter(
        text,
        f"Re: {answered['Subject']}",
        In_Reply_To=answered["Message-ID"],
        References=f"{answered['References'] or ''} {answered['Message-ID']}".strip(),
        To=answered["Reply-To"] or answered["From"],
    )
    return raw, parsed(raw)["To"].addresses[0].addr_spec


async def test_a_customers_path_on_a_phone(
    shop: Served, browser: Browser, mail: MailServers
) -> None:
    async with _phone(browser) as page:
        number = await _asks(page, shop)
        listed = shop.get("/tickets", view="all")["items"]
        ticket = next(one["id"] for one in listed if one["number"] == number)
        asked = shop.get(f"/tickets/{ticket}/messages")["items"][0]
        assert [one["name"] for one in asked["attachments"]] == ["light.png"]

        await _answers(browser, shop, ticket)
        answer, link = await _arrived(mail, r"/help/shop/en/a/\d+")
        assert "Please try this" in text_of(answer)
        await page.goto(f"{shop.url}{link}")
        await expect(page.get_by_role("heading", name="Reset the headphones")).to_be_visible()
        usage = shop.get("/knowledge/usage", article=link.rpartition("/")[2])["articles"][0]
        assert [usage[step] for step in ("shown", "opened", "inserted", "sent")] == [1, 1, 1, 1]

        raw, to = _reply(answer, "Thank you, that was it!")
        mail.deliver(raw, sender=CUSTOMER, to=[to])

        def said() -> bool:
            texts = [one["body_text"] for one in shop.get(f"/tickets/{ticket}/messages")["items"]]
            return any("that was it" in text for text in texts)

        await eventually(said, seconds=90)
        assert len(shop.get("/tickets", view="all")["items"]) == len(listed), "the same ticket"

        shop.patch(f"/tickets/{ticket}", status="resolved")
        _, vote = await _arrived(mail, r"/rate/[\w.~-]+")
        await page.goto(f"{shop.url}{vote}")
        await _is_sound(page)
        await page.locator("label:has(input[value='5'])").click()
        await page.get_by_role("button").first.click()
        state = await eventually(
            lambda: shop.get(f"/tickets/{ticket}/satisfaction").get("score"), seconds=30
        )
        assert state == 5


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_help_pages_are_sound(
    shop: Served, browser: Browser, locale: str, scheme: Any
) -> None:
    article = shop.get("/knowledge/articles")["items"][0]["id"]
    async with _phone(browser) as page:
        await page.emulate_media(color_scheme=scheme)
        for place in ("", "/search?q=headphones", f"/a/{article}", "/new", "/sign-in"):
            await page.goto(f"{shop.url}/help/shop/{locale}{place}")
            await _is_sound(page)
