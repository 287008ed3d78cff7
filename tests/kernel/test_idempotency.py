"""The Idempotency-Key on everything that is posted."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import pytest

from tests.support import desk as support
from tests.support.desk import Desk

KEY = {"Idempotency-Key": "order-1"}

MAKING: list[tuple[str, dict[str, Any]]] = [
    ("/api/v1/contacts", {"name": "Zhou"}),
    ("/api/v1/companies", {"name": "Acme"}),
    ("/api/v1/brands", {"name": "Second"}),
    ("/api/v1/units", {"name": "North"}),
    ("/api/v1/teams", {"name": "Returns"}),
    ("/api/v1/agents", {"name": "Bo", "email": "bo@example.test"}),
    ("/api/v1/roles", {"name": "Night shift"}),
    ("/api/v1/tokens", {"name": "robot", "scopes": ["ticket:read"]}),
    ("/api/v1/webhooks", {"url": "https://example.test/hook", "events": ["*"]}),
    ("/api/v1/tickets", {"subject": "Hi", "body": "x", "requester": {"email": "a@example.test"}}),
]


async def _count(desk: Desk, path: str) -> int:
    return len((await desk.api.get(path)).json()["items"])


@pytest.mark.parametrize(("path", "body"), MAKING)
async def test_what_is_made_is_made_once(desk: Desk, path: str, body: dict[str, Any]) -> None:
    before = await _count(desk, path)
    first, second = [await desk.api.post(path, json=body, headers=KEY) for _ in range(2)]
    assert first.status_code == second.status_code == 201, first.text
    assert first.json() == second.json()
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await _count(desk, path) == before + 1


async def test_another_body_with_the_key_is_refused(desk: Desk) -> None:
    await desk.api.post("/api/v1/companies", json={"name": "Acme"}, headers=KEY)
    other = await desk.api.post("/api/v1/companies", json={"name": "Else"}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await _count(desk, "/api/v1/companies") == 1


async def test_a_key_belongs_to_an_operation_and_an_actor(desk: Desk) -> None:
    company = await desk.api.post("/api/v1/companies", json={"name": "Acme"}, headers=KEY)
    contact = await desk.api.post("/api/v1/contacts", json={"name": "Acme"}, headers=KEY)
    assert (company.status_code, contact.status_code) == (201, 201)
    token = await support.api_token(desk.database, desk.workspace_id)
    async with support.client(desk.app, token=token) as somebody_else:
        theirs = await somebody_else.post("/api/v1/companies", json={"name": "Acme"}, headers=KEY)
    assert theirs.status_code == 201
    assert theirs.json()["id"] != company.json()["id"]


async def test_two_at_once_make_one(desk: Desk) -> None:
    async def post() -> httpx2.Response:
        return await desk.api.post("/api/v1/companies", json={"name": "Acme"}, headers=KEY)

    answers = await asyncio.gather(*(post() for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 4
    assert await _count(desk, "/api/v1/companies") == 1


async def test_what_was_refused_may_be_tried_again(desk: Desk) -> None:
    weak = {"name": "Bo", "email": "bo@example.test", "password": "1"}
    refused = await desk.api.post("/api/v1/agents", json=weak, headers=KEY)
    assert refused.json()["code"] == "weak_password"
    better = weak | {"password": "long enough to be good"}
    made = await desk.api.post("/api/v1/agents", json=better, headers=KEY)
    assert made.status_code == 201


async def test_a_file_is_kept_once_whatever_the_boundary_of_its_form(desk: Desk) -> None:
    answers = [
        await desk.api.post(
            "/api/v1/files", files={"file": ("a.txt", b"hello", "text/plain")}, headers=KEY
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    other = await desk.api.post(
        "/api/v1/files", files={"file": ("a.txt", b"hullo", "text/plain")}, headers=KEY
    )
    assert other.json()["code"] == "idempotency_key_reused"


async def test_what_gives_nothing_is_also_done_once(desk: Desk) -> None:
    people = [
        (await desk.api.post("/api/v1/contacts", json={"name": name})).json()["id"]
        for name in ("Li", "Lee")
    ]
    merged = await desk.api.post(
        f"/api/v1/contacts/{people[0]}/merge", json={"other_id": people[1]}
    )
    undo = f"/api/v1/contacts/merges/{merged.json()['merge_id']}/undo"
    answers = [await desk.api.post(undo, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]


async def test_a_kept_secret_is_not_readable_in_the_database(desk: Desk) -> None:
    body = {"name": "robot", "scopes": ["ticket:read"]}
    made = await desk.api.post("/api/v1/tokens", json=body, headers=KEY)
    again = await desk.api.post("/api/v1/tokens", json=body, headers=KEY)
    assert again.json()["token"] == made.json()["token"]
    async with desk.as_system() as tx:
        kept = await tx.db.fetchval(
            "SELECT body FROM idempotency WHERE workspace_id = $1", desk.workspace_id
        )
    assert made.json()["token"].encode() not in bytes(kept)


@pytest.mark.parametrize("key", ["", "x" * 256])
async def test_a_key_has_a_length(desk: Desk, key: str) -> None:
    refused = await desk.api.post(
        "/api/v1/companies", json={"name": "A"}, headers={"Idempotency-Key": key}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_invalid")
