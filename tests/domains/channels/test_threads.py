"""Which mail joins which ticket, and who never does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.channels import fakes, mails
from tests.support.desk import Desk, make_workspace
from yizhan.domains.channels import tokens
from yizhan.kernel.actor import system


async def _texts(desk: Desk, ticket: dict[str, Any]) -> list[str]:
    found = await fakes.messages(desk, ticket["id"])
    return [m["body_text"].strip() for m in found if m["direction"] == "in"]


async def test_answer_by_reference_joins_its_ticket(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    first = await box.get("one")
    await box.get("two", In_Reply_To=first, Subject="Re: Question")
    await box.get("three", References=f"<gone@x> {first} <unknown@y>", Subject="other words")
    (ticket,) = await fakes.tickets(desk)
    assert await _texts(desk, ticket) == ["one", "two", "three"]


async def test_answer_to_ours_joins_by_id_and_by_signed_address(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    message = await fakes.answer(desk, ticket["id"], "Our answer")
    await desk.run_jobs()  # no server to send by, but the ids are known before the send
    letter = await box.rendered(message["id"])
    await box.get("by id", In_Reply_To=str(letter["Message-ID"]))
    await box.get("by address", to=str(letter["Reply-To"]), Subject="new subject, no references")
    assert await _texts(desk, ticket) == ["one", "by id", "by address"]
    assert len(await fakes.tickets(desk)) == 1


async def test_number_in_a_subject_says_nothing(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    await box.get("guess", Subject=f"Re: [#{ticket['number']}] Question")
    assert len(await fakes.tickets(desk)) == 2


@pytest.mark.parametrize("way", ["id", "address"])
async def test_stranger_with_a_valid_reference_gets_a_ticket_of_their_own(
    desk: Desk, way: str
) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("secret matter")
    (ticket,) = await fakes.tickets(desk)
    message = await fakes.answer(desk, ticket["id"], "Our answer")
    letter = await box.rendered(message["id"])
    await desk.run_jobs()
    if way == "id":
        await box.get("let me in", sender="eve@evil.test", In_Reply_To=str(letter["Message-ID"]))
    else:
        await box.get("let me in", sender="eve@evil.test", to=str(letter["Reply-To"]))
    old, new = await fakes.tickets(desk)
    assert await _texts(desk, old) == ["secret matter"]
    assert await _texts(desk, new) == ["let me in"]
    assert new["requester"]["id"] != old["requester"]["id"]
    lines = [m for m in await fakes.messages(desk, new["id"]) if m["direction"] == "system"]
    assert [m["body_text"] for m in lines] == [f"related:{old['number']}"]


async def test_person_whom_an_agent_copied_may_answer(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    made = await desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/messages",
        json={"body": "adding Bob", "to": ["ann@example.com"], "cc": ["bob@partner.test"]},
    )
    await desk.run_jobs()
    letter = await box.rendered(made.json()["id"])
    assert "bob@partner.test" in str(letter["Cc"])
    await box.get("Bob here", sender="bob@partner.test", In_Reply_To=str(letter["Message-ID"]))
    assert len(await fakes.tickets(desk)) == 1
    assert await _texts(desk, ticket) == ["one", "Bob here"]
    # Answers still go to Ann, and Bob is no requester.
    again = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    assert again["conversations"][0]["reply_to"] == "ann@example.com"
    assert again["requester"]["id"] == ticket["requester"]["id"]


async def test_forged_sender_brings_nobody_in_and_joins_nothing(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    first = await box.get("really Ann", dmarc="pass")
    (ticket,) = await fakes.tickets(desk)
    await box.get("pretends to be Ann", dmarc="fail", In_Reply_To=first, Cc="eve@evil.test")
    old, new = await fakes.tickets(desk)
    assert old["id"] == ticket["id"]
    assert await _texts(desk, old) == ["really Ann"]
    assert new["requester"]["id"] != old["requester"]["id"]
    for shown in (old, new):
        full = (await desk.api.get(f"/api/v1/tickets/{shown['id']}")).json()
        assert full["participants"] == []
    message = await fakes.answer(desk, new["id"], "Our answer")
    letter = await box.rendered(message["id"])
    assert "eve" not in f"{letter['To']} {letter['Cc']} {letter['Bcc']}"


async def test_unproven_copy_is_not_let_in_and_a_proven_one_is(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    unproven = await box.get("one", Cc="eve@evil.test")
    await box.get("eve", sender="eve@evil.test", In_Reply_To=unproven)
    assert len(await fakes.tickets(desk)) == 2
    proven = await box.get("two", sender="carl@corp.test", dmarc="pass", Cc="dora@corp.test")
    await box.get("dora", sender="dora@corp.test", In_Reply_To=proven)
    assert len(await fakes.tickets(desk)) == 3


async def test_reply_to_is_no_identity(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("vip", sender="vip@example.com")
    await box.get("attack", sender="eve@evil.test", Reply_To="vip@example.com")
    vip, attack = await fakes.tickets(desk)
    assert attack["requester"]["id"] != vip["requester"]["id"]
    full = (await desk.api.get(f"/api/v1/tickets/{attack['id']}")).json()
    assert full["conversations"][0]["reply_to"] == "eve@evil.test"


async def test_ids_of_another_inbox_never_match(desk: Desk) -> None:
    first_box = await mails.add_mailbox(desk)
    second_box = await mails.add_mailbox(desk, "sales@desk.test")
    first = await first_box.get("one")
    await second_box.get("two", to="sales@desk.test", In_Reply_To=first)
    assert len(await fakes.tickets(desk)) == 2


async def test_customer_made_by_api_answers_by_mail_into_the_same_ticket(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": "Order 7", "body": "late", "requester": {"email": "ann@example.com"}},
    )
    ticket = made.json()
    message = await fakes.answer(desk, ticket["id"], "We look into it")
    await desk.run_jobs()
    letter = await box.rendered(message["id"])
    assert "ann@example.com" in str(letter["To"])
    await box.get("thanks", to=str(letter["Reply-To"]))
    await box.get("by the way", Subject="something else")
    old, new = await fakes.tickets(desk)
    assert old["id"] == ticket["id"]
    assert await _texts(desk, old) == ["late", "thanks"]
    assert new["requester"]["id"] == old["requester"]["id"]


async def test_closed_ticket_gets_a_follow_up(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    first = await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    closed = await desk.api.patch(f"/api/v1/tickets/{ticket['id']}", json={"status": "closed"})
    assert closed.status_code == 200, closed.text
    await box.get("again", In_Reply_To=first)
    _, new = await fakes.tickets(desk)
    full = (await desk.api.get(f"/api/v1/tickets/{new['id']}")).json()
    assert full["follow_up_of"] == ticket["id"]


async def test_machine_that_answers_for_ever_is_stopped(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    first = await box.get("one", Auto_Submitted="auto-replied")
    for n in range(25):
        await box.get(f"away {n}", In_Reply_To=first, Auto_Submitted="auto-replied")
    held = (await desk.api.get("/api/v1/quarantine")).json()["items"]
    assert {item["reason"] for item in held} == {"loop_suspected"}
    assert len(held) == 6


async def test_bounce_is_shown_on_what_bounced(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one")
    (ticket,) = await fakes.tickets(desk)
    message = await fakes.answer(desk, ticket["id"], "Our answer")
    await desk.run_jobs()
    # There is no server to send by here: as if it had left.
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE message SET delivery_state = 'sent', delivery_error = NULL WHERE id = $1",
            int(message["id"]),
        )
    letter = await box.rendered(message["id"])
    report = f"""From: MAILER-DAEMON@mx.example.com
