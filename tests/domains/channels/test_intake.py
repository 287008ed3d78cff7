"""What comes in: verified, stored, worked on once, and always ending where people can see it."""

from __future__ import annotations

import asyncio
import random

from tests.domains.channels import fakes
from tests.support.desk import Desk
from yizhan.extensions.channels.fake import connector


async def test_message_becomes_ticket_and_the_next_joins_it(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    assert (await fake.say("订单没有收到", number="m1")).status_code == 200
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    assert ticket["channel"] == "fake"
    await fake.say("还在吗？", number="m2")
    await desk.run_jobs()
    texts = [m["body_text"] for m in await fakes.messages(desk, ticket["id"])]
    assert texts == ["订单没有收到", "还在吗？"]
    assert await fake.envelopes() == {"message:m1": "message", "message:m2": "message"}
    assert (await fakes.reload(fake)).last_in_at is not None


async def test_what_no_parser_reads_to_its_end_is_held(desk: Desk) -> None:
    """A vendor that is answered with a fault sends the same for days."""
    fake = await fakes.add_inbox(desk)
    body = b'{"events":' + b"[" * 50_000
    for _ in range(2):
        taken = await desk.api.post(
            fake.path, content=body, headers={"x-fake-signature": connector.sign(fake.secret, body)}
        )
        assert taken.status_code == 200
    await desk.run_jobs()
    assert list((await fake.envelopes()).values()) == ["quarantine:unreadable"]


async def test_wrong_signature_is_refused_and_leaves_nothing(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    refused = await fake.post({"type": "message", "id": "m1", "from": "u"}, signature="00" * 32)
    assert refused.status_code == 401
    assert refused.json()["code"] == "signature_invalid"
    assert await fake.envelopes() == {}
    assert (await desk.api.post("/in/no-such-key", content=b"{}")).status_code == 404


async def test_inactive_inbox_takes_nothing(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await desk.api.patch(f"/api/v1/inboxes/{fake.inbox.id}", json={"active": False})
    assert (await fake.say("hello")).status_code == 404


async def test_hundred_parallel_messages_of_a_new_visitor_make_one_customer(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    answers = await asyncio.gather(*(fake.say(f"line {n}", number=f"m{n}") for n in range(100)))
    assert {a.status_code for a in answers} == {200}
    async with desk.as_system() as tx:
        ids = [
            row[0]
            for row in await tx.db.fetch(
                "SELECT id FROM envelope WHERE workspace_id = $1", tx.workspace_id
            )
        ]
    random.Random(7).shuffle(ids)
    from yizhan.domains.channels.service import pipeline
    from yizhan.kernel import jobs

    async def work(envelope_id: int) -> None:
        while True:
            try:
                await pipeline.process(desk.context, desk.workspace_id, envelope_id=envelope_id)
                return
            except jobs.Retry:
                await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in ids))
    async with desk.as_system() as tx:
        counts = await tx.db.fetchrow(
            """SELECT (SELECT count(*) FROM contact WHERE workspace_id = $1),
                      (SELECT count(*) FROM conversation WHERE workspace_id = $1),
                      (SELECT count(*) FROM ticket WHERE workspace_id = $1),
                      (SELECT count(*) FROM message WHERE workspace_id = $1),
                      (SELECT count(*) FROM envelope WHERE workspace_id = $1 AND state = 'message')""",
            tx.workspace_id,
        )
    assert counts is not None
    assert tuple(counts) == (1, 1, 1, 100, 100)


async def test_repeated_and_shuffled_deliveries_count_once_and_keep_order(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    for n in range(20):
        await fake.say(f"line {n}", number=f"m{n}")
    again = [n for n in range(20) for _ in range(2)]
    random.Random(3).shuffle(again)
    await asyncio.gather(*(fake.say(f"line {n}", number=f"m{n}") for n in again))
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    texts = [m["body_text"] for m in await fakes.messages(desk, ticket["id"])]
    assert texts == [f"line {n}" for n in range(20)]


async def test_everything_ends_with_a_reason_that_people_see(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post(
        {"type": "quarantine", "id": "q1", "from": "u9", "text": "中奖了", "reason": "spam"},
        {"type": "ignore", "id": "i1", "reason": "own_mail"},
        {"type": "dance", "id": "d1"},
        {"type": "message", "id": "n1", "text": "who am I"},
    )
    await desk.run_jobs()
    assert await fake.envelopes() == {
        "quarantine:q1": "quarantine:spam",
        "ignore:i1": "ignored:own_mail",
        "dance:d1": "ignored:unknown_event",
        "message:n1": "quarantine:no_sender",
    }
    held = (await desk.api.get("/api/v1/quarantine")).json()["items"]
    assert [item["reason"] for item in held] == ["no_sender", "spam"]
    ignored = (await desk.api.get("/api/v1/quarantine?state=ignored")).json()["items"]
    assert {item["reason"] for item in ignored} == {"unknown_event", "own_mail"}


async def test_quarantine_shows_lets_in_and_throws_away(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post(
        {"type": "quarantine", "id": "q1", "from": "u9", "text": "真的有问题", "reason": "spam"},
        {"type": "quarantine", "id": "q2", "from": "u8", "text": "junk", "reason": "spam"},
    )
    await desk.run_jobs()
    held = (await desk.api.get("/api/v1/quarantine")).json()["items"]
    real, junk = sorted(held, key=lambda item: int(item["id"]))
    detail = (await desk.api.get(f"/api/v1/quarantine/{real['id']}")).json()
    assert detail["text"] == "真的有问题"
    raw = await desk.api.get(f"/api/v1/quarantine/{real['id']}/raw")
    assert "真的有问题" in raw.text
    assert raw.headers["content-disposition"].startswith("attachment")
    assert (await desk.api.post(f"/api/v1/quarantine/{real['id']}/release")).status_code == 200
    discarded = await desk.api.post(f"/api/v1/quarantine/{junk['id']}/discard")
    assert discarded.json()["state"] == "discarded"
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    assert ticket["preview"] == "真的有问题"
    assert (await desk.api.get("/api/v1/quarantine")).json()["items"] == []
    again = await desk.api.post(f"/api/v1/quarantine/{real['id']}/release")
    assert again.status_code == 409
    (message,) = await fakes.messages(desk, ticket["id"])
    kept = await desk.api.get(f"/api/v1/messages/{message['id']}/raw")
    assert kept.status_code == 200
    assert "真的有问题" in kept.text


async def test_blocked_customer_is_held_back(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.say("first", number="m1")
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    contact = ticket["requester"]["id"]
    await desk.api.patch(f"/api/v1/contacts/{contact}", json={"blocked": True})
    await fake.say("second", number="m2")
    await desk.run_jobs()
    assert (await fake.envelopes())["message:m2"] == "quarantine:sender_blocked"


async def test_text_that_no_database_takes_still_arrives(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.say("a\x00b 你好 \U0001f600", number="m1")
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    assert ticket["preview"] == "ab 你好 \U0001f600"


async def test_crashing_parser_ends_in_quarantine(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    # Numbers that no date can hold are what a hostile sender would try.
    await fake.post({"type": "message", "id": "m1", "from": "u1", "text": "x", "at": 1e300})
    await fake.post({"type": ["not", "a", "word"], "id": "m2"})
    await desk.run_jobs()
    states = set((await fake.envelopes()).values())
    assert states == {"message", "quarantine:unreadable"}
