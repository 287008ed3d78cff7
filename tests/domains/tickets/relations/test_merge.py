"""Merging tickets and taking it back."""

from __future__ import annotations

import asyncio

from tests.domains.tickets.relations import making, state
from tests.support.desk import Desk, agent_actor, api_token, client
from yizhan.domains.tickets import verify
from yizhan.domains.tickets.relations import merging


async def test_everything_moves_and_the_stub_points_to_it(desk: Desk) -> None:
    source = await making.ticket(desk, "ann", tags=["late"])
    target = await making.ticket(desk, "bob", tags=["sale"])
    await desk.api.post(
        f"/api/v1/tickets/{source['id']}/messages", json={"body": "note", "visibility": "internal"}
    )
    preview = await making.post(
        desk, f"/tickets/{source['id']}/merge/preview", {"into_id": target["id"]}
    )
    assert (preview["messages"], preview["conversations"], preview["tags"]) == (2, 1, ["late"])
    assert set(preview["warnings"]) == {"other_customer", "newer_target"}
    before = await state.of(desk)
    made = await making.merge(desk, source, target)
    whole = await making.read(desk, target["id"])
    assert (whole["tags"], whole["message_count"]) == (["late", "sale"], 3)
    assert {c["contact_id"] for c in whole["conversations"]} == {
        source["requester"]["id"],
        target["requester"]["id"],
    }
    stub = await making.read(desk, source["id"])
    assert (stub["status_category"], stub["message_count"]) == ("closed", 0)
    assert stub["merged_into"] == {"id": target["id"], "number": target["number"]}
    found = (await desk.api.get("/api/v1/search?q=ann says hello&types=ticket")).json()["items"]
    assert source["id"] not in {item["id"] for item in found}
    undone = await making.undo(desk, made)
    assert undone["undone_at"] is not None
    assert await state.of(desk) == before
    async with desk.as_system() as tx:
        assert not any((await verify.check(tx, desk.edge.store)).values())


async def test_to_whom_an_answer_goes_is_never_changed(desk: Desk) -> None:
    target = await making.ticket(desk, "bob")
    source = await making.ticket(desk, "ann")
    await making.merge(desk, source, target)
    whole = await making.read(desk, target["id"])
    assert whole["conversations"][0]["contact_id"] == target["requester"]["id"]
    sent = await making.post(desk, f"/tickets/{target['id']}/messages", {"body": "Hi"}, status=201)
    assert sent["conversation_id"] == whole["conversations"][0]["id"]
    to_ann = whole["conversations"][1]
    named = {"body": "Hi Ann", "conversation_id": to_ann["id"]}
    sent = await making.post(desk, f"/tickets/{target['id']}/messages", named, status=201)
    async with desk.as_system() as tx:
        row = await tx.db.fetchrow(
            "SELECT c.reply_to, c.contact_id FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " AND c.workspace_id = m.workspace_id WHERE m.workspace_id = $1 AND m.id = $2",
            tx.workspace_id,
            int(sent["id"]),
        )
    assert row is not None
    assert (row["reply_to"], str(row["contact_id"])) == (
        to_ann["reply_to"],
        source["requester"]["id"],
    )


async def test_a_later_answer_to_the_source_lands_in_the_target(desk: Desk) -> None:
    source = await making.ticket(desk, "ann")
    target = await making.ticket(desk, "bob")
    talk = (await making.read(desk, source["id"]))["conversations"][0]["id"]
    made = await making.merge(desk, source, target)
    who = source["requester"]["id"]
    receipt = await making.writes(desk, talk, text="And one more", contact_id=who)
    assert str(receipt.ticket_id) == target["id"]
    await making.undo(desk, made)
    texts = [m["body_text"] for m in await making.messages(desk, source["id"])]
    assert texts == ["ann says hello", "And one more"]
    assert [m["body_text"] for m in await making.messages(desk, target["id"])] == ["bob says hello"]


async def test_twice_is_once_and_undone_twice_is_undone_once(desk: Desk) -> None:
    source = await making.ticket(desk, "ann")
    target = await making.ticket(desk, "bob")
    first = await making.merge(desk, source, target)
    assert (await making.merge(desk, source, target))["id"] == first["id"]
    undone = await making.undo(desk, first)
    assert (await making.undo(desk, first))["undone_at"] == undone["undone_at"]


