"""Macros as an agent uses them: texts in languages, actions, conditions, scopes, figures, undo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.automation.service import pinyin, texts, using
from yizhan.domains.automation.types import Variant

NEW = {
    "subject": "退款",
    "body": "Where is my money?",
    "requester": {"email": "li@example.test", "name": "Li Wei"},
}


async def ticket(desk: Desk, **values: Any) -> dict[str, Any]:
    made = await desk.api.post("/api/v1/tickets", json={**NEW, **values})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def macro(desk: Desk, **values: Any) -> dict[str, Any]:
    body = {"title": "退款说明", "reach": "all", **values}
    made = await desk.api.post("/api/v1/macros", json=body)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def agent(desk: Desk, *, role: str = "agent", name: str = "Bo", **values: Any) -> Any:
    """A client of a further agent, and their id."""
    made = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": name,
            "email": f"{name.lower()}@example.test",
            "role_ids": [str(desk.created.roles[role])],
            **values,
        },
    )
    assert made.status_code == 201, made.text
    agent_id = made.json()["id"]
    token = await api_token(desk.database, desk.workspace_id, agent_id=int(agent_id))
    return client(desk.app, token=token), agent_id


async def test_the_text_comes_in_the_customers_language_with_variables(desk: Desk) -> None:
    made = await macro(
        desk,
        variants=[
            {"locale": "en", "body": "Dear {{customer.first_name}}, #{{ticket.number}}. {{company.name|Bye}}"},
            {"locale": "zh-CN", "body": "{{customer.name}}您好，{{date.today+1}}处理 #{{ticket.number}}"},
        ],
    )  # fmt: skip
    one = await ticket(desk)
    shown = await desk.api.get(f"/api/v1/tickets/{one['id']}/macros/{made['id']}")
    assert "Li Wei您好" in shown.json()["text"]  # the workspace speaks Chinese
    await desk.api.patch(f"/api/v1/contacts/{one['requester']['id']}", json={"locale": "en-GB"})
    shown = await desk.api.get(f"/api/v1/tickets/{one['id']}/macros/{made['id']}")
    assert shown.json()["text"] == f"Dear Li, #{one['number']}. Bye"
    assert shown.json()["missing"] == []


async def test_unknown_variables_are_refused_by_name(desk: Desk) -> None:
    for body, name in (
        ("{{customer.nmae}}", "customer.nmae"),
        ("{{ticket.number+2}}", "ticket.number"),
        ("{{ }}", ""),
    ):
        refused = await desk.api.post(
            "/api/v1/macros",
            json={"title": "x", "reach": "all", "variants": [{"locale": "en", "body": body}]},
        )
        assert refused.status_code == 422, body
        assert refused.json()["code"] == "unknown_variable"
        assert refused.json()["variable"].startswith(name)


async def test_applying_is_one_change_set_and_one_undo(desk: Desk) -> None:
    made = await macro(
        desk,
        variants=[{"locale": "en", "body": "Sorry, {{customer.name}}"}],
        actions=[
            {"action": "set_priority", "params": {"priority": "high"}},
            {"action": "add_tags", "params": {"tags": ["refund", "late"]}},
            {"action": "set_status", "params": {"status": "pending"}},
            {"action": "add_note", "params": {"text": "see {{ticket.number}}"}},
        ],
    )
    one = await ticket(desk, tags=["refund"])
    path = f"/api/v1/tickets/{one['id']}"
    before = (await desk.api.get(path)).json()
    ahead = (await desk.api.get(f"{path}/macros/{made['id']}")).json()
    assert ahead["actions"][0]["changes"] == {"priority": ["normal", "high"]}
    assert ahead["actions"][1]["changes"] == {"tags": [["refund"], ["late", "refund"]]}
    assert (await desk.api.get(path)).json() == before  # a look ahead leaves nothing behind
    applied = (await desk.api.post(f"{path}/macros/{made['id']}")).json()
    assert applied["text"] == "Sorry, Li Wei"
    after = (await desk.api.get(path)).json()
    assert (after["priority"], after["status"], after["tags"]) == (
        "high",
        "pending",
        ["late", "refund"],
    )
    history = (await desk.api.get(f"{path}/history")).json()["items"]
    causes = [item["cause"].get("id") for item in history if item["type"] == "ticket.updated"]
    assert causes == [made["id"]] * 2
    undone = await desk.api.post(f"/api/v1/actions/{applied['run']['id']}/undo")
    assert undone.status_code == 200, undone.text
    assert undone.json()["left_alone"] == []
    back = (await desk.api.get(path)).json()
    assert {k: back[k] for k in ("status", "priority", "tags", "message_count")} == {
        k: before[k] for k in ("status", "priority", "tags", "message_count")
    }
    again = await desk.api.post(f"/api/v1/actions/{applied['run']['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "already_undone")


async def test_what_somebody_changed_since_stays(desk: Desk) -> None:
    one = await ticket(desk)
    path = f"/api/v1/tickets/{one['id']}"
    run = await desk.api.post(
        f"{path}/actions",
        json={
            "actions": [
                {"action": "set_priority", "params": {"priority": "high"}},
                {"action": "add_tags", "params": {"tags": ["a"]}},
            ]
        },
    )
    assert run.status_code == 200, run.text
    await desk.api.patch(path, json={"priority": "urgent", "tags": ["a", "mine"]})
    undone = (await desk.api.post(f"/api/v1/actions/{run.json()['id']}/undo")).json()
    assert undone["left_alone"] == ["priority"]
    now = (await desk.api.get(path)).json()
    assert (now["priority"], now["tags"]) == ("urgent", ["mine"])


async def test_a_refused_action_leaves_the_ticket_as_it_was(desk: Desk) -> None:
    one = await ticket(desk)
    path = f"/api/v1/tickets/{one['id']}"
    await desk.api.patch(path, json={"status": "closed"})
    before = (await desk.api.get(path)).json()
    refused = await desk.api.post(
        f"{path}/actions",
        json={
            "actions": [
                {"action": "add_note", "params": {"text": "x"}},
                {"action": "set_priority", "params": {"priority": "high"}},
            ]
        },
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "ticket_closed")
    assert (await desk.api.get(path)).json() == before


async def test_only_what_fits_is_offered(desk: Desk) -> None:
    urgent = {"field": "priority", "op": "is", "value": "urgent"}
    fits = await macro(
        desk, title="Always", variants=[{"locale": "en", "body": "Hi"}], shortcut="/hi"
    )
    narrow = await macro(
        desk, title="Urgent", variants=[{"locale": "en", "body": "Now"}], condition=urgent
    )
    one = await ticket(desk)
    path = f"/api/v1/tickets/{one['id']}"
    offered = (await desk.api.get(f"{path}/macros")).json()["items"]
    assert [(m["id"], m["shortcut"]) for m in offered] == [(fits["id"], "hi")]
    refused = await desk.api.post(f"{path}/macros/{narrow['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "macro_does_not_apply")
    await desk.api.patch(path, json={"priority": "urgent"})
    assert (await desk.api.post(f"{path}/macros/{narrow['id']}")).status_code == 200


async def test_scopes(desk: Desk) -> None:
    bo, bo_id = await agent(desk)
    team = (await desk.api.post("/api/v1/teams", json={"name": "T", "members": [bo_id]})).json()
    text = [{"locale": "en", "body": "x"}]
    other = (await desk.api.post("/api/v1/teams", json={"name": "Other", "members": []})).json()
    async with bo:
        mine = await bo.post("/api/v1/macros", json={"title": "mine", "variants": text})
        assert mine.status_code == 201, mine.text
        for reach in ("team", "all"):
            body = {"title": "x", "variants": text, "reach": reach, "team_id": team["id"]}
            refused = await bo.post("/api/v1/macros", json=body)
            assert (refused.status_code, refused.json()["code"]) == (403, "macro_not_yours")
        shared = await macro(desk, title="shared", variants=text, reach="team", team_id=team["id"])
        hidden = await macro(desk, title="hidden", variants=text, reach="team", team_id=other["id"])
        titles = {one["title"] for one in (await bo.get("/api/v1/macros")).json()}
        assert titles == {"mine", "shared"}
        assert (await bo.get(f"/api/v1/macros/{hidden['id']}")).status_code == 404
        changed = await bo.put(
            f"/api/v1/macros/{shared['id']}", json={"title": "y", "variants": text}
        )
        assert changed.status_code == 403
    seen = {one["title"] for one in (await desk.api.get("/api/v1/macros")).json()}
    assert seen == {"shared", "hidden"}  # another's own stays their own
    assert (await desk.api.get(f"/api/v1/macros/{mine.json()['id']}")).status_code == 404


async def test_shortcuts_are_one_a_place(desk: Desk) -> None:
    await macro(desk, shortcut="tk", variants=[{"locale": "en", "body": "x"}])
    twice = await desk.api.post(
        "/api/v1/macros",
        json={
            "title": "b",
            "reach": "all",
            "shortcut": "/TK",
            "variants": [{"locale": "en", "body": "x"}],
        },
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "shortcut_taken")


async def test_who_sets_up_a_call_to_the_outside_must_manage_webhooks(desk: Desk) -> None:
    lead, _ = await agent(desk, role="lead", name="Lea")
    call = {"action": "call_webhook", "params": {"url": "https://example.com/x"}}
    async with lead:
        refused = await lead.post("/api/v1/macros", json={"title": "x", "actions": [call]})
        assert (refused.status_code, refused.json()["permission"]) == (403, "webhook:manage")
    made = await macro(desk, actions=[call])
    one = await ticket(desk)
    applied = await desk.api.post(f"/api/v1/tickets/{one['id']}/macros/{made['id']}")
    assert applied.status_code == 200
    assert await desk.waiting_jobs("automation.call") == 1
    stays = await desk.api.post(f"/api/v1/actions/{applied.json()['run']['id']}/undo")
    assert (stays.status_code, stays.json()["code"]) == (409, "cannot_be_undone")


async def test_use_is_counted_and_says_whether_the_text_was_edited(desk: Desk) -> None:
    body = "Your money arrives within three working days, {{customer.name}}."
    made = await macro(desk, variants=[{"locale": "en", "body": body}])
    bo, bo_id = await agent(desk)
    async with bo:
        for sent in (None, "Your money should arrive within three working days, Li.", "No."):
            one = await ticket(desk)
            path = f"/api/v1/tickets/{one['id']}"
            text = (await bo.post(f"{path}/macros/{made['id']}")).json()["text"]
            answer = await bo.post(f"{path}/messages", json={"body": sent or f"Hi!\n\n{text}"})
            assert answer.status_code == 201, answer.text
    await desk.run_jobs()
    figures = (await desk.api.get(f"/api/v1/macros/{made['id']}")).json()["figures"]
    counted = {k: figures[k] for k in ("used", "agents", "unchanged", "edited", "dropped")}
    assert counted == {"used": 3, "agents": 1, "unchanged": 1, "edited": 1, "dropped": 1}
    by = (await desk.api.get(f"/api/v1/macros/{made['id']}/usage")).json()["items"]
    assert [(one["agent_id"], one["used"]) for one in by] == [(bo_id, 3)]


async def test_files_travel_with_the_text(desk: Desk) -> None:
    bo, _ = await agent(desk)
    admin = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=admin) as ada, bo:
        file = await ada.post(
            "/api/v1/files", files={"file": ("form.txt", b"fill in", "text/plain")}
        )
        body = {"title": "Form", "reach": "all", "attachments": [file.json()["id"]]}
        theirs = await bo.post("/api/v1/macros", json={**body, "reach": "me"})
        assert theirs.status_code == 422  # an id alone opens no file
        made = (await ada.post("/api/v1/macros", json=body)).json()
        one = await ticket(desk)
        path = f"/api/v1/tickets/{one['id']}"
        applied = (await bo.post(f"{path}/macros/{made['id']}")).json()
        names = [part["id"] for part in applied["attachments"]]
        sent = await bo.post(f"{path}/messages", json={"body": "x", "attachments": names})
        assert sent.status_code == 201, sent.text
        assert (await bo.get(applied["attachments"][0]["url"])).content == b"fill in"


def test_typing_in_pinyin_has_what_it_needs() -> None:
    assert pinyin.readings("退款 VIP").split() == ["tui", "kuan,xin", "vip"]
    assert "chong" in pinyin.readings("重庆")
    assert pinyin.readings("Refund") == ""


def test_language_choice() -> None:
    variants = [Variant("en", "E"), Variant("zh-CN", "S"), Variant("zh-TW", "T")]
    chosen = [texts.choose(variants, x) for x in ("zh-TW", "zh-HK", "en-GB", "fr")]
    assert [one.body for one in chosen if one] == [*"TSEE"]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{customer.name|您好}}", "您好"),
        ("{{ customer.name | there }}!", "there!"),
        ("{{date.today}}", "22 November 2026"),
        ("{{date.today + 9}}", "1 December 2026"),
        ("{{ticket.field.order}} {{ticket.field.none|-}}", "A-7 -"),
        ("{not} {{agent.name}}", "{not} Ada"),
    ],
)
def test_filling(text: str, filled: str) -> None:
    values = texts.Values(
        values={"agent.name": "Ada"},
        fields={"order": "A-7"},
        locale="en",
        now=datetime(2026, 11, 22, 10, tzinfo=UTC),
    )
    texts.check(text, place="x")
    assert texts.fill(text, values).text == filled


def test_outcomes() -> None:
    assert using.outcome("abc def", "abc  def") == "unchanged"
    assert using.outcome("Please restart it now", "Please restart it tomorrow") == "edited"
    assert using.outcome("Please restart it now", "Goodbye!") == "dropped"
