"""How long it takes from the key to the words of the next ticket, in a real browser.

::

    python -m tests.e2e.switching                 # its own desk with demo data
    python -m tests.e2e.switching --url http://127.0.0.1:8080 --email EMAIL --password PASSWORD

Prints milliseconds from the key press to the painted conversation: *hurried* opens unseen tickets one
straight after the other, *reading* rests on each for a moment first, *warm* goes back over them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import CDPSession, Page, async_playwright

from tests.e2e.conftest import FLAGS
from tests.support import served as serving

_SWITCHES = 30
_REST_MS = 600

# The time line is a new element for each ticket; two frames after its words are in, they are painted.
_WATCH = """
() => {
  const line = () => document.querySelector('section[aria-label="Conversation"]')
  const ready = (old) => { const now = line(); return now && now !== old && now.querySelector('article') }
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'j' && event.key !== 'k') return
    const old = line()
    const began = event.timeStamp
    const step = () => {
      if (!ready(old)) return requestAnimationFrame(step)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { window.switched = performance.now() - began }
      port2.postMessage(null)
    }
    window.switched = undefined
    requestAnimationFrame(step)
  }, true)
}
"""


_PAINTED = """
() => new Promise((done) => {
  const look = () => (window.switched === undefined ? setTimeout(look, 2) : done(window.switched))
  look()
})
"""


@dataclass
class Switch:
    """Milliseconds by the clock, and of the page's own processor time."""

    wall: float
    work: float


class Meter:
    """The processor time of the page's main thread: it does not grow when other programs are busy."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    async def read(self) -> float:
        told = await self._session.send("Performance.getMetrics")
        found = {one["name"]: one["value"] for one in told["metrics"]}
        return 1000 * float(found["TaskDuration"])


async def _press(page: Page, meter: Meter, key: str, *, rest_ms: int) -> Switch:
    await page.wait_for_timeout(rest_ms)
    before = await meter.read()
    await page.keyboard.press(key)
    async with asyncio.timeout(30):
        wall = float(await page.evaluate(_PAINTED))
    return Switch(wall, await meter.read() - before)


async def _open(page: Page, url: str) -> float:
    """The first ticket of a fresh page; milliseconds until its editor can be written in."""
    await page.goto(f"{url}/inbox?view=all")
    await page.get_by_role("option").first.wait_for()
    await page.wait_for_timeout(3000)
    await page.keyboard.press("j")
    began = await page.evaluate("performance.now()")
    await page.keyboard.press("Enter")
    await page.locator("[contenteditable=true]").wait_for()
    taken = await page.evaluate("performance.now()") - began
    await page.evaluate(_WATCH)
    return float(taken)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _say(name: str, taken: list[Switch]) -> None:
    ordered = sorted(switch.wall for switch in taken)
    p95 = ordered[min(len(ordered) - 1, round(len(ordered) * 0.95))]
    _print(
        f"{name:8} n={len(taken)} median {statistics.median(ordered):5.0f} ms"
        f"  p95 {p95:5.0f} ms  slowest {ordered[-1]:5.0f} ms"
        f"  of it work {statistics.median(switch.work for switch in taken):4.0f} ms"
    )


async def measure(url: str, email: str, password: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page(locale="en", viewport={"width": 1440, "height": 900})
        await page.goto(f"{url}/sign-in")
        await page.get_by_label("Email").fill(email)
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("navigation", name="Main navigation").wait_for()
        session = await page.context.new_cdp_session(page)
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        meter = Meter(session)
        _print(f"editor   {await _open(page, url):5.0f} ms after the first ticket was opened")
        _say("hurried", [await _press(page, meter, "j", rest_ms=0) for _ in range(_SWITCHES)])
        await _open(page, url)
        _say(
            "reading", [await _press(page, meter, "j", rest_ms=_REST_MS) for _ in range(_SWITCHES)]
        )
        _say("warm", [await _press(page, meter, "k", rest_ms=0) for _ in range(_SWITCHES)])
        await browser.close()


@contextlib.contextmanager
def _desk(args: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    if args.url:
        yield args.url, args.email, args.password
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.served(Path(folder), demo=True) as desk,
    ):
        yield desk.url, desk.account.email, desk.account.password


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url")
    parser.add_argument("--email")
    parser.add_argument("--password")
    with _desk(parser.parse_args()) as (url, email, password):
        asyncio.run(measure(url, email, password))


if __name__ == "__main__":
    main()