To: support@desk.test
Subject: Undelivered Mail
Message-ID: <bounce1@mx.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: {letter["Message-ID"]}
Subject: Re: Question

--b--
"""
    await box.take(report.encode())
    found = [m for m in await fakes.messages(desk, ticket["id"]) if m["id"] == message["id"]]
    assert found[0]["delivery"]["state"] == "failed"
    assert "550" in found[0]["delivery"]["error"]
    assert len(await fakes.tickets(desk)) == 1


async def test_guessed_and_borrowed_tokens_are_nothing(desk: Desk) -> None:
    vault = desk.edge.vault
    mine = tokens.make(vault, 123456, workspace_id=desk.workspace_id)
    assert tokens.read(vault, mine, workspace_id=desk.workspace_id) == 123456
    assert tokens.read(vault, mine.upper(), workspace_id=desk.workspace_id) == 123456
    assert tokens.read(vault, mine, workspace_id=desk.workspace_id + 1) is None
    assert tokens.read(vault, mine, workspace_id=desk.workspace_id, purpose=tokens.SENT) is None
    body, _, mac = mine.rpartition(".")
    guesses = [f"{body}.{n:016x}" for n in range(10_000)] + [f"{body}0.{mac}", "", ".", "é.é"]
    assert not any(tokens.read(vault, g, workspace_id=desk.workspace_id) for g in guesses)


async def test_token_of_another_workspace_opens_nothing(desk: Desk) -> None:
    box = await mails.add_mailbox(desk)
    await box.get("one")
    other = await make_workspace(desk.edge, name="Other", email="b@b.test")
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        talk = await tx.db.fetchval(
            "SELECT id FROM conversation WHERE workspace_id = $1", tx.workspace_id
        )
    foreign = tokens.make(desk.edge.vault, talk, workspace_id=int(other.workspace.id))
    await box.get("two", to=f"support+t.{foreign}@desk.test")
    assert len(await fakes.tickets(desk)) == 2
