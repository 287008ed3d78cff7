"""Skills from the shadow to acting by themselves, and back."""

from __future__ import annotations

from tests.domains.copilot import skilled
from tests.domains.copilot.conftest import article
from tests.domains.copilot.skilled import answer, at_level, change, decided, shown, standing, wrote
from tests.support import desk as support
from tests.support.desk import Desk
from yizhan.domains.copilot.skills import jobs as skills


async def test_in_the_shadow_nothing_changes_and_nobody_sees_it(desk: Desk) -> None:
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item", urgency="high")
    before = await skilled.read(desk, mine)
    assert (before["priority"], before["type"], before["tags"]) == ("normal", "question", [])
    assert await shown(desk, mine) == []
    assert await desk.events("copilot.skill_decided", "action.ran") == []
    (row,) = await decided(desk, "triage")
    assert (row["fate"], row["level"], row["verdict"]) == ("shadow", "shadow", None)
    assert row["output"]["priority"] == "high"
    assert [one["action"] for one in row["steps"]] == ["set_priority", "set_type", "add_tags"]
    assert "碎" not in str(row["inputs"])  # ids only
    await change(desk, mine, priority="high", type="incident", status="resolved")
    (row,) = await decided(desk, "triage")
    assert (row["fate"], row["verdict"], row["judged_by"]) == ("shadow", "right", "compared")
    assert (await standing(desk, "triage", "damaged_item"))["right"] == 1


async def test_what_people_did_otherwise_counts_against_it(desk: Desk) -> None:
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item", urgency="high")
    await change(desk, mine, type="task", status="resolved")
    (row,) = await decided(desk, "triage")
    assert row["verdict"] == "wrong"


async def test_a_skill_earns_its_levels_and_loses_them(desk: Desk) -> None:
    assert (await desk.api.put("/api/v1/copilot/ladder", json=skilled.EASY)).status_code == 200
    missing = (await standing(desk, "close_thanks"))["missing"]
    assert (missing["level"], missing["results"], missing["allowed"]) == ("suggest", 5, True)
    for _ in range(5):
        mine = await wrote(desk, "杯子是碎的", intent="damaged_item")
        await change(desk, mine, type="incident", status="resolved")
    now = await standing(desk, "triage", "damaged_item")
    assert (now["level"], now["why"], now["judged"]) == ("suggest", "earned", 0)
    assert not now["missing"]["allowed"]  # the ceiling, until somebody raises it
    (event,) = await desk.events("ai_skill.level_changed")
    assert (event.data["before"], event.data["after"]) == ("shadow", "suggest")
    assert [str(one) for one in event.data["agent_ids"]] == [str(desk.created.admin_id)]
    for _ in range(2):
        mine = await wrote(desk, "杯子是碎的", intent="damaged_item")
        (offer,) = await shown(desk, mine)
        assert (await answer(desk, mine, offer, "discard")).status_code == 200
    now = await standing(desk, "triage", "damaged_item")
    assert (now["level"], now["why"]) == ("shadow", "in_a_row")
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item")
    assert await shown(desk, mine) == []


async def test_the_ceiling_takes_a_level_at_once(desk: Desk) -> None:
    await at_level(desk, "triage", "act", intent="damaged_item")
    allowed = await desk.api.put("/api/v1/copilot/skills/triage", json={"ceiling": "suggest"})
    assert allowed.status_code == 200
    now = await standing(desk, "triage", "damaged_item")
    assert (now["level"], now["why"]) == ("suggest", "ceiling")
    wrong = {"ceiling": "act", "asks_model": True}
    refused = await desk.api.put("/api/v1/copilot/skills/triage", json=wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, "asks_model")
    off = await desk.api.put("/api/v1/copilot/skills/triage", json={"ceiling": "off"})
    assert off.status_code == 200
    await wrote(desk, "杯子是碎的", intent="damaged_item")
    assert await decided(desk, "triage") == []


async def test_one_key_carries_out_what_is_prepared(desk: Desk) -> None:
    await at_level(desk, "triage", "approve", intent="damaged_item")
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item", urgency="high")
    (offer,) = await shown(desk, mine)
    assert (offer["level"], offer["fate"]) == ("approve", "open")
    done = await answer(desk, mine, offer, "accept")
    assert done.json()["fate"] == "accepted"
    assert (await answer(desk, mine, offer, "accept")).json()["run_id"] == done.json()["run_id"]
    refused = await answer(desk, mine, offer, "discard")
    assert (refused.status_code, refused.json()["fate"]) == (409, "accepted")
    now = await skilled.read(desk, mine)
    assert (now["priority"], now["type"]) == ("high", "incident")
    undone = await desk.api.post(f"/api/v1/actions/{done.json()['run_id']}/undo")
    assert undone.status_code == 200, undone.text
    (row,) = await decided(desk, "triage")
    assert (row["fate"], row["verdict"], row["judged_by"]) == ("undone", "wrong", "undo")
    assert (await skilled.read(desk, mine))["priority"] == "normal"


async def test_thanks_are_closed_again_once_and_can_be_undone(desk: Desk) -> None:
    await at_level(desk, "close_thanks", "act")
    mine = await wrote(desk, "退款到了吗")
    await desk.api.post(
        f"/api/v1/tickets/{mine}/messages", json={"body": "已退", "visibility": "public"}
    )
    await change(desk, mine, status="resolved")
    await wrote(desk, "好的，谢谢！", ticket=mine)
    assert (await skilled.read(desk, mine))["status"] == "resolved"
    (row,) = await decided(desk, "close_thanks")
    assert (row["fate"], row["verdict"]) == ("done", None)  # only time can tell
    async with desk.as_system() as tx:  # the same event once more
        tx.defer(skills.CONSIDER, ticket_id=int(mine), message_id=int(row["message_id"]))
    await desk.run_jobs()
    assert len(await decided(desk, "close_thanks")) == 1
    assert len(await desk.events("action.ran")) == 1
    (mark,) = await shown(desk, mine)
    assert mark["fate"] == "done"
    undone = await desk.api.post(f"/api/v1/actions/{mark['run_id']}/undo")
    assert undone.status_code == 200, undone.text
    assert (await skilled.read(desk, mine))["status"] == "open"
    assert (await decided(desk, "close_thanks"))[0]["verdict"] == "wrong"


