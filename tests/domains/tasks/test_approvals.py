"""Approvals: who is asked, who may answer, what is held back until they do. Through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.domains.tasks.test_tasks import colleague, ok, ticket, work
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.domains.tasks.approvals.types import Answer, State, outcome


@pytest.fixture
async def ada(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """The administrator in person, who asks."""
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        yield api


@pytest.fixture
async def bo(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with await colleague(desk, "bo", "lead") as api:
        yield api


@pytest.fixture
async def cy(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    async with await colleague(desk, "cy", "lead") as api:
        yield api


def who(*people: httpx2.AsyncClient, **more: Any) -> dict[str, Any]:
    return {"agent_ids": [one.headers["x-agent"] for one in people], **more}


async def add(
    api: httpx2.AsyncClient, ticket_id: str, asked: dict[str, Any], **more: Any
) -> dict[str, Any]:
    line = {"text": "Refund 860", "approval": asked, **more}
    body = {"items": [line]}
    made = await ok(await api.post(f"/api/v1/tickets/{ticket_id}/checklist", json=body))
    found: dict[str, Any] = made["items"][-1]
    return found


async def say(
    api: httpx2.AsyncClient, item: dict[str, Any], *, approve: bool, comment: str = ""
) -> httpx2.Response:
    path = f"/api/v1/checklist-items/{item['id']}/answer"
    return await api.post(path, json={"approve": approve, "comment": comment})


async def waiting(api: httpx2.AsyncClient) -> list[str]:
    found = await ok(await api.get("/api/v1/approvals/waiting"))
    return [one["text"] for one in found["items"]]


async def told(api: httpx2.AsyncClient) -> list[str]:
    found = await ok(await api.get("/api/v1/notifications"))
    return [one["kind"] for one in found["items"]]


@pytest.mark.parametrize(
    ("states", "everybody", "expected"),
    [
        (["waiting", "waiting"], False, "waiting"),
        (["approved", "waiting"], False, "approved"),
        (["declined", "waiting"], False, "declined"),
        (["approved", "waiting"], True, "waiting"),
        (["approved", "approved"], True, "approved"),
        (["approved", "declined"], True, "declined"),
    ],
)
def test_what_follows_from_answers(states: list[State], everybody: bool, expected: str) -> None:  # noqa: FBT001 -- a parameter of the test
    answers = [
        Answer(item_id=1, round=1, agent_id=n, state=one, comment="", answered_at=None)
        for n, one in enumerate(states)
    ]
    assert outcome(answers, everybody=everybody) == expected


async def test_the_first_answer_decides_and_who_asked_is_told(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient, cy: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    item = await add(ada, one, who(bo, cy))
    assert (item["approval"]["state"], item["approval"]["may_answer"]) == ("waiting", False)
    await desk.run_jobs()
    assert await waiting(bo) == await waiting(cy) == ["Refund 860"]
    assert await waiting(ada) == []
    assert await told(bo) == ["approval"]
    by_hand = await ada.patch(f"/api/v1/checklist-items/{item['id']}", json={"done": True})
    assert (by_hand.status_code, by_hand.json()["code"]) == (409, "approval_pending")
    done = await ok(await say(bo, item, approve=True, comment=" Fine "))
    assert (done["approval"]["state"], done["done_by"]["name"]) == ("approved", "bo")
    assert "Fine" in [one["comment"] for one in done["approval"]["people"]]
    assert await waiting(cy) == []
    late = await say(cy, item, approve=False, comment="No")
    assert (late.status_code, late.json()["code"]) == (409, "approval_over")
    await desk.run_jobs()
    assert "approved" in await told(ada)
    kinds = [
        one.type
        for one in await desk.events("approval.asked", "approval.answered", "approval.decided")
    ]
    assert kinds == ["approval.asked", "approval.answered", "approval.decided"]
    kept = (await ok(await ada.get("/api/v1/audit?limit=50")))["items"]
    assert "approval.decided" in {entry["action"] for entry in kept}


async def test_everybody_must_agree_and_an_answer_can_be_taken_back(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient, cy: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    item = await add(ada, one, who(bo, cy, all=True))
    assert (await ok(await say(bo, item, approve=True)))["approval"]["state"] == "waiting"
    assert await waiting(bo) == []
    assert (await ok(await say(cy, item, approve=True)))["approval"]["state"] == "approved"
    path = f"/api/v1/checklist-items/{item['id']}/answer"
    back = await ok(await cy.delete(path))
    assert (back["approval"]["state"], back["done_at"]) == ("waiting", None)
    mute = await say(cy, item, approve=False)
    assert (mute.status_code, mute.json()["code"]) == (422, "reason_needed")
    no = await ok(await say(cy, item, approve=False, comment="Too much"))
    assert (no["approval"]["state"], no["done_at"]) == ("declined", None)
    await desk.run_jobs()
    assert "declined" in await told(ada)


async def test_a_declined_one_is_asked_again_with_other_words(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient, cy: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    item = await add(ada, one, who(bo))
    path = f"/api/v1/checklist-items/{item['id']}"
    await ok(await say(bo, item, approve=False, comment="Too much"))
    swapped = await ada.patch(path, json={"text": "Refund 8600"})
    assert (swapped.status_code, swapped.json()["code"]) == (409, "approval_fixed")
    again = await ok(await ada.post(f"{path}/ask", json={"text": "Refund 400", "ask": who(cy)}))
    assert (again["text"], again["approval"]["round"], again["approval"]["state"]) == (
        "Refund 400", 2, "waiting",
    )  # fmt: skip
    assert (await waiting(bo), await waiting(cy)) == ([], ["Refund 400"])
    assert (await say(bo, item, approve=True)).status_code == 403
    await ok(await say(cy, item, approve=True))
    repeated = await ok(await ada.post(f"{path}/ask", json={}))
    assert (repeated["approval"]["round"], repeated["done_at"]) == (3, None)


async def test_who_asks_does_not_approve_unless_the_workspace_allows_it(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    lead = {"role_id": str(desk.created.roles["lead"])}
    path = f"/api/v1/tickets/{one}/checklist"
    alone = await bo.post(path, json={"items": [{"text": "X", "approval": lead}]})
    assert (alone.status_code, alone.json()["code"]) == (422, "no_approver")
    named = await bo.post(path, json={"items": [{"text": "X", "approval": who(bo)}]})
    assert named.status_code == 422
    allow = {"settings": {"own_approval": "allow"}}
    await ok(await desk.api.patch("/api/v1/workspace", json=allow))
    item = await add(bo, one, lead)
    assert item["approval"]["may_answer"] is True
    # What was asked while it was allowed is refused when it no longer is.
    refuse = {"settings": {"own_approval": "refuse"}}
    await ok(await desk.api.patch("/api/v1/workspace", json=refuse))
    own = await say(bo, item, approve=True)
    assert (own.status_code, own.json()["code"]) == (403, "own_approval")


async def test_nobody_is_asked_who_may_not_see_the_ticket(
    desk: Desk, ada: httpx2.AsyncClient
) -> None:
    team = await ok(await desk.api.post("/api/v1/teams", json={"name": "Other"}))
    made = await desk.api.post(
        "/api/v1/tickets",
        json={
            "subject": "S",
            "body": "B",
            "requester": {"email": "a@example.test"},
            "team_id": team["id"],
        },
    )
    one = str((await ok(made))["id"])
    async with await colleague(desk, "di") as di:
        line = {"text": "X", "approval": who(di)}
        blind = await ada.post(f"/api/v1/tickets/{one}/checklist", json={"items": [line]})
        assert (blind.status_code, blind.json()["code"]) == (422, "approver_blind")
        assert blind.json()["agent_ids"] == [di.headers["x-agent"]]


async def test_what_must_be_done_holds_a_ticket_back(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    item = await add(ada, one, who(bo), needed=True)
    path = f"/api/v1/tickets/{one}"
    refused = await ada.patch(path, json={"status": "resolved"})
    assert (refused.status_code, refused.json()["code"]) == (409, "open_items")
    assert refused.json()["items"] == [{"id": item["id"], "text": "Refund 860"}]
    assert (
        await ada.patch(path, json={"status": "resolved", "despite_items": True})
    ).status_code == 409
    async with await colleague(desk, "ed") as ed:
        for answer in (
            await ed.delete(f"/api/v1/checklist-items/{item['id']}"),
            await ed.patch(f"/api/v1/checklist-items/{item['id']}", json={"needed": False}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "item_needed")
    ask = {"settings": {"open_items": "ask"}}
    await ok(await desk.api.patch("/api/v1/workspace", json=ask))
    again = await ada.patch(path, json={"status": "resolved"})
    assert again.json()["may_confirm"] is True
    sent = await ada.post(
        f"{path}/messages",
        json={"body": "Done", "visibility": "public", "status": "resolved"},
    )
    assert sent.status_code == 409, "neither with an answer"
    await ok(await ada.patch(path, json={"status": "resolved", "despite_items": True}))
    await ok(await ada.patch(path, json={"status": "open"}))
    await ok(await say(bo, item, approve=True))
    assert (await ok(await ada.patch(path, json={"status": "resolved"})))["status"] == "resolved"


async def test_a_template_carries_approvals(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    lead = {"role_id": str(desk.created.roles["lead"])}
    lines = [{"text": "Check"}, {"text": "Release", "needed": True, "approval": lead}]
    made = await ok(
        await ada.post("/api/v1/checklist-templates", json={"name": "R", "items": lines})
    )
    assert made["items"][1]["approval"]["role_id"] == lead["role_id"]
    one = await ticket(desk)
    body = {"template_id": made["id"]}
    await ok(await ada.post(f"/api/v1/tickets/{one}/checklist", json=body))
    seen = (await work(bo, one))["checklist"]
    assert [(item["needed"], item["approval"] is None) for item in seen] == [
        (False, True), (True, False),
    ]  # fmt: skip
    assert seen[1]["approval"]["may_answer"] is True
    assert await waiting(bo) == ["Release"]


async def test_it_goes_along_with_a_merge(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    source, target = await ticket(desk), await ticket(desk)
    item = await add(ada, source, who(bo), needed=True)
    await ok(await desk.api.post(f"/api/v1/tickets/{source}/merge", json={"into_id": target}))
    await ok(await say(bo, item, approve=True))
    assert (await work(ada, target))["checklist"][-1]["approval"]["state"] == "approved"


async def test_another_workspace_sees_and_answers_nothing(
    desk: Desk, ada: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    item = await add(ada, await ticket(desk), who(bo))
    other = await make_workspace(desk.edge, name="Other", email="o@example.test")
    token = await api_token(desk.database, int(other.workspace.id), agent_id=other.admin_id)
    async with client(desk.app, token=token) as api:
        assert await waiting(api) == []
        assert (await say(api, item, approve=True)).status_code == 404
    assert (await say(desk.api, item, approve=True)).status_code == 403, "nobody in person"


async def test_whoever_may_not_list_roles_asks_one_by_its_name(
    desk: Desk, ada: httpx2.AsyncClient
) -> None:
    ticket_id = await ticket(desk)
    async with await colleague(desk, "dee", "lead") as dee:
        assert (await dee.get("/api/v1/roles")).status_code == 403
        roles = (await ok(await dee.get("/api/v1/roles/names")))["items"]
        assert {key for one in roles for key in one} == {"id", "name", "key", "renamed"}
        admins = next(one["id"] for one in roles if one["key"] == "admin")
        item = await add(dee, ticket_id, {"role_id": admins})
    assert await waiting(ada) == ["Refund 860"]
    assert (await say(ada, item, approve=True)).status_code == 200
