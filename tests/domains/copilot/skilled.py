"""Customers write, messages are read as told, skills look at them: without an encoder, in milliseconds."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk
from yizhan.domains.copilot.contract import Level
from yizhan.domains.copilot.skills import repository
from yizhan.domains.copilot.skills.types import Standing
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.domains.understanding.reading.heads import Asked
from yizhan.domains.understanding.service import knowing
from yizhan.domains.understanding.types import Reading, Settings

EASY = {
    "suggest": {"results": 5, "share": 0.5},
    "approve": {"results": 5, "share": 0.5},
    "act": {"results": 5, "share": 0.5},
    "newest": 5,
    "least": 3,
    "in_a_row": 2,
}


async def wrote(desk: Desk, text: str, *, ticket: str | None = None, **read: Any) -> str:
    """A customer writes, and this was read in it: ``intent="x"``, ``urgency="high"``. The ticket's id."""
    if ticket is None:
        made = await desk.api.post(
            "/api/v1/tickets",
            json={"subject": "问题", "body": text, "requester": {"email": "c@example.test", "name": "王小明"}},
        )  # fmt: skip
        ticket = str(made.json()["id"])
    else:
        async with desk.as_system() as tx:
            talk = await tx.db.fetchrow(
                "SELECT id, contact_id, channel FROM conversation WHERE workspace_id = $1 AND ticket_id = $2",
                tx.workspace_id,
                int(ticket),
            )
            assert talk is not None
            incoming = Received(
                channel=talk["channel"],
                contact_id=talk["contact_id"],
                author_name="王小明",
                text=text,
                conversation_id=talk["id"],
            )
            await tickets.receive(tx, incoming)
    await was_read(desk, ticket, text, **read)
    await desk.run_jobs()
    return ticket


async def was_read(desk: Desk, ticket: str, text: str, **read: Any) -> int:
    """The newest message of a ticket was understood. Its id."""
    async with desk.as_system() as tx:
        message_id = await tx.db.fetchval(
            "SELECT last_customer_message_id FROM ticket WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            int(ticket),
        )
        readings = [
            Reading(head=head, label=label, confidence=0.95, message_id=message_id, model="test")
            for head, label in {"language": "zh", **read}.items()
        ]
        asked = Asked(message_id=message_id, ticket_id=int(ticket), text=text)
        await knowing.take_in(tx, asked, readings=readings, ms=1.0, settings=Settings())
    return int(message_id)


async def at_level(
    desk: Desk, skill: str, level: Level, *, intent: str = "", ceiling: str = "act"
) -> None:
    """A skill that has earned a level."""
    allowed = await desk.api.put(f"/api/v1/copilot/skills/{skill}", json={"ceiling": ceiling})
    assert allowed.status_code == 200, allowed.text
    async with desk.as_system() as tx:
        await repository.put_standing(
            tx, Standing(skill=skill, intent=intent, level=level, since=tx.now, why="earned")
        )


async def decided(desk: Desk, skill: str) -> list[dict[str, Any]]:
    """All that a skill decided, as the administrator sees it, the newest first."""
    found = await desk.api.get(f"/api/v1/copilot/skills/{skill}/decisions")
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def shown(desk: Desk, ticket: str) -> list[dict[str, Any]]:
    """What whoever works on the ticket sees."""
    found = await desk.api.get(f"/api/v1/tickets/{ticket}/copilot/skills")
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def answer(desk: Desk, ticket: str, decision: dict[str, Any], do: str) -> Any:
    path = f"/api/v1/tickets/{ticket}/copilot/skills/{decision['id']}"
    return await desk.api.post(path, json={"do": do})


async def standing(desk: Desk, skill: str, intent: str = "") -> dict[str, Any]:
    """Where a skill stands."""
    everything = (await desk.api.get("/api/v1/copilot/skills")).json()["items"]
    mine = next(one for one in everything if one["id"] == skill)
    found: dict[str, Any] = next(one for one in mine["standings"] if one["intent"] == intent)
    return found


async def change(desk: Desk, ticket: str, **values: Any) -> None:
    changed = await desk.api.patch(f"/api/v1/tickets/{ticket}", json=values)
    assert changed.status_code == 200, changed.text
    await desk.run_jobs()


async def read(desk: Desk, ticket: str) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.api.get(f"/api/v1/tickets/{ticket}")).json()
    return found
