"""The list of tickets that wait to be given out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.routing import score
from yizhan.domains.routing.matching import Waiting
from yizhan.domains.routing.repository.asked import WAITS
from yizhan.domains.routing.types import Place
from yizhan.kernel.tx import Tx

_WAITING = ", ".join(
    f"q.{name}"
    for name in ("ticket_id", "since", "place", "channel", "cost", "need", "preferred", "sticky_id")
)
_PUT = """
INSERT INTO routing_ticket (workspace_id, ticket_id, team_id, class, since, entered_at, channel, cost,
                            need, preferred, basis, step, next_step_at, requester_id, sticky_id,
                            place, looked_at, dirty)
SELECT $1, u.ticket_id, u.team_id, u.class, u.since, u.entered_at, u.channel, u.cost,
       string_to_array(u.need, ' '), string_to_array(u.preferred, ' '), u.basis, u.step,
       u.next_step_at, u.requester_id, u.sticky_id, u.place, $2, true
FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::timestamptz[], $8::text[],
            $9::int[], $10::text[], $11::text[], $12::jsonb[], $13::int[], $14::timestamptz[],
            $15::bigint[], $16::bigint[], $17::timestamptz[])
  AS u (ticket_id, team_id, class, since, entered_at, channel, cost, need, preferred, basis, step,
        next_step_at, requester_id, sticky_id, place)
ON CONFLICT (workspace_id, ticket_id) DO UPDATE
SET team_id = excluded.team_id, class = excluded.class, since = excluded.since,
    entered_at = excluded.entered_at, channel = excluded.channel, cost = excluded.cost,
    need = excluded.need, preferred = excluded.preferred, basis = excluded.basis,
    step = excluded.step, next_step_at = excluded.next_step_at,
    requester_id = excluded.requester_id, sticky_id = excluded.sticky_id, place = excluded.place,
    looked_at = excluded.looked_at, dirty = true
"""
# Uses routing_ticket_place twice: from class to class, then the first in line of each.
_HEADS = f"""
WITH RECURSIVE kinds AS (
  (SELECT team_id, class FROM routing_ticket WHERE workspace_id = $1
   ORDER BY team_id, class LIMIT 1)
  UNION ALL
  SELECT n.team_id, n.class FROM kinds k CROSS JOIN LATERAL (
    SELECT q.team_id, q.class FROM routing_ticket q
    WHERE q.workspace_id = $1 AND (q.team_id, q.class) > (k.team_id, k.class)
    ORDER BY q.team_id, q.class LIMIT 1) n
)
SELECT h.* FROM kinds k CROSS JOIN LATERAL (
  SELECT {_WAITING}, q.team_id, q.class
  FROM routing_ticket q
  WHERE q.workspace_id = $1 AND q.team_id = k.team_id AND q.class = k.class
    AND q.ticket_id <> ALL($4::bigint[])
  ORDER BY q.place, q.since, q.ticket_id LIMIT $5) h
WHERE k.class = ANY($2::bigint[]) OR k.team_id = ANY($3::bigint[])
"""
# Uses routing_ticket_full.
_FULL = f"""
SELECT {_WAITING} FROM routing_ticket q
WHERE q.workspace_id = $1 AND q.team_id = ANY($2::bigint[]) AND q.ticket_id <> ALL($3::bigint[])
  AND q.place < timestamptz '1900-01-01 00:00:00+00'
ORDER BY q.place LIMIT $4
"""
_DIRTY = "SELECT DISTINCT class FROM routing_ticket WHERE workspace_id = $1 AND dirty"
# One that somebody is changing right now is left out: the change tells, or the sweep finds it.
_HOLD = f"""
SELECT t.id FROM ticket t JOIN team m ON m.workspace_id = t.workspace_id AND m.id = t.team_id
JOIN routing_ticket q ON q.workspace_id = t.workspace_id AND q.ticket_id = t.id
  AND q.team_id = t.team_id
