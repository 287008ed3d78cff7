"""Short numbers are given once, also by a server that takes over and has not heard of the last block."""

from __future__ import annotations

import asyncio

import asyncpg

from yizhan.kernel import db

_END = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def test_a_block_that_the_database_forgot_is_not_used_beside_the_same_block_given_anew(
    dsn: str,
) -> None:
    database = await db.connect(dsn, pool=2)
    owner = await asyncpg.connect(dsn)
    try:
        before = [await database.numbers.next(7, "ticket") for _ in range(4)]  # 1, 2, and one of 4
        await owner.execute("UPDATE number_block SET next = $1 WHERE kind = 'ticket'", before[-1])
        gone = asyncio.Event()
        database._side.add_termination_listener(lambda _: gone.set())
        await owner.execute(_END)
        async with asyncio.timeout(10):
            await gone.wait()
        after = [await database.numbers.next(7, "ticket") for _ in range(12)]
        assert len(set(after)) == len(after)
        assert min(after) == before[-1], "what was given and lost is free again"
    finally:
        await owner.close()
        await database.close()
