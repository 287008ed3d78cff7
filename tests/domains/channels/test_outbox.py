"""What an outgoing message is made of is read by keys, however many conversations there are."""

from __future__ import annotations

from tests.support.desk import Desk
from yizhan.domains.channels import outbox


async def test_where_a_conversation_was_split_from_is_found_by_its_key(desk: Desk) -> None:
    async with desk.as_system() as tx:
        await tx.db.execute("SET LOCAL enable_seqscan = off")
        plan = await tx.db.fetch(f"EXPLAIN {outbox.CONTENT}", tx.workspace_id, 1)
    found = [row[0] for row in plan if "split_from" in row[0]]
    assert found
    assert all("Index Cond" in line for line in found)
