"""A real desk with demo data, a real browser, a website that carries the chat."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.support import served as serving
from tests.support.served import Account, Served

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A deadline only: what is there at once is found at once, and a machine may be busy.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without built front ends there is nothing to look at."""
    if not resources.files("yizhan").joinpath("static/app/index.html").is_file():
        for item in items:
            if "e2e" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="built by `make setup`"))


@dataclass
class Begun:
    """A desk and how many seconds its command took to serve."""

    desk: Served
    seconds: float


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begun]:
    """What `make run` starts."""
    at = time.monotonic()
    with serving.served(tmp_path_factory.mktemp("desk"), demo=True) as desk:
        yield Begun(desk, time.monotonic() - at)


@pytest.fixture(scope="session")
def desk(begun: Begun) -> Served:
    return begun.desk


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        await opened.close()


async def sign_in(page: Page, desk: Served, *, account: Account | None = None) -> None:
    """As a person does; the page's language is the browser's, here English."""
    who = account or desk.account
    await page.goto(f"{desk.url}/sign-in")
    await page.get_by_label("Email").fill(who.email)
    await page.get_by_label("Password").fill(who.password)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("navigation", name="Main navigation").wait_for()


@contextmanager
def website(snippet: str) -> Iterator[str]:
    """A shop's page with a snippet in it, on another host than the desk."""
    body = (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Shop</title>"
        f"<h1>轻舟数码</h1>{snippet}</html>"
    ).encode()

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
