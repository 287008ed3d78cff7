"""Inboxes and quarantine over HTTP: who may, what changes, what a check says."""

from __future__ import annotations

import pytest

from tests.domains.channels import fakes
from tests.support.desk import Desk, api_token, client, make_workspace


async def test_settings_that_are_not_sent_stay_and_an_empty_secret_goes(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    url = f"/api/v1/inboxes/{fake.inbox.id}"
    changed = (await desk.api.patch(url, json={"settings": {"poll_seconds": 9.5}})).json()
    assert changed["settings"] == {"account": fake.account, "poll_seconds": 9.5}
    assert changed["secrets_set"] == ["secret"]
    assert changed["version"] == 2
    assert (await fake.say("still signed the same way")).status_code == 200
    emptied = (await desk.api.patch(url, json={"settings": {"secret": ""}})).json()
    assert emptied["secrets_set"] == []
    # Without a secret nothing is genuine.
    assert (await fake.say("now nothing passes")).status_code == 401
    same = (await desk.api.patch(url, json={"name": changed["name"]})).json()
    assert same["version"] == emptied["version"]


async def test_check_says_line_by_line_what_works(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    url = f"/api/v1/inboxes/{fake.inbox.id}"
    good = (await desk.api.post(f"{url}/check")).json()
    assert good["ok"] is True
    await desk.api.patch(url, json={"settings": {"secret": "short"}})
    bad = (await desk.api.post(f"{url}/check")).json()
    assert bad["ok"] is False
    assert bad["checks"][0]["code"] == "secret"


async def test_inbox_shows_where_it_is_found(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    shown = (await desk.api.get(f"/api/v1/inboxes/{fake.inbox.id}")).json()
    assert shown["embed"]["webhook_url"].endswith(fake.path)


async def test_deleted_inbox_leaves_its_tickets(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.say("hello")
    await desk.run_jobs()
    assert (await desk.api.delete(f"/api/v1/inboxes/{fake.inbox.id}")).status_code == 204
    (ticket,) = await fakes.tickets(desk)
    full = (await desk.api.get(f"/api/v1/tickets/{ticket['id']}")).json()
    assert full["conversations"][0]["can_reply"] is False
    assert (await fake.say("again")).status_code == 404


@pytest.mark.parametrize(
    ("scope", "path", "status"),
    [
        ("ticket:read", "/api/v1/quarantine", 403),
        ("quarantine:read", "/api/v1/quarantine", 200),
        ("ticket:read", "/api/v1/inboxes", 200),
        ("contact:read", "/api/v1/inboxes", 403),
    ],
)
async def test_rights(desk: Desk, scope: str, path: str, status: int) -> None:
    await fakes.add_inbox(desk)
    token = await api_token(desk.database, desk.workspace_id, scopes=(scope,))
    async with client(desk.app, token=token) as somebody:
        answer = await somebody.get(path)
    assert answer.status_code == status
    if path.endswith("inboxes") and status == 200:
        (inbox,) = answer.json()["items"]
        assert (inbox["settings"], inbox["secrets_set"], inbox["embed"]) == ({}, [], {})


async def test_other_workspace_finds_nothing(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post({"type": "ignore", "id": "i1"}, {"type": "message", "id": "m", "from": "u"})
    await desk.run_jobs()
    (item,) = (await desk.api.get("/api/v1/quarantine?state=ignored")).json()["items"]
    (ticket,) = await fakes.tickets(desk)
    (message,) = await fakes.messages(desk, ticket["id"])
    other = await make_workspace(desk.edge, name="Other", email="b@b.test")
    token = await api_token(desk.database, int(other.workspace.id))
    async with client(desk.app, token=token) as stranger:
        for path in (
            f"/api/v1/inboxes/{fake.inbox.id}",
            f"/api/v1/quarantine/{item['id']}",
            f"/api/v1/quarantine/{item['id']}/raw",
            f"/api/v1/messages/{message['id']}/raw",
            f"/api/v1/contacts/{ticket['requester']['id']}",
        ):
            assert (await stranger.get(path)).status_code == 404, path
        release = await stranger.post(f"/api/v1/quarantine/{item['id']}/release")
        assert release.status_code == 404
        check = await stranger.post(f"/api/v1/inboxes/{fake.inbox.id}/check")
        assert check.status_code == 404


async def test_reading_raw_and_letting_in_leave_a_trace(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post({"type": "ignore", "id": "i1"}, {"type": "message", "id": "m", "from": "u"})
    await desk.run_jobs()
    (item,) = (await desk.api.get("/api/v1/quarantine?state=ignored")).json()["items"]
    (ticket,) = await fakes.tickets(desk)
    (message,) = await fakes.messages(desk, ticket["id"])
    for path in (f"/api/v1/quarantine/{item['id']}/raw", f"/api/v1/messages/{message['id']}/raw"):
        assert (await desk.api.get(path)).status_code == 200
    assert (await desk.api.post(f"/api/v1/quarantine/{item['id']}/discard")).status_code == 200
    await desk.run_jobs()
    rows = (await desk.api.get("/api/v1/audit?action=sensitive.read")).json()["items"]
    assert [(row["object"]["kind"], row["object"]["id"]) for row in reversed(rows)] == [
        ("envelope", item["id"]),
        ("message", message["id"]),
    ]
    (decided,) = (await desk.api.get("/api/v1/audit?action=envelope")).json()["items"]
    assert decided["action"] == "envelope.discarded"
    assert decided["object"]["id"] == item["id"]
