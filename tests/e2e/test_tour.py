"""Newcomers: a walk along the real controls, kept with the person, and a customer who is a script."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e import axe
from tests.e2e.conftest import sign_in
from tests.support.served import Served

pytestmark = pytest.mark.e2e

PHONE: ViewportSize = {"width": 390, "height": 780}


async def begin(page: Page, name: str) -> None:
    """From the help in the menu of one's own."""
    menu = page.get_by_role("navigation", name="Main navigation")
    await menu.get_by_role("button", name=re.compile("Online|Away|Offline")).last.click()
    # The inbox without an open ticket offers the walk as well.
    await page.get_by_role("dialog").get_by_role("button", name=name).click()


async def clean(page: Page) -> None:
    await axe.settle(page)
    assert await axe.faults(page) == []


async def test_the_tour_is_walked_by_keys_and_goes_on_elsewhere(
    browser: Browser, desk: Served
) -> None:
    context = await browser.new_context(locale="en-US")
    await axe.prepare(context)
    page = await context.new_page()
    await sign_in(page, desk)
    await begin(page, "Show me around")
    await expect(page.get_by_role("dialog", name="Your tickets")).to_be_focused()
    await clean(page)
    await page.keyboard.press("ArrowRight")
    card = page.get_by_role("dialog", name="One ticket, one conversation")
    await card.get_by_role("button", name="Open an exercise").click()
    await expect(page.get_by_role("region", name="Editor")).to_be_visible()
    await expect(card.get_by_role("button", name="Open an exercise")).to_have_count(0)
    await page.get_by_role("button", name="Next").click()
    await expect(page.get_by_role("dialog", name="Answer here")).to_be_focused()
    await clean(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await context.close()

    context = await browser.new_context(locale="en-US", viewport=PHONE, has_touch=True)
    await axe.prepare(context)
    page = await context.new_page()
    await sign_in(page, desk)
    await begin(page, "Show me around")
    await expect(page.get_by_role("dialog", name="Answer here")).to_be_focused()
    await clean(page)
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await page.get_by_role("button", name="Practise").click()
    exercises = page.get_by_role("dialog", name="Practice")
    await expect(exercises.get_by_role("button", name="Go on with the exercise")).to_have_count(1)
    await clean(page)
    await exercises.get_by_role("button", name="Remove all my exercises (1)").click()
    await page.get_by_role("button", name="Remove", exact=True).click()
    going_on = exercises.get_by_role("button", name="Go on with the exercise")
    await expect(going_on).to_have_count(0, timeout=20_000)  # a ticket is removed and heard of
    await context.close()
