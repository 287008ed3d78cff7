"""Zendesk, 2024: a forged mail with a copy to the attacker opened whole conversations, and a sign-up
robot's confirmation, drawn into a ticket of theirs, opened the company's Slack. FreeScout and libredesk
let in whoever knew a message's id."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.channels import fakes, mails
from tests.domains.portal import test_portal as pages
from tests.support.desk import Desk

ROBOT = "confirm@signup.example"
EVE = "eve@evil.test"


async def kept_out(desk: Desk) -> list[dict[str, Any]]:
    """What the audit log says of those who tried."""
    await desk.run_jobs()
    found = await desk.api.get("/api/v1/audit", params={"action": "intruder"})
    return list(found.json()["items"])


async def texts(desk: Desk, ticket: dict[str, Any]) -> list[str]:
    found = await fakes.messages(desk, ticket["id"])
    return [m["body_text"].strip() for m in found if m["direction"] == "in"]


async def test_a_robots_confirmation_is_not_shown_to_who_drew_it_in(desk: Desk) -> None:
    """The attacker copies the robot in, then gives the ticket's own reply address to the robot."""
    await pages.open_pages(desk)
    box = await mails.add_mailbox(desk)
    await box.get("my shop is down", sender=EVE, dmarc="pass", Cc=ROBOT)
    (ticket,) = await fakes.tickets(desk)
    answered = await fakes.answer(desk, ticket["id"], "We look into it")
    letter = await box.rendered(answered["id"])
    assert ROBOT in [p["address"] for p in await participants(desk, ticket)]
    await box.get(
        "Your code is 481516", sender=ROBOT, dmarc="pass", to=str(letter["Reply-To"]),
        Subject="Confirm your address",
    )  # fmt: skip
    old, new = await fakes.tickets(desk)
    assert await texts(desk, old) == ["my shop is down"]
    assert await texts(desk, new) == ["Your code is 481516"]
    async with pages.browser(desk) as page:
        await pages.sign_in(desk, page, EVE)
        seen = (await page.get(f"{pages.HELP}/en/my")).text
        assert "Question" in seen
        assert "Confirm" not in seen
        for shown in (old, new):
            opened = await page.get(f"{pages.HELP}/en/my/{shown['number']}")
            assert "481516" not in opened.text
    (told,) = await kept_out(desk)
    assert told["object"]["id"] == new["id"]
    assert told["detail"]["related_ticket_id"] == old["id"]


