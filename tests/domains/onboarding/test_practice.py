"""An agent practises: the customer answers in character, nothing counts, nothing is sent, all can go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.analytics.service import checking
from yizhan.domains.onboarding import scripts, service
from yizhan.kernel.actor import system

TABLES = ("ticket", "message", "conversation", "contact", "identity", "search_doc", "report_fact")


@pytest.fixture
async def agent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx2.AsyncClient]:
    """The administrator's own token: exercises are for people."""
    monkeypatch.setattr(service, "PAUSE", timedelta())
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        yield api


async def begin(agent: httpx2.AsyncClient, scene: str, locale: str = "en") -> str:
    made = await agent.post("/api/v1/practice", json={"scene": scene, "locale": locale})
    assert made.status_code == 201, made.text
    return str(made.json()["ticket_id"])


async def say(desk: Desk, agent: httpx2.AsyncClient, ticket: str, body: str) -> list[Any]:
    """Answer, let the desk work, and read the conversation."""
    path = f"/api/v1/tickets/{ticket}/messages"
    sent = await agent.post(path, json={"body": body})
    assert sent.status_code == 201, sent.text
    await desk.run_jobs()
    return list((await agent.get(path, params={"limit": 100})).json()["items"])


@pytest.mark.parametrize("locale", scripts.LOCALES)
def test_scenes_are_whole_and_the_same_in_both_languages(locale: str) -> None:
    script = scripts.script(locale)
    assert [one.id for one in script.scene] == [one.id for one in scripts.script("en").scene]
    assert len(script.scene) >= 3
    for scene in script.scene:
        assert len(scene.turns) >= 2
        assert scene.tips
        assert all(bool(turn.words) == bool(turn.heard) for turn in scene.turns)


async def test_the_customer_answers_in_character(desk: Desk, agent: httpx2.AsyncClient) -> None:
    ticket = await begin(agent, "delay")
    row = (await agent.get(f"/api/v1/tickets/{ticket}")).json()
    assert row["tags"] == ["practice"]
    assert row["assignee_id"] == str(desk.created.admin_id)
    assert row["conversations"][0]["can_reply"]
    scene = scripts.scene("en", "delay")
    messages = await say(desk, agent, ticket, "I am looking into it.")
    assert messages[-1]["direction"] == "in"
    assert messages[-1]["body_text"] == scene.turns[0].text
    assert messages[-2]["delivery"]["state"] == "sent"
    messages = await say(desk, agent, ticket, "I will send it by EXPRESS today.")
    assert messages[-1]["body_text"] == scene.turns[1].heard
    messages = await say(desk, agent, ticket, "Yes, all of it.")
    assert messages[-2]["body_text"] == scene.turns[2].text
    assert messages[-1]["visibility"] == "internal"
    assert messages[-1]["author"]["name"] == "Coach"
    assert scene.tips[0] in messages[-1]["body_text"]
    last = await say(desk, agent, ticket, "Goodbye")
    assert last[-1]["body_text"] == "Goodbye"


