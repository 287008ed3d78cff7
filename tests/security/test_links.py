"""Sign-in links and passwords that mails give away.

Links used twice or by who read them in a forwarded mail; GitHub, 2019 (a letter that looks like another got
another's mail); GitLab CVE-2023-7028 (a reset sent to two addresses); Zendesk, October 2025 to February 2026
(desks that mailed victims a thousand times).
"""

from __future__ import annotations

from typing import Any

from tests.domains.channels import fakes, mails
from tests.domains.portal.test_portal import HELP, browser, link_for, open_pages
from tests.support.desk import Desk, client
from yizhan.domains.channels.service import deliveries
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing


async def _asked(desk: Desk, address: str) -> str:
    async with browser(desk) as page:
        answer = await page.post(f"{HELP}/en/sign-in", data={"email": address})
        assert answer.status_code == 200
    return await link_for(desk, address)


async def _opens(desk: Desk, token: str) -> bool:
    async with browser(desk) as page:
        answer = await page.post(f"{HELP}/en/enter", data={"token": token})
        return answer.status_code == 303


async def test_a_link_that_came_back_in_a_mail_opens_nothing(desk: Desk) -> None:
    """Forwarded, quoted or answered into the desk: whoever reads that ticket would be the customer."""
    await open_pages(desk)
    box = await mails.add_mailbox(desk)
    token = await _asked(desk, "ann@example.com")
    url = f"http://desk.test/help/demo/en/enter?token={token}"
    await box.get(f"It does not work:\n\n> Sign in: {url}\n")
    assert not await _opens(desk, token.upper())
    assert not await _opens(desk, token)
    (told,) = await desk.events("portal.link_refused")
    (ticket,) = await fakes.tickets(desk)
    assert str(told.ticket_id or told.data["ticket_id"]) == ticket["id"]
    await desk.run_jobs()
    kept = (await desk.api.get("/api/v1/audit", params={"action": "portal.link_refused"})).json()
    assert len(kept["items"]) == 1
    fresh = await _asked(desk, "ann@example.com")  # and a new one works, once
    assert [await _opens(desk, fresh), await _opens(desk, fresh)] == [True, False]


async def test_a_letter_that_looks_like_another_gets_nobodys_link(desk: Desk) -> None:
    """The link goes to the address as which somebody will be known, not to the one that was typed."""
    await open_pages(desk)
    async with browser(desk) as page:
        await page.post(f"{HELP}/en/sign-in", data={"email": "ｍike@example.test"})
        await page.post(f"{HELP}/en/sign-in", data={"email": "a@b.test, eve@evil.test"})
        await page.post(f"{HELP}/en/sign-in", data={"email": ["a@b.test", "eve@evil.test"]})
        await page.post(f"{HELP}/en/sign-in", data={"email": "a@b.test\r\nBcc: eve@evil.test"})
    async with desk.as_system() as tx:
        sent = [row[0] for row in await tx.db.fetch("SELECT address FROM portal_link ORDER BY id")]
    assert "mike@example.test" in sent
    assert all(one.isascii() and "," not in one and "\n" not in one for one in sent)
    assert len(set(sent)) == len(sent)  # two addresses in a form are one link
    box = await mails.add_mailbox(desk)
    await box.get("really Mike", sender="mike@example.test", dmarc="pass")
    await box.get("looks like Mike", sender="ｍike@example.test", dmarc="pass")
    real, other = await fakes.tickets(desk)
    assert real["requester"]["id"] != other["requester"]["id"]


async def test_nobody_is_mailed_a_thousand_times(desk: Desk) -> None:
    """Three in an hour of what is sent by itself, whatever tag the address has and however many tickets."""
    await open_pages(desk)
    box = await mails.add_mailbox(desk)
    for n in range(6):
        await box.get("BUY NOW", sender=f"victim+{n}@example.com", Subject=f"attack {n}")
    found = await fakes.tickets(desk)
    assert len(found) == 6
    async with desk.as_system() as tx:
        for row in found:
            await tickets.reply(
                tx, int(row["id"]), outgoing=Outgoing(body="We got it", automatic=True)
            )
    states: list[Any] = []
    for row in found:
        out = [m for m in await fakes.messages(desk, row["id"]) if m["direction"] == "out"]
        states += [(m["delivery"]["state"], m["delivery"]["error"]) for m in out]
    assert states.count(("failed", "loop_fuse")) == 6 - deliveries.MOST_AUTOMATIC
    async with browser(desk) as page:
        for n in range(6):
            await page.post(f"{HELP}/en/sign-in", data={"email": f"victim+{n}@example.com"})
    async with desk.as_system() as tx:
        assert await tx.db.fetchval("SELECT count(*) FROM portal_link") == 3


async def test_no_password_travels_by_mail(desk: Desk) -> None:
    """There is no reset to forward: an administrator sets a first password, and nobody else is asked."""
    async with client(desk.app) as nobody:
        for path in ("password/reset", "password/forgot", "reset", "password"):
            for host in ("desk.test", "evil.test"):
                answer = await nobody.post(
                    f"/api/v1/auth/{path}",
                    json={"email": "admin@example.test"},
                    headers={"Host": host},
                )
                assert answer.status_code in (401, 403, 404, 405), (path, answer.text)
    assert await desk.waiting_jobs("channels.deliver") == 0
