"""Answers to repeated requests are remembered for a day, and no longer."""

from __future__ import annotations

from tests.support.desk import Desk
from yizhan.kernel import upkeep

NEW = {"subject": "a", "body": "b", "requester": {"email": "c@example.test"}}


async def test_an_idempotency_key_is_forgotten_after_a_day(desk: Desk) -> None:
    headers = {"Idempotency-Key": "k"}
    first = (await desk.api.post("/api/v1/tickets", json=NEW, headers=headers)).json()
    await upkeep.once(desk.database)
    again = (await desk.api.post("/api/v1/tickets", json=NEW, headers=headers)).json()
    assert again["id"] == first["id"]
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE idempotency SET created_at = now() - interval '25 hours' WHERE workspace_id = $1",
            tx.workspace_id,
        )
    await upkeep.once(desk.database)
    late = (await desk.api.post("/api/v1/tickets", json=NEW, headers=headers)).json()
    assert late["id"] != first["id"]
