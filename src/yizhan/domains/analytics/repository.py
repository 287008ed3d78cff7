"""Facts in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.analytics import folding
from yizhan.domains.analytics.types import Lag, Place, Told
from yizhan.kernel.events import Logged
from yizhan.kernel.log import Position
from yizhan.kernel.tx import Tx

_LOGGED = "workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data"
# Uses event_ticket.
_LOGS = f"""
SELECT {_LOGGED} FROM event WHERE workspace_id = $1 AND ticket_id = ANY($2) AND type = ANY($3)
ORDER BY ticket_id, id
"""
_TICKETS = """
SELECT DISTINCT ticket_id FROM event WHERE workspace_id = $1 AND ticket_id > $2 ORDER BY ticket_id LIMIT $3
"""
_PLACE = Place.__struct_fields__
_TYPES = {"channel": "text", "priority": "text", "tags": "text[]"}
_PLACED = ", ".join(f"{name} {_TYPES.get(name, 'bigint')}" for name in _PLACE)


def _put(table: str, own: dict[str, str], key: tuple[str, ...]) -> str:
    """Writes the rows of some tickets as they should be: new, changed and gone ones, no others."""
    names = ("ticket_id", *own, *_PLACE)
    kept = [name for name in names if name not in key]
    columns = ", ".join(f"{name} {kind}" for name, kind in own.items())
    same = " AND ".join(f"n.{name} = f.{name}" for name in key)
    listed = ", ".join(names)
    return f"""
WITH new AS (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS n (ticket_id bigint, {columns}, {_PLACED})
), gone AS (
  DELETE FROM {table} f WHERE f.workspace_id = $1 AND f.ticket_id = ANY($2)
    AND NOT EXISTS (SELECT FROM new n WHERE {same})
)
INSERT INTO {table} AS f (workspace_id, {listed}) SELECT $1, {listed} FROM new
ON CONFLICT (workspace_id, {", ".join(key)})
DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in kept)}
WHERE ({", ".join(f"f.{name}" for name in kept)}) IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in kept)})
"""


_PUT_FACTS = _put(
    "report_fact",
    {
        "kind": "text",
        "event_id": "bigint",
        "at": "timestamptz",
        "agent_id": "bigint",
        "value": "bigint",
    },
    ("ticket_id", "kind", "event_id"),
)
_PUT_SPANS = _put(
    "report_span",
    {
        "event_id": "bigint",
        "began_at": "timestamptz",
        "ended_at": "timestamptz",
        "agent_id": "bigint",
    },
    ("ticket_id", "event_id"),
)
_AFTER = "workspace_id = $1 AND (xid, id) > ($2::text::xid8, $3)"
_LAG = f"""
SELECT count(*)::int AS events,
  coalesce(greatest(0, extract(epoch FROM $5::timestamptz - min(at))), 0)::int AS seconds
FROM (SELECT at FROM event WHERE {_AFTER} ORDER BY xid, id LIMIT $4) behind
"""


async def logs(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, list[Logged]]:
    """What the log says of some tickets, each in the order of ids."""
    rows = await tx.db.fetch_as(
        Logged, _LOGS, tx.workspace_id, list(ticket_ids), list(folding.TYPES)
    )
    found: dict[int, list[Logged]] = {number: [] for number in ticket_ids}
    for row in rows:
        found[row.ticket_id or 0].append(row)
    return found


async def tickets_behind(tx: Tx, ticket_id: int, *, limit: int) -> list[int]:
    """The next tickets of the log, in the order of their ids."""
    rows = await tx.db.fetch(_TICKETS, tx.workspace_id, ticket_id, limit)
    return [row[0] for row in rows]


async def put(tx: Tx, ticket_ids: Sequence[int], *, told: Sequence[Told]) -> None:
    """These tickets have these facts and no others."""
    places = {one.ticket_id: msgspec.to_builtins(one.place) for one in told}
    facts: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for one in told:
        place = {"ticket_id": one.ticket_id, **places[one.ticket_id]}
        facts += [{**msgspec.to_builtins(fact), **place} for fact in one.facts]
        spans += [
            {
                "event_id": span.event_id,
                "began_at": msgspec.to_builtins(span.began_at),
                "ended_at": msgspec.to_builtins(span.ended_at) if span.ended_at else "infinity",
                "agent_id": one.place.assignee_id,
                **place,
            }
            for span in one.spans
        ]
    numbers = list(ticket_ids)
    await tx.db.execute(_PUT_FACTS, tx.workspace_id, numbers, facts)
    await tx.db.execute(_PUT_SPANS, tx.workspace_id, numbers, spans)


async def drop_between(tx: Tx, after: int, *, upto: int, but: Sequence[int]) -> None:
    """Facts of tickets of which the log knows nothing."""
    for table in ("report_fact", "report_span"):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND ticket_id > $2 AND ticket_id <= $3"
            " AND ticket_id <> ALL($4)",
            tx.workspace_id,
            after,
            upto,
            list(but),
        )


async def hold(tx: Tx, name: str) -> Position:
    """Be the only one who writes facts in this transaction. Returns up to where the log was read."""
    row = await tx.db.fetchrow(
        "INSERT INTO consumer (workspace_id, name) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id, name) DO UPDATE SET name = excluded.name"
        " RETURNING xid::text::bigint, id",
        tx.workspace_id,
        name,
    )
    return Position((row[0], row[1])) if row else Position((0, 0))


async def advance(tx: Tx, name: str, *, to: Position) -> None:
    """Everything up to a position has been counted otherwise."""
    await tx.db.execute(
        "UPDATE consumer SET xid = $3::text::xid8, id = $4, failures = 0, error = NULL, updated_at = now()"
        " WHERE workspace_id = $1 AND name = $2 AND (xid, id) < ($3::text::xid8, $4)",
        tx.workspace_id,
        name,
        str(to[0]),
        to[1],
    )


async def lag(tx: Tx, name: str, *, most: int) -> Lag:
    """What of the log has not been counted yet; no more than ``most`` events are looked at."""
    row = await tx.db.fetchrow(
        "SELECT xid::text::bigint, id FROM consumer WHERE workspace_id = $1 AND name = $2",
        tx.workspace_id,
        name,
    )
    place = (row[0], row[1]) if row else (0, 0)
    found = await tx.db.fetchrow_as(
        Lag, _LAG, tx.workspace_id, str(place[0]), place[1], most, tx.now
    )
    return found or Lag(0, 0)
