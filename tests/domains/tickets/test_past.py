"""Any ticket as it was: what somebody saw at a moment is what the history says of that moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.support.desk import Desk

NEW = {
    "subject": "Left earbud is silent",
    "body": "It stopped after the update.",
    "requester": {"email": "ana@example.test", "name": "Ana"},
}
# What a moment of the past cannot have: it cannot be changed, and reading belongs to today.
_TODAY = {"version", "unread", "draft", "allowed_statuses", "abilities", "updated_at"}


def _moment(value: Any) -> Any:
    """Times as times: the database and the application write them differently."""
    if isinstance(value, str) and value[:2] == "20" and "T" in value:
        return datetime.fromisoformat(value)
    return value


def _then(ticket: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: _moment(value) for name, value in ticket.items() if name not in _TODAY
    }
    for talk in found["conversations"]:
        talk.pop("can_reply")
        talk.pop("reason")
    return found


async def test_every_moment_is_shown_as_it_was_seen(desk: Desk) -> None:
    made = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    path = f"/api/v1/tickets/{made['id']}"
    seen: list[tuple[datetime, dict[str, Any]]] = []

    async def look() -> None:
        ticket = (await desk.api.get(path)).json()
        seen.append((datetime.now(UTC), _then(ticket)))

    async def say(body: str, visibility: str) -> dict[str, Any]:
        answer = await desk.api.post(
            f"{path}/messages", json={"body": body, "visibility": visibility}
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    await look()
    await desk.api.patch(path, json={"priority": "high", "tags": ["耳机"], "fields": {"sku": "X1"}})
    await look()
    await desk.api.patch(path, json={"snoozed_until": "2099-05-01T09:00:00+08:00"})
    await look()
    await say("Does a reset help?", "public")
    await look()
    await say("Known fault of lot 7.", "internal")
    await look()
    await desk.api.patch(path, json={"status": "resolved"})
    await look()
    await desk.api.patch(path, json={"subject": "Earbud", "status": "open"})
    await look()
    for moment, ticket in seen:
        past = await desk.api.get(path, params={"as_of": moment.isoformat()})
        assert past.status_code == 200, past.text
        assert _then(past.json()) == ticket
    early = await desk.api.get(path, params={"as_of": "2001-01-01T00:00:00Z"})
    assert early.status_code == 404


async def test_an_answer_goes_out_on_the_channel_that_was_asked_for(desk: Desk) -> None:
    made = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    path = f"/api/v1/tickets/{made['id']}/messages"
    wrong = await desk.api.post(path, json={"body": "Hello", "channel": "chat"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "no_conversation")
    right = await desk.api.post(path, json={"body": "Hello", "channel": "api"})
    assert right.status_code == 201, right.text


async def test_words_that_are_no_numbers_are_no_fault_of_ours(desk: Desk) -> None:
    for query in ({"q": "²"}, {"assignee": "²"}, {"team": "²"}, {"view": "team:²"}):
        answer = await desk.api.get("/api/v1/tickets", params=query)
        assert answer.status_code in (200, 422), answer.text
    deep = await desk.api.post(
        "/api/v1/tickets", content=b"[" * 50_000, headers={"Content-Type": "application/json"}
    )
    assert (deep.status_code, deep.json()["code"]) == (400, "too_deep")
    for path in ("/assets/%00", f"/{'a' * 5000}"):
        found = await desk.api.get(path)
        assert found.status_code in (200, 404, 503), found.text  # 503: the app is not built here