async def participants(desk: Desk, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    full = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    return list(full["participants"])


async def test_a_participant_who_answers_a_message_still_joins(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one", sender="carl@corp.test", dmarc="pass", Cc="dora@corp.test")
    (ticket,) = await fakes.tickets(desk)
    answered = await fakes.answer(desk, ticket["id"], "We look into it")
    await desk.run_jobs()
    letter = await box.rendered(answered["id"])
    await box.get("me too", sender="dora@corp.test", to=str(letter["Reply-To"]),
                  In_Reply_To=str(letter["Message-ID"]))  # fmt: skip
    assert await texts(desk, ticket) == ["one", "me too"]
    assert await kept_out(desk) == []


@pytest.mark.parametrize("forged", [True, False], ids=["forged", "stranger"])
async def test_who_does_not_belong_gets_nothing_and_is_told_of(desk: Desk, *, forged: bool) -> None:
    """Neither the thread nor the portal, and no copy brings anybody in."""
    await pages.open_pages(desk)
    box = await mails.add_mailbox(desk)
    first = await box.get("my card ends in 4242", sender="vip@example.com", dmarc="pass")
    sender, dmarc = ("vip@example.com", "fail") if forged else (EVE, "pass")
    await box.get("add my colleague", sender=sender, dmarc=dmarc, In_Reply_To=first, Cc=EVE)
    old, new = await fakes.tickets(desk)
    assert await texts(desk, old) == ["my card ends in 4242"]
    assert EVE not in [p["address"] for p in await participants(desk, old)]
    answer = await fakes.answer(desk, old["id"], "Only for you")
    await desk.run_jobs()
    letter = await box.rendered(answer["id"])
    assert EVE not in f"{letter['To']} {letter['Cc']} {letter['Bcc']}"
    async with pages.browser(desk) as page:
        await pages.sign_in(desk, page, EVE)
        assert (await page.get(f"{pages.HELP}/en/my/{old['number']}")).status_code == 404
        if forged:  # what somebody wrote in another's name is nobody's to read on the pages
            assert (await page.get(f"{pages.HELP}/en/my/{new['number']}")).status_code == 404
    (told,) = await kept_out(desk)
    assert told["detail"]["sender_verdict"] == dmarc
    assert told["detail"]["related_ticket_id"] == old["id"]


async def test_what_was_forged_is_not_shown_to_the_one_whose_name_it_bears(desk: Desk) -> None:
    await pages.open_pages(desk)
    box = await mails.add_mailbox(desk)
    await box.get("send the money to me", sender="vip@example.com", dmarc="fail")
    (forged,) = await fakes.tickets(desk)
    async with pages.browser(desk) as page:
        await pages.sign_in(desk, page, "vip@example.com")
        assert "Question" not in (await page.get(f"{pages.HELP}/en/my")).text
        assert (await page.get(f"{pages.HELP}/en/my/{forged['number']}")).status_code == 404
    (message,) = [m for m in await fakes.messages(desk, forged["id"]) if m["direction"] == "in"]
    assert message["sender_verdict"] == "fail"  # agents see what the mail server said


async def test_guessed_ids_and_addresses_open_nothing(desk: Desk) -> None:
    """FreeScout GHSA-8vm3-wwq4-ggfx: ids that can be counted through. Also the number in a subject."""
    box = await mails.add_mailbox(desk)
    await box.get("secret matter", Message_ID="<real@example.com>")
    (ticket,) = await fakes.tickets(desk)
    answer = await fakes.answer(desk, ticket["id"], "Our answer")
    await desk.run_jobs()
    letter = await box.rendered(answer["id"])
    ours = str(letter["Message-ID"])
    local, _, domain = ours.strip("<>").partition("@")
    head, _, tail = local.rpartition(".")
    assert len(tail) >= 16  # nothing to count through
    talk = str(letter["Reply-To"]).partition("+t.")[2].partition(".")[0]
    guesses = [f"<{head}.{n:0{len(tail)}x}@{domain}>" for n in range(50)]
    addresses = ", ".join(f"support+t.{talk}.{n:016x}@desk.test" for n in range(40))
    await box.get("guess", sender=EVE, dmarc="pass", References=" ".join(guesses), to=addresses,
                  Subject=f"Re: [#{ticket['number']}] Ticket {ticket['number']}")  # fmt: skip
    old, new = await fakes.tickets(desk)
    assert await texts(desk, old) == ["secret matter"]
    found = await fakes.messages(desk, new["id"])
    assert [m for m in found if m["direction"] == "system"] == []  # not even which ticket was meant
    assert await kept_out(desk) == []


async def test_nobody_writes_as_an_agent_by_mail(desk: Desk) -> None:
    """FreeScout GHSA-6r38-6mcf-2ww3: an answer from an agent's address went out as the agent's."""
    box = await mails.add_mailbox(desk)
    first = await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    answer = await fakes.answer(desk, ticket["id"], "Our answer")
    await desk.run_jobs()
    letter = await box.rendered(answer["id"])
    for dmarc in ("pass", "fail", ""):
        await box.get("refund granted", sender="admin@example.test", dmarc=dmarc,
                      In_Reply_To=first, to=str(letter["Reply-To"]))  # fmt: skip
    found = await fakes.tickets(desk)
    assert [m["direction"] for m in await fakes.messages(desk, ticket["id"])] == ["in", "out"]
    for row in found[1:]:
        incoming = [m for m in await fakes.messages(desk, row["id"]) if m["direction"] != "system"]
        assert {m["author"]["kind"] for m in incoming} == {"contact"}
        assert {m["direction"] for m in incoming} == {"in"}
    assert len(await kept_out(desk)) == 3
