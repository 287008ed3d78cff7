"""Looks at a page as axe does, when it has stopped changing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Frame, Page

SOURCE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

# Words on the screen, no placeholder, and nothing moved or changed for a while.
_SETTLED = """() => new Promise(done => {
  const quiet = 350, started = performance.now()
  let last = started
  const watch = new MutationObserver(() => { last = performance.now() })
  watch.observe(document, { subtree: true, childList: true, characterData: true })
  const look = () => {
    const now = performance.now()
    const text = (document.querySelector('main') || document.body)?.innerText ?? ''
    const loading = document.querySelector('[class*=skeleton], .ant-spin-spinning')
    const moving = document.getAnimations().some(a => a.playState === 'running'
      && a.effect?.getComputedTiming().iterations !== Infinity)
    if (text.trim().length > 10 && !loading && !moving && now - last > quiet) finish(true)
    else if (now - started > 15000) finish(false)
    else setTimeout(look, 50)
  }
  const finish = value => { watch.disconnect(); done(value) }
  look()
})"""

_RUN = """async rules => {
  const found = await axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules,
  })
  return found.violations
    .filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(v => `${v.id}: ${v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' | '
      + n.html.slice(0, 160) + ' | ' + (n.any[0]?.message ?? '')).join('\\n    ')}`)
}"""


async def prepare(context: BrowserContext) -> None:
    """Every page and frame of the context can be judged."""
    await context.add_init_script(path=SOURCE)


async def settle(page: Page | Frame) -> None:
    """Errors: the page does not come to rest."""
    assert await page.evaluate(_SETTLED), f"{page.url} does not come to rest"


async def faults(page: Page | Frame) -> list[str]:
    """Serious and critical violations, with the elements."""
    rules: dict[str, Any] = {"region": {"enabled": False}}  # dialogs live outside of landmarks
    found: list[str] = await page.evaluate(_RUN, rules)
    return found
