"""Counts of views reach an open page by themselves, and only those of its reader."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.domains.identity import people
from tests.support.desk import Desk, agent_actor, eventually
from yizhan.domains.realtime.hub import Connection, Hub

URGENT = {"all": [{"field": "category", "op": "in", "value": ["new", "open"]},
                  {"field": "priority", "op": "is", "value": "urgent"}]}  # fmt: skip


class Page:
    """An open page of an agent: what it was told last."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.counts: dict[str, Any] = {}
        self.frames = 0

    def told(self) -> dict[str, int]:
        while self.connection.queue:
            frame = self.connection.queue.popleft()
            if frame.event == "views":
                self.counts = msgspec.json.decode(frame.data)["counts"]
                self.frames += 1
        return {view: count["count"] for view, count in self.counts.items()}


async def _open(desk: Desk, hub: Hub, agent_id: str) -> Page:
    async def again() -> Any:
        return await agent_actor(desk.database, desk.workspace_id, int(agent_id))

    connection = Connection(await again(), again)
    await hub.join(connection)
    return Page(connection)


async def test_counts_come_to_each_reader_as_the_desk_moves(desk: Desk) -> None:
    lin = await people.add_agent(desk, "lin@example.test")
    wu = await people.add_agent(desk, "wu@example.test")
    team = (await desk.api.post("/api/v1/teams", json={"name": "L", "members": [lin]})).json()["id"]
    view = (
        await desk.api.post(
            "/api/v1/views", json={"name": "U", "condition": URGENT, "sharing": {"all": True}}
        )
    ).json()["id"]
    await desk.edge.feed.start()
    hub = Hub(desk.edge)
    first, second = await _open(desk, hub, lin), await _open(desk, hub, wu)
    try:
        made = await desk.api.post(
            "/api/v1/tickets",
            json={"subject": "S", "body": "B", "priority": "urgent", "team_id": team,
                  "requester": {"email": "a@b.example"}},
        )  # fmt: skip
        ticket = made.json()["id"]
        await eventually(lambda: first.told().get(view) == 1 and first.told()["unassigned"] == 1)
        await eventually(lambda: second.told().get(view) == 0)
        assert f"team:{team}" not in second.told()
        await desk.api.post(f"/api/v1/tickets/{ticket}/assign", json={"agent_id": wu})
        await eventually(lambda: second.told().get("mine") == 1)
        await eventually(lambda: first.told()["unassigned"] == 0 and first.told()[view] == 1)
        await desk.api.patch(f"/api/v1/tickets/{ticket}", json={"status": "resolved"})
        await eventually(lambda: first.told()[view] == 0 and second.told()["mine"] == 0)
        # What was told equals what is asked for anew.
        listed = {v["id"]: v["count"] for v in (await desk.api.get("/api/v1/views")).json()}
        assert listed["resolved"] == first.told()["resolved"] == 1
        before = first.frames
        await desk.api.patch(f"/api/v1/agents/{wu}", json={"name": "Wu 2"})
        assert first.told()
        assert first.frames == before  # nothing moved: nothing is told
    finally:
        hub.leave(first.connection)
        hub.leave(second.connection)
        await desk.edge.feed.close()
