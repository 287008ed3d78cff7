"""What goes out: in order, once, with an honest outcome."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.domains.channels import fakes
from tests.support.desk import Desk, eventually
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import DeliveryState, SendReceipt
from yizhan.domains.channels.service import compose, deliveries
from yizhan.domains.tickets.errors import MessageNotFound
from yizhan.kernel import jobs


async def _ticket(desk: Desk, fake: fakes.FakeInbox) -> dict[str, Any]:
    await fake.say("你好", number="m1")
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    return ticket


async def _state(desk: Desk, message: dict[str, Any]) -> dict[str, Any]:
    found = await fakes.messages(desk, message["ticket_id"])
    delivery: dict[str, Any] = next(m for m in found if m["id"] == message["id"])["delivery"]
    return delivery


async def _due_now(desk: Desk, message: dict[str, Any]) -> None:
    """Let time pass for one delivery: its wait is over and its lease has run out."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            """UPDATE delivery SET not_before = now() - interval '1 second',
                leased_until = CASE WHEN leased_until IS NULL THEN NULL
                               ELSE now() - interval '1 second' END
            WHERE workspace_id = $1 AND message_id = $2""",
            tx.workspace_id,
            int(message["id"]),
        )


async def _deliver(desk: Desk, message: dict[str, Any]) -> None:
    await deliveries.deliver(desk.context, desk.workspace_id, message_id=int(message["id"]))


async def test_answer_reaches_the_customer_and_receipts_only_move_forward(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    message = await fakes.answer(desk, ticket["id"], "马上为您查询")
    await desk.run_jobs()
    (sent,) = fake.outside.sent
    assert (sent.text, sent.conversation_key) == ("马上为您查询", "u1")
    assert (await _state(desk, message))["state"] == "sent"
    out = f"out-{message['id']}"
    await fake.post({"type": "receipt", "id": "r1", "of": out, "state": "read"})
    await fake.post({"type": "receipt", "id": "r2", "of": out, "state": "delivered"})
    await desk.run_jobs()
    assert (await _state(desk, message))["state"] == "read"
    assert (await fake.envelopes())["receipt:r2"] == "receipt:receipt"


async def test_undo_window_holds_it_back_and_cancel_stops_it(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    async with desk.begin() as tx:
        from yizhan.domains.tickets import service as tickets
        from yizhan.domains.tickets.types import Outgoing

        message_id = await tickets.reply(
            tx, int(ticket["id"]), outgoing=Outgoing(body="typo", undo_seconds=20)
        )
    await desk.run_jobs()
    assert fake.outside.sent == []
    with pytest.raises(jobs.Retry):
        await deliveries.deliver(desk.context, desk.workspace_id, message_id=message_id)
    assert (await desk.api.post(f"/api/v1/messages/{message_id}/cancel")).status_code < 300
    await deliveries.deliver(desk.context, desk.workspace_id, message_id=message_id)
    assert fake.outside.sent == []


async def test_failed_send_is_tried_again_and_then_arrives_once(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    fake.outside.answers = [SendReceipt(DeliveryState.FAILED, detail="busy", retry_after=0.1)]
    message = await fakes.answer(desk, ticket["id"])
    with pytest.raises(jobs.Retry):
        await _deliver(desk, message)
    assert (await _state(desk, message))["state"] == "queued"
    await _due_now(desk, message)
    await _deliver(desk, message)
    assert len(fake.outside.sent) == 1
    assert (await _state(desk, message))["state"] == "sent"


async def test_final_failure_is_shown_and_can_be_sent_again(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    fake.outside.answers = [SendReceipt(DeliveryState.FAILED, detail="number not in use")]
    message = await fakes.answer(desk, ticket["id"])
    await desk.run_jobs()
    shown = await _state(desk, message)
    assert (shown["state"], shown["error"]) == ("failed", "number not in use")
    assert (
        await desk.api.post(f"/api/v1/messages/{message['id']}/retry", json={})
    ).status_code < 300
    await desk.run_jobs()
    assert (await _state(desk, message))["state"] == "sent"
    assert len(fake.outside.sent) == 1


@pytest.mark.parametrize("fault", [RuntimeError("cut off"), 5.0])
async def test_unclear_outcome_is_unknown_and_never_sent_twice_by_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, fault: Exception | float
) -> None:
    monkeypatch.setattr(deliveries, "SEND_SECONDS", 0.05)
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    fake.outside.answers = [fault]
    message = await fakes.answer(desk, ticket["id"])
    await _deliver(desk, message)
    await desk.run_jobs()
    assert (await _state(desk, message))["state"] == "unknown"
    await _due_now(desk, message)
    await _deliver(desk, message)
    assert fake.outside.sent == []
    retry = f"/api/v1/messages/{message['id']}/retry"
    assert (await desk.api.post(retry, json={})).status_code == 409
    assert (await desk.api.post(retry, json={"confirm_duplicate": True})).status_code < 300
    await desk.run_jobs()
    assert (await _state(desk, message))["state"] == "sent"


async def test_process_that_died_after_the_claim_leaves_unknown(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    message = await fakes.answer(desk, ticket["id"])
    claimed = await deliveries._claim(
        desk.context, desk.workspace_id, message_id=int(message["id"])
    )
    assert claimed is not None
    # Another worker finds the lease and waits; the claim's owner never comes back.
    with pytest.raises(jobs.Retry):
        await _deliver(desk, message)
    await _due_now(desk, message)
    await _deliver(desk, message)
    assert (await _state(desk, message))["state"] == "unknown"
    assert fake.outside.sent == []


async def test_who_stood_still_past_the_lease_sends_nothing_and_changes_nothing(desk: Desk) -> None:
    """Meanwhile it was called unknown, and a person had it sent."""
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    message = await fakes.answer(desk, ticket["id"], "only once")
    frozen = await deliveries._claim(desk.context, desk.workspace_id, message_id=int(message["id"]))
    assert frozen is not None
    await _due_now(desk, message)
    await _deliver(desk, message)
    assert (await _state(desk, message))["state"] == "unknown"
    again = f"/api/v1/messages/{message['id']}/retry"
    assert (await desk.api.post(again, json={"confirm_duplicate": True})).is_success
    await desk.run_jobs()
    assert (await _state(desk, message))["state"] == "sent"
    late = msgspec.structs.replace(frozen, begun=frozen.begun - deliveries.LEASE_SECONDS)
    receipt, sent = await deliveries._send(desk.context, late)
    for told in (receipt, SendReceipt(DeliveryState.FAILED, detail="refused", retry_after=1)):
        wait = await deliveries._record(desk.context, frozen, receipt=told, message=sent)
        assert wait is None
    assert (await _state(desk, message))["state"] == "sent"
    assert len(fake.outside.sent) == 1


async def test_a_conversation_is_answered_in_order(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    first = await fakes.answer(desk, ticket["id"], "one")
    second = await fakes.answer(desk, ticket["id"], "two")
    with pytest.raises(jobs.Retry):
        await _deliver(desk, second)
    await _deliver(desk, first)
    await _deliver(desk, second)
    assert [m.text for m in fake.outside.sent] == ["one", "two"]


async def test_two_workers_send_one_message_once(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    fake.outside.answers = [0.2]
    message = await fakes.answer(desk, ticket["id"])
    await asyncio.gather(*(_deliver(desk, message) for _ in range(5)), return_exceptions=True)
    assert len(fake.outside.sent) == 1


async def test_closed_reply_window_refuses_the_answer(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE conversation SET last_inbound_at = $2 WHERE workspace_id = $1",
            tx.workspace_id,
            tx.now - timedelta(hours=49),
        )
    refused = await desk.api.post(f"/api/v1/tickets/{ticket['id']}/messages", json={"body": "late"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "reply_window_closed"
    (talk,) = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()["conversations"]
    assert talk["can_reply"] is False


async def test_window_counts_messages(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    for n in range(5):
        await fakes.answer(desk, ticket["id"], f"line {n}")
    refused = await desk.api.post(f"/api/v1/tickets/{ticket['id']}/messages", json={"body": "six"})
    assert refused.json()["code"] == "reply_window_closed"


async def test_internal_note_can_never_go_out(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    ticket = await _ticket(desk, fake)
    made = await desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/messages",
        json={"body": "customer is difficult", "visibility": "internal"},
    )
    note = int(made.json()["id"])
    await desk.run_jobs()
    assert fake.outside.sent == []
    ready = await channels.load(desk.context, desk.workspace_id, inbox_id=fake.inbox.id)
    async with desk.as_system() as tx:
        with pytest.raises(MessageNotFound):
            await compose.draft(tx, desk.edge.vault, ready, message_id=note)
    with pytest.raises(Exception, match="check constraint"):
        async with desk.as_system() as tx:
            await tx.db.execute(
                """UPDATE message SET direction = 'out', delivery_state = 'queued'
                WHERE workspace_id = $1 AND id = $2""",
                tx.workspace_id,
                note,
            )


async def test_automatic_answers_blow_the_fuse(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk, account="fuse")
    ticket = await _ticket(desk, fake)
    from yizhan.domains.tickets import service as tickets
    from yizhan.domains.tickets.types import Outgoing

    for _ in range(4):
        async with desk.as_system() as tx:
            await tickets.reply(
                tx, int(ticket["id"]), outgoing=Outgoing(body="auto", automatic=True)
            )

    async def all_gone() -> list[dict[str, Any]]:
        await desk.run_jobs()
        out = [m for m in await fakes.messages(desk, ticket["id"]) if m["direction"] == "out"]
        return [] if any(m["delivery"]["state"] == "queued" for m in out) else out

    found = await eventually(all_gone)
    assert [m["delivery"]["state"] for m in found] == ["sent", "sent", "sent", "failed"]
    assert found[-1]["delivery"]["error"] == "loop_fuse"
