"""The replication slot through which an archive follows the server."""

from __future__ import annotations

import asyncpg

SLOT = "yizhan_archive"


async def drop(dsn: str) -> None:
    """Where no archive is wanted any more: else the server would keep its log for it until the disk is full."""
    connection = await asyncpg.connect(dsn)
    try:
        dropped = await connection.fetch(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            " WHERE slot_name = $1 AND NOT active",
            SLOT,
        )
        if dropped:
            await connection.execute("DELETE FROM archive_state")
    finally:
        await connection.close()
