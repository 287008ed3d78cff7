"""Every screen: axe finds nothing serious in either theme or language; keys do what they say.

Chinese is judged in the light theme and English in the dark one, side by side, which covers each
text and each colour once. ``YIZHAN_SCREENS=all`` judges all four, ``YIZHAN_SHOTS=FOLDER`` keeps pictures.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e import axe, crafted
from tests.support.served import Served

pytestmark = pytest.mark.e2e

ALL = os.environ.get("YIZHAN_SCREENS") == "all"
SHOTS = os.environ.get("YIZHAN_SHOTS", "")
WIDTH = int(os.environ.get("YIZHAN_SHOTS_WIDTH", "1440"))

_FOLLOW = """path => {
  const router = window.__TSR_ROUTER__
  return Boolean(router) && router.navigate({ href: path }).then(() => true)
}"""

Theme = Literal["light", "dark"]
THEMES: dict[str, tuple[Theme, ...]] = {
    "zh-CN": ("light", "dark") if ALL else ("light",),
    "en": ("dark", "light") if ALL else ("dark",),
}

Place = str | Callable[[Served], str]


def _first(path: str, to: str, **params: Any) -> Callable[[Served], str]:
    """The screen of the first item of a list."""

    def place(desk: Served) -> str:
        listed = desk.get(path, **params)
        items = listed["items"] if isinstance(listed, dict) else listed
        assert items, f"the demo has nothing in {path}"
        return to.format(items[0]["id"])

    return place


def _inbox_of(channel: str, to: str) -> Callable[[Served], str]:
    def place(desk: Served) -> str:
        inboxes = [one for one in desk.get("/inboxes")["items"] if one["channel"] == channel]
        inbox = inboxes[0] if inboxes else desk.add_inbox(channel, {})
        return to.format(key=inbox["embed"]["key"], id=inbox["id"], url=desk.url)

    return place


def _of_a_stranger(desk: Served) -> str:
    """A ticket of a visitor of whom nothing is known, not even a name."""
    chat = "/chat/" + _inbox_of("chat", "{key}")(desk)
    visitor = desk.api.post(f"{chat}/session", json={"locale": "en"}).json()["visitor"]
    said = {"visitor": visitor, "client_id": "m-0000001", "text": "Anybody there?", "files": []}
    assert desk.api.post(f"{chat}/messages", json=said).is_success
    found = desk.get("/tickets", view="all", q="Anybody there")["items"]
    return f"/inbox?view=all&ticket={found[0]['id']}"


SCREENS: dict[str, Place] = {
    "inbox": "/inbox?view=all",
    "ticket": _first("/tickets", "/inbox?view=all&ticket={}", view="all", limit=1),
    "history": _first("/tickets", "/inbox?view=all&ticket={}&panel=history", view="all", limit=1),
    "ticket-of-a-stranger": _of_a_stranger,
    "customers": "/customers",
    "customer": _first("/contacts", "/customers/{}"),
    "companies": "/customers/companies",
    "company": _first("/companies", "/customers/companies/{}"),
    "reports": "/reports",
    "knowledge": "/knowledge",
    "knowledge-health": "/knowledge/health",
    "article": _first("/knowledge/articles", "/knowledge/{}", limit=1),
    "account": "/account",
    "setup": "/setup",
    "admin": "/admin",
    "surveys": "/admin/surveys",
    "survey-responses": "/admin/surveys?tab=responses",
    "checklists": "/admin/checklists",
    "learning": "/admin/learning",
    "learning-versions": "/admin/learning?tab=versions",
    "learning-labels": "/admin/learning?head=satisfaction&tab=labels",
    "label-queue": "/admin/labels",
    "lab": "/admin/lab",
    "workspace": "/admin/workspace",
    "layouts": "/admin/layouts",
    "brands": "/admin/brands",
    "units": "/admin/units",
    "teams": "/admin/teams",
    "agents": "/admin/agents",
    "understanding": "/admin/understanding",
    "assignment": "/admin/assignment",
    "assignment-priority": "/admin/assignment?tab=priority",
    "stages": "/admin/stages",
    "assignment-rules": "/admin/assignment?tab=rules",
    "roles": "/admin/roles",
    "role": _first("/roles", "/admin/roles/{}"),
    "channels": "/admin/channels",
    "new-inbox": "/admin/channels/new/email",
    "chat-inbox": _inbox_of("chat", "/admin/channels/{id}"),
    "form-inbox": _inbox_of("form", "/admin/channels/{id}"),
    "quarantine": "/admin/quarantine",
    "portals": "/admin/portals",
    "tokens": "/admin/tokens",
    "webhooks": "/admin/webhooks",
    "audit": "/admin/audit",
    "health": "/admin/health",
    "panel": "/admin/panel",
    "models": "/admin/models",
    "models-privacy": "/admin/models?tab=privacy",
    "models-sent": "/admin/models?tab=sent",
    "skills": "/admin/skills",
    "skill": "/admin/skills?skill=triage",
    "new-source": "/admin/panel/new/http_lookup",
    "promises": "/admin/sla",
    "calendars": "/admin/calendars",
    "nowhere": "/no-such-page",
    **crafted.SCREENS,
}
OUTSIDE: dict[str, Place] = {
    "sign-in": "/sign-in",
    "form": _inbox_of("form", "/f/{key}"),
    "help": "/help/hesonic/zh-CN",
    "help-article": _first("/knowledge/articles", "/help/hesonic/en/a/{}", q="Pair"),
    "help-new": "/help/hesonic/en/new",
    "chat": _inbox_of("chat", "/chat/{key}/frame?parent={url}"),
}


async def _page(browser: Browser, locale: str, *, desk: Served | None) -> Page:
    context = await browser.new_context(
        locale=locale, viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce"
    )
    await axe.prepare(context)
    if desk is not None:
        answer = await context.request.post(
            f"{desk.url}/api/v1/auth/login",
            data={"email": desk.account.email, "password": desk.account.password},
            headers={"X-Yizhan": "1"},
        )
        assert answer.ok, await answer.text()
    return await context.new_page()


@pytest.fixture(scope="module")
async def pages(browser: Browser, desk: Served) -> AsyncIterator[dict[str, Page]]:
    """One page a language, signed in."""
    opened = {locale: await _page(browser, locale, desk=desk) for locale in THEMES}
    yield opened
    for page in opened.values():
        await page.context.close()


@pytest.fixture(scope="module")
async def strangers(browser: Browser) -> AsyncIterator[dict[str, Page]]:
    """One page a language of somebody who did not sign in."""
    opened = {locale: await _page(browser, locale, desk=None) for locale in THEMES}
    yield opened
    for page in opened.values():
        await page.context.close()


async def _judge(page: Page, locale: str, *, name: str) -> list[str]:
    """What axe says of the page as it is now."""
    found = []
    for theme in THEMES[locale]:
        await page.emulate_media(color_scheme=theme)
        await axe.settle(page)
        if SHOTS:
            await page.screenshot(path=Path(SHOTS) / f"{name}-{locale}-{theme}-{WIDTH}.png")
        found += [f"{locale} {theme}: {line}" for line in await axe.faults(page)]
    return found


async def _judge_all(
    pages: dict[str, Page], name: str, *, show: Callable[[Page], Awaitable[Any]]
) -> None:
    """Both languages at the same time."""

    async def one(locale: str) -> list[str]:
        page = pages[locale]
        await page.emulate_media(color_scheme=THEMES[locale][0])
        await show(page)
        return await _judge(page, locale, name=name)

    judged = await asyncio.gather(*map(one, pages))
    found = [line for lines in judged for line in lines]
    assert not found, "\n".join(found)


def _path(desk: Served, place: Place) -> str:
    return place if isinstance(place, str) else place(desk)


@pytest.mark.parametrize("name", SCREENS)
async def test_screens(desk: Served, pages: dict[str, Page], name: str) -> None:
    path = _path(desk, SCREENS[name])

    async def show(page: Page) -> None:
        # Within the app as by its links: it is loaded and started once.
        if not await page.evaluate(_FOLLOW, path):
            await page.goto(desk.url + path)
        assert page.url.startswith(desk.url + path.partition("?")[0])

    await _judge_all(pages, name, show=show)


@pytest.mark.parametrize("name", OUTSIDE)
async def test_what_strangers_see(desk: Served, strangers: dict[str, Page], name: str) -> None:
    address = desk.url + _path(desk, OUTSIDE[name])
    await _judge_all(strangers, name, show=lambda page: page.goto(address))


@pytest.mark.parametrize(
    ("name", "key"), [("palette", "Control+k"), ("shortcuts", "Shift+?"), ("new-ticket", "c")]
)
async def test_dialogs(desk: Served, pages: dict[str, Page], name: str, key: str) -> None:
    async def show(page: Page) -> None:
        await page.goto(f"{desk.url}/inbox?view=all")
        await page.get_by_role("option").first.wait_for()
        await page.keyboard.press(key)
        await page.get_by_role("dialog").wait_for()

    await _judge_all(pages, name, show=show)
    for page in pages.values():
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("name", crafted.PANELS)
async def test_panels(desk: Served, pages: dict[str, Page], name: str) -> None:
    """What opens beside a list, with all that is fetched when it is shown."""
    path, opener = crafted.PANELS[name]
    crafted.made(desk)

    async def show(page: Page) -> None:
        await page.goto(desk.url + path)
        await page.get_by_role("button", name=opener, exact=True).first.click()
        await page.get_by_role("dialog").wait_for()

    await _judge_all(pages, f"panel-{name}", show=show)
    for page in pages.values():
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_axe_finds_what_is_wrong(pages: dict[str, Page]) -> None:
    """A check that cannot fail proves nothing."""
    page = pages["en"]
    await page.set_content(
        "<html lang=en><title>Bad</title><main><h1>Bad page</h1><img src=x.png><button></button>"
        "<p style='color:#bbb;background:#fff'>words that nobody can read</p></main></html>"
    )
    found = "\n".join(await axe.faults(page))
    for rule in ("image-alt", "button-name", "color-contrast"):
        assert rule in found


async def test_keys_lead_through_the_inbox(desk: Served, pages: dict[str, Page]) -> None:
    page = pages["en"]
    await page.goto(f"{desk.url}/inbox?view=all")
    await page.get_by_role("option").first.wait_for()
    listbox = page.get_by_role("listbox", name="Tickets")
    chosen = []
    for key in ("j", "j", "k"):
        await page.keyboard.press(key)
        chosen.append(await listbox.get_attribute("aria-activedescendant"))
    assert chosen[0]
    assert chosen[1] != chosen[0]
    assert chosen[2] == chosen[0]
    await page.keyboard.press("Enter")
    await page.get_by_role("region", name="Conversation").wait_for()
    opened = (chosen[0] or "").removeprefix("option-")
    assert f"ticket={opened}" in page.url
    await page.keyboard.press("r")
    editor = page.get_by_role("textbox", name="Reply")
    await expect(editor).to_be_focused()
    await page.keyboard.type("jk?")
    await expect(editor).to_contain_text("jk?")
    assert f"ticket={opened}" in page.url, "keys belong to whoever types"
    await page.keyboard.press("Control+a")
    await page.keyboard.press("Delete")
    await page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").get_by_role("combobox")
    await box.fill("customers")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/customers")
