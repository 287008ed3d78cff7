"""The audit chain: everything that matters, once, in order, and every change to it is found."""

from __future__ import annotations

import asyncio
import hashlib
import json

import asyncpg
import pytest

from tests.domains.identity.people import browser, sign_in
from tests.support.desk import Desk, client
from yizhan.domains.audit import repository, service
from yizhan.domains.audit.types import Verdict
from yizhan.domains.identity.events import SensitiveRead
from yizhan.kernel import events, log

_SWAP = """
UPDATE audit SET seq = -1 WHERE seq = 4;
UPDATE audit SET seq = 4 WHERE seq = 5;
UPDATE audit SET seq = 5 WHERE seq = -1
"""


def _consumer() -> events.Consumer:
    return next(one for one in events.consumers() if one.name == service.CONSUMER)


async def _catch_up(desk: Desk) -> None:
    await log.catch_up(desk.database, _consumer(), desk.workspace_id)


async def _some_history(desk: Desk) -> None:
    for number in range(6):
        await desk.api.post("/api/v1/brands", json={"name": f"Brand {number}"})
    await _catch_up(desk)


async def _verify(desk: Desk) -> Verdict:
    async with desk.as_system() as tx:
        return await service.verify(tx)


async def _as_owner(desk: Desk, sql: str) -> None:
    """What somebody with the database's own password could do."""
    owner = await asyncpg.connect(desk.database.dsn)
    try:
        await owner.execute(sql)
    finally:
        await owner.close()


async def test_what_people_do_is_in_the_log(desk: Desk) -> None:
    async with browser(desk, ip="192.0.2.9") as client:
        await sign_in(client)
        made = (await client.post("/api/v1/brands", json={"name": "新品牌"})).json()
    await _catch_up(desk)
    items = (await desk.api.get("/api/v1/audit")).json()["items"]
    assert items[0]["action"] == "brand.created"
    assert items[0]["object"] == {"kind": "brand", "id": made["id"], "label": "新品牌"}
    assert items[0]["actor"] == {
        "kind": "agent",
        "id": str(desk.created.admin_id),
        "name": "Ada 管理",
    }
    assert items[0]["ip"] == "192.0.2.9"
    assert items[1]["action"] == "session.started"
    assert [row["seq"] for row in items] == list(range(len(items), 0, -1))
    shown = (await desk.api.get("/api/v1/events")).json()
    assert "192.0.2.9" not in str(shown), "addresses are for the audit log only"


async def test_people_read_names_and_not_numbers(desk: Desk) -> None:
    body = {"subject": "Broken", "body": "x", "requester": {"email": "li@example.test"}}
    ticket = (await desk.api.post("/api/v1/tickets", json=body)).json()
    note = {"body": "look", "visibility": "internal"}
    await desk.api.post(f"/api/v1/tickets/{ticket['id']}/messages", json=note)
    role = (await desk.api.post("/api/v1/roles", json={"name": "Short-lived"})).json()
    await desk.api.delete(f"/api/v1/roles/{role['id']}")
    async with browser(desk) as client:
        await sign_in(client)
    await _catch_up(desk)
    items = (await desk.api.get("/api/v1/audit")).json()["items"]
    labels = {row["action"]: row["object"]["label"] for row in items}
    assert labels["ticket.created"] == labels["message.noted"] == f"#{ticket['number']} Broken"
    assert labels["session.started"] == labels["agent.created"] == "Ada 管理"
    assert labels["workspace.created"] == "Test"
    assert labels["role.created"] is None, "it is gone"


async def test_filters_and_pages(desk: Desk) -> None:
    await _some_history(desk)
    first = (await desk.api.get("/api/v1/audit?action=brand&limit=4")).json()
    second = (
        await desk.api.get(f"/api/v1/audit?action=brand&limit=4&cursor={first['next_cursor']}")
    ).json()
    seqs = [row["seq"] for row in first["items"] + second["items"]]
    assert len(seqs) == 6
    assert seqs == sorted(seqs, reverse=True)
    assert second["next_cursor"] is None
    exact = (await desk.api.get("/api/v1/audit?action=workspace.created")).json()["items"]
    assert len(exact) == 1
    nobody = (await desk.api.get("/api/v1/audit?actor=1")).json()["items"]
    assert nobody == []


async def test_reading_what_is_sensitive_leaves_a_trace(desk: Desk) -> None:
    async with desk.begin() as tx:
        tx.emit(SensitiveRead(object_kind="envelope", object_id=7, purpose="raw mail"))
    await _catch_up(desk)
    found = (await desk.api.get("/api/v1/audit?action=sensitive.read")).json()["items"]
    assert [row["object"] for row in found] == [{"kind": "envelope", "id": "7", "label": None}]