WHERE {WAITS} AND t.id = ANY($2::bigint[])
ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED
"""
# Uses ticket_waiting.
_ASTRAY = f"""
SELECT t.id FROM ticket t JOIN team m ON m.workspace_id = t.workspace_id AND m.id = t.team_id
WHERE {WAITS} AND NOT EXISTS (SELECT FROM routing_ticket q WHERE q.workspace_id = t.workspace_id
  AND q.ticket_id = t.id AND q.team_id = t.team_id)
UNION
SELECT q.ticket_id FROM routing_ticket q
WHERE q.workspace_id = $1 AND NOT EXISTS (
  SELECT FROM ticket t JOIN team m ON m.workspace_id = t.workspace_id AND m.id = t.team_id
  WHERE {WAITS} AND t.id = q.ticket_id)
"""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as the list keeps it."""

    ticket_id: int
    team_id: int
    kind: int  # its class
    since: datetime
    entered_at: datetime
    channel: str
    cost: int
    need: frozenset[str]
    preferred: frozenset[str]
    basis: dict[str, Any]
    step: int
    next_step_at: datetime | None
    requester_id: int
    sticky_id: int | None
    place: datetime


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What of an earlier look at a ticket counts."""

    ticket_id: int
    team_id: int
    entered_at: datetime
    step: int


async def kept(tx: Tx, ticket_ids: Iterable[int]) -> dict[int, Kept]:
    rows = await tx.db.fetch_as(
        Kept,
        "SELECT ticket_id, team_id, entered_at, step FROM routing_ticket"
        " WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row.ticket_id: row for row in rows}


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Write the list; what is written is looked at again."""
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        tx.now,
        [row.ticket_id for row in rows],
        [row.team_id for row in rows],
        [row.kind for row in rows],
        [row.since for row in rows],
        [row.entered_at for row in rows],
        [row.channel for row in rows],
        [row.cost for row in rows],
        [" ".join(sorted(row.need)) for row in rows],
        [" ".join(sorted(row.preferred)) for row in rows],
        [row.basis for row in rows],
        [row.step for row in rows],
        [row.next_step_at for row in rows],
        [row.requester_id for row in rows],
        [row.sticky_id for row in rows],
        [row.place for row in rows],
    )


async def remove(tx: Tx, ticket_ids: Iterable[int]) -> set[int]:
    """Take tickets off the list. Returns the teams in which one was at 100: a place may have been kept
    for it, that others can have now."""
    rows = await tx.db.fetch(
        "DELETE FROM routing_ticket WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])"
        " RETURNING team_id, place",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row["team_id"] for row in rows if row["place"] and row["place"] < score.ANCIENT}


async def dirty(tx: Tx) -> list[int]:
    """Kinds of tickets of which one changed since somebody looked."""
    return [row["class"] for row in await tx.db.fetch(_DIRTY, tx.workspace_id)]


async def heads(
    tx: Tx, *, kinds: Iterable[int], teams: Iterable[int], without: Iterable[int], most: int
) -> list[Waiting]:
    """The first in line of each of these kinds, and of all kinds of these teams."""
    rows = await tx.db.fetch(_HEADS, tx.workspace_id, list(kinds), list(teams), list(without), most)
    return [_waiting(row) for row in rows]


async def full(tx: Tx, teams: Iterable[int], *, without: Iterable[int], most: int) -> list[Waiting]:
    """Those of some teams at 100, the oldest first: what they lack may only be room."""
    rows = await tx.db.fetch(_FULL, tx.workspace_id, list(teams), list(without), most)
    return [_waiting(row) for row in rows]


def _waiting(row: Any) -> Waiting:
    return Waiting(
        ticket_id=row["ticket_id"],
        since=row["since"],
        place=row["place"] or row["since"],
        channel=row["channel"],
        cost=row["cost"],
        need=frozenset(row["need"]),
        preferred=frozenset(row["preferred"]),
        sticky_id=row["sticky_id"],
    )


