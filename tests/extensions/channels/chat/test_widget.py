"""The widget in a real browser, on a page with a strict policy and hostile styles."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Frame, Page, async_playwright

from tests.extensions.channels.chat.conftest import ChatDesk
from tests.extensions.channels.chat.test_articles import article
from tests.support.desk import eventually

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not resources.files("yizhan").joinpath("static/widget/loader.js").is_file(),
        reason="the widget is built by `make setup`",
    ),
]

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HOSTILE = b"""* { box-sizing: content-box !important; letter-spacing: 4px !important }
div, button, iframe, yizhan-chat { display: none !important; opacity: 0 !important;
  position: static !important; transform: scale(0) !important; pointer-events: none !important }"""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS)
        yield opened
        await opened.close()


class Shop:
    """A website of a customer: another origin, no inline scripts, styles that spoil everything."""

    def __init__(self, chat: ChatDesk, *, connects: bool = True) -> None:
        self.desk = f"http://127.0.0.1:{chat.port}"
        self.key = chat.key
        self.connects = connects
        self.url = ""

    def _answer(self, path: str) -> bytes:
        if path == "/shop.css":
            return _http(_HOSTILE, "text/css")
        page = (
            "<!doctype html><html lang=zh-CN><meta name=viewport content='width=device-width'>"
            f"<link rel=stylesheet href=/shop.css><title>Shop</title><h1>轻舟数码</h1>"
            f"<a href=# id=link>link</a><script async src='{self.desk}/widget/loader.js'"
            f" data-key='{self.key}'></script>"
        ).encode()
        connect = f" {self.desk}" if self.connects else ""
        policy = (
            f"default-src 'self'; script-src {self.desk}; frame-src {self.desk};"
            f" style-src 'self'; connect-src 'self'{connect}"
        )
        return _http(page, "text/html; charset=utf-8", policy)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self._answer(head.split(b" ")[1].decode()))
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        # Another host name, so that the frame is of another site.
        self.url = f"http://localhost:{server.sockets[0].getsockname()[1]}/"
        async with server:
            yield self.url


def _http(body: bytes, kind: str, policy: str = "") -> bytes:
    extra = f"Content-Security-Policy: {policy}\r\n" if policy else ""
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


async def frame_of(page: Page) -> Frame:
    """The chat's frame with its editor ready. A frame that is just being taken away does not count."""

    async def ready() -> Frame | None:
        for frame in reversed(page.frames):
            if "/frame" in frame.url and not frame.is_detached():
                with contextlib.suppress(Error):
                    await frame.wait_for_selector("textarea, form.pre", timeout=5_000)
                    return frame
        return None

    found: Frame = await eventually(ready, seconds=30)
    return found


async def open_chat(page: Page, url: str) -> Frame:
    await page.goto(url)
    await eventually(lambda: page.evaluate("Boolean(window.yz && window.yz.v)"))
    await page.evaluate("yz('on', 'unread', n => { window.unread = n })")
    await page.evaluate("yz('open')")
    return await frame_of(page)


async def said(frame: Frame, text: str) -> None:
    await frame.get_by_role("log").get_by_text(text).wait_for(timeout=20_000)


async def test_a_visitor_and_an_agent_talk(chat: ChatDesk, browser: Browser) -> None:
    async with Shop(chat).open() as url:
        page = await browser.new_page(locale="zh-CN")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        frame = await open_chat(page, url)
        editor = frame.get_by_role("textbox", name="输入消息…")
        await editor.fill("你好,订单 7731 到哪了?")
        await editor.press("Enter")
        await frame.get_by_text("已送达").wait_for()
        ticket = (await chat.tickets())[0]
        await chat.answer(ticket["id"], "<b>今天</b>送达 https://example.com/7731")
        await said(frame, "<b>今天</b>送达")
        link = frame.get_by_role("link", name="https://example.com/7731")
        assert await link.get_attribute("rel") == "noopener noreferrer nofollow"
        await frame.get_by_text("已读").wait_for()

        async def is_read() -> bool:
            listed = await chat.desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")
            return bool(listed.json()["items"][-1]["delivery"]["state"] == "read")

        await eventually(is_read)
        await editor.press("Escape")
        await chat.answer(ticket["id"], "还有别的问题吗?")
        await eventually(lambda: page.evaluate("window.unread === 1"))
        await page.reload()
        frame = await open_chat(page, url)
        await said(frame, "还有别的问题吗?")
        assert errors == []
        await page.close()


