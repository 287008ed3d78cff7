"""The main job through the API: a ticket comes in, is read, answered, changed."""

from __future__ import annotations

from tests.support.desk import Desk

NEW = {
    "subject": "蓝牙耳机左耳没有声音",
    "body": "昨天刚收到,左耳没有声音,能换货吗?",
    "requester": {"email": "li.na@example.test", "name": "李娜"},
}


async def test_a_created_ticket_is_listed_opened_and_found(desk: Desk) -> None:
    made = await desk.api.post("/api/v1/tickets", json=NEW)
    assert made.status_code == 201, made.text
    ticket = made.json()
    assert (ticket["number"], ticket["status"]) == (1001, "new")
    listed = (await desk.api.get("/api/v1/tickets?view=open")).json()
    assert [row["id"] for row in listed["items"]] == [ticket["id"]]
    assert listed["items"][0]["requester"]["name"] == "李娜"
    opened = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    assert opened["description"] == NEW["body"]
    messages = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")).json()
    assert [m["body_text"] for m in messages["items"]] == [NEW["body"]]
    hits = (await desk.api.get("/api/v1/search", params={"q": "耳机"})).json()
    assert [hit["number"] for hit in hits["items"]] == [1001]


async def test_a_repeated_request_makes_one_ticket(desk: Desk) -> None:
    headers = {"Idempotency-Key": "order-7781"}
    first = await desk.api.post("/api/v1/tickets", json=NEW, headers=headers)
    again = await desk.api.post("/api/v1/tickets", json=NEW, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    other = await desk.api.post("/api/v1/tickets", json={**NEW, "subject": "x"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_an_answer_written_before_a_newer_customer_message_is_refused(desk: Desk) -> None:
    ticket = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    messages = f"/api/v1/tickets/{ticket['id']}/messages"
    seen = (await desk.api.get(messages)).json()["items"][-1]["id"]
    opened = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    from yizhan.domains.tickets import service
    from yizhan.domains.tickets.types import Received

    async with desk.as_system() as tx:
        await service.receive(
            tx,
            Received(
                channel="api",
                contact_id=int(opened["requester"]["id"]),
                author_name="李娜",
                text="另外右耳也坏了",
                conversation_id=int(opened["conversations"][0]["id"]),
            ),
        )
    refused = await desk.api.post(messages, json={"body": "好的", "seen_up_to": seen})
    assert (refused.status_code, refused.json()["code"]) == (409, "stale_reply")
    assert [m["text"] for m in refused.json()["newer"]] == ["另外右耳也坏了"]
    confirmed = await desk.api.post(
        messages, json={"body": "好的", "seen_up_to": seen, "confirm_stale": True}
    )
    assert confirmed.status_code == 201, confirmed.text
    assert confirmed.json()["delivery"]["state"] == "sent"


async def test_a_stale_change_is_refused_and_history_is_kept(desk: Desk) -> None:
    ticket = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    path = f"/api/v1/tickets/{ticket['id']}"
    changed = await desk.api.patch(
        path, json={"priority": "high", "tags": ["耳机"]}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 200, changed.text
    late = await desk.api.patch(path, json={"priority": "low"}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "stale_version")
    history = (await desk.api.get(f"{path}/history")).json()["items"]
    assert history[0]["changes"]["priority"] == ["normal", "high"]
    before = history[-1]["at"]
    past = (await desk.api.get(path, params={"as_of": before})).json()
    assert (past["priority"], past["status"]) == ("normal", "new")


async def test_an_internal_note_never_gets_a_delivery(desk: Desk) -> None:
    ticket = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    note = await desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/messages",
        json={"body": "查库存", "visibility": "internal"},
    )
    assert note.status_code == 201
    assert note.json()["delivery"] is None
    assert await desk.events("message.queued") == []


async def test_a_wrong_body_says_which_field_is_wrong(desk: Desk) -> None:
    wrong = await desk.api.post("/api/v1/tickets", json={**NEW, "priority": "very"})
    assert wrong.status_code == 422, wrong.text
    assert wrong.headers["content-type"].startswith("application/problem+json")
    assert "priority" in wrong.text