async def hold(tx: Tx, ticket_ids: Iterable[int]) -> set[int]:
    """Those of some tickets that still wait where the list says, locked."""
    return {row["id"] for row in await tx.db.fetch(_HOLD, tx.workspace_id, list(ticket_ids))}


async def clean(tx: Tx, kinds: Iterable[int]) -> None:
    """These kinds were looked at."""
    await tx.db.execute(
        "UPDATE routing_ticket SET dirty = false"
        " WHERE workspace_id = $1 AND dirty AND class = ANY($2::bigint[])",
        tx.workspace_id,
        list(kinds),
    )


async def soil(tx: Tx, ticket_ids: Iterable[int]) -> None:
    """Look at these again the next time."""
    await tx.db.execute(
        "UPDATE routing_ticket SET dirty = true"
        " WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )


async def due(tx: Tx) -> list[int]:
    """Tickets whose needs loosen now."""
    return await _ids(tx, "next_step_at <= $2", tx.now)


async def astray(tx: Tx, *, before: datetime, most: int) -> list[int]:
    """Tickets that wait and are not on the list, or the other way round; and the few that nobody
    has looked at for longest."""
    found = [row["id"] for row in await tx.db.fetch(_ASTRAY, tx.workspace_id)]
    return found + await _ids(tx, "looked_at < $2 ORDER BY looked_at LIMIT $3", before, most)


async def everything(tx: Tx) -> list[int]:
    """All that wait, by the desk's tables or by the list."""
    rows = await tx.db.fetch(_ASTRAY, tx.workspace_id)
    return [row["id"] for row in rows] + await _ids(tx, "true")


async def of_teams(tx: Tx, team_ids: Iterable[int]) -> list[int]:
    rows = await tx.db.fetch(
        "SELECT id FROM ticket WHERE workspace_id = $1 AND team_id = ANY($2::bigint[])"
        " AND assignee_id IS NULL AND snoozed_until IS NULL AND status_category IN ('new', 'open')",
        tx.workspace_id,
        list(team_ids),
    )
    listed = await _ids(tx, "team_id = ANY($2::bigint[])", list(team_ids))
    return [row["id"] for row in rows] + listed


async def of_customers(tx: Tx, contact_ids: Iterable[int]) -> list[int]:
    return await _ids(tx, "requester_id = ANY($2::bigint[])", list(contact_ids))


async def _ids(tx: Tx, where: str, *args: Any) -> list[int]:
    rows = await tx.db.fetch(
        f"SELECT ticket_id FROM routing_ticket WHERE workspace_id = $1 AND {where}",
        tx.workspace_id,
        *args,
    )
    return [row["ticket_id"] for row in rows]


async def anything(tx: Tx) -> bool:
    return bool(
        await tx.db.fetchval(
            "SELECT EXISTS (SELECT FROM routing_ticket WHERE workspace_id = $1)", tx.workspace_id
        )
    )


async def next_step(tx: Tx) -> datetime | None:
    """When the next needs loosen."""
    found: datetime | None = await tx.db.fetchval(
        "SELECT min(next_step_at) FROM routing_ticket WHERE workspace_id = $1", tx.workspace_id
    )
    return found


async def place(tx: Tx, ticket_id: int) -> Place | None:
    """A ticket as it waits."""
    return await tx.db.fetchrow_as(
        Place,
        "SELECT ticket_id, team_id, since, entered_at, channel, cost, basis, step, next_step_at,"
        " sticky_id FROM routing_ticket WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )


async def before(tx: Tx, place: Place) -> int:
    """How many of the team are before it in line."""
    count: int = await tx.db.fetchval(
        "SELECT count(*)::int FROM routing_ticket q, routing_ticket own"
        " WHERE own.workspace_id = $1 AND own.ticket_id = $3 AND q.workspace_id = $1 AND q.team_id = $2"
        " AND (q.place, q.since, q.ticket_id) < (own.place, own.since, own.ticket_id)",
        tx.workspace_id,
        place.team_id,
        place.ticket_id,
    )
    return count
