"""The whole way on real servers: mailbox, ticket, answer, the customer's mailbox, and back."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.extensions.channels.email import build, servers
from tests.extensions.channels.email.servers import MailServers
from tests.support.desk import Desk, eventually
from yizhan.domains.channels.contract import IncomingMessage
from yizhan.domains.channels.service import pollers

pytestmark = pytest.mark.servers
SUPPORT, LI, WANG = "support@brand.example", "li@customer.example", "wang@customer.example"


@pytest.fixture
async def inbox(desk: Desk, mail_servers: MailServers) -> AsyncIterator[dict[str, Any]]:
    """An e-mail inbox that is being fetched."""
    for user in (SUPPORT, LI, WANG):
        mail_servers.empty(user)
    brands = (await desk.api.get("/api/v1/brands")).json()["items"]
    made = await desk.api.post(
        "/api/v1/inboxes",
        json={"name": "Support", "channel": "email", "brand_id": brands[0]["id"],
              "settings": mail_servers.settings(SUPPORT, bounce_address=True)},
    )  # fmt: skip
    assert made.status_code == 201, made.text
    # The fixture's loop runs the fetcher beside the test, as a worker would.
    fetching = asyncio.create_task(pollers.Pollers(desk.edge, look_seconds=0.1).run())
    yield made.json()
    fetching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await fetching


async def tickets(desk: Desk) -> list[dict[str, Any]]:
    await desk.run_jobs()
    found: list[dict[str, Any]] = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
    return sorted(found, key=lambda ticket: int(ticket["number"]))


async def messages(desk: Desk, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    await desk.run_jobs()
    answer = await desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def reply(desk: Desk, ticket: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    async with desk.as_system() as tx:  # no time to take it back
        await tx.db.execute(
            "UPDATE workspace SET settings = settings || '{\"undo_send_seconds\": 0}'"
            " WHERE workspace_id = $1",
            tx.workspace_id,
        )
    sent = await desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/messages",
        json={"body": text, "visibility": "public", **more},
    )
    assert sent.status_code == 201, sent.text
    made: dict[str, Any] = sent.json()
    return made


async def ask(desk: Desk, mail_servers: MailServers, **fields: str) -> dict[str, Any]:
    """A customer's mail that became a ticket."""
    known = len(await tickets(desk))
    raw = build.mail("订单没有收到", **fields)
    await asyncio.to_thread(mail_servers.deliver, raw, sender=LI, to=[SUPPORT])

    async def arrived() -> bool:
        return len(await tickets(desk)) > known

    await eventually(arrived)
    return (await tickets(desk))[-1]


async def in_mailbox(
    desk: Desk, mail_servers: MailServers, user: str, words: str
) -> IncomingMessage:
    """The mail with these words in a customer's mailbox, as the customer reads it."""
    theirs = build.settings(mail_servers.settings(user))

    async def look() -> IncomingMessage | None:
        await desk.run_jobs()
        raws = await asyncio.to_thread(mail_servers.mailbox, user)
        found = [build.message(raw, theirs) for raw in raws]
        return next((mail for mail in found if words in mail.text), None)

    mail: IncomingMessage = await eventually(look)
    return mail


