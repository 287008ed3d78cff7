"""The whole checker is seen to fail: a bug is planted in a running desk, and that bug is what it reports.

Nothing of this is a switch of the product: the database is changed from outside, or this process is.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.chaos import checker, seen, sinks
from tests.chaos.checker import Fault
from tests.chaos.clients import Client, Doors, Load
from tests.chaos.journal import Journal
from tests.chaos.town import Town, secrets_of_b
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.kernel import tx as transactions


class Lossy(httpx2.AsyncBaseTransport):
    """Loses the next answers: the work was done, the client does not know it."""

    def __init__(self, app: Any) -> None:
        self.inner = httpx2.ASGITransport(app)
        self.losing = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self.inner.handle_async_request(request)
        if self.losing:
            self.losing -= 1
            raise httpx2.ReadError("the answer was lost")
        return answer


@dataclass
class Bench:
    """A client, the desk that it works on, and the owner of the database."""

    town: Town
    client: Client
    line: Lossy
    owner: asyncpg.Connection[Any]

    async def faults(self) -> list[Fault]:
        works = self.client.journal.works()
        return checker.check(works, await seen.gather(self.town, works))


@pytest.fixture
async def bench(desk: Desk, dsn: str, tmp_path: Path) -> AsyncIterator[Bench]:
    other = await make_workspace(desk.edge, name="Other", email="o@example.test")
    foreign = await api_token(desk.database, int(other.workspace.id))
    async with client(desk.app, token=foreign) as api:
        for secret in secrets_of_b():
            assert (await api.post("/api/v1/tickets", json=secret)).is_success
    line = Lossy(desk.app)
    token = await api_token(desk.database, desk.workspace_id)
    doors = Doors("http://desk.test", token, transport=line)
    town = Town(None, doors, desk.workspace_id, sinks.Letters(), sinks.Told(), 0, dsn)
    owner = await asyncpg.connect(dsn)
    with Journal(tmp_path / "journal") as journal:
        worker = Client(Load(doors, journal, seed=7, gives_up=0), 0)
        worker.rng = random.Random(7)
        for kind in ("ticket", "ticket", "status", "status"):
            await worker.step(kind)
        yield Bench(town, worker, line, owner)
        await worker.api.aclose()
    await owner.close()


async def test_lost_answers_alone_are_no_fault(bench: Bench) -> None:
    for kind in ("ticket", "reply", "status"):
        bench.line.losing = 2
        await bench.client.step(kind)
    assert await bench.faults() == []


async def test_a_dropped_commit_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = asyncpg.Connection.execute

    async def dropping(self: Any, query: str, *args: Any, **more: Any) -> Any:
        return await execute(self, query.replace("COMMIT", "ROLLBACK"), *args, **more)

    with monkeypatch.context() as planted:
        planted.setattr(asyncpg.Connection, "execute", dropping)
        await bench.client.step("ticket")
    lost = bench.client.journal.works()[-1]
    assert await bench.faults() == [Fault("A", lost.key, "ticket acknowledged, there 0 times")]


async def test_a_swallowed_row_is_found(bench: Bench) -> None:
    await bench.owner.execute(
        """CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN DELETE FROM message WHERE id = new.id; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER swallow AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (new.direction = 'out') EXECUTE FUNCTION swallow()"""
    )
    await bench.client.step("reply")
    lost = bench.client.journal.works()[-1]
    assert await bench.faults() == [Fault("A", lost.key, "reply acknowledged, there 0 times")]


async def test_a_removed_dedupe_key_is_found(bench: Bench) -> None:
    await bench.owner.execute("ALTER TABLE idempotency DROP CONSTRAINT idempotency_pkey")
    bench.line.losing = 1
    await bench.client.step("ticket")
    doubled = bench.client.journal.works()[-1]
    assert await bench.faults() == [Fault("A", doubled.key, "ticket acknowledged, there 2 times")]


@pytest.mark.parametrize(("fence", "filtered"), [(False, True), (True, False), (False, False)])
async def test_two_fences_must_fall_before_a_tenant_is_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, fence: bool, filtered: bool
) -> None:
    """Row-level security and the query's own filter: each holds alone, and without both it is found."""
    if not fence:
        await bench.owner.execute("ALTER TABLE ticket DISABLE ROW LEVEL SECURITY")
    if not filtered:
        monkeypatch.setattr(transactions.Db, "fetch", _unfiltered(transactions.Db.fetch))
    found = await bench.faults()
    assert {fault.rule for fault in found} == (set() if fence or filtered else {"D"})


def _unfiltered(fetch: Callable[..., Any]) -> Callable[..., Any]:
    async def run(self: Any, sql: str, *args: Any) -> Any:
        return await fetch(self, sql.replace("t.workspace_id = $1", "$1::bigint > 0"), *args)

    return run
