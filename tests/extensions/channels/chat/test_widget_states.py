"""Every state of the chat window: it says what is going on, in both languages, and axe finds nothing.

``YIZHAN_SHOTS=FOLDER`` keeps pictures.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from playwright.async_api import Browser, FilePayload, Page, WebSocketRoute, expect

from tests.e2e import axe
from tests.extensions.channels.chat.conftest import ChatDesk
from tests.extensions.channels.chat.test_widget import browser, pytestmark

__all__ = ["browser", "pytestmark"]

SHOTS = os.environ.get("YIZHAN_SHOTS", "")
Theme = Literal["light", "dark"]
WORDS: dict[str, dict[str, str]] = {
    "zh-CN": {
        "hello": "您好，请问有什么可以帮您？",
        "begin": "开始对话",
        "required": "请填写此项",
        "pending": "待发送",
        "sent": "已送达",
        "failed": "发送失败",
        "typing": "正在输入",
        "closed": "本次对话已结束",
        "offline": "网络已断开",
        "saved": "we@example.com",
        "unavailable": "客服暂时无法使用",
        "tooLarge": "无法发送",
    },
    "en": {
        "hello": "Hello! How can we help you?",
        "begin": "Start chatting",
        "required": "Please fill this in",
        "pending": "Waiting to send",
        "sent": "Sent",
        "failed": "Not sent",
        "typing": "is typing",
        "closed": "This conversation has ended",
        "offline": "You are offline",
        "saved": "we@example.com",
        "unavailable": "Chat is not available right now",
        "tooLarge": "cannot be sent",
    },
}


class Window:
    """The chat as a page of its own, the size of the panel or of a phone."""

    def __init__(self, page: Page, chat: ChatDesk, *, name: str) -> None:
        self.page = page
        self.chat = chat
        self.name = name
        self.lines: list[WebSocketRoute] = []
        self.dark = False  # what is written goes nowhere
        self.cut = False  # nothing gets through at all

    async def open(self) -> None:
        await self.page.route_web_socket("**/socket**", self._through)
        await self.page.goto(f"http://127.0.0.1:{self.chat.port}/chat/{self.chat.key}/frame")

    async def _through(self, route: WebSocketRoute) -> None:
        if self.cut:
            await route.close()
            return
        server = route.connect_to_server()
        self.lines.append(route)
        route.on_message(lambda text: None if self.dark else server.send(text))

    def hear(self, **frame: Any) -> None:
        """As if the desk said it."""
        self.lines[-1].send(msgspec.json.encode(frame).decode())

    async def write(self, text: str) -> None:
        await self.page.locator("textarea").fill(text)
        await self.page.locator("textarea").press("Enter")

    async def shows(self, text: str, state: str) -> None:
        """It says so, nobody is kept from reading it, and nothing sticks out."""
        await expect(self.page.get_by_text(text).first).to_be_visible(timeout=20_000)
        wide = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{state} is {wide} px too wide"
        if SHOTS:
            await self.page.screenshot(path=Path(SHOTS) / f"chat-{state}-{self.name}.png")
        assert await axe.faults(self.page) == [], state


@pytest.fixture(
    params=[("zh-CN", "light", 384, 640), ("en", "dark", 390, 844)],
    ids=["zh-light-panel", "en-dark-phone"],
)
async def window(
    request: pytest.FixtureRequest, chat: ChatDesk, browser: Browser
) -> AsyncIterator[tuple[Window, dict[str, str]]]:
    locale, theme, width, height = request.param
    context = await browser.new_context(
        locale=locale,
        color_scheme=theme,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    await axe.prepare(context)
    page = await context.new_page()
    yield Window(page, chat, name=f"{locale}-{theme}-{width}"), WORDS[locale]
    await context.close()


Opened = tuple[Window, dict[str, str]]


async def test_an_open_chat_without_a_greeting_is_not_empty(window: Opened) -> None:
    shown, words = window
    await shown.open()
    await shown.shows(words["hello"], "empty")


async def test_the_form_before_the_chat(window: Opened) -> None:
    shown, words = window
    await shown.chat.add_chat(ask_name="required", ask_email="optional")
    await shown.open()
    await shown.shows(words["begin"], "form")
    await shown.page.get_by_role("button", name=words["begin"]).click()
    await shown.shows(words["required"], "form-wrong")
    await expect(shown.page.locator("input[name=name]")).to_be_focused()


async def test_the_life_of_a_message(window: Opened) -> None:
    shown, words = window
    await shown.open()
    await shown.write("A first question with a link: https://example.com/" + "long/" * 30)
    await shown.shows(words["sent"], "sent")
    shown.hear(t="typing", on=True, name="Ada 管理员")
    await shown.shows(words["typing"], "typing")
    shown.hear(t="typing", on=False, name="Ada 管理员")
    shown.dark = True
    await shown.write("second")
    await shown.shows(words["pending"], "pending")
    mine = await shown.page.evaluate(
        "JSON.parse(Object.entries(localStorage).find(([k]) => k.includes(':out:'))[1]).client_id"
    )
    shown.hear(t="error", code="not_accepted", client_id=mine, detail="")
    await shown.shows(words["failed"], "failed")
    shown.hear(t="state", status="closed")
    await shown.shows(words["closed"], "closed")


async def test_the_e_mail_question(window: Opened) -> None:
    shown, words = window
    await shown.open()
    await shown.write("Are you there?")
    field = shown.page.locator(".card input")
    await field.wait_for()
    await field.fill("nothing")
    await field.press("Enter")
    await shown.shows("Are you there?", "email-wrong")
    await field.fill("we@example.com")
    await field.press("Enter")
    await shown.shows(words["saved"], "email-saved")


async def test_files(window: Opened) -> None:
    shown, words = window
    edge = shown.chat.desk.edge
    edge.config = msgspec.structs.replace(edge.config, max_upload_mb=1)
    await shown.open()
    await shown.write("See this:")
    picker = shown.page.locator("input[type=file]")
    name = "a very long name of a file that somebody has sent to us " * 3 + ".txt"
    await picker.set_input_files({"name": name, "mimeType": "text/plain", "buffer": b"x" * 2000})
    await shown.page.locator("a.file").wait_for()
    await shown.shows(words["sent"], "file")
    big: FilePayload = {
        "name": "big.bin",
        "mimeType": "application/octet-stream",
        "buffer": b"x" * (1024 * 1024 + 1),
    }
    await picker.set_input_files(big)
    await shown.shows(words["tooLarge"], "too-large")


async def test_out_of_reach_and_back(window: Opened) -> None:
    shown, words = window
    await shown.open()
    await shown.write("before")
    await shown.shows(words["sent"], "before")
    shown.cut = shown.dark = True
    await shown.page.route("**/chat/**", lambda route: route.abort())
    for line in list(shown.lines):
        await line.close()
    await shown.shows(words["offline"], "offline")
    await shown.write("meanwhile")
    await shown.shows("meanwhile", "offline-written")
    shown.cut = shown.dark = False
    await shown.page.unroute("**/chat/**")
    await expect(shown.page.get_by_text(words["offline"])).to_have_count(0, timeout=60_000)
    await expect(shown.page.get_by_text("meanwhile")).to_have_count(1)
    await expect(shown.page.locator("p.sent").last).to_be_visible(timeout=20_000)


async def test_a_desk_that_does_not_answer(window: Opened) -> None:
    shown, words = window
    await shown.page.route("**/config*", lambda route: route.abort())
    await shown.open()
    await shown.shows(words["unavailable"], "unavailable")
