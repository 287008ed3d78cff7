"""The app after a deployment: it says so, takes the new build when free, and mends missing parts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.e2e.conftest import sign_in
from tests.support.desk import eventually
from tests.support.served import Served

pytestmark = pytest.mark.e2e

HELLO = 'id: 0-0\nevent: hello\ndata: {"cursor":"0-0","build":"/assets/index-NEWER.js"}\n\n'


@pytest.fixture
async def page(browser: Browser, desk: Served) -> AsyncIterator[Page]:
    # The service worker keeps the parts of a build; these are about a browser that has none of it.
    context = await browser.new_context(locale="en", service_workers="block")
    page = await context.new_page()
    await sign_in(page, desk)
    yield page
    await context.close()


class Loads:
    """How often the page itself was loaded."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("load", lambda _: self._one())

    def _one(self) -> None:
        self.count += 1


async def test_a_newer_build_is_told_and_taken_when_nothing_is_open(
    desk: Served, page: Page
) -> None:
    async def newer(route: Route) -> None:
        await route.fulfill(body=HELLO, content_type="text/event-stream")

    await page.route("**/api/v1/stream*", newer)
    await page.goto(f"{desk.url}/inbox?view=all")
    await expect(page.get_by_text("A new version is ready")).to_be_visible()
    loads = Loads(page)
    await page.get_by_role("link", name="Customers").first.click()
    await expect(page).to_have_url(f"{desk.url}/customers")
    await expect(page.get_by_role("heading", name="Customers").first).to_be_visible()

    async def loaded() -> bool:
        return loads.count == 1

    await eventually(loaded)
    await page.get_by_role("link", name="Inbox").first.click()
    await page.get_by_role("option").first.wait_for()
    assert loads.count == 1, "servers that disagree must not turn the page in circles"


async def test_a_part_that_is_gone_loads_the_page_anew(desk: Served, page: Page) -> None:
    loads = Loads(page)
    refused = 0

    async def missing(route: Route) -> None:
        """Gone until the page was loaded anew, also for whoever fetches it ahead."""
        nonlocal refused
        if loads.count < 2:
            refused += 1
            await route.fulfill(status=404, body="")
        else:
            await route.continue_()

    await page.route("**/assets/customers*.js", missing)
    await page.goto(f"{desk.url}/inbox?view=all")
    await page.get_by_role("option").first.wait_for()
    await page.get_by_role("link", name="Customers").first.click()
    await expect(page.get_by_role("heading", name="Customers").first).to_be_visible()
    assert refused > 0
    assert loads.count == 2
