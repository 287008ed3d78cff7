"""Search: everybody finds their own, however common the word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.identity import people
from tests.support.desk import Desk
from yizhan.domains.tickets import listing

MOST = 3


async def _ticket(desk: Desk, n: int, *, team: str) -> str:
    body: dict[str, Any] = {
        "subject": f"Number {n}",
        "body": "an invoice again",
        "requester": {"email": f"c{n}@example.test"},
        "team_id": team,
    }
    return str((await desk.api.post("/api/v1/tickets", json=body)).json()["id"])


async def _team(desk: Desk, name: str, *members: str) -> str:
    made = await desk.api.post("/api/v1/teams", json={"name": name, "members": list(members)})
    return str(made.json()["id"])


async def test_a_narrow_role_finds_its_own_matches_of_a_common_word(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_FOUND", MOST)
    narrow = await people.add_agent(desk, "narrow@example.test")
    theirs, others = await _team(desk, "Theirs", narrow), await _team(desk, "Others")
    wanted = await _ticket(desk, 0, team=theirs)
    for n in range(1, MOST + 3):
        await _ticket(desk, n, team=others)
    async with people.browser(desk) as browser:
        await people.sign_in(browser, email="narrow@example.test", password=people.PASSWORD)
        hits = (await browser.get("/api/v1/search", params={"q": "invoice"})).json()["items"]
        rows = (await browser.get("/api/v1/tickets", params={"q": "invoice"})).json()["items"]
    assert [hit["id"] for hit in hits if hit["kind"] == "ticket"] == [wanted]
    assert [row["id"] for row in rows] == [wanted]


async def test_who_may_see_nothing_finds_nothing(desk: Desk) -> None:
    await _ticket(desk, 1, team=await _team(desk, "Others"))
    role = await desk.api.post(
        "/api/v1/roles", json={"name": "Searcher", "grants": [{"permission": "search:use"}]}
    )
    await people.add_agent(desk, "nobody@example.test", role_ids=[role.json()["id"]])
    async with people.browser(desk) as browser:
        await people.sign_in(browser, email="nobody@example.test", password=people.PASSWORD)
        hits = (await browser.get("/api/v1/search", params={"q": "invoice"})).json()["items"]
    assert hits == []


async def test_several_messages_of_a_ticket_are_one_hit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_FOUND", 2)
    team = await _team(desk, "All")
    first, second = await _ticket(desk, 1, team=team), await _ticket(desk, 2, team=team)
    for _ in range(3):
        note = {"body": "about the invoice", "visibility": "internal"}
        await desk.api.post(f"/api/v1/tickets/{second}/messages", json=note)
    rows = (await desk.api.get("/api/v1/tickets", params={"q": "invoice"})).json()["items"]
    assert {row["id"] for row in rows} == {first, second}