async def test_what_cannot_be_merged_is_refused(desk: Desk) -> None:
    source = await making.ticket(desk, "ann")
    target = await making.ticket(desk, "bob")
    third = await making.ticket(desk, "cy")
    refused = await making.merge(desk, source, source, status=409)
    assert (refused["code"], refused["reason"]) == ("cannot_join_tickets", "same_ticket")
    await making.merge(desk, source, target)
    refused = await making.merge(desk, source, third, status=409)
    assert (refused["code"], refused["merged_into"]) == ("ticket_merged", target["id"])
    refused = await making.merge(desk, third, source, status=409)
    assert refused["code"] == "ticket_merged"
    path = f"/tickets/{source['id']}/messages"
    assert (await making.post(desk, path, {"body": "x"}, status=409))["code"] == "ticket_merged"
    await desk.api.patch(f"/api/v1/tickets/{target['id']}", json={"status": "closed"})
    refused = await making.merge(desk, third, target, status=409)
    assert refused["reason"] == "target_closed"


async def test_undoing_below_a_later_merge_says_what_to_undo_first(desk: Desk) -> None:
    a, b, c = [await making.ticket(desk, who) for who in ("ann", "bob", "cy")]
    before = await state.of(desk)
    first = await making.merge(desk, a, b)
    second = await making.merge(desk, b, c)
    assert (await making.read(desk, a["id"]))["merged_into"]["id"] == c["id"]
    refused = await making.undo(desk, first, status=409)
    assert (refused["code"], refused["operations"][0]["id"]) == ("operation_stands", second["id"])
    await making.undo(desk, second)
    await making.undo(desk, first)
    assert await state.of(desk) == before


async def test_who_waits_longest_still_waits_and_a_solved_target_opens(desk: Desk) -> None:
    target = await making.ticket(desk, "bob")
    source = await making.ticket(desk, "ann")
    solved = {"body": "done", "status": "resolved"}
    await making.post(desk, f"/tickets/{target['id']}/messages", solved, status=201)
    before = await state.of(desk)
    made = await making.merge(desk, source, target)
    whole = await making.read(desk, target["id"])
    assert whole["status_category"] == "open"
    assert whole["waiting_since"] == source["waiting_since"]
    await making.undo(desk, made)
    assert await state.of(desk) == before


async def test_rights_hold_on_both_tickets(desk: Desk) -> None:
    source = await making.ticket(desk, "ann")
    target = await making.ticket(desk, "bob")
    token = await api_token(desk.database, desk.workspace_id, scopes=("ticket:read",))
    async with client(desk.app, token=token) as api:
        path = f"/api/v1/tickets/{source['id']}/merge"
        assert (await api.post(path, json={"into_id": target["id"]})).status_code == 403
        missing = await api.post(path, json={"into_id": "1"})
        assert (missing.status_code, missing.json()["code"]) == (404, "ticket_not_found")


async def test_merges_that_cross_do_not_wait_for_each_other_for_ever(desk: Desk) -> None:
    assert desk.created.admin_id is not None
    actor = await agent_actor(desk.database, desk.workspace_id, desk.created.admin_id)

    async def one(source: str, target: str) -> str:
        try:
            async with desk.begin(actor) as tx:
                await merging.merge(tx, int(source), into_id=int(target))
        except Exception as error:
            return type(error).__name__
        return "merged"

    for _ in range(5):
        a, b = [(await making.ticket(desk, who))["id"] for who in ("ann", "bob")]
        async with asyncio.timeout(20):
            done = await asyncio.gather(one(a, b), one(b, a))
        assert sorted(done) == ["TicketMerged", "merged"]


async def test_history_and_past_know_of_it(desk: Desk) -> None:
    source = await making.ticket(desk, "ann")
    target = await making.ticket(desk, "bob")
    moment = (await making.read(desk, target["id"]))["updated_at"]
    await making.merge(desk, source, target)
    history = (await desk.api.get(f"/api/v1/tickets/{target['id']}/history")).json()["items"]
    assert "ticket.messages_moved" in {item["type"] for item in history}
    past = (await desk.api.get(f"/api/v1/tickets/{target['id']}", params={"as_of": moment})).json()
    assert (past["message_count"], len(past["conversations"])) == (1, 1)
    past = (await desk.api.get(f"/api/v1/tickets/{source['id']}", params={"as_of": moment})).json()
    assert past["description"] == "ann says hello"
