"""SQL of inboxes."""

from __future__ import annotations

from typing import Any

from yizhan.domains.channels.types import Inbox
from yizhan.kernel.tx import Tx

_INBOX = """id, channel, name, brand_id, team_id, public_key,
            settings, secrets, active, cursor,
last_in_at, last_out_at, last_error, last_error_at, version, created_at"""


async def inbox(tx: Tx, inbox_id: int, *, lock: bool = False) -> Inbox | None:
    return await tx.db.fetchrow_as(
        Inbox,
        f"SELECT {_INBOX} FROM inbox WHERE workspace_id = $1 AND id = $2"
        + (" FOR NO KEY UPDATE" if lock else ""),
        tx.workspace_id,
        inbox_id,
    )


async def inboxes(tx: Tx) -> list[Inbox]:
    return await tx.db.fetch_as(
        Inbox,
        f"SELECT {_INBOX} FROM inbox WHERE workspace_id = $1 ORDER BY created_at, id",
        tx.workspace_id,
    )


async def insert_inbox(tx: Tx, inbox: Inbox) -> None:
    await tx.db.execute(
        """INSERT INTO inbox (workspace_id, id, channel, name, brand_id, team_id, public_key,
            settings, secrets, active, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""",
        tx.workspace_id,
        inbox.id,
        inbox.channel,
        inbox.name,
        inbox.brand_id,
        inbox.team_id,
        inbox.public_key,
        inbox.settings,
        inbox.secrets,
        inbox.active,
        inbox.created_at,
    )


async def update_inbox(tx: Tx, inbox: Inbox) -> None:
    """A new version: pollers start again with it."""
    await tx.db.execute(
        """UPDATE inbox SET name = $3, brand_id = $4, team_id = $5, settings = $6, secrets = $7,
            active = $8, last_error = NULL, last_error_at = NULL, version = version + 1
        WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        inbox.id,
        inbox.name,
        inbox.brand_id,
        inbox.team_id,
        inbox.settings,
        inbox.secrets,
        inbox.active,
    )


async def set_secrets(tx: Tx, inbox_id: int, *, secrets: bytes) -> None:
    """Without a new version: whoever uses the inbox goes on."""
    await tx.db.execute(
        "UPDATE inbox SET secrets = $3 WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        inbox_id,
        secrets,
    )


async def delete_inbox(tx: Tx, inbox_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM inbox WHERE workspace_id = $1 AND id = $2", tx.workspace_id, inbox_id
    )


async def exists(tx: Tx, table: str, row_id: int) -> bool:
    """``table`` is brand or team, from our own code."""
    found: bool = await tx.db.fetchval(
        f"SELECT EXISTS (SELECT FROM {table} WHERE workspace_id = $1 AND id = $2)",
        tx.workspace_id,
        row_id,
    )
    return found


async def lease_holder(tx: Tx, inbox_id: int) -> str | None:
    """Which process fetches this mailbox, or was the last one to."""
    holder: str | None = await tx.db.fetchval(
        "SELECT poller FROM inbox WHERE workspace_id = $1 AND id = $2", tx.workspace_id, inbox_id
    )
    return holder


async def take_lease(
    tx: Tx,
    inbox_id: int,
    *,
    holder: str,
    seconds: int,
    version: int,
    heir_of: str | None = None,
) -> bool:
    """Only one process fetches a mailbox; only with the settings that are in force.

    ``heir_of`` is a holder known to be dead: its lease may be taken before it runs out.
    """
    row = await tx.db.fetchval(
        """UPDATE inbox SET poller = $3, poller_until = now() + make_interval(secs => $4)
        WHERE workspace_id = $1 AND id = $2 AND active AND version = $5
          AND (poller = $3 OR poller = $6 OR poller IS NULL OR poller_until < now())
        RETURNING id""",
        tx.workspace_id,
        inbox_id,
        holder,
        seconds,
        version,
        heir_of,
    )
    return row is not None


async def give_lease(tx: Tx, inbox_id: int, *, holder: str) -> None:
    await tx.db.execute(
        "UPDATE inbox SET poller = NULL WHERE workspace_id = $1 AND id = $2 AND poller = $3",
        tx.workspace_id,
        inbox_id,
        holder,
    )


async def save_cursor(tx: Tx, inbox_id: int, *, holder: str, cursor: dict[str, Any]) -> bool:
    """False when another process has taken over: then nothing may be stored."""
    row = await tx.db.fetchval(
        """UPDATE inbox SET cursor = $4, last_error = NULL, last_error_at = NULL
        WHERE workspace_id = $1 AND id = $2 AND poller = $3 RETURNING id""",
        tx.workspace_id,
        inbox_id,
        holder,
        cursor,
    )
    return row is not None


async def note_error(tx: Tx, inbox_id: int, *, error: str) -> None:
    await tx.db.execute(
        """UPDATE inbox SET last_error = $3, last_error_at = $4
        WHERE workspace_id = $1 AND id = $2""",
        tx.workspace_id,
        inbox_id,
        error[:1000],
        tx.now,
    )


async def note_in(tx: Tx, inbox_id: int) -> None:
    """At most one write in ten seconds: the row must not become hot."""
    await tx.db.execute(
        """UPDATE inbox SET last_in_at = $3 WHERE workspace_id = $1 AND id = (
            SELECT id FROM inbox WHERE workspace_id = $1 AND id = $2
              AND (last_in_at IS NULL OR last_in_at < $3::timestamptz - interval '10 seconds')
            FOR NO KEY UPDATE SKIP LOCKED)""",
        tx.workspace_id,
        inbox_id,
        tx.now,
    )


async def note_out(tx: Tx, inbox_id: int) -> None:
    await tx.db.execute(
        """UPDATE inbox SET last_out_at = $3 WHERE workspace_id = $1 AND id = (
            SELECT id FROM inbox WHERE workspace_id = $1 AND id = $2
              AND (last_out_at IS NULL OR last_out_at < $3::timestamptz - interval '10 seconds')
            FOR NO KEY UPDATE SKIP LOCKED)""",
        tx.workspace_id,
        inbox_id,
        tx.now,
    )