async def test_a_ticket_that_comes_back_counts_against_what_closed_it(desk: Desk) -> None:
    await at_level(desk, "close_thanks", "act")
    mine = await wrote(desk, "退款到了吗")
    await desk.api.post(
        f"/api/v1/tickets/{mine}/messages", json={"body": "已退", "visibility": "public"}
    )
    await change(desk, mine, status="resolved")
    await wrote(desk, "谢谢", ticket=mine)
    await wrote(desk, "等等，金额不对", ticket=mine)
    (row,) = await decided(desk, "close_thanks")
    assert (row["verdict"], row["judged_by"]) == ("wrong", "reopened")
    assert (await skilled.read(desk, mine))["status"] == "open"


async def test_who_may_only_look_decides_nothing(desk: Desk) -> None:
    await at_level(desk, "triage", "approve", intent="damaged_item")
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item")
    (offer,) = await shown(desk, mine)
    body = {"name": "V", "email": "v@x.test", "role_ids": [str(desk.created.roles["viewer"])]}
    viewer = int((await desk.api.post("/api/v1/agents", json=body)).json()["id"])
    token = await support.api_token(desk.database, desk.workspace_id, agent_id=viewer)
    async with support.client(desk.app, token=token) as looking:
        path = f"/api/v1/tickets/{mine}/copilot/skills"
        assert len((await looking.get(path)).json()["items"]) == 1
        for do in ("accept", "edit", "discard"):
            assert (await looking.post(f"{path}/{offer['id']}", json={"do": do})).status_code == 403
        assert (await looking.get("/api/v1/copilot/skills")).status_code == 403
    (row,) = await decided(desk, "triage")
    assert (row["fate"], row["verdict"]) == ("open", None)


async def test_an_answer_is_sent_once_with_its_note_and_not_behind_somebodys_back(
    desk: Desk,
) -> None:
    await article(
        desk, "营业时间", "<p>客服在线时间为每天 9:00 到 21:00，营业时间为每天 10:00 到 22:00。</p>"
    )
    await at_level(desk, "reply_from_article", "approve", intent="opening_hours")
    sure = {"ceiling": "act", "confidence": 0.5}
    done = await desk.api.put("/api/v1/copilot/skills/reply_from_article", json=sure)
    assert done.status_code == 200
    mine = await wrote(desk, "请问营业时间", intent="opening_hours")
    (offer,) = [one for one in await shown(desk, mine) if one["skill"] == "reply_from_article"]
    text = offer["steps"][0]["params"]["text"]
    assert "10:00" in text
    assert "自动整理" in text
    await wrote(desk, "还有，周末呢", ticket=mine, intent="opening_hours")
    late = await answer(desk, mine, offer, "accept")
    assert (late.status_code, late.json()["fate"]) == (409, "lapsed")
    assert await shown(desk, mine) == []
    said = {
        "body": "营业时间为每天 10:00 到 22:00，客服在线时间为每天 9:00 到 21:00。",
        "visibility": "public",
    }
    await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=said)
    await change(desk, mine, status="resolved")
    (row,) = await decided(desk, "reply_from_article")
    assert (row["fate"], row["verdict"], row["judged_by"]) == ("lapsed", "right", "compared")


async def test_a_message_that_was_read_after_the_ticket_was_solved_is_compared_at_once(
    desk: Desk,
) -> None:
    hours = "客服在线时间为每天 9:00 到 21:00，营业时间为每天 10:00 到 22:00。"
    await article(desk, "营业时间", f"<p>{hours}</p>")
    sure = {"ceiling": "suggest", "confidence": 0.5}
    await desk.api.put("/api/v1/copilot/skills/reply_from_article", json=sure)
    body = {"subject": "问题", "body": "请问营业时间", "requester": {"email": "c@example.test"}}
    mine = str((await desk.api.post("/api/v1/tickets", json=body)).json()["id"])
    said = {"body": hours, "visibility": "public"}
    await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=said)
    await change(desk, mine, status="resolved")
    await skilled.was_read(desk, mine, "请问营业时间", intent="opening_hours")
    await desk.run_jobs()
    (row,) = await decided(desk, "reply_from_article")
    assert (row["fate"], row["verdict"], row["judged_by"]) == ("shadow", "right", "compared")


async def test_other_workspaces_see_nothing_of_it(desk: Desk) -> None:
    await at_level(desk, "triage", "suggest", intent="damaged_item")
    mine = await wrote(desk, "杯子是碎的", intent="damaged_item")
    (offer,) = await shown(desk, mine)
    other = await support.make_workspace(desk.edge, name="Other", email="o@example.test")
    token = await support.api_token(desk.database, int(other.workspace.id))
    async with support.client(desk.app, token=token) as stranger:
        path = f"/api/v1/tickets/{mine}/copilot/skills"
        assert (await stranger.get(path)).status_code == 404
        refused = await stranger.post(f"{path}/{offer['id']}", json={"do": "accept"})
        assert refused.status_code == 404
        found = (await stranger.get("/api/v1/copilot/skills/triage/decisions")).json()
        assert found["items"] == []