async def test_from_mailbox_to_mailbox_and_back(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    ticket = await ask(desk, mail_servers)
    assert (ticket["subject"], ticket["channel"]) == ("A question", "email")
    await reply(desk, ticket, "Tomorrow it will be there.")
    ours = await in_mailbox(desk, mail_servers, LI, "Tomorrow it will be there.")
    assert ours.thread.message_ids[0] == "q1@customer.example"
    assert ours.reply_to is not None

    answer = build.mail(
        "Thank you!\r\n\r\nOn Sun, 22 Nov 2026, Support wrote:\r\n> Tomorrow it will be there.",
        Subject="Re: A question", Message_ID="<q2@customer.example>", To=ours.reply_to.address,
        In_Reply_To=f"<{ours.external_id}>",
    )  # fmt: skip
    await asyncio.to_thread(mail_servers.deliver, answer, sender=LI, to=[ours.reply_to.address])

    async def joined() -> bool:
        return len(await messages(desk, ticket)) == 3

    await eventually(joined)
    last = (await messages(desk, ticket))[-1]
    assert (last["body_text"], last["direction"]) == ("Thank you!", "in")
    assert last["quoted_text"].endswith("> Tomorrow it will be there.")
    assert len(await tickets(desk)) == 1


async def test_a_picture_in_the_text_is_a_part_of_the_mail(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    ticket = await ask(desk, mail_servers)
    files = []
    for name, kind in (("where.png", "image/png"), ("terms.pdf", "application/pdf")):
        sent = await desk.api.post("/api/v1/files", files={"file": (name, name.encode(), kind)})
        files.append(sent.json()["id"])
    made = await reply(
        desk, ticket, "Press here: [where.png]", attachments=files, cc=[WANG], to=[LI],
        body_html=f'<p>Press here: <img src="cid:{files[0]}@file" alt="where.png"></p>',
    )  # fmt: skip
    assert [file["inline"] for file in made["attachments"]] == [True, False]
    assert made["attachments"][0]["content_id"] == f"{files[0]}@file"
    for reader in (LI, WANG):
        ours = await in_mailbox(desk, mail_servers, reader, "Press here")
        shown, attached = ours.files
        assert f'src="cid:{shown.content_id}"' in (ours.html or "")
        assert (shown.name, shown.inline, shown.content) == ("where.png", True, b"where.png")
        assert (attached.name, attached.inline) == ("terms.pdf", False)
        assert [person.address for person in (*ours.to, *ours.cc)] == [LI, WANG]


async def test_the_address_alone_finds_the_ticket(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    ticket = await ask(desk, mail_servers)
    await reply(desk, ticket, "Which colour?")
    reply_to = (await in_mailbox(desk, mail_servers, LI, "Which colour?")).reply_to
    assert reply_to is not None
    bare = build.mail("red", Subject="new subject", Message_ID="<q9@customer.example>",
                      To=reply_to.address)  # fmt: skip
    await asyncio.to_thread(mail_servers.deliver, bare, sender=LI, to=[reply_to.address])

    async def joined() -> bool:
        return any(m["body_text"] == "red" for m in await messages(desk, ticket))

    await eventually(joined)
    assert len(await tickets(desk)) == 1


async def test_a_stranger_gets_a_ticket_of_their_own(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    ticket = await ask(desk, mail_servers)
    other = await ask(
        desk, mail_servers, From="Evil <wang@customer.example>", Subject="Re: [#1] A question",
        Message_ID="<e1@customer.example>", In_Reply_To="<q1@customer.example>", Reply_To=LI,
    )  # fmt: skip
    assert other["id"] != ticket["id"]
    assert other["requester"]["id"] != ticket["requester"]["id"]
    assert len([m for m in await messages(desk, ticket) if m["direction"] == "in"]) == 1


async def test_a_bounce_marks_the_answer_that_failed(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    ticket = await ask(
        desk, mail_servers, From=f"Ghost <{servers.GHOST}>", Message_ID="<g1@x.example>"
    )
    answer = await reply(desk, ticket, "Are you there?")

    async def failed() -> Any:
        await desk.run_jobs()
        found = {m["id"]: m for m in await messages(desk, ticket)}
        delivery = found[answer["id"]]["delivery"]
        return delivery if delivery["state"] == "failed" else None

    delivery = await eventually(failed)
    assert "5.1.1" in delivery["error"]
    assert len(await tickets(desk)) == 1


async def test_one_mail_to_two_of_our_addresses_is_one_message(
    desk: Desk, mail_servers: MailServers, inbox: dict[str, Any]
) -> None:
    raw = build.mail(To="support@brand.example, help@brand.example")
    for address in (SUPPORT, "help@brand.example"):
        await asyncio.to_thread(mail_servers.deliver, raw, sender=LI, to=[address])
    await asyncio.to_thread(
        mail_servers.deliver,
        build.mail(Subject="later", Message_ID="<later@customer.example>"),
        sender=LI,
        to=[SUPPORT],
    )

    async def two() -> list[Any] | None:
        here = await tickets(desk)
        return here if len(here) > 1 else None

    found = await eventually(two)
    assert {one["subject"] for one in found} == {"A question", "later"}
    assert len(found) == 2
