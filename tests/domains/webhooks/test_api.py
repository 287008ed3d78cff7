"""Webhooks over HTTP: who may, what is shown, what is kept secret."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from standardwebhooks import Webhook as Receiver

from tests.domains.webhooks.sink import Sink
from tests.support import desk as support
from tests.support.desk import Desk
from yizhan.kernel import log
from yizhan.kernel.db import Database

TICKET = {
    "subject": "耳机连不上",
    "body": "右耳没有声音",
    "requester": {"email": "li.na@example.test", "name": "李娜"},
}
URL = "https://hooks.example.com/in"


async def test_a_webhook_is_managed_and_its_secret_shown_once(desk: Desk) -> None:
    body = {"url": URL, "events": ["ticket.*", "message.received"], "name": "ERP"}
    made = await desk.api.post("/api/v1/webhooks", json=body)
    assert made.status_code == 201, made.text
    hook = made.json()
    assert hook["secret"].startswith("whsec_")
    assert (hook["state"], hook["active"], hook["events"]) == ("ok", True, body["events"])
    (listed,) = (await desk.api.get("/api/v1/webhooks")).json()["items"]
    assert "secret" not in listed
    assert listed["url"] == URL
    place = f"/api/v1/webhooks/{hook['id']}"
    changed = (await desk.api.patch(place, json={"active": False})).json()
    assert (changed["state"], changed["name"]) == ("disabled", "ERP")
    rotated = (await desk.api.post(f"{place}/secret")).json()
    assert rotated["secret"] not in ("", hook["secret"])
    assert (await desk.api.delete(place)).status_code == 204
    assert (await desk.api.get("/api/v1/webhooks")).json()["items"] == []
    logged = await desk.events()
    assert hook["secret"] not in str(logged)


async def test_what_the_api_does_reaches_the_receiver(
    database: Database, tmp_path: Path, sink: Sink
) -> None:
    allow = ("127.0.0.1/32",)
    wanted = {"url": sink.url, "events": ["ticket.*", "message.*"]}
    async with support.open_desk(database, tmp_path, egress_allow=allow) as desk:
        hook = (await desk.api.post("/api/v1/webhooks", json=wanted)).json()
        ticket = (await desk.api.post("/api/v1/tickets", json=TICKET)).json()

        async def arrived() -> bool:
            await desk.run_jobs()
            return len(sink.accepted) >= 2

        await support.eventually(arrived)
    assert [body["type"] for body in sink.accepted] == ["ticket.created", "message.received"]
    for (headers, body), accepted in zip(sink.requests, sink.accepted, strict=True):
        verified = Receiver(hook["secret"]).verify(body, headers)
        assert verified["data"]["ticket_id"] == ticket["id"]
        assert accepted["data"]["ticket"] == {
            "id": ticket["id"],
            "number": ticket["number"],
            "status": "new",
        }


async def test_a_test_event_is_delivered_or_says_why_not(desk: Desk) -> None:
    hook = (await desk.api.post("/api/v1/webhooks", json={"url": URL})).json()
    place = f"/api/v1/webhooks/{hook['id']}"
    queued = await desk.api.post(f"{place}/test")
    assert (queued.status_code, queued.json()["state"]) == (202, "pending")
    assert (await desk.waiting_jobs("webhooks.send")) == 1
    found = (await desk.api.get(f"{place}/deliveries", params={"state": "pending"})).json()
    assert [row["id"] for row in found["items"]] == [queued.json()["id"]]
    again = await desk.api.post(f"{place}/deliveries/{queued.json()['id']}/replay")
    assert again.json()["event_id"] == queued.json()["event_id"]
    started = await desk.api.post(f"{place}/replay", json={"after": "0-0"})
    assert (started.status_code, started.json()) == (202, {"started": True})
    since = await desk.api.post(f"{place}/replay", json={"since": "2026-01-01T00:00:00Z"})
    assert (since.status_code, since.json()) == (202, {"started": True})
    for neither in ({}, {"after": "0-0", "since": "2026-01-01T00:00:00Z"}):
        assert (await desk.api.post(f"{place}/replay", json=neither)).status_code == 422


async def test_a_moment_is_a_place_in_the_log(desk: Desk) -> None:
    for _ in range(3):
        await desk.api.post("/api/v1/tickets", json=TICKET)
    events = await desk.events("ticket.created")
    async with desk.as_system() as tx:
        place = await log.before(tx, events[1].at)
        found = await log.read(tx, after=place)
        assert [row.id for row in found if row.type == "ticket.created"] == [
            events[1].id,
            events[2].id,
        ]
        assert await log.before(tx, tx.now + timedelta(hours=1)) == await log.end(tx)


async def test_wrong_values_are_refused_with_a_code(desk: Desk) -> None:
    wanted = [
        ({"url": "http://127.0.0.1/hook"}, 422, "egress_refused"),
        ({"url": URL, "events": ["ticket.exploded"]}, 422, "unknown_event_type"),
        ({"url": URL, "events": []}, 422, "invalid"),
        ({"url": URL, "surprise": 1}, 422, "invalid"),
    ]
    for body, status, code in wanted:
        answer = await desk.api.post("/api/v1/webhooks", json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
    assert (await desk.api.get("/api/v1/webhooks/7/deliveries")).status_code == 404
    hook = (await desk.api.post("/api/v1/webhooks", json={"url": URL})).json()
    wrong = await desk.api.post(f"/api/v1/webhooks/{hook['id']}/replay", json={"after": "soon"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_cursor")


async def test_only_who_manages_webhooks_sees_them(desk: Desk) -> None:
    hook = (await desk.api.post("/api/v1/webhooks", json={"url": URL})).json()
    token = await support.api_token(
        desk.database, desk.workspace_id, scopes=("ticket:read", "audit:read")
    )
    async with support.client(desk.app, token=token) as other:
        for method, path in (
            ("GET", "/webhooks"),
            ("GET", "/webhooks/event-types"),
            ("POST", f"/webhooks/{hook['id']}/test"),
            ("GET", f"/webhooks/{hook['id']}/deliveries"),
            ("POST", f"/webhooks/{hook['id']}/secret"),
            ("DELETE", f"/webhooks/{hook['id']}"),
        ):
            answer = await other.request(method, f"/api/v1{path}")
            assert answer.status_code == 403, (method, path)
    types = (await desk.api.get("/api/v1/webhooks/event-types")).json()["items"]
    assert "ticket.created" in types
    assert not [one for one in types if one.startswith("webhook.")]
