"""A phone: installed, without a line, in one hand, and shared by two people."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.e2e import axe
from tests.e2e.conftest import sign_in
from tests.support.served import Account, Served, until

pytestmark = pytest.mark.e2e

SIZE: ViewportSize = {"width": 390, "height": 780}
WORDS = "Sent without a line"
WAIT = 20_000


@asynccontextmanager
async def phone(browser: Browser, **more: str) -> AsyncIterator[tuple[BrowserContext, Page]]:
    context = await browser.new_context(
        viewport=SIZE, has_touch=True, is_mobile=True, locale=more.get("locale", "en-US")
    )
    page = await context.new_page()
    yield context, page
    await context.close()


async def installed(page: Page) -> None:
    """The service worker runs and has kept the app."""
    await page.evaluate(
        "async () => { await navigator.serviceWorker.ready;"
        " while (!navigator.serviceWorker.controller) await new Promise(r => setTimeout(r, 50)) }"
    )


def ticket_of(desk: Served, subject: str, **more: object) -> dict[str, str]:
    """A fresh ticket that its customer can be answered in."""
    requester = {"email": "phone@example.test", "name": "Pia Phone"}
    found: dict[str, str] = desk.post(
        "/tickets", subject=subject, body="It is broken.", requester=requester, **more
    )
    return found


def answers(desk: Served, ticket_id: str) -> list[str]:
    """What was written to the customer or as a note."""
    items = desk.get(f"/tickets/{ticket_id}/messages")["items"]
    return [item["body_text"] for item in items if item["direction"] in ("out", "note")]


async def note(page: Page, words: str) -> None:
    """Writes a note: it needs no channel."""
    await page.get_by_role("button", name="Reply", exact=True).tap()
    await page.get_by_role("tab", name="Internal note").tap()
    editor = page.get_by_role("textbox", name="Internal note")
    await editor.tap()
    await editor.press_sequentially(words)
    await page.get_by_role("button", name="Add note", exact=True).tap()


async def test_it_can_be_installed(desk: Served, browser: Browser) -> None:
    async with phone(browser) as (context, page):
        await sign_in(page, desk)
        await installed(page)
        tools = await context.new_cdp_session(page)
        await tools.send("Page.enable")
        found = await tools.send("Page.getInstallabilityErrors")
        wrong = [
            error["errorId"]
            for error in found["installabilityErrors"]
            if error["errorId"] != "in-incognito"  # every context of a test is one
        ]
        assert wrong == []
        manifest = await tools.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert manifest["url"].endswith("/app.en.webmanifest")
        worker = await page.request.get(f"{desk.url}/sw.js")
        assert worker.headers["cache-control"] == "no-cache"
        assert worker.headers["service-worker-allowed"] == "/"


async def test_without_a_line_one_reads_and_writes_and_it_is_sent_once(
    desk: Served, browser: Browser
) -> None:
    ticket = ticket_of(desk, "Lamp without light")
    async with phone(browser) as (context, page):
        await sign_in(page, desk)
        await installed(page)
        await page.goto(f"{desk.url}/inbox?view=all")
        await page.get_by_text("Lamp without light").first.tap()
        await page.get_by_text("It is broken.").wait_for()
        await page.wait_for_timeout(2000)  # what is read is kept a moment later
        await context.set_offline(True)
        await page.reload()
        await page.get_by_text("It is broken.").wait_for()
        banner = page.get_by_text("You are offline.")
        await expect(banner).to_contain_text("Showing what was true at", timeout=WAIT)
        await note(page, WORDS)
        waiting = page.get_by_role("list", name="What waits on this device")
        await expect(waiting).to_contain_text(WORDS, timeout=WAIT)
        await page.reload()
        await expect(waiting).to_contain_text(WORDS, timeout=WAIT)
        await expect(page.get_by_text("Waiting to be sent: 1.")).to_be_visible(timeout=WAIT)
        assert answers(desk, ticket["id"]) == []
        await context.set_offline(False)
        await expect(waiting).to_have_count(0, timeout=WAIT)
        await page.get_by_label("Conversation").get_by_text(WORDS).wait_for()
        await expect(banner).to_have_count(0, timeout=WAIT)
        await page.reload()
        await page.get_by_label("Conversation").get_by_text(WORDS).wait_for()
    assert answers(desk, ticket["id"]) == [WORDS]


async def test_a_status_that_was_overtaken_comes_back_as_a_question(
    desk: Served, browser: Browser
) -> None:
    ticket = ticket_of(desk, "Kettle that whistles")
    async with phone(browser) as (context, page):
        await sign_in(page, desk)
        await installed(page)
        await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
        await page.get_by_text("It is broken.").wait_for()
        await page.wait_for_timeout(2000)
        await context.set_offline(True)
        await page.get_by_role("button", name="Status").tap()
        await page.get_by_role("menuitem", name="Resolved").tap()
        await page.get_by_text("Kept on this device").first.wait_for()
        desk.patch(f"/tickets/{ticket['id']}", status="pending")
        await context.set_offline(False)
        await page.get_by_text("in need of your decision: 1").wait_for()
        await page.get_by_role("button", name="Have a look").tap()
        waiting = page.get_by_role("list", name="What waits on this device")
        await expect(waiting).to_contain_text("The ticket has changed meanwhile", timeout=WAIT)
        assert desk.get(f"/tickets/{ticket['id']}")["status"] == "pending"
        await waiting.get_by_role("button", name="Change anyway").tap()
        await expect(waiting).to_have_count(0, timeout=WAIT)
    until(
        lambda: desk.get(f"/tickets/{ticket['id']}")["status"] == "resolved",
        what="the status that was insisted on",
    )


def colleague(desk: Served, email: str) -> Account:
    """Somebody else who works here."""
    roles = desk.get("/roles")["items"]
    role = next(one["id"] for one in roles if one["system"] == "agent")
    password = "a long enough pass phrase"
    desk.post("/agents", name=email, email=email, password=password, role_ids=[role])
    return Account(email, password, "")


KEPT = """async () => {
  const names = await caches.keys()
  const open = await new Promise((resolve, reject) => {
    const request = indexedDB.open('yizhan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const all = (store) => new Promise((resolve) => {
    const request = open.transaction(store).objectStore(store).getAll()
    request.onsuccess = () => resolve(request.result)
  })
  const urls = []
  for (const name of names) {
    for (const request of await (await caches.open(name)).keys()) urls.push(request.url)
  }
  const found = { kept: await all('kept'), meta: await all('meta'), urls,
                  drafts: Object.keys(localStorage).filter((key) => key.includes('draft')) }
  open.close()
  return JSON.parse(JSON.stringify(found))
}"""


async def test_who_signs_out_leaves_nothing_for_the_next(desk: Served, browser: Browser) -> None:
    ticket_of(desk, "Secret of the first")
    second = colleague(desk, "second@example.test")
    async with phone(browser) as (context, page):
        await sign_in(page, desk)
        await installed(page)
        await page.goto(f"{desk.url}/inbox?view=all")
        await page.get_by_text("Secret of the first").first.tap()
        await page.get_by_text("It is broken.").wait_for()
        await page.wait_for_timeout(2000)
        before = await page.evaluate(KEPT)
        assert "Secret of the first" in str(before["kept"])
        assert not [url for url in before["urls"] if "/api/" in url]
        await page.goto(f"{desk.url}/inbox")
        await page.get_by_role("button", name="Online").tap()
        await page.get_by_role("button", name="Sign out").tap()
        await page.get_by_label("Email").wait_for()
        after = await page.evaluate(KEPT)
        assert after["kept"] == []
        assert after["meta"] == []
        assert after["drafts"] == []
        await context.set_offline(True)
        await page.goto(f"{desk.url}/inbox?view=all")
        await expect(page.get_by_text("cannot be reached")).to_be_visible(timeout=WAIT)
        assert await page.get_by_text("Secret of the first").count() == 0
        await context.set_offline(False)
        await sign_in(page, desk, account=second)
        kept = str((await page.evaluate(KEPT))["kept"])
        assert "Secret of the first" not in kept


async def test_another_agent_in_the_same_browser_sees_nothing_of_the_former(
    desk: Served, browser: Browser
) -> None:
    """Also when nobody signed out: the session simply ended."""
    second = colleague(desk, "third@example.test")
    ticket = ticket_of(desk, "Left lying about")
    async with phone(browser) as (context, page):
        await sign_in(page, desk)
        await installed(page)
        await page.goto(f"{desk.url}/inbox?view=all&ticket={ticket['id']}")
        await page.get_by_text("It is broken.").wait_for()
        await page.wait_for_timeout(2000)
        assert "Left lying about" in str((await page.evaluate(KEPT))["kept"])
        first = (await page.evaluate(KEPT))["meta"]
        await context.clear_cookies()
        await page.goto(f"{desk.url}/inbox")
        await page.get_by_label("Email").wait_for()
        assert (await page.evaluate(KEPT))["kept"] == []
        await sign_in(page, desk, account=second)
        assert (await page.evaluate(KEPT))["meta"] != first


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_one_thumb_reaches_it_all(desk: Served, browser: Browser, locale: str) -> None:
    """What is done most lies in the lower half, is as large as a finger, and back leads back."""
    ticket = ticket_of(desk, "In one hand")
    async with phone(browser) as (context, page):
        await axe.prepare(context)
        await sign_in(page, desk)
        await page.evaluate(
            "locale => localStorage.setItem('yizhan.preferences',"
            " JSON.stringify({state: {locale}, version: 0}))",
            locale,
        )
        await page.goto(f"{desk.url}/inbox?view=all")
        await page.get_by_text("In one hand").first.tap()
        await page.get_by_text("It is broken.").wait_for()
        bar = page.locator("nav[data-thumb-bar]")
        await bar.wait_for()
        for button in await bar.get_by_role("button").all():
            box = await button.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["width"] >= 44
            assert box["y"] > SIZE["height"] / 2
        await axe.settle(page)
        assert await axe.faults(page) == []
        await page.go_back()
        await page.get_by_text("In one hand").first.wait_for()
        assert f"ticket={ticket['id']}" not in page.url


async def test_a_push_is_shown_to_whom_it_is_meant_for(desk: Served, browser: Browser) -> None:
    """As the push service would hand it over; the page in front of the reader needs none."""
    async with phone(browser) as (context, page):
        await context.grant_permissions(["notifications"], origin=desk.url)
        await sign_in(page, desk)
        await installed(page)
        me = await page.evaluate("fetch('/api/v1/auth/me').then(r => r.json())")
        mine = f"{me['workspace']['id']}.{me['agent']['id']}"
        tools = await context.new_cdp_session(page)
        found: list[str] = []
        tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
        )
        await tools.send("ServiceWorker.enable")
        for _ in range(100):
            if found:
                break
            await page.wait_for_timeout(100)

        async def push(agent: str, title: str) -> None:
            said = {"agent": agent, "title": title, "body": "", "tag": title, "path": "/inbox"}
            where = {"origin": desk.url, "registrationId": found[-1]}
            await tools.send(
                "ServiceWorker.deliverPushMessage", {**where, "data": json.dumps(said)}
            )

        async def shown() -> list[str]:
            titles: list[str] = await page.evaluate(
                "navigator.serviceWorker.ready.then(r => r.getNotifications())"
                ".then(all => all.map(one => one.title))"
            )
            return titles

        await push("0.0", "#8 For who sat here before")
        await push(mine, "#7 You were mentioned")
        titles: list[str] = []
        for _ in range(100):
            titles = await shown()
            if titles:
                break
            await page.wait_for_timeout(100)
        assert "#8 For who sat here before" not in titles
        assert "驿站 Yizhan" in titles  # something must be shown, and it says nothing