async def test_an_untouched_chain_is_sound(desk: Desk) -> None:
    await _some_history(desk)
    verdict = await _verify(desk)
    assert verdict.ok, verdict.detail
    assert verdict.rows >= 8
    await desk.api.post("/api/v1/brands", json={"name": "not handed over yet"})
    assert (await _verify(desk)).ok
    assert await service.verify_all(desk.database) == (
        True,
        f"{verdict.rows} rows are sealed and complete",
    )


@pytest.mark.parametrize(
    ("harm", "broken_at"),
    [
        ('UPDATE audit SET detail = detail || \'{"brand_id": "1"}\' WHERE seq = 4', 4),
        ('UPDATE audit SET actor = actor || \'{"name": "nobody"}\' WHERE seq = 5', 5),
        ("UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 3", 3),
        ("UPDATE audit SET ip = '10.9.8.7' WHERE seq = 6", 6),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", 8),
        (_SWAP, 4),
    ],
)
async def test_every_harm_is_found_where_it_is(desk: Desk, harm: str, broken_at: int) -> None:
    await _some_history(desk)
    await _as_owner(desk, harm)
    verdict = await _verify(desk)
    assert not verdict.ok
    assert verdict.broken_at == broken_at, verdict.detail
    ok, detail = await service.verify_all(desk.database)
    assert not ok
    assert "test: row" in detail


async def test_a_cut_end_is_found_also_after_new_rows(desk: Desk) -> None:
    await _some_history(desk)
    await _as_owner(desk, "DELETE FROM audit WHERE seq >= 7")
    await _some_history(desk)
    verdict = await _verify(desk)
    assert (verdict.ok, verdict.broken_at) == (False, 7)


async def test_the_application_cannot_change_the_chain(desk: Desk) -> None:
    await _some_history(desk)
    for sql in ("UPDATE audit SET ip = 'x'", "DELETE FROM audit", "DELETE FROM event"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with desk.as_system() as tx:
                await tx.db.execute(sql)


async def test_each_event_is_sealed_once_however_many_read(desk: Desk) -> None:
    for number in range(30):
        await desk.api.post("/api/v1/brands", json={"name": f"Brand {number}"})
        await asyncio.gather(*(_catch_up(desk) for _ in range(3)))
    await _catch_up(desk)
    async with desk.as_system() as tx:
        rows = await repository.rows_behind(tx, 0, limit=1000)
    ids = [row.event_id for row in rows]
    assert len(ids) == len(set(ids))
    assert sum(row.action == "brand.created" for row in rows) == 30
    assert (await _verify(desk)).ok


async def test_a_failed_batch_leaves_nothing(desk: Desk) -> None:
    class Broken(Exception):
        pass

    async def fails_in_the_end() -> None:
        async with desk.as_system() as tx:
            await service.record(tx, await desk.events())
            raise Broken

    with pytest.raises(Broken):
        await fails_in_the_end()
    await _catch_up(desk)
    assert (await _verify(desk)).ok


async def test_odd_numbers_and_letters_survive_the_database(desk: Desk) -> None:
    odd = {"a": 1e16, "b": 1e-9, "c": -0.0, "d": 2**63, "e": "é\ufeff\u2028😀", "f": [None, True]}
    async with desk.begin() as tx:
        await tx.db.execute(
            "UPDATE workspace SET settings = $2 WHERE workspace_id = $1", desk.workspace_id, odd
        )
    await desk.api.patch("/api/v1/workspace", json={"settings": {"g": 1.5e300}})
    await _catch_up(desk)
    verdict = await _verify(desk)
    assert verdict.ok, verdict.detail


async def test_an_export_can_be_checked_without_us(desk: Desk) -> None:
    await _some_history(desk)
    answer = await desk.api.get("/api/v1/audit/export")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    lines = answer.content.splitlines()
    async with desk.as_system() as tx:
        assert len(lines) == await tx.db.fetchval("SELECT count(*) FROM audit")
    previous = bytes(32)
    for line in lines:
        row = line[line.index(b'"row":') + 6 : -1]  # the exact bytes, as an outsider takes them
        previous = hashlib.sha256(previous + row).digest()
        assert json.loads(line)["hash"] == previous.hex()
    await _catch_up(desk)
    traces = (await desk.api.get("/api/v1/audit?action=sensitive.read")).json()["items"]
    assert [(row["object"]["kind"], row["detail"]["purpose"]) for row in traces] == [
        ("audit", "export")
    ]
    viewer = await desk.api.post(
        "/api/v1/tokens", json={"name": "no audit", "scopes": ["ticket:read"]}
    )
    async with client(desk.app, token=viewer.json()["token"]) as other:
        assert (await other.get("/api/v1/audit/export")).status_code == 403
