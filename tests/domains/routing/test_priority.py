"""Who is next on a real desk: what counts, what was decided and why, and that it can be decided again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.domains.routing.test_assignment import Desk
from tests.support import desk as support
from yizhan.domains.routing import distribution, ranking, score
from yizhan.domains.routing.repository import places
from yizhan.domains.routing.score import Weights
from yizhan.domains.understanding import repository as signals
from yizhan.domains.understanding.types import Signals
from yizhan.kernel import clock

PATH = "/assignment/priority"


@pytest.fixture
async def desk(desk: support.Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk(desk)
    monkeypatch.setattr(clock, "now", found.tick)
    return found


async def promise(desk: Desk, minutes: int) -> Any:
    """A first answer within so many minutes, for urgent tickets."""
    target = {"key": "first", "kind": "first_response", "minutes": {"urgent": minutes}}
    policy = {"name": "P", "targets": [target]}
    return await desk.send("POST", "/sla/policies", policy, status=201)


async def angry(desk: Desk, ticket: int) -> None:
    """As if a message had been read: the words call for a person in charge."""
    async with desk.database.begin(desk.actor) as tx:
        known = Signals(ticket_id=ticket, message_id=1, negative=0.95, grave=True)
        await signals.put_current(tx, known, turned_at=tx.now)
        await ranking.refresh(tx, [ticket])


async def test_a_vip_who_came_later_is_next_and_the_decision_says_why(desk: Desk) -> None:
    team = await desk.team_of([1])
    first = await desk.ticket(team)
    await desk.later(minutes=30)
    vip = await desk.ticket(team, customer="vip@shop.example")
    found = (await desk.send("GET", "/contacts?q=vip@shop.example"))["items"][0]
    await desk.send("PATCH", f"/contacts/{found['id']}", {"vip": True})
    await desk.settle()
    why = await desk.send("GET", f"/tickets/{vip}/priority")
    assert (why["state"], why["ahead"]) == ("scored", 0)
    top = why["parts"][0]
    assert (top["factor"], top["points"]) == ("value", 20)
    assert top["without"] == pytest.approx(why["score"] - 20)
    assert (await desk.send("GET", f"/tickets/{first}/priority"))["ahead"] == 1
    await desk.set(desk.agents[0], "online")
    await desk.settle()
    assert [await desk.owner(one) for one in (vip, first)] == [desk.agents[0], None]
    (made,) = (await desk.send("GET", f"/tickets/{vip}/decisions"))["items"]
    assert made["reproduced"]
    assert [one["ticket_id"] for one in made["line"]] == [str(vip), str(first)]
    kinds = {one["kind"]: one for one in made["changes"]}
    assert kinds["without"].pop("number") == made["line"][1]["number"]
    assert kinds["without"] == {
        "kind": "without", "ticket_id": str(first), "factor": "value", "points": 20.0,
    }  # fmt: skip
    assert 140 < kinds["longer"]["minutes"] < 160, "three hours of waiting are worth a VIP"


async def test_the_list_is_in_the_order_of_scores_and_follows_time(desk: Desk) -> None:
    team = await desk.team_of([1], mode="manual")
    await promise(desk, 100)
    plain, urgent, cross = [await desk.ticket(team) for _ in range(3)]
    done = await desk.ticket(team)
    await desk.change(done, status="resolved")
    await desk.change(urgent, priority="urgent")
    await angry(desk, cross)
    await desk.settle()

    async def listed() -> list[int]:
        found = await desk.send("GET", "/tickets?sort=score&view=all")
        return [int(one["id"]) for one in found["items"]]

    assert await listed() == [cross, urgent, plain, done], "20 for anger, 10 for being urgent"
    await desk.later(minutes=61)
    why = await desk.send("GET", f"/tickets/{urgent}/priority")
    assert {one["factor"]: one["share"] for one in why["parts"]}["risk"] == 0.6
    assert why["facts"]["promise"]["kind"] == "first_response"
    assert await listed() == [urgent, cross, plain, done], "six tenths of its promise are used"
    assert (await desk.send("GET", f"/tickets/{done}/priority"))["state"] == "idle"
    asked = ",".join(str(one) for one in (plain, cross, 9, 2**63))
    items = (await desk.send("GET", f"/assignment/scores?ids={asked}"))["items"]
    found = {one["ticket_id"]: one["score"] for one in items}
    assert set(found) == {str(plain), str(cross)}
    assert found[str(cross)] > found[str(plain)]
    await desk.send("GET", "/assignment/scores?ids=1,x", status=422)
    condition = {"field": "signal.mood", "op": "is", "value": "grave"}
    view = {"name": "Next", "columns": ["number", "mood", "score"], "condition": condition}
    kept = await desk.send("POST", "/views", view, status=201)
    assert kept["columns"] == view["columns"]


async def test_weights_are_tried_before_they_hold(desk: Desk) -> None:
    team = await desk.team_of([1])
    old = await desk.ticket(team)
    await desk.later(minutes=60)
    cross = await desk.ticket(team)
    await desk.settle()
    await angry(desk, cross)
    now = await desk.send("GET", PATH)
    assert (now["weights"], now["reach_minutes"]) == (now["usual"], 12 * 60)
    calm = now["weights"] | {"emotion": 0}
    tried = await desk.send("POST", f"{PATH}/preview", {"weights": calm})
    assert (tried["scope"], tried["total"], tried["moved"]) == ("queue", 2, 2)
    places_of = {one["ticket_id"]: (one["before"], one["after"]) for one in tried["items"]}
    assert places_of == {str(old): (2, 1), str(cross): (1, 2)}
    assert (await desk.send("GET", PATH))["weights"]["emotion"] == 20, "nothing was stored"
    assert (await desk.send("PUT", PATH, calm))["updating"]
    await desk.settle()
    assert (await desk.send("GET", f"/tickets/{old}/priority"))["ahead"] == 0
    hasty = calm | {"waiting": 1}
    refused = await desk.send("PUT", PATH, hasty, status=422)
    assert (refused["code"], refused["field"]) == ("priority_invalid", "waiting")
    await desk.send("PUT", PATH, calm | {"tier_field": "nothing"}, status=422)


async def test_the_database_weighs_as_the_formula_does(desk: Desk) -> None:
    team = await desk.team_of([1], mode="manual")
    mine = [await desk.ticket(team) for _ in range(3)]
    await angry(desk, mine[0])
    await desk.settle()
    heavy = Weights(waiting_minutes=7, emotion=77, complexity=3, risk=0)
    desk.now += timedelta(minutes=20)
    async with desk.database.begin(desk.actor) as tx:
        await places.put_weights(tx, heavy)
        await places.weigh(tx, heavy)
        rows = await places.of(tx, mine)
        for row in rows.values():
            seen = score.at(heavy, row.shares, now=tx.now)
            off = abs(row.place - score.place(heavy, seen))
            assert (seen.full, off < timedelta(milliseconds=1)) == (row.shares.full, True)
    assert rows[mine[0]].shares.full


async def test_what_was_open_before_is_scored_in_the_background(desk: Desk) -> None:
    team = await desk.team_of([1], mode="manual")
    ticket = await desk.ticket(team)
    await desk.settle()
    async with desk.database.begin(desk.actor) as tx:
        await tx.db.execute("DELETE FROM ticket_score WHERE workspace_id = $1", tx.workspace_id)
        await places.filled(tx, to=0, done=False)
    assert (await desk.send("GET", f"/tickets/{ticket}/priority"))["state"] == "pending"
    async with desk.database.begin(desk.actor) as tx:
        assert not await ranking.fill(tx), "one batch was enough"
    assert (await desk.send("GET", f"/tickets/{ticket}/priority"))["state"] == "scored"


async def test_room_is_kept_for_a_large_ticket_at_100_and_let_go_with_it(desk: Desk) -> None:
    team = await desk.team_of([2])
    agent = desk.agents[0]
    await desk.set(agent, "online")
    running = [await desk.ticket(team) for _ in range(2)]
    await desk.settle()
    large = await desk.ticket(team, channel="chat")
    await desk.settle()
    await desk.later(days=3)
    small = await desk.ticket(team)
    await desk.change(running[0], status="resolved")
    await desk.settle()
    assert [await desk.owner(one) for one in (large, small)] == [None, None], "kept for the large"
    await desk.change(large, status="resolved")
    await desk.settle()
    assert await desk.owner(small) == agent
    async with desk.database.begin(desk.actor) as tx:
        assert await distribution.distribute(tx) == 0
