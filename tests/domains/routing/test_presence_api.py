"""Presence over HTTP."""

from __future__ import annotations

from tests.domains.identity.people import browser, sign_in
from tests.support.desk import Desk


async def test_an_agent_says_whether_they_take_work(desk: Desk) -> None:
    async with browser(desk) as page:
        await sign_in(page)
        answer = await page.put("/api/v1/presence", json={"state": "online"})
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"state": "online", "capacity": 10, "load": 0}
        states = (await page.get("/api/v1/agents/states")).json()["items"]
        assert [(one["id"], one["state"]) for one in states] == [
            (str(desk.created.admin_id), "online")
        ]
        me = (await page.get("/api/v1/auth/me")).json()
        assert me["presence"] == {"state": "online", "capacity": 10, "load": 0}
        assert (await page.put("/api/v1/presence", json={"state": "busy"})).status_code == 422
    refused = await desk.api.put("/api/v1/presence", json={"state": "online"})
    assert (refused.status_code, refused.json()["code"]) == (403, "needs_agent")
    said = await desk.events("presence.changed")
    assert [(one.data["previous"], one.data["state"]) for one in said] == [("offline", "online")]
