"""Takes a picture of every screen in every state, so that anybody can look: ``python -m tests.e2e.gallery OUT``.

States are looks (language, theme, size) and needs (a server that is gone, data that is too much). A line
is printed for whatever is wider than the window or cut. ``--look zh-390 --only ticket`` narrows it;
``--readme`` takes those of the README into ``docs/images``.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    Route,
    ViewportSize,
    async_playwright,
)

from tests.e2e import axe, crafted, overfull
from tests.e2e.conftest import FLAGS
from tests.e2e.test_screens import OUTSIDE, SCREENS, Place
from tests.support import served as serving
from tests.support.served import Served


class Look(NamedTuple):
    """How somebody sees the desk."""

    locale: str
    theme: Literal["light", "dark"]
    width: int
    height: int = 900
    scale: float = 1
    touch: bool = False


LOOKS: dict[str, Look] = {
    "zh": Look("zh-CN", "light", 1440),
    "zh-dark": Look("zh-CN", "dark", 1440),
    "en": Look("en", "light", 1440),
    "en-dark": Look("en", "dark", 1440),
    "zh-390": Look("zh-CN", "light", 390, 780, 2, touch=True),
    "en-390": Look("en", "dark", 390, 780, 2, touch=True),
    "zoom": Look("en", "light", 720, 450, 2),
    "reflow": Look("en", "light", 320, 640, 2),
}
# What is opened on the way: where, and the keys.
OPENED: dict[str, tuple[str, str]] = {
    "palette": ("/inbox?view=all", "Control+k"),
    "shortcuts": ("/inbox?view=all", "Shift+?"),
    "new-ticket": ("/inbox?view=all", "c"),
}

# The pictures of the README: look, address, and the subject of the ticket that is open.
README: dict[str, tuple[str, str, str]] = {
    "inbox-zh": ("zh", "/inbox?view=all&ticket={}", "第三次了"),
    "inbox-en": ("en", "/inbox?view=all&ticket={}", "Watch S battery"),
    "reports-zh": ("zh", "/reports", ""),
    "reports-en": ("en-dark", "/reports", ""),
}
_DRAWN = "article, main table"

# What the window cuts: nothing scrolls sideways but what says so.
_CUT = """() => {
  const wide = innerWidth + 1
  const scrolls = (one) => one && (/(auto|scroll|hidden)/.test(getComputedStyle(one).overflowX)
    ? one.getBoundingClientRect().right <= wide : scrolls(one.parentElement))
  const found = document.documentElement.scrollWidth > wide ? ['the page scrolls sideways'] : []
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect()
    if (!box.width || !box.height || getComputedStyle(one).visibility === 'hidden') continue
    if (box.right > wide && box.left < wide && !scrolls(one.parentElement))
      found.push(`cut: ${one.tagName} ${one.className} ${one.innerText?.slice(0, 40) ?? ''}`)
    const style = getComputedStyle(one)
    if (one.scrollWidth > one.clientWidth + 2 && /(auto|scroll)/.test(style.overflowX)
        && one.clientWidth > 200)
      found.push(`sideways: ${one.tagName} ${one.className}`)
  }
  return found.slice(0, 5)
}"""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@asynccontextmanager
async def _page(
    browser: Browser, look: Look, *, desk: Served, signed_in: bool
) -> AsyncIterator[Page]:
    size: ViewportSize = {"width": look.width, "height": look.height}
    context = await browser.new_context(
        locale=look.locale,
        viewport=size,
        device_scale_factor=look.scale,
        has_touch=look.touch,
        is_mobile=look.touch,
        color_scheme=look.theme,
        reduced_motion="reduce",
        service_workers="block",
    )
    if signed_in:
        await _sign_in(context, desk)
    yield await context.new_page()
    await context.close()


async def _sign_in(context: BrowserContext, desk: Served) -> None:
    answer = await context.request.post(
        f"{desk.url}/api/v1/auth/login",
        data={"email": desk.account.email, "password": desk.account.password},
        headers={"X-Yizhan": "1"},
    )
    assert answer.ok, await answer.text()


class Camera:
    """Takes pictures with one look into one folder."""

    def __init__(self, page: Page, name: str, *, folder: Path, desk: Served) -> None:
        self.page = page
        self.name = name
        self.folder = folder
        self.desk = desk
        self.asked: set[Request] = set()
        page.on("request", self._asks)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _ended(self, request: Request) -> None:
        self.asked.discard(request)

    def _asks(self, request: Request) -> None:
        if not request.url.endswith("/stream") and "/stream?" not in request.url:
            self.asked.add(request)

    async def answered(self) -> None:
        """Nothing is on its way any more, at most for a while."""
        quiet = 0
        for _ in range(200):
            quiet = 0 if self.asked else quiet + 1
            if quiet == 5:
                return
            await asyncio.sleep(0.1)

    async def take(self, screen: str, place: Place) -> None:
        self.asked.clear()
        await self.page.goto(
            self.desk.url + (place if isinstance(place, str) else place(self.desk))
        )
        await self.keep(screen)

    async def opened(self, screen: str) -> None:
        path, keys = OPENED[screen]
        await self.page.goto(self.desk.url + path)
        await self.page.locator("[role=option]:visible").first.wait_for()
        await self.page.keyboard.press(keys)
        await self.page.get_by_role("dialog").wait_for()
        await self.keep(screen)
        await self.page.keyboard.press("Escape")

    async def panel(self, screen: str) -> None:
        path, opener = crafted.PANELS[screen]
        await self.page.goto(self.desk.url + path)
        await self.page.get_by_role("button", name=opener, exact=True).first.click()
        await self.page.get_by_role("dialog").wait_for()
        await self.keep(f"panel-{screen}")

    async def keep(self, screen: str) -> None:
        await self.answered()
        try:
            await axe.settle(self.page)
        except AssertionError as error:
            _say(f"{self.name} {screen}: {error}")
        await self.page.screenshot(path=self.folder / f"{screen}-{self.name}.png")
        for line in await self.page.evaluate(_CUT):
            _say(f"{self.name} {screen}: {line}")


async def _guarded(screen: str, work: Any) -> None:
    try:
        await work
    except (Error, AssertionError) as error:
        _say(f"{screen}: {str(error).splitlines()[0]}")


async def _look(camera: Camera, screens: Mapping[str, Place], *, wanted: set[str]) -> None:
    for screen, place in screens.items():
        if not wanted or screen in wanted:
            await _guarded(screen, camera.take(screen, place))


async def _gone(camera: Camera, screens: Mapping[str, Place], *, wanted: set[str]) -> None:
    """As when the server goes after one has come in."""

    async def refuse(route: Route) -> None:
        if route.request.url.endswith(("/auth/me", "/stream")):
            await route.continue_()
        else:
            await route.abort("connectionrefused")

    await camera.page.route("**/api/v1/**", refuse)
    await _look(camera, screens, wanted=wanted)


async def shown_first(desk: Served, folder: Path) -> None:
    """The pictures of the README: small files, of a desk as the demo leaves it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for picture, (look, path, subject) in README.items():
            found = (
                desk.get("/tickets", view="all", q=subject)["items"] if subject else [{"id": ""}]
            )
            async with _page(browser, LOOKS[look], desk=desk, signed_in=True) as page:
                camera = Camera(page, look, folder=folder, desk=desk)
                camera.asked.clear()
                await page.goto(desk.url + path.format(found[0]["id"]))
                await page.locator(_DRAWN).first.wait_for(timeout=90_000)
                for _ in range(3):  # what comes asks for more
                    await camera.answered()
                    await axe.settle(page)
                tools = await page.context.new_cdp_session(page)
                wanted = {"format": "webp", "quality": 80}
                taken = await tools.send("Page.captureScreenshot", wanted)
                kept = base64.b64decode(taken["data"])
                (folder / f"{picture}.webp").write_bytes(kept)
                _say(f"{picture}: {len(kept) // 1024} KB")
        await browser.close()


