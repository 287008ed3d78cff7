"""A line that falls silent without a word: nobody waits long, and new connections do the work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.chaos.proxy import Line, through
from yizhan.kernel import db
from yizhan.kernel.actor import system


@pytest.fixture
async def line(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Line, db.Database]]:
    """A database behind a line that can be made bad."""
    monkeypatch.setattr(db, "_SOON", 0.5)
    monkeypatch.setattr(db, "_LOOK", 0.5)
    parts = urlsplit(dsn)
    place = {name: values[0] for name, values in parse_qs(parts.query).items()}
    with through(Line(target=f"{place['host']}/.s.PGSQL.{place['port']}")) as made:
        who = f"{parts.username}:{parts.password}" if parts.password else parts.username
        database = await db.connect(f"postgresql://{who}@127.0.0.1:{made.port}{parts.path}", pool=4)
        yield made, database
        made.be("good")
        await database.close()


async def test_a_transaction_a_look_and_a_number_give_up_and_go_on(
    line: tuple[Line, db.Database],
) -> None:
    wire, database = line
    workspace = await database.lookup("SELECT 1")
    assert workspace[0][0] == 1
    first = await _number(database)
    for use in (_number, _begin, _look):
        wire.be("dead")
        with pytest.raises(db.DatabaseDown):
            await use(database)
        wire.be("good")
        for _ in range(5):  # connections that were idle may be dead as well
            try:
                await use(database)
                break
            except db.DatabaseDown:
                continue
        else:
            pytest.fail("it does not recover")
    assert await _number(database) > first


async def _number(database: db.Database) -> int:
    try:
        return await database.numbers.next(7, "ticket")
    except TimeoutError as error:  # within a request its transaction says so
        raise db.DatabaseDown from error


async def _begin(database: db.Database) -> None:
    async with database.begin(system(7)) as tx:
        await tx.db.fetchval("SELECT 1")


async def _look(database: db.Database) -> None:
    await database.lookup("SELECT 1")
