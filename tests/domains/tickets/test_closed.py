"""A closed ticket is final: what follows is a follow-up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk import Desk

NEW = {"subject": "Broken", "body": "Hello", "requester": {"email": "li@example.test"}}


async def _closed(desk: Desk) -> str:
    made = await desk.api.post("/api/v1/tickets", json=NEW)
    path = f"/api/v1/tickets/{made.json()['id']}"
    closed = await desk.api.patch(path, json={"status": "closed"})
    assert closed.status_code == 200, closed.text
    return path


@pytest.mark.parametrize(
    "change",
    [
        {"tags": ["late"]},
        {"fields": {"order": "7"}},
        {"subject": "Mended"},
        {"priority": "high"},
        {"team_id": None, "assignee_id": "me"},
        {"status": "open"},
        {"status": "open", "tags": ["late"]},
    ],
)
async def test_nothing_of_it_changes(desk: Desk, change: dict[str, Any]) -> None:
    path = await _closed(desk)
    if change.get("assignee_id") == "me":
        change = {**change, "assignee_id": str(desk.created.admin_id)}
    before = (await desk.api.get(path)).json()
    refused = await desk.api.patch(path, json=change)
    assert (refused.status_code, refused.json()["code"]) == (409, "ticket_closed")
    assert (await desk.api.get(path)).json() == before


async def test_the_same_again_is_no_change(desk: Desk) -> None:
    path = await _closed(desk)
    same = await desk.api.patch(path, json={"status": "closed", "subject": NEW["subject"]})
    assert same.status_code == 200


async def test_the_screen_is_told_not_to_offer_it_and_notes_go_on(desk: Desk) -> None:
    path = await _closed(desk)
    ticket = (await desk.api.get(path)).json()
    assert ticket["allowed_statuses"] == []
    assert not {"ticket:edit", "ticket:assign"} & set(ticket["abilities"])
    note = await desk.api.post(f"{path}/messages", json={"body": "x", "visibility": "internal"})
    assert note.status_code == 201


async def test_of_many_only_the_closed_one_is_refused(desk: Desk) -> None:
    closed = (await _closed(desk)).rpartition("/")[2]
    other = (await desk.api.post("/api/v1/tickets", json=NEW)).json()["id"]
    body = {"ids": [closed, other], "changes": {"tags": ["sale"]}}
    done = (await desk.api.post("/api/v1/tickets/bulk", json=body)).json()
    assert done["changed"] == [other]
    assert [(one["id"], one["code"]) for one in done["refused"]] == [(closed, "ticket_closed")]


async def test_a_workspace_may_let_a_closed_ticket_be_opened_again(desk: Desk) -> None:
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE ticket_status SET allowed = '{open}' WHERE workspace_id = $1 AND id = 'closed'",
            desk.workspace_id,
        )
    path = await _closed(desk)
    ticket = (await desk.api.get(path)).json()
    assert ticket["allowed_statuses"] == ["open"]
    assert "ticket:edit" in ticket["abilities"]
    opened = await desk.api.patch(path, json={"status": "open", "tags": ["again"]})
    assert (opened.status_code, opened.json()["tags"]) == (200, ["again"])
