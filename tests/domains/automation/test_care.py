"""What goes with actions: signed calls, formatted texts, typed values, an end for change sets, rights."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from tests.domains.automation.test_macros import agent, macro, ticket
from tests.domains.webhooks.sink import Sink, listening
from tests.support import desk as support
from tests.support.desk import Desk
from yizhan.domains.automation import jobs
from yizhan.domains.identity import permissions
from yizhan.kernel.db import Database

HERE = ("127.0.0.1/32",)


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    """A receiver that is up."""
    async with listening() as receiver:
        yield receiver


async def test_calls_are_signed_and_an_old_secret_goes_on_for_a_day(
    database: Database, tmp_path: Path, sink: Sink
) -> None:
    async with support.open_desk(database, tmp_path, egress_allow=HERE) as desk:
        call = {"action": "call_webhook", "params": {"url": sink.url}}
        first = (await desk.api.post("/api/v1/actions/secret")).json()["secret"]
        assert (await desk.api.get("/api/v1/actions/secret")).json()["secret"] is None
        one = await ticket(desk)
        path = f"/api/v1/tickets/{one['id']}/actions"
        assert (await desk.api.post(path, json={"actions": [call]})).status_code == 200
        await desk.run_jobs(only="automation.call")
        second = (await desk.api.post("/api/v1/actions/secret")).json()["secret"]
        assert (await desk.api.post(path, json={"actions": [call]})).status_code == 200
        await desk.run_jobs(only="automation.call")
        early, late = sink.requests
        assert Receiver(first).verify(early[1], early[0])["ticket"]["id"] == one["id"]
        for secret in (first, second):
            Receiver(secret).verify(late[1], late[0])
        stranger = "whsec_" + base64.b64encode(b"s" * 32).decode()
        with pytest.raises(WebhookVerificationError):
            Receiver(stranger).verify(late[1], late[0])
        lead, _ = await agent(desk, role="lead", name="Lea")
        async with lead:
            assert (await lead.post("/api/v1/actions/secret")).status_code == 403


async def test_a_formatted_text_keeps_its_format_and_loses_what_is_foreign(desk: Desk) -> None:
    made = await macro(
        desk,
        variants=[
            {
                "locale": "en",
                "body": "Dear {{customer.name}}",
                "html": "<p>Dear <strong>{{customer.name|you &amp; yours}}</strong>"
                "<script>alert(1)</script><img src=x onerror=y></p>",
            }
        ],
    )
    kept = made["variants"][0]["html"]
    assert "script" not in kept
    assert "img" not in kept
    one = await ticket(desk, requester={"email": "x@example.test", "name": "A <b> & Sons"})
    applied = (await desk.api.post(f"/api/v1/tickets/{one['id']}/macros/{made['id']}")).json()
    assert applied["html"] == "<p>Dear <strong>A &lt;b&gt; &amp; Sons</strong></p>"
    assert applied["text"] == "Dear A <b> & Sons"
    plain = await macro(
        desk, title="plain", variants=[{"locale": "en", "body": "Hi", "html": "<p>Hi</p>"}]
    )
    assert plain["variants"][0]["html"] == ""
    wrong = {"locale": "en", "body": "Hi", "html": "<p><em>{{customer.nme}}</em></p>"}
    refused = await desk.api.post(
        "/api/v1/macros", json={"title": "x", "reach": "all", "variants": [wrong]}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_variable")


async def test_a_value_that_the_field_cannot_take_is_refused_when_it_is_set_up(desk: Desk) -> None:
    kinds = [("size", "number", {}), ("price", "money", {"config": {"currencies": ["CNY"]}})]
    for key, kind, more in kinds:
        body = {"object": "ticket", "key": key, "type": kind, "name": {"en": key}, **more}
        assert (await desk.api.post("/api/v1/fields", json=body)).status_code == 201

    async def made(field: str, value: Any) -> int:
        step = {"action": "set_field", "params": {"field": field, "value": value}}
        answer = await desk.api.post(
            "/api/v1/macros", json={"title": field, "reach": "all", "actions": [step]}
        )
        return answer.status_code

    assert await made("size", "large") == 422
    assert await made("colour", "red") == 422
    assert await made("size", 5) == 201
    assert await made("price", {"amount": "5", "currency": "CNY"}) == 201


async def test_change_sets_and_bulk_work_end_when_the_workspace_says_so(desk: Desk) -> None:
    one = await ticket(desk)
    step = {"action": "set_priority", "params": {"priority": "high"}}
    await desk.api.post(f"/api/v1/tickets/{one['id']}/actions", json={"actions": [step]})
    low = {"action": "set_priority", "params": {"priority": "low"}}
    await desk.api.post("/api/v1/bulk", json={"selection": {"ids": [one["id"]]}, "actions": [low]})
    await desk.run_jobs()
    assert await jobs.prune(desk.edge) == 0
    async with desk.as_system() as tx:
        for table, column in (("action_run", "at"), ("bulk", "finished_at")):
            await tx.db.execute(
                f"UPDATE {table} SET {column} = {column} - interval '40 days' WHERE workspace_id = $1",
                tx.workspace_id,
            )
    assert await jobs.prune(desk.edge) == 0
    settings = {"settings": {"change_set_days": 30}}
    assert (await desk.api.patch("/api/v1/workspace", json=settings)).status_code == 200
    assert await jobs.prune(desk.edge) == 4  # two change sets, one ticket of bulk work, the work
    runs = (await desk.api.get(f"/api/v1/tickets/{one['id']}/actions")).json()["items"]
    assert runs == []
    assert (await desk.api.get("/api/v1/bulk")).json()["items"] == []


NEW_RIGHTS = {"view:share", "macro:manage", "bulk:run"}
LATER_RIGHTS = {"learning:manage", "learning:label"}  # of which that migration cannot know


async def test_leads_of_older_workspaces_get_the_rights_of_new_ones(desk: Desk) -> None:
    """The statement of the migration, on roles as they were."""
    folder = Path(__file__).parents[3] / "src/yizhan/migrations"
    statement = (
        (folder / "0168_lead_rights_again.sql").read_text().rpartition("SELECT yizhan_protect")[0]
    )
    before = [
        {"permission": one.permission, "scope": one.scope}
        for one in permissions.DEFAULT_ROLES["lead"][1]
        if one.permission not in NEW_RIGHTS | LATER_RIGHTS
    ]
    changed = [one for one in before if one["permission"] != "contact:merge"]
    lead = desk.created.roles["lead"]

    async def after(grants: list[dict[str, Any]]) -> set[str]:
        async with desk.as_system() as tx:
            await tx.db.execute(
                "UPDATE role SET grants = $3 WHERE workspace_id = $1 AND id = $2",
                tx.workspace_id,
                lead,
                grants,
            )
            await tx.db.execute(statement)
            found = await tx.db.fetchval(
                "SELECT grants FROM role WHERE workspace_id = $1 AND id = $2", tx.workspace_id, lead
            )
        return {one["permission"] for one in found}

    assert await after(before) == {one["permission"] for one in before} | NEW_RIGHTS
    assert await after(changed) == {one["permission"] for one in changed}
    narrowed = [{**one, "scope": "team"} for one in before]
    assert await after(narrowed) == {one["permission"] for one in narrowed}
