"""Clickjacking: pages of ours within somebody else's, and the chat over what is not its own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.domains.portal.test_portal import HELP, browser, open_pages
from tests.support.desk import Desk
from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands

WIDGET = Path(__file__).resolve().parents[2] / "widget" / "src"
SHOP, EVIL = "https://shop.example", "https://evil.example"


async def _inbox(desk: Desk, channel: str, **settings: object) -> str:
    async with desk.begin() as tx:
        inbox = await channels.create_inbox(
            tx, desk.edge.vault, name=channel, channel_id=channel,
            brand_id=(await brands.listed(tx))[0].id, settings=settings,
        )  # fmt: skip
    return inbox.public_key


def ancestors(policy: str) -> set[str]:
    found = re.search(r"frame-ancestors ([^;]*)", policy)
    assert found is not None, policy
    return set(found[1].split())


async def test_no_page_of_ours_is_shown_within_anothers(desk: Desk) -> None:
    await open_pages(desk)
    form = await _inbox(desk, "form", embed_on=[SHOP])
    chat = await _inbox(desk, "chat", allowed_origins=[SHOP])
    paths = [
        "/", "/sign-in", "/inbox", f"{HELP}/en", f"{HELP}/en/sign-in", f"{HELP}/en/new",
        f"{HELP}/en/enter?token=x", "/help/nowhere/en", "/api/v1/auth/me", "/api/v1/tickets", "/openapi.json",
        "/in/x", "/robots.txt", "/healthz", "/no-such-page.html", f"/chat/{chat}/frame",
    ]  # fmt: skip
    async with browser(desk) as page:
        for path in paths:
            answer = await page.get(path)
            assert ancestors(answer.headers["content-security-policy"]) == {"'none'"}, path
            assert answer.headers["x-content-type-options"] == "nosniff", path
        shown = await page.get(f"/f/{form}")
        assert ancestors(shown.headers["content-security-policy"]) == {"'self'", SHOP}
        framed = await page.get(f"/chat/{chat}/frame", params={"parent": SHOP})
        if framed.status_code == 200:  # built by `make setup`
            assert ancestors(framed.headers["content-security-policy"]) == {SHOP}
        for evil in (
            EVIL,
            f"{SHOP} {EVIL}",
            f"{SHOP};script-src *",
            "*",
            "null",
            f"{SHOP}.evil.example",
        ):
            refused = await page.get(f"/chat/{chat}/frame", params={"parent": evil})
            assert refused.status_code == 403, evil


def test_the_widget_speaks_to_its_own_page_only() -> None:
    """No message goes to whoever happens to be the parent, and none is heard without asking whose it is."""
    sources = {
        path: path.read_text("utf-8") for path in WIDGET.rglob("*.ts*") if ".test." not in path.name
    }
    listening = [text for text in sources.values() if "addEventListener('message'" in text]
    assert listening
    assert all("unseal<" in text and re.search(r"\bsource: ", text) for text in listening)
    assert all(re.search(r"\borigin\b", text) for text in listening)
    assert not [
        path for path, text in sources.items() if re.search(r"postMessage\([^)]*'\*'", text)
    ]
