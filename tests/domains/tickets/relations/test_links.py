"""Split, link, parent and child, problem and incidents."""

from __future__ import annotations

from tests.domains.tickets.relations import making, state
from tests.support.desk import Desk


async def _link(
    desk: Desk, one: making.Json, role: str, other: making.Json, *, status: int = 200
) -> making.Json:
    body = {"role": role, "ticket_id": other["id"]}
    return await making.post(desk, f"/tickets/{one['id']}/links", body, status=status)


async def _roles(desk: Desk, ticket: making.Json) -> list[tuple[str, str]]:
    found = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}/relations")).json()
    return [(link["role"], link["ticket"]["id"]) for link in found["links"]]


async def _delivery(desk: Desk, now: str, *, undo: str) -> None:
    """As if the channel had got so far with every answer that was not taken back."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE message SET delivery_state = $2, undo_until = now() + $3::text::interval"
            " WHERE workspace_id = $1 AND direction = 'out' AND delivery_state <> 'cancelled'",
            tx.workspace_id,
            now,
            undo,
        )


async def test_a_split_has_its_own_conversation_to_the_same_person(desk: Desk) -> None:
    ticket = await making.ticket(desk, "ann")
    talk = (await making.read(desk, ticket["id"]))["conversations"][0]
    who = ticket["requester"]["id"]
    second = await making.writes(desk, talk["id"], text="Another matter", contact_id=who)
    before = await state.of(desk)
    body = {"message_ids": [str(second.message_id)]}
    path = f"/tickets/{ticket['id']}/split"
    assert (await making.post(desk, f"{path}/preview", body))["messages"] == 1
    made = await making.post(desk, path, body)
    assert (await making.post(desk, path, body))["id"] == made["id"]
    fresh = await making.read(desk, made["other_id"])
    assert (fresh["subject"], fresh["message_count"]) == ("Another matter", 1)
    own = fresh["conversations"][0]
    assert own["id"] != talk["id"]
    assert (own["contact_id"], own["reply_to"]) == (who, talk["reply_to"])
    assert await _roles(desk, fresh) == [("split_from", ticket["id"])]
    await making.undo(desk, made)
    assert await state.of(desk) == before
    assert (await making.read(desk, made["other_id"]))["merged_into"]["id"] == ticket["id"]


async def test_a_split_leaves_something_and_takes_nothing_that_is_being_sent(desk: Desk) -> None:
    ticket = await making.ticket(desk, "ann")
    path = f"/tickets/{ticket['id']}"
    only = [m["id"] for m in await making.messages(desk, ticket["id"])]
    refused = await making.post(desk, f"{path}/split", {"message_ids": only}, status=409)
    assert refused["reason"] == "nothing_stays"
    sent = await making.post(desk, f"{path}/messages", {"body": "wait"}, status=201)
    await _delivery(desk, "queued", undo="1 minute")
    refused = await making.post(desk, f"{path}/split", {"message_ids": [sent["id"]]}, status=409)
    assert refused["reason"] == "being_sent"


async def test_links_are_seen_from_both_sides_and_taken_back(desk: Desk) -> None:
    one = await making.ticket(desk, "ann")
    other = await making.ticket(desk, "bob")
    before = await state.of(desk)
    made = await _link(desk, one, "child", other)
    assert (await _link(desk, one, "child", other))["id"] == made["id"]
    assert await _roles(desk, one) == [("child", other["id"])]
    assert await _roles(desk, other) == [("parent", one["id"])]
    gone = await desk.api.delete(f"/api/v1/tickets/{other['id']}/links/parent/{one['id']}")
    assert gone.status_code == 200
    assert await _roles(desk, one) == []
    await making.undo(desk, gone.json())
    assert await _roles(desk, one) == [("child", other["id"])]
    await making.undo(desk, made)
    assert await state.of(desk) == before


async def test_no_circles_and_one_parent(desk: Desk) -> None:
    a, b, c = [await making.ticket(desk, who) for who in ("ann", "bob", "cy")]
    await _link(desk, a, "child", b)
    await _link(desk, b, "child", c)
    assert (await _link(desk, c, "child", a, status=409))["reason"] == "circle"
    assert (await _link(desk, a, "child", c, status=409))["reason"] == "has_parent"
    assert (await _link(desk, a, "related", a, status=409))["reason"] == "same_ticket"
    await _link(desk, a, "incident", b)
    assert (await _link(desk, b, "incident", c, status=409))["reason"] == "is_incident"


async def test_a_parent_waits_for_its_children_unless_told(desk: Desk) -> None:
    parent = await making.ticket(desk, "ann")
    child = await making.ticket(desk, "bob")
    await _link(desk, parent, "child", child)
    path = f"/api/v1/tickets/{parent['id']}"
    refused = await desk.api.patch(path, json={"status": "resolved"})
    assert (refused.status_code, refused.json()["code"]) == (409, "open_children")
    assert refused.json()["numbers"] == [child["number"]]
    told = await desk.api.patch(path, json={"status": "resolved", "despite_children": True})
    assert told.json()["status"] == "resolved"
    await desk.api.patch(path, json={"status": "open"})
    rule = await desk.api.patch("/api/v1/workspace", json={"settings": {"open_children": "refuse"}})
    assert rule.status_code == 200
    told = await desk.api.patch(path, json={"status": "resolved", "despite_children": True})
    assert told.status_code == 409
    await desk.api.patch("/api/v1/workspace", json={"settings": {"open_children": "allow"}})
    assert (await desk.api.patch(path, json={"status": "resolved"})).status_code == 200
    wrong = await desk.api.patch("/api/v1/workspace", json={"settings": {"open_children": "x"}})
    assert wrong.status_code == 422


async def test_one_answer_reaches_every_incident_in_its_own_conversation(desk: Desk) -> None:
    problem = await making.ticket(desk, "ops", subject="Mail is down")
    hit = [await making.ticket(desk, who) for who in ("ann", "bob", "cy")]
    for incident in hit:
        await _link(desk, problem, "incident", incident)
    await desk.api.patch(f"/api/v1/tickets/{hit[2]['id']}", json={"status": "closed"})
    path = f"/tickets/{problem['id']}/incidents"
    shown = (await making.post(desk, f"{path}/preview"))["items"]
    assert [item["reason"] for item in shown] == ["", "", "closed"]
    body = {"body": "It works again", "key": "k1", "status": "resolved"}
    done = await making.post(desk, f"{path}/answer", body)
    again = await making.post(desk, f"{path}/answer", body)
    assert again["operation"]["id"] == done["operation"]["id"]
    assert [item["ticket"]["id"] for item in done["left_out"]] == [hit[2]["id"]]
    for incident in hit[:2]:
        said = [m for m in await making.messages(desk, incident["id"]) if m["direction"] == "out"]
        assert [m["body_text"] for m in said] == ["It works again"]
        now = await making.read(desk, incident["id"])
        assert now["status"] == "resolved"
        assert said[0]["conversation_id"] == now["conversations"][0]["id"]
        assert now["conversations"][0]["contact_id"] == incident["requester"]["id"]
    assert (await making.read(desk, problem["id"]))["status"] == "resolved"


async def test_an_answer_to_all_is_taken_back_while_it_waits(desk: Desk) -> None:
    problem = await making.ticket(desk, "ops")
    incident = await making.ticket(desk, "ann")
    await _link(desk, problem, "incident", incident)
    before = await state.of(desk)
    path = f"/tickets/{problem['id']}/incidents/answer"
    body = {"body": "Fixed", "status": "resolved", "key": "one"}
    made = await making.post(desk, path, body)
    await _delivery(desk, "queued", undo="1 minute")
    await making.undo(desk, made["operation"])
    assert await state.of(desk) == before
    made = await making.post(desk, path, {**body, "key": "two"})
    await _delivery(desk, "sent", undo="-1 second")
    refused = await making.undo(desk, made["operation"], status=409)
    assert (refused["code"], refused["reason"]) == ("operation_stands", "sent")
