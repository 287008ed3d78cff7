"""An agent's working day by keys alone: not one event of a mouse, and one always sees where one is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.desk import eventually
from tests.support.served import Served

pytestmark = pytest.mark.e2e

WAIT = 30_000

_WATCH = """
window.mice = []
const kept = (event) => {
  // A key on a button gives a click as well, with no count.
  if (event.type !== 'click' || event.detail > 0) window.mice.push(event.type)
}
for (const type of ['mousedown', 'mouseup', 'pointerdown', 'touchstart', 'click', 'dblclick', 'wheel'])
  window.addEventListener(type, kept, { capture: true })
"""

# What shows where one is: an outline or a shadow at the element or closely around it, or the cursor.
_RING = """
() => {
  const here = document.activeElement
  if (!here || here === document.body) return 'nothing has the focus'
  if (here.isContentEditable || here.matches('input, textarea')) return ''
  const seen = (element) => {
    const style = getComputedStyle(element)
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none'
  }
  let element = here
  for (let up = 0; element && up < 3; up += 1, element = element.parentElement)
    if (seen(element)) return ''
  return 'no ring at ' + here.outerHTML.slice(0, 120)
}
"""


_NAME = (
    "() => (document.activeElement?.ariaLabel || document.activeElement?.textContent || '').trim()"
)


class Hands:
    """Somebody at a keyboard."""

    def __init__(self, page: Page, desk: Served) -> None:
        self.page = page
        self.desk = desk

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def tab_to(self, name: str, *, most: int = 40) -> None:
        """On with Tab until a button has the focus; each stop shows where one is."""
        for _ in range(most):
            await self.press("Tab")
            await self.is_shown()
            if await self.page.evaluate(_NAME) == name:
                return
        raise AssertionError(f"Tab never came to {name}")

    async def is_shown(self) -> None:
        assert await self.page.evaluate(_RING) == ""

    async def opened(self) -> str:
        """The ticket that is open."""
        await self.page.wait_for_url(re.compile(r"ticket=\d+"), timeout=WAIT)
        found = re.search(r"ticket=(\d+)", self.page.url)
        assert found
        return found[1]


@pytest.fixture
async def hands(desk: Served, browser: Browser) -> AsyncIterator[Hands]:
    context = await browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    await context.add_init_script(_WATCH)
    page = await context.new_page()
    yield Hands(page, desk)
    await context.close()


def _ticket(desk: Served, subject: str, **more: Any) -> Any:
    requester = {"email": "day@example.test", "name": "Lin Yue"}
    return desk.post(
        "/tickets", subject=subject, body=f"About {subject}", requester=requester, **more
    )


async def test_a_day_without_a_mouse(desk: Served, hands: Hands) -> None:
    desk.post(
        "/macros",
        title="保修说明",
        reach="all",
        variants=[
            {"locale": "en", "body": "Dear {{customer.name}}, it is repaired free of charge."}
        ],
        actions=[{"action": "add_tags", "params": {"tags": ["warranty"]}}],
    )
    twin = _ticket(desk, "The same monitor")
    first = _ticket(desk, "Monitor with stripes")
    page = hands.page

    await _sign_in(hands)
    await _take_and_read(hands, first)
    await _search(hands, first)
    await _macro(hands, first)
    await _merge_and_undo(hands, twin, first)
    await _answer(hands, first)

    # Resolved, the next one opens by itself; from there on with the next key.
    await hands.press("Escape")
    before = await hands.opened()
    await hands.press("e")
    await expect(page).not_to_have_url(re.compile(f"ticket={before}"), timeout=WAIT)
    await eventually(lambda: desk.get(f"/tickets/{before}")["status_category"] == "resolved")
    after = await hands.opened()
    await hands.press("j")
    await expect(page).not_to_have_url(re.compile(f"ticket={after}"), timeout=WAIT)
    assert await page.evaluate("window.mice") == []


async def _sign_in(hands: Hands) -> None:
    page = hands.page
    await page.goto(f"{hands.desk.url}/sign-in")
    await expect(page.get_by_label("Email")).to_be_focused(timeout=WAIT)
    await hands.type(hands.desk.account.email)
    await hands.press("Tab")
    await hands.type(hands.desk.account.password)
    await hands.press("Enter")
    await page.get_by_role("navigation", name="Main navigation").wait_for(timeout=WAIT)


async def _take_and_read(hands: Hands, ticket: Any) -> None:
    page, desk = hands.page, hands.desk
    await page.wait_for_url(re.compile("/inbox"), timeout=WAIT)
    # The keys are there with the list; nobody presses them before.
    await page.locator("[role=listbox] [role=option], h2").first.wait_for(timeout=WAIT)
    await hands.press("g", "u")
    await page.wait_for_url(re.compile("view=unassigned"), timeout=WAIT, wait_until="commit")
    row = page.get_by_role("option", name=re.compile(ticket["subject"])).first
    await expect(row).to_be_visible(timeout=WAIT)
    await hands.press("j", "Enter")
    assert await hands.opened() == ticket["id"], "the newest stands first"
    timeline = page.get_by_role("region", name="Conversation")
    await expect(timeline.get_by_text(f"About {ticket['subject']}").first).to_be_visible(
        timeout=WAIT
    )
    await hands.press("i")
    await eventually(lambda: desk.get(f"/tickets/{ticket['id']}")["assignee_id"])


async def _search(hands: Hands, ticket: Any) -> None:
    page = hands.page
    await hands.press("g", "s")
    await page.wait_for_url(re.compile("/search"), timeout=WAIT)
    await expect(page.locator("input:focus")).to_be_visible(timeout=WAIT)
    await hands.type("stripes is:mine")
    hit = page.get_by_role("link", name=re.compile(ticket["subject"])).first
    await expect(hit).to_be_visible(timeout=WAIT)
    await hands.press("ArrowDown")
    await hands.is_shown()
    await hands.press("Enter")
    assert await hands.opened() == ticket["id"]


async def _macro(hands: Hands, ticket: Any) -> None:
    page, desk = hands.page, hands.desk
    await page.get_by_role("heading", name=ticket["subject"], exact=True).wait_for(timeout=WAIT)
    await hands.press("r")
    editor = page.get_by_role("textbox", name="Reply")
    await expect(editor).to_be_focused(timeout=WAIT)
    await hands.type("/baox")
    await expect(page.get_by_role("option", name=re.compile("保修说明"))).to_be_visible(
        timeout=WAIT
    )
    await hands.press("Enter")
    await expect(editor).to_contain_text("Dear Lin Yue", timeout=WAIT)
    await eventually(lambda: desk.get(f"/tickets/{ticket['id']}")["tags"] == ["warranty"])


async def _merge_and_undo(hands: Hands, twin: Any, ticket: Any) -> None:
    page, desk = hands.page, hands.desk
    await hands.press("Escape", "Control+k")
    await expect(page.get_by_role("combobox").first).to_be_focused(timeout=WAIT)
    await hands.type("Merge")
    await expect(page.get_by_role("option", name=re.compile("Merge into"))).to_be_visible(
        timeout=WAIT
    )
    await hands.press("Enter")
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("combobox")
    await expect(field).to_be_focused(timeout=WAIT)
    # Enter before anything is found means what will be found.
    await hands.type(str(twin["number"]))
    await hands.press("Enter")
    await expect(dialog.get_by_role("status")).to_contain_text("Moves to", timeout=WAIT)
    await expect(field).to_be_focused()
    # Something happens to the ticket meanwhile, and what would move is looked at again.
    desk.patch(f"/tickets/{twin['id']}", tags=["twin"])
    await hands.tab_to("Merge")
    await hands.press("Enter")
    await expect(dialog).to_be_hidden(timeout=WAIT)
    assert desk.get(f"/tickets/{ticket['id']}")["merged_into"]["id"] == twin["id"]
    await hands.press("z")
    await expect(page.get_by_text("Undone").first).to_be_visible(timeout=WAIT)
    assert desk.get(f"/tickets/{ticket['id']}")["merged_into"] is None
    # Back where one was, with the answer that was begun.
    await page.get_by_role("heading", name=ticket["subject"], exact=True).wait_for(timeout=WAIT)
    await page.wait_for_url(re.compile(f"ticket={ticket['id']}"), timeout=WAIT)


async def _answer(hands: Hands, ticket: Any) -> None:
    page, desk = hands.page, hands.desk
    await hands.press("Escape", "r")
    editor = page.get_by_role("textbox", name="Reply")
    await expect(editor).to_be_focused(timeout=WAIT)
    await hands.press("Control+End")
    await hands.type(" See you soon!")
    await hands.press("Control+Enter")
    timeline = page.get_by_role("region", name="Conversation")
    await expect(timeline.get_by_text("See you soon!").first).to_be_visible(timeout=WAIT)
    # What is shown at once is on its way.
    path = f"/tickets/{ticket['id']}/messages"
    await eventually(lambda: "charge. See you soon!" in desk.get(path)["items"][-1]["body_text"])
