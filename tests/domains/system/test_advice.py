"""Advice rests on figures: each finding names them, and without them there is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec
import pytest

from tests.support.desk import Desk
from yizhan.domains.system import advising, recording
from yizhan.domains.system.service import viewing
from yizhan.domains.system.types import (
    Count,
    Evidence,
    Index,
    Statement,
    Table,
    Transaction,
)
from yizhan.kernel import timing

TABLE = Table("ticket", 200_000, 0, 0, 0, 0, 10, 1 << 30, None, None)
SLOW = Statement(
    "domains.tickets.listing:9 rows", "SELECT ? FROM ticket t", 600, 60.0, 1.0, 0.4, 10.0
)
WELL = Evidence(
    [msgspec.structs.replace(SLOW, seconds=0.6, share=0.9)],
    [TABLE],
    [Index("ticket_pkey", "ticket", 0, 1 << 30, valid=True, needed=True)],
    [],
    {
        "stats_seconds": 30 * 86_400.0,
        "temp_files": 3,
        "temp_bytes": 1 << 20,
        "blks_read": 10,
        "blks_hit": 1000,
        "connections": 10,
        "max_connections": 100,
        "autovacuum": "on",
        "work_mem": "4MB",
        "shared_buffers": "128MB",
    },
    Count(10_000, 10_000),
    16,
    "desk",
    None,
)


def _with(**changes: Any) -> Evidence:
    facts = changes.pop("facts", None)
    if facts:
        changes["database"] = {**WELL.database, **facts}
    return msgspec.structs.replace(WELL, **changes)


def _table(**changes: Any) -> Evidence:
    return _with(tables=[msgspec.structs.replace(TABLE, **changes)])


def test_where_all_is_well_nothing_is_advised() -> None:
    assert advising.findings(WELL) == []


@pytest.mark.parametrize(
    ("evidence", "key", "cure"),
    [
        (_with(statements=[SLOW]), "statement_slow", "support bundle"),
        (_table(changed=90_000), "table_stale", "ANALYZE ticket"),
        (_table(dead=90_000), "table_dead", "VACUUM (ANALYZE) ticket"),
        (_table(scans=500, scanned=500 * 200_000), "table_read_whole", "ANALYZE ticket"),
        (
            _with(indexes=[Index("i", "ticket", 0, 1, valid=False, needed=False)]),
            "index_invalid",
            "REINDEX INDEX CONCURRENTLY i",
        ),
        (
            _with(indexes=[Index("i", "ticket", 0, 1 << 30, valid=True, needed=False)]),
            "index_unused",
            "Nothing has to be done",
        ),
        (
            _with(transactions=[Transaction(42, "idle in transaction", 900.0)]),
            "transaction_open",
            "pg_terminate_backend(42)",
        ),
        (_with(pool=Count(9_000, 10_000)), "pool_small", "YIZHAN_POOL to 32"),
        (_with(facts={"connections": 95}), "connections_near", "max_connections"),
        (_with(facts={"temp_files": 9000, "temp_bytes": 1 << 40}), "work_mem", "work_mem to"),
        (
            _with(facts={"blks_read": 9_000_000, "blks_hit": 9_000_000}),
            "cache_small",
            "shared_buffers",
        ),
        (_with(facts={"autovacuum": "off"}), "autovacuum_off", "autovacuum = on"),
    ],
)
def test_each_figure_has_its_words_and_its_cure(evidence: Evidence, key: str, cure: str) -> None:
    (found,) = advising.findings(evidence)
    assert found.key == key
    assert cure in found.cure.en
    assert found.text.zh
    assert found.cure.zh
    assert found.text.en != found.text.zh


def test_a_slow_statement_leads_to_the_table_that_makes_it_slow() -> None:
    evidence = msgspec.structs.replace(_table(changed=90_000), statements=[SLOW])
    found = {one.key: one for one in advising.findings(evidence)}
    assert set(found) == {"statement_slow", "table_stale"}
    assert found["statement_slow"].cure.en.endswith(": ticket")
    assert found["statement_slow"].facts["mean_ms"] == 100.0


async def test_a_statement_is_known_by_its_place_in_the_code(desk: Desk) -> None:
    timing.take()
    async with desk.begin() as tx:
        await tx.db.fetchval("SELECT pg_sleep(0.02), 'canary 13800138000', 4711")
    (mine,) = [one for one in timing.take() if "pg_sleep" in one.text]
    assert mine.calls == 1
    assert mine.seconds >= 0.02
    assert mine.place.endswith("test_a_statement_is_known_by_its_place_in_the_code")
    assert mine.text == "SELECT pg_sleep(?), ?, ?"


async def test_tables_that_changed_much_are_found_in_a_real_database(desk: Desk) -> None:
    owner = await asyncpg.connect(desk.database.dsn)
    await owner.execute(
        "ALTER TABLE rate_window SET (autovacuum_enabled = false);"
        "INSERT INTO rate_window SELECT int8send(n), 1, 1, 1, now() FROM generate_series(1, 12000) n"
    )
    await owner.execute("SELECT pg_stat_force_next_flush()")
    evidence = await viewing.gather(desk.database, desk.edge.config, now=datetime.now(UTC))
    found = [one for one in advising.findings(evidence) if one.subject == "rate_window"]
    assert [one.key for one in found] == ["table_stale"]
    await owner.execute("ANALYZE rate_window")
    await owner.execute("SELECT pg_stat_force_next_flush()")
    await owner.close()
    evidence = await viewing.gather(desk.database, desk.edge.config, now=datetime.now(UTC))
    assert [one for one in advising.findings(evidence) if one.subject == "rate_window"] == []


async def test_costs_are_added_up_over_processes_and_minutes(desk: Desk) -> None:
    for _ in range(2):
        async with desk.begin() as tx:
            await tx.db.fetchval("SELECT 'twice'::text || pg_sleep(0)")
        await recording.write(desk.database, until=time.time() + 60)
    evidence = await viewing.gather(desk.database, desk.edge.config, now=datetime.now(UTC))
    (mine,) = [one for one in evidence.statements if "pg_sleep(?)" in one.text]
    assert mine.calls == 2
    assert sum(one.share for one in evidence.statements) <= 1.0001