async def test_what_is_written_offline_arrives_once_in_order(
    chat: ChatDesk, browser: Browser
) -> None:
    async with Shop(chat).open() as url:
        context = await browser.new_context(locale="en")
        # A line that takes what is written and brings it nowhere, as in a tunnel.
        tunnel = {"dark": False}

        def through(route: Any) -> None:
            server = route.connect_to_server()
            route.on_message(lambda text: None if tunnel["dark"] else server.send(text))

        await context.route_web_socket("**/socket**", through)
        page = await context.new_page()
        frame = await open_chat(page, url)
        editor = frame.locator("textarea")
        await editor.fill("first")
        await editor.press("Enter")
        await frame.locator("p.sent").first.wait_for()
        tunnel["dark"] = True
        for text in ("second", "third"):
            await editor.fill(text)
            await editor.press("Enter")
        await frame.locator("p.pending").first.wait_for()
        kept = "Object.keys(localStorage).filter(k => k.includes(':out:')).length"
        assert await page.evaluate(kept) == 2
        tunnel["dark"] = False
        frame = await open_chat(page, url)
        await said(frame, "third")

        async def arrived() -> bool:
            ticket = (await chat.tickets())[0]
            listed = await chat.desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")
            return [m["body_text"] for m in listed.json()["items"]] == ["first", "second", "third"]

        await eventually(arrived)
        await eventually(lambda: page.evaluate(f"{kept} === 0"))
        await context.close()


async def test_a_page_that_forbids_requests_still_shows_the_chat(
    chat: ChatDesk, browser: Browser
) -> None:
    async with Shop(chat, connects=False).open() as url:
        page = await browser.new_page()
        frame = await open_chat(page, url)
        box: Any = await (await frame.frame_element()).bounding_box()
        assert box["width"] > 300, "the page's styles do not reach the chat"
        assert box["height"] > 300
        await page.close()


async def test_no_socket_no_problem(chat: ChatDesk, browser: Browser) -> None:
    async with Shop(chat).open() as url:
        page = await browser.new_page(locale="en")
        await page.add_init_script(
            "window.WebSocket = class { constructor() { throw new Error('blocked') } }"
        )
        frame = await open_chat(page, url)
        editor = frame.get_by_role("textbox", name="Write a message…")
        await editor.fill("by post")
        await editor.press("Enter")
        await frame.locator("p.sent").first.wait_for()
        ticket = (await chat.tickets())[0]
        await chat.answer(ticket["id"], "by poll")
        await said(frame, "by poll")
        await page.close()


async def test_enter_that_ends_a_composition_sends_nothing(
    chat: ChatDesk, browser: Browser
) -> None:
    async with Shop(chat).open() as url:
        page = await browser.new_page(locale="zh-CN")
        frame = await open_chat(page, url)
        await frame.locator("textarea").fill("ni hao")
        await frame.locator("textarea").evaluate(
            "e => e.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
        )
        assert await frame.locator("textarea").input_value() == "ni hao"
        await frame.locator("textarea").press("Enter")
        assert await frame.locator("textarea").input_value() == ""
        await page.close()


async def test_signing_out_leaves_nothing_behind(chat: ChatDesk, browser: Browser) -> None:
    async with Shop(chat).open() as url:
        page = await browser.new_page(locale="en")
        frame = await open_chat(page, url)
        await frame.locator("textarea").fill("my secret order")
        await frame.locator("textarea").press("Enter")
        await frame.locator("p.sent").first.wait_for()
        await page.evaluate("yz('shutdown')")
        assert await page.evaluate("Object.keys(localStorage).length") == 0
        await page.evaluate("yz('open')")
        frame = await frame_of(page)
        await frame.get_by_text("Online").or_(frame.get_by_text("Away")).first.wait_for()
        assert await frame.get_by_text("my secret order").count() == 0
        await page.close()


async def test_an_article_helps_before_anybody_answers(chat: ChatDesk, browser: Browser) -> None:
    text = "<p>Send the kettle back within seven days; we pay for the parcel.</p>"
    mine = await article(chat, "Return a kettle", text)
    await article(chat, "Return a kettle, inside", text, audience="agents")
    async with Shop(chat).open() as url:
        page = await browser.new_page(locale="en")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda line: errors.append(line.text) if "Refused" in line.text else None
        )
        frame = await open_chat(page, url)
        editor = frame.locator("textarea")
        await editor.fill("How do I return my kettle?")
        await editor.press("Enter")
        offered = frame.get_by_role("region", name="These articles may help")
        await offered.get_by_role("button", name="Return a kettle", exact=True).click()
        await offered.get_by_text("within seven days").wait_for()
        assert await offered.get_by_role("button").count() == 3
        await offered.get_by_role("button", name="This solved it").click()
        await frame.get_by_text("Glad that it helped!").wait_for()
        await said(frame, "The article “Return a kettle” solved it.")
        await eventually(lambda: chat.desk.events("article.self_served"))
        (served,) = await chat.desk.events("article.self_served")
        assert (str(served.data["article_id"]), served.data["outcome"]) == (mine, "solved")
        assert errors == []
        await page.close()