async def test_a_scene_is_made_once_and_in_the_language_asked_for(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    ticket = await begin(agent, "refund", "zh-CN")
    assert await begin(agent, "refund", "zh-CN") == ticket
    listed = (await agent.get("/api/v1/practice", params={"locale": "zh-CN"})).json()
    assert [one["ticket_id"] for one in listed["items"] if one["ticket_id"]] == [ticket]
    assert (listed["running"], listed["tag"]) == (1, "练习")
    refused = await agent.post("/api/v1/practice", json={"scene": "none"})
    assert (refused.status_code, refused.json()["code"]) == (404, "scene_unknown")
    program = await desk.api.post("/api/v1/practice", json={"scene": "refund"})
    assert program.status_code == 403


async def test_nothing_counts_and_nothing_is_sent(desk: Desk, agent: httpx2.AsyncClient) -> None:
    policy = {
        "name": "All",
        "targets": [{"key": "first", "kind": "first_response", "minutes": {"normal": 60}}],
    }
    made = await agent.post("/api/v1/sla/policies", json=policy)
    assert made.status_code == 201, made.text
    hook = {"url": "https://hooks.example.test/x", "events": ["*"]}
    assert (await agent.post("/api/v1/webhooks", json=hook)).status_code == 201
    ticket = await begin(agent, "howto")
    await say(desk, agent, ticket, "First, tap on your profile.")
    await agent.patch(f"/api/v1/tickets/{ticket}", json={"status": "resolved"})
    await desk.run_jobs()
    async with desk.as_system() as tx:
        for table in ("report_fact", "report_span", "delivery", "sla_clock"):
            count = await tx.db.fetchval(f"SELECT count(*) FROM {table}")
            assert count == 0, table
        kinds = await tx.db.fetch("SELECT type FROM webhook_delivery")
        assert [row[0] for row in kinds] == []
    found = await checking.check(desk.database, desk.workspace_id)
    assert (found.tickets, found.differences) == (0, [])


async def test_an_exercise_takes_no_room_for_work(desk: Desk, agent: httpx2.AsyncClient) -> None:
    async def load() -> list[int]:
        people = (await agent.get("/api/v1/agents/states")).json()["items"]
        return [one["load"] for one in people if one["id"] == str(desk.created.admin_id)]

    before = await load()
    await begin(agent, "delay")
    await desk.run_jobs()
    assert await load() == before == [0]


async def test_all_of_it_goes_at_once(desk: Desk, agent: httpx2.AsyncClient) -> None:
    before = await counts(desk)
    ticket = ""
    for scene in ("refund", "charge"):
        ticket = await begin(agent, scene)
        await say(desk, agent, ticket, "Hello, what is your card number?")
        await agent.post(
            f"/api/v1/tickets/{ticket}/messages", json={"body": "n", "visibility": "internal"}
        )
    assert (await counts(desk))["ticket"] == before["ticket"] + 2
    assert (await agent.delete("/api/v1/practice")).status_code == 204
    await desk.run_jobs()
    assert await counts(desk) == before
    assert (await agent.get(f"/api/v1/tickets/{ticket}")).status_code == 404
    assert [one.type for one in await desk.events("practice.removed")] == ["practice.removed"] * 2
    found = await checking.check(desk.database, desk.workspace_id)
    assert found.differences == []
    assert await begin(agent, "refund") != ticket


async def counts(desk: Desk) -> dict[str, int]:
    async with desk.database.begin(system(desk.workspace_id)) as tx:
        return {one: await tx.db.fetchval(f"SELECT count(*) FROM {one}") for one in TABLES}


async def test_lists_of_work_leave_exercises_out(desk: Desk, agent: httpx2.AsyncClient) -> None:
    """They stand in lists of one's own, and wherever somebody asks for their tag or customer."""
    team = (await agent.post("/api/v1/teams", json={"name": "North"})).json()["id"]
    body = {"subject": "Work", "body": "Work", "requester": {"email": "a@example.test"}}
    work = (await desk.api.post("/api/v1/tickets", json=body)).json()["id"]
    drill = await begin(agent, "refund")
    for ticket in (work, drill):
        changes = {"team_id": team, "assignee_id": str(desk.created.admin_id)}
        assert (await agent.patch(f"/api/v1/tickets/{ticket}", json=changes)).is_success
    saved = []
    for condition in (
        {"field": "category", "op": "in", "value": ["new", "open"]},
        {"field": "priority", "op": "is", "value": "normal"},
        {"field": "tags", "op": "has", "value": "practice"},
    ):
        view = {"name": "Mine", "icon": "folder", "condition": condition}
        saved.append((await agent.post("/api/v1/views", json=view)).json()["id"])

    async def listed(**asked: str) -> set[str]:
        page = (await agent.get("/api/v1/tickets", params=asked)).json()
        names = {work: "work", drill: "drill"}
        return {names[row["id"]] for row in page["items"]}

    wanted = {
        "mine": {"work", "drill"},
        "open": {"work"},
        "all": {"work"},
        f"team:{team}": {"work"},
    }
    wanted |= {saved[0]: {"work"}, saved[1]: {"work"}, saved[2]: {"drill"}}
    assert {view: await listed(view=view) for view in wanted} == wanted
    counts = {view["id"]: view["count"] for view in (await agent.get("/api/v1/views")).json()}
    assert {view: counts[view] for view in wanted} == {k: len(v) for k, v in wanted.items()}
    assert await listed() == {"work"}
    assert await listed(tag="practice") == {"drill"}
    assert await listed(channel="rehearsal", status="open,new") == {"drill"}
    customer = (await agent.get(f"/api/v1/tickets/{drill}")).json()["requester"]["id"]
    theirs = (await agent.get(f"/api/v1/contacts/{customer}/tickets")).json()["items"]
    assert [(row["id"], row["practice"]) for row in theirs] == [(drill, True)]