async def shoot(
    desk: Served, folder: Path, *, looks: Iterable[str], needs: Iterable[str], wanted: set[str]
) -> None:
    """All pictures that are wanted."""
    crafted.made(desk)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name in looks:
            look = LOOKS[name]
            async with _page(browser, look, desk=desk, signed_in=True) as page:
                camera = Camera(page, name, folder=folder, desk=desk)
                if "full" in needs:
                    await _look(camera, SCREENS, wanted=wanted)
                    for screen in OPENED.keys() & (wanted or OPENED.keys()):
                        await _guarded(screen, camera.opened(screen))
                    for screen in crafted.PANELS.keys() & (wanted or crafted.PANELS.keys()):
                        await _guarded(screen, camera.panel(screen))
                if "overfull" in needs:
                    overfull.made(desk)
                    await _look(camera, overfull.SCREENS, wanted=wanted)
                if "gone" in needs:
                    gone = {f"gone-{key}": place for key, place in SCREENS.items()}
                    await _gone(camera, gone, wanted=wanted)
            if "full" in needs:
                async with _page(browser, look, desk=desk, signed_in=False) as page:
                    camera = Camera(page, name, folder=folder, desk=desk)
                    await _look(camera, OUTSIDE, wanted=wanted)
        await browser.close()


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--look", nargs="+", choices=LOOKS, default=list(LOOKS))
    parser.add_argument(
        "--need", nargs="+", choices=["full", "overfull", "gone"], default=["full", "overfull"]
    )
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving.served(Path(data), demo=True) as desk,
    ):
        if asked.readme:
            asyncio.run(shown_first(desk, asked.folder))
            return
        wanted = set(asked.only)
        asyncio.run(shoot(desk, asked.folder, looks=asked.look, needs=asked.need, wanted=wanted))
    _say(f"{len(list(asked.folder.glob('*.png')))} pictures in {asked.folder}")


if __name__ == "__main__":
    main()
