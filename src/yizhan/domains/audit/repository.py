"""Rows of the audit chain. The application may add and read them, never change or delete."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.audit.types import Row
from yizhan.kernel.events import Logged
from yizhan.kernel.log import Position
from yizhan.kernel.tx import Tx

_COLUMNS = "seq, event_id, at, actor, action, object, detail, ip, hash"
_ADD = """
INSERT INTO audit (workspace_id, seq, event_id, at, actor, action, object, detail, ip, hash)
SELECT $1, u.seq, u.event_id, u.at, u.actor, u.action, u.object, u.detail, u.ip, u.hash
FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::jsonb[], $6::text[], $7::jsonb[],
            $8::jsonb[], $9::text[], $10::bytea[])
     AS u (seq, event_id, at, actor, action, object, detail, ip, hash)
"""
# Newest first; index audit_action for an action, the primary key otherwise.
_LIST = f"""
SELECT {_COLUMNS} FROM audit
WHERE workspace_id = $1 AND ($2::bigint IS NULL OR seq < $2)
  AND ($3::text IS NULL OR actor->>'id' = $3)
  AND ($4::text IS NULL OR action = $4 OR starts_with(action, $4 || '.'))
ORDER BY seq DESC LIMIT $5
"""
# What people call a thing, by its kind; each by its primary key.
_LABELS = """
SELECT u.kind, u.id, CASE u.kind
  WHEN 'agent' THEN (SELECT name FROM agent WHERE workspace_id = $1 AND id = u.id)
  WHEN 'role' THEN (SELECT name FROM role WHERE workspace_id = $1 AND id = u.id)
  WHEN 'team' THEN (SELECT name FROM team WHERE workspace_id = $1 AND id = u.id)
  WHEN 'unit' THEN (SELECT name FROM unit WHERE workspace_id = $1 AND id = u.id)
  WHEN 'brand' THEN (SELECT name FROM brand WHERE workspace_id = $1 AND id = u.id)
  WHEN 'workspace' THEN (SELECT name FROM workspace WHERE workspace_id = $1)
  WHEN 'token' THEN (SELECT name FROM api_token WHERE workspace_id = $1 AND id = u.id)
  WHEN 'inbox' THEN (SELECT name FROM inbox WHERE workspace_id = $1 AND id = u.id)
  WHEN 'webhook' THEN (SELECT url FROM webhook WHERE workspace_id = $1 AND id = u.id)
  WHEN 'contact' THEN (SELECT name FROM contact WHERE workspace_id = $1 AND id = u.id)
  WHEN 'company' THEN (SELECT name FROM company WHERE workspace_id = $1 AND id = u.id)
  WHEN 'file' THEN (SELECT name FROM file WHERE workspace_id = $1 AND id = u.id)
  WHEN 'envelope' THEN (SELECT summary->>'subject' FROM envelope WHERE workspace_id = $1 AND id = u.id)
  WHEN 'session' THEN (SELECT a.name FROM session s JOIN agent a ON a.workspace_id = $1 AND a.id = s.agent_id
                       WHERE s.workspace_id = $1 AND s.id = u.id)
  WHEN 'ticket' THEN (SELECT '#' || number || ' ' || subject FROM ticket WHERE workspace_id = $1 AND id = u.id)
  WHEN 'message' THEN (SELECT '#' || t.number || ' ' || t.subject FROM message m
                       JOIN ticket t ON t.workspace_id = $1 AND t.id = m.ticket_id
                       WHERE m.workspace_id = $1 AND m.id = u.id)
  END AS label
FROM unnest($2::text[], $3::bigint[]) AS u (kind, id)
"""
# Events of the log up to a position, oldest first; index event_position.
_HANDED = """
SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data
FROM event
WHERE workspace_id = $1 AND (xid, id) > ($2::text::xid8, $3) AND (xid, id) <= ($4::text::xid8, $5)
ORDER BY xid, id LIMIT $6
"""


async def last(tx: Tx) -> tuple[int, bytes] | None:
    """Number and hash of the newest row."""
    row = await tx.db.fetchrow(
        "SELECT seq, hash FROM audit WHERE workspace_id = $1 ORDER BY seq DESC LIMIT 1",
        tx.workspace_id,
    )
    return None if row is None else (row["seq"], row["hash"])


async def add(tx: Tx, rows: Sequence[Row]) -> None:
    await tx.db.execute(
        _ADD,
        tx.workspace_id,
        [row.seq for row in rows],
        [row.event_id for row in rows],
        [row.at for row in rows],
        [row.actor for row in rows],
        [row.action for row in rows],
        [row.object for row in rows],
        [row.detail for row in rows],
        [row.ip for row in rows],
        [row.hash for row in rows],
    )


async def addresses(tx: Tx, event_ids: Sequence[int]) -> dict[int, str]:
    """From where agents and tokens caused events."""
    rows = await tx.db.fetch(
        "SELECT id, ip FROM event WHERE workspace_id = $1 AND id = ANY($2) AND ip IS NOT NULL",
        tx.workspace_id,
        list(event_ids),
    )
    return {row["id"]: row["ip"] for row in rows}


async def listed(
    tx: Tx, *, before: int | None, actor: str | None, action: str | None, limit: int
) -> list[Row]:
    return await tx.db.fetch_as(Row, _LIST, tx.workspace_id, before, actor, action, limit)


async def labels(tx: Tx, things: Sequence[tuple[str, int]]) -> list[tuple[str, int, str]]:
    """Kind, id and name of what still exists."""
    rows = await tx.db.fetch(
        _LABELS, tx.workspace_id, [kind for kind, _ in things], [key for _, key in things]
    )
    return [(row["kind"], row["id"], row["label"]) for row in rows if row["label"]]


async def rows_behind(tx: Tx, seq: int, *, limit: int) -> list[Row]:
    """Rows behind a number, oldest first."""
    return await tx.db.fetch_as(
        Row,
        f"SELECT {_COLUMNS} FROM audit WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        tx.workspace_id,
        seq,
        limit,
    )


async def handed_over(tx: Tx, consumer: str) -> Position:
    """Up to where the log was handed to the chain."""
    row = await tx.db.fetchrow(
        "SELECT xid::text::bigint AS xid, id FROM consumer WHERE workspace_id = $1 AND name = $2",
        tx.workspace_id,
        consumer,
    )
    return Position((0, 0)) if row is None else Position((row["xid"], row["id"]))


async def events_between(tx: Tx, after: Position, *, upto: Position, limit: int) -> list[Logged]:
    """Events behind a position, up to another one, oldest first."""
    return await tx.db.fetch_as(
        Logged, _HANDED, tx.workspace_id, str(after[0]), after[1], str(upto[0]), upto[1], limit
    )
