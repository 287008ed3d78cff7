"""The recount finds what was done behind the log's back."""

from __future__ import annotations

import asyncpg
import pytest

from tests.support.desk import Desk
from yizhan.domains.tickets import service, verify
from yizhan.domains.tickets.types import Outgoing

NEW = {
    "subject": "发票抬头",
    "body": "请问怎么改发票抬头?",
    "requester": {"email": "w@example.test", "name": "王"},
}


async def _wrong(desk: Desk) -> set[str]:
    async with desk.as_system() as tx:
        found = await verify.check(tx, desk.edge.store)
    return {name for name, items in found.items() if items}


@pytest.mark.parametrize(
    ("fault", "finds"),
    [
        ("UPDATE ticket SET status = 'resolved', status_category = 'resolved'", "ticket_history"),
        ("UPDATE ticket SET tags = '{x}'", "ticket_history"),
        ("DELETE FROM message WHERE direction = 'in'", "message_counts"),
        ("DELETE FROM search_doc", "search"),
        ("UPDATE file SET sha256 = repeat('0', 64)", "files"),
    ],
)
async def test_a_planted_fault_is_found(desk: Desk, fault: str, finds: str) -> None:
    ticket = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    await desk.api.patch(
        f"/api/v1/tickets/{ticket['id']}", json={"tags": ["发票"], "priority": "high"}
    )
    kept = await service.put_file(
        desk.edge.store, desk.workspace_id, name="a.txt", content_type="text/plain", content=b"a"
    )
    async with desk.begin() as tx:
        await service.record_file(tx, kept)
        await service.reply(
            tx, int(ticket["id"]), outgoing=Outgoing(body="在线自助即可", status="pending")
        )
    assert await _wrong(desk) == set()
    owner = await asyncpg.connect(desk.database.dsn)
    try:
        await owner.execute(fault)
    finally:
        await owner.close()
    assert finds in await _wrong(desk)
