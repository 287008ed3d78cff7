"""Time, checklists and reminders: what an agent sees of them, and that nothing happens twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.tasks import repository
from yizhan.domains.tasks.service import checklists, reminders
from yizhan.domains.tasks.types import TimeEntry
from yizhan.domains.tickets import filters
from yizhan.kernel import jobs, timers

NEW = {"subject": "Broken", "body": "It broke", "requester": {"email": "a@example.test"}}


@pytest.fixture
async def agent(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """The administrator's own token."""
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        yield api


async def colleague(desk: Desk, name: str, role: str = "agent") -> httpx2.AsyncClient:
    made = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": name,
            "email": f"{name}@example.test",
            "role_ids": [str(desk.created.roles[role])],
        },
    )
    assert made.status_code == 201, made.text
    token = await api_token(desk.database, desk.workspace_id, agent_id=int(made.json()["id"]))
    return client(desk.app, token=token, **{"x-agent": made.json()["id"]})


async def ticket(desk: Desk) -> str:
    return str((await desk.api.post("/api/v1/tickets", json=NEW)).json()["id"])


async def work(api: httpx2.AsyncClient, ticket_id: str) -> dict[str, Any]:
    answer = await api.get(f"/api/v1/tickets/{ticket_id}/work")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def ok(answer: httpx2.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


# -------------------------------------------------------------------------------------------- time


async def test_one_timer_runs_and_starting_another_stops_it(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    first, second = await ticket(desk), await ticket(desk)
    started = await ok(await agent.post(f"/api/v1/tickets/{first}/time/start", json={}))
    assert started["stopped"] is None
    again = await ok(await agent.post(f"/api/v1/tickets/{first}/time/start", json={}))
    assert again["started"]["id"] == started["started"]["id"], "it goes on"
    async with desk.as_system() as tx:
        await tx.db.execute("UPDATE time_entry SET started_at = started_at - interval '90 minutes'")
    moved = await ok(await agent.post(f"/api/v1/tickets/{second}/time/start", json={}))
    assert moved["stopped"]["ticket_id"] == first
    assert moved["stopped"]["seconds"] in range(5400, 5410)
    seen = await work(agent, first)
    assert seen["time"]["total_seconds"] == moved["stopped"]["seconds"]
    assert seen["running"]["entry"]["ticket_id"] == second
    assert (await ok(await agent.post("/api/v1/time/stop")))["ticket_id"] == second
    none = await agent.post("/api/v1/time/stop")
    assert (none.status_code, none.json()["code"]) == (409, "no_timer")
    assert len(await desk.events("time.started")) == len(await desk.events("time.stopped")) == 2


async def test_many_starts_at_once_leave_one_timer(desk: Desk, agent: httpx2.AsyncClient) -> None:
    made = [await ticket(desk) for _ in range(5)]
    answers = await asyncio.gather(
        *(agent.post(f"/api/v1/tickets/{one}/time/start", json={}) for one in made)
    )
    assert {one.status_code for one in answers} == {200}
    async with desk.as_system() as tx:
        running = await tx.db.fetchval("SELECT count(*) FROM time_entry WHERE seconds IS NULL")
    assert running == 1


async def test_time_is_written_down_changed_and_removed(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    path = f"/api/v1/tickets/{one}/time"
    await ok(await agent.post(path, json={"minutes": 30, "note": " Call ", "billable": True}))
    second = await ok(await agent.post(path, json={"minutes": 15}))
    seen = (await work(agent, one))["time"]
    assert (seen["total_seconds"], seen["billable_seconds"]) == (2700, 1800)
    assert {entry["note"] for entry in seen["items"]} == {"Call", ""}
    changed = await ok(await agent.patch(f"/api/v1/time/{second['id']}", json={"minutes": 45}))
    assert changed["seconds"] == 2700
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert (await agent.post(path, json={"minutes": 5, "started_at": later})).status_code == 422
    assert (await agent.post(path, json={"minutes": 0})).status_code == 422
    await ok(await agent.delete(f"/api/v1/time/{second['id']}"))
    assert (await work(agent, one))["time"]["total_seconds"] == 1800
    async with desk.begin() as tx:
        spent = filters.parse({"field": "time.minutes", "op": "gte", "value": 30})
        assert await filters.matches(tx, int(one), condition=spent)


async def test_a_running_timer_is_stopped_before_its_length_is_changed(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    started = await ok(await agent.post(f"/api/v1/tickets/{one}/time/start", json={}))
    path = f"/api/v1/time/{started['started']['id']}"
    refused = await agent.patch(path, json={"minutes": 5})
    assert (refused.status_code, refused.json()["code"]) == (409, "time_entry_running")
    assert (await ok(await agent.patch(path, json={"note": "Log"})))["note"] == "Log"
    await ok(await agent.delete(path))
    assert (await ok(await agent.get("/api/v1/time/running")))["entry"] is None


async def test_the_time_of_others_is_changed_only_by_who_may(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    async with await colleague(desk, "bo") as bo, await colleague(desk, "vi", "viewer") as vi:
        made = await ok(await bo.post(f"/api/v1/tickets/{one}/time", json={"minutes": 10}))
        mine = await ok(await agent.post(f"/api/v1/tickets/{one}/time", json={"minutes": 20}))
        path = f"/api/v1/time/{mine['id']}"
        assert (await bo.patch(path, json={"minutes": 1})).status_code == 403
        assert (await bo.delete(path)).status_code == 403
        assert (
            await vi.post(f"/api/v1/tickets/{one}/time", json={"minutes": 1})
        ).status_code == 403
        assert [e["may_change"] for e in (await work(bo, one))["time"]["items"]].count(True) == 1
        changed = await agent.patch(f"/api/v1/time/{made['id']}", json={"minutes": 12})
        assert (await ok(changed))["seconds"] == 720


async def test_a_token_without_a_person_has_no_time(desk: Desk) -> None:
    one = await ticket(desk)
    answer = await desk.api.post(f"/api/v1/tickets/{one}/time/start", json={})
    assert answer.status_code == 403


# -------------------------------------------------------------------------------------- checklists


async def test_a_checklist_is_filled_ordered_and_done(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    template = await ok(
        await agent.post(
            "/api/v1/checklist-templates",
            json={
                "name": "Return",
                "items": [{"text": "Label"}, {"text": "Refund", "due_minutes": 60}],
            },
        )
    )
    path = f"/api/v1/tickets/{one}/checklist"
    await ok(await agent.post(path, json={"items": [{"text": " Call back "}]}))
    listed = await ok(await agent.post(path, json={"template_id": template["id"]}))
    assert [item["text"] for item in listed["items"]] == ["Call back", "Label", "Refund"]
    assert listed["items"][2]["due_at"] is not None
    ids = [item["id"] for item in listed["items"]]
    turned = [ids[2], ids[0], ids[1]]
    ordered = await ok(await agent.put(f"{path}/order", json={"ids": turned}))
    assert [item["id"] for item in ordered["items"]] == turned
    assert (await agent.put(f"{path}/order", json={"ids": ids[:2]})).status_code == 422
    item = f"/api/v1/checklist-items/{ids[0]}"
    done = await ok(await agent.patch(item, json={"done": True}))
    assert done["done_by"]["id"] == str(desk.created.admin_id)
    await ok(await agent.patch(item, json={"done": True}))
    assert len(await desk.events("checklist.done")) == 1, "again is nothing new"
    open_items = filters.parse({"field": "checklist.open", "op": "is", "value": 2})
    async with desk.begin() as tx:
        assert await filters.matches(tx, int(one), condition=open_items)
    await ok(await agent.patch(item, json={"done": False}))
    await ok(await agent.delete(f"/api/v1/checklist-items/{ids[1]}"))
    assert len((await work(agent, one))["checklist"]) == 2
    await ok(await agent.delete(f"/api/v1/checklist-templates/{template['id']}"))
    assert len((await work(agent, one))["checklist"]) == 2, "what is on tickets stays"


async def test_who_only_looks_cannot_change_a_checklist(desk: Desk) -> None:
    one = await ticket(desk)
    made = await ok(
        await desk.api.post(f"/api/v1/tickets/{one}/checklist", json={"items": [{"text": "Look"}]})
    )
    async with await colleague(desk, "vi", "viewer") as vi:
        assert len((await work(vi, one))["checklist"]) == 1
        item = f"/api/v1/checklist-items/{made['items'][0]['id']}"
        assert (await vi.patch(item, json={"done": True})).status_code == 403
        added = await vi.post(f"/api/v1/tickets/{one}/checklist", json={"items": [{"text": "x"}]})
        assert added.status_code == 403
        template = {"name": "T", "items": [{"text": "x"}]}
        assert (await vi.post("/api/v1/checklist-templates", json=template)).status_code == 403


async def test_a_closed_ticket_keeps_its_checklist_as_it_is(desk: Desk) -> None:
    one = await ticket(desk)
    path = f"/api/v1/tickets/{one}"
    made = await ok(await desk.api.post(f"{path}/checklist", json={"items": [{"text": "Look"}]}))
    await ok(await desk.api.patch(path, json={"status": "closed"}))
    item = f"/api/v1/checklist-items/{made['items'][0]['id']}"
    for refused in (
        await desk.api.patch(item, json={"done": True}),
        await desk.api.post(f"{path}/checklist", json={"items": [{"text": "More"}]}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "ticket_closed")


async def _kinds(desk: Desk, agent_id: str) -> list[tuple[str, str]]:
    await desk.run_jobs(only="none")
    async with desk.as_system() as tx:
        rows = await tx.db.fetch(
            "SELECT kind, text FROM notification WHERE agent_id = $1 ORDER BY id", int(agent_id)
        )
    return [(row["kind"], row["text"]) for row in rows]


async def test_whoever_shall_do_an_item_is_told_of_it_and_once_when_it_is_due(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    async with await colleague(desk, "bo") as bo:
        person = bo.headers["x-agent"]
        soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
        line = {"text": "Call the shop", "agent_id": person, "due_at": soon}
        made = await ok(
            await agent.post(f"/api/v1/tickets/{one}/checklist", json={"items": [line]})
        )
    item_id = made["items"][0]["id"]
    assert await _kinds(desk, person) == [("task", "Broken")]
    async with desk.as_system() as tx:
        await tx.db.execute("UPDATE checklist_item SET due_at = now() - interval '1 second'")
        await tx.db.execute("UPDATE timer SET due_at = now() - interval '1 second'")
    payload = {"workspace_id": desk.workspace_id, "item_id": item_id}
    for _ in range(3):
        await desk.run_jobs(only=checklists.DUE_JOB)
        await jobs.run_one(desk.context, checklists.DUE_JOB, payload)
    assert (await _kinds(desk, person))[1:] == [("task_due", "Call the shop")]


async def test_an_item_that_was_done_or_put_off_is_not_told_of(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    lines = [{"text": "Done", "due_at": soon}, {"text": "Later", "due_at": soon}]
    made = await ok(await agent.post(f"/api/v1/tickets/{one}/checklist", json={"items": lines}))
    done, later = [item["id"] for item in made["items"]]
    await ok(await agent.patch(f"/api/v1/checklist-items/{done}", json={"done": True}))
    off = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await ok(await agent.patch(f"/api/v1/checklist-items/{later}", json={"due_at": off}))
    for item_id in (done, later):
        payload = {"workspace_id": desk.workspace_id, "item_id": item_id}
        await jobs.run_one(desk.context, checklists.DUE_JOB, payload)
    assert await desk.events("checklist.item_due") == []


# --------------------------------------------------------------------------------------- reminders


async def _reminded(desk: Desk, agent: httpx2.AsyncClient, one: str) -> str:
    at = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    body = {"at": at, "note": "Ask the carrier"}
    made = await ok(await agent.post(f"/api/v1/tickets/{one}/reminders", json=body))
    async with desk.as_system() as tx:
        await tx.db.execute("UPDATE reminder SET at = now() - interval '1 second'")
        await tx.db.execute(
            "UPDATE timer SET due_at = now() - interval '1 second' WHERE kind = 'reminder'"
        )
    return str(made["id"])


async def test_a_reminder_rings_once_whatever_dies(
    desk: Desk, agent: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await ticket(desk)
    reminder_id = await _reminded(desk, agent, one)
    assert await timers.fire(desk.database) >= 1
    payload = {"workspace_id": desk.workspace_id, "reminder_id": reminder_id}
    kept = repository.put

    async def killed(tx: Any, row: TimeEntry) -> None:
        await kept(tx, row)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(repository, "put", killed)
        with pytest.raises(asyncio.CancelledError):
            await jobs.run_one(desk.context, reminders.DUE_JOB, payload)
    assert await desk.events("reminder.due") == []
    await asyncio.gather(
        desk.run_jobs(only=reminders.DUE_JOB),
        *(jobs.run_one(desk.context, reminders.DUE_JOB, payload) for _ in range(3)),
    )
    assert len(await desk.events("reminder.due")) == 1
    assert await _kinds(desk, str(desk.created.admin_id)) == [("reminder", "Ask the carrier")]
    assert (await work(agent, one))["reminders"] == []


async def test_a_reminder_is_ones_own_and_can_be_dropped(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    one = await ticket(desk)
    reminder_id = await _reminded(desk, agent, one)
    async with await colleague(desk, "bo") as bo:
        assert (await work(bo, one))["reminders"] == []
        assert (await bo.delete(f"/api/v1/reminders/{reminder_id}")).status_code == 404
    assert len((await work(agent, one))["reminders"]) == 1
    await ok(await agent.delete(f"/api/v1/reminders/{reminder_id}"))
    await desk.run_jobs(only=reminders.DUE_JOB)
    assert await desk.events("reminder.due") == []
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    refused = await agent.post(f"/api/v1/tickets/{one}/reminders", json={"at": past})
    assert (refused.status_code, refused.json()["code"]) == (422, "reminder_past")


# ------------------------------------------------------------------------------------------ merging


async def test_work_goes_along_with_a_merge_and_comes_back(
    desk: Desk, agent: httpx2.AsyncClient
) -> None:
    source, target = await ticket(desk), await ticket(desk)
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    for one, text in ((source, "Ask the shop"), (target, "Look at the box")):
        lines = {"items": [{"text": text}, {"text": f"{text} again"}]}
        await ok(await agent.post(f"/api/v1/tickets/{one}/checklist", json=lines))
        spent = {"minutes": 30 if one == source else 15}
        await ok(await agent.post(f"/api/v1/tickets/{one}/time", json=spent))
    await ok(await agent.post(f"/api/v1/tickets/{source}/reminders", json={"at": soon}))
    await ok(await agent.post(f"/api/v1/tickets/{source}/time/start", json={}))
    before = [_held(await work(agent, one)) for one in (source, target)]
    merged = await ok(
        await desk.api.post(f"/api/v1/tickets/{source}/merge", json={"into_id": target})
    )
    there = await work(agent, target)
    assert [item["text"] for item in there["checklist"]] == [
        "Look at the box", "Look at the box again", "Ask the shop", "Ask the shop again",
    ]  # fmt: skip
    assert there["time"]["total_seconds"] == 45 * 60
    assert there["running"]["entry"]["ticket_id"] == target
    assert len(there["reminders"]) == 1
    assert _held(await work(agent, source)) == ([], 0, 0)
    late = {"items": [{"text": "Since then"}]}
    await ok(await agent.post(f"/api/v1/tickets/{target}/checklist", json=late))
    await ok(await desk.api.post(f"/api/v1/operations/{merged['id']}/undo"))
    after = [_held(await work(agent, one)) for one in (source, target)]
    assert after[0] == before[0]
    assert after[1] == ([*before[1][0], "Since then"], *before[1][1:])
    async with desk.as_system() as tx:
        assert await tx.db.fetchval("SELECT count(*) FROM task_move") == 0


def _held(seen: dict[str, Any]) -> tuple[list[str], int, int]:
    texts = [item["text"] for item in seen["checklist"]]
    return texts, seen["time"]["total_seconds"], len(seen["reminders"])
