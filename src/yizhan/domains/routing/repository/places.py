"""How much open tickets deserve to be next, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.routing.score import AGES, ANCIENT, MOST, PARTS, WHOLE, Shares, Weights
from yizhan.kernel.tx import Tx

# What somebody has to do: who answered last makes a customer wait no longer.
_OPEN = "t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL"
_TRUTH = f"""
SELECT t.id AS ticket_id, t.priority, coalesce(c.vip, false) AS vip,
       coalesce(t.waiting_since, CASE WHEN t.first_reply_at IS NOT NULL THEN t.last_message_at END,
                t.created_at) AS since,
       coalesce(o.fields, '{{}}') AS company
FROM ticket t LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
LEFT JOIN company o ON o.workspace_id = c.workspace_id AND o.id = c.company_id
WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[]) AND {_OPEN}
"""
_PUT = """
INSERT INTO ticket_score (workspace_id, ticket_id, place, since, value, emotion, complexity, importance,
                             risk, risk_at, facts, full_at, next_at)
SELECT $1, u.* FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::int[],
  $7::int[], $8::int[], $9::int[], $10::timestamptz[], $11::jsonb[], $12::timestamptz[],
  $13::timestamptz[]) AS u
ON CONFLICT (workspace_id, ticket_id) DO UPDATE
SET place = excluded.place, since = excluded.since, value = excluded.value,
    emotion = excluded.emotion, complexity = excluded.complexity, importance = excluded.importance,
    risk = excluded.risk, risk_at = excluded.risk_at, facts = excluded.facts,
    full_at = excluded.full_at, next_at = excluded.next_at
WHERE (ticket_score.place, ticket_score.since, ticket_score.value, ticket_score.emotion,
       ticket_score.complexity, ticket_score.importance, ticket_score.risk,
       ticket_score.risk_at, ticket_score.facts, ticket_score.next_at)
  IS DISTINCT FROM (excluded.place, excluded.since, excluded.value, excluded.emotion,
       excluded.complexity, excluded.importance, excluded.risk, excluded.risk_at, excluded.facts,
       excluded.next_at)
"""
_LINE = """
UPDATE routing_ticket q SET place = p.place FROM ticket_score p
WHERE p.workspace_id = $1 AND q.workspace_id = $1 AND q.ticket_id = p.ticket_id
  AND q.place IS DISTINCT FROM p.place
"""
_COLUMNS = "ticket_id, since, value, emotion, complexity, importance, risk, risk_at, facts"


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """An open ticket as the desk's tables have it now."""

    ticket_id: int
    priority: str
    vip: bool
    since: datetime
    company: dict[str, Any]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with what is known of it and the moment that orders it."""

    ticket_id: int
    shares: Shares
    facts: dict[str, Any]
    risk_at: datetime | None
    place: datetime
    full_at: datetime

    @property
    def next_at(self) -> datetime | None:
        ahead = [self.risk_at, None if self.shares.full else self.full_at]
        return min((one for one in ahead if one is not None), default=None)


async def truths(tx: Tx, ticket_ids: Sequence[int]) -> list[Truth]:
    """Those of some tickets that somebody has to work on."""
    return await tx.db.fetch_as(Truth, _TRUTH, tx.workspace_id, list(ticket_ids))


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Write what differs, also in the line of those that wait to be given out."""
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        [row.ticket_id for row in rows],
        [row.place for row in rows],
        [row.shares.since for row in rows],
        *([row.shares.of(part) for row in rows] for part in PARTS),
        [row.risk_at for row in rows],
        [row.facts for row in rows],
        [row.full_at for row in rows],
        [row.next_at for row in rows],
    )
    await tx.db.execute(
        f"{_LINE} AND p.ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        [row.ticket_id for row in rows],
    )


async def remove(tx: Tx, ticket_ids: Sequence[int]) -> None:
    await tx.db.execute(
        "DELETE FROM ticket_score WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )


async def of(tx: Tx, ticket_ids: Iterable[int]) -> dict[int, Row]:
    """What is stored of some tickets."""
    rows = await tx.db.fetch(
        f"SELECT {_COLUMNS}, place, full_at FROM ticket_score"
        " WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row["ticket_id"]: row_of(row) for row in rows}


async def seen(tx: Tx, ticket_ids: Iterable[int]) -> dict[int, Row]:
    """What is stored of those of some tickets that the actor sees."""
    where, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        "SELECT t.id FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[])"
        f" AND {where}",
        tx.workspace_id,
        list(ticket_ids),
        *values,
    )
    return await of(tx, [row["id"] for row in rows])


def row_of(row: Any) -> Row:
    """A row of the table as a struct."""
    return Row(
        ticket_id=row["ticket_id"],
        shares=Shares(
            since=row["since"],
            full=row["place"] < ANCIENT,
            **{part: row[part] for part in PARTS},
        ),
        facts=row["facts"],
        risk_at=row["risk_at"],
        place=row["place"],
        full_at=row["full_at"],
    )


async def due(tx: Tx) -> list[int]:
    """Tickets of which something turns now: a tenth of a promise, or 100 is reached."""
    rows = await tx.db.fetch(
        "SELECT ticket_id FROM ticket_score WHERE workspace_id = $1 AND next_at <= $2"
        " ORDER BY next_at LIMIT 2000",
        tx.workspace_id,
        tx.now,
    )
    return [row["ticket_id"] for row in rows]


async def hasten(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """Look at these at the next opportunity."""
    await tx.db.execute(
        "UPDATE ticket_score SET next_at = $3"
        " WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
        tx.now,
    )


async def next_step(tx: Tx) -> datetime | None:
    """When something turns the next time."""
    found: datetime | None = await tx.db.fetchval(
        "SELECT min(next_at) FROM ticket_score WHERE workspace_id = $1", tx.workspace_id
    )
    return found


async def of_customers(
    tx: Tx, contact_ids: Sequence[int], *, companies: Sequence[int] = ()
) -> list[int]:
    """The scored tickets of some people and of the people of some companies."""
    rows = await tx.db.fetch(
        "SELECT t.id FROM ticket t JOIN ticket_score p ON p.workspace_id = t.workspace_id"
        " AND p.ticket_id = t.id WHERE t.workspace_id = $1 AND (t.requester_id = ANY($2::bigint[])"
        " OR t.requester_id IN (SELECT id FROM contact WHERE workspace_id = $1"
        "   AND company_id = ANY($3::bigint[])))",
        tx.workspace_id,
        list(contact_ids),
        list(companies),
    )
    return [row["id"] for row in rows]


async def unscored(tx: Tx, *, after: int, most: int) -> list[int]:
    """Open tickets by id, for the first time."""
    rows = await tx.db.fetch(
        f"SELECT t.id FROM ticket t WHERE t.workspace_id = $1 AND t.id > $2 AND {_OPEN}"
        " ORDER BY t.id LIMIT $3",
        tx.workspace_id,
        after,
        most,
    )
    return [row["id"] for row in rows]


def moment(weights: Weights, *, first: int) -> tuple[str, list[Any]]:
    """:func:`score.raw_place` as SQL over ``p``, with its values from ``$first`` on."""
    each = [weights.points(part) / WHOLE * weights.point.total_seconds() for part in PARTS]
    said = " + ".join(f"p.{part} * ${first + n}::float8" for n, part in enumerate(PARTS))
    return f"p.since - make_interval(secs => {said})", each


async def weigh(tx: Tx, weights: Weights) -> None:
    """Order all tickets of the workspace by other weights, in one statement."""
    raw, values = moment(weights, first=5)
    await tx.db.execute(
        "UPDATE ticket_score SET place = CASE WHEN x.full_at <= $2 THEN x.since - $3::interval ELSE x.raw END,"
        " full_at = x.full_at, next_at = least(x.risk_at, CASE WHEN x.full_at > $2 THEN x.full_at END)"
        f" FROM (SELECT p.ticket_id, p.since, p.risk_at, {raw} AS raw, {raw} + $4::interval AS full_at"
        "   FROM ticket_score p WHERE p.workspace_id = $1) x"
        " WHERE ticket_score.workspace_id = $1 AND ticket_score.ticket_id = x.ticket_id",
        tx.workspace_id,
        tx.now,
        AGES,
        MOST * weights.point,
        *values,
    )
    await tx.db.execute(_LINE, tx.workspace_id)


async def settings(tx: Tx) -> tuple[Weights, int, bool]:
    """The weights, up to which ticket all were scored, and whether that is finished."""
    row = await tx.db.fetchrow(
        "SELECT settings, filled_to, filled_at FROM priority_state WHERE workspace_id = $1",
        tx.workspace_id,
    )
    if row is None:
        return Weights(), 0, False
    return msgspec.convert(row["settings"], Weights), row["filled_to"], row["filled_at"] is not None


async def put_weights(tx: Tx, weights: Weights) -> None:
    await tx.db.execute(
        "INSERT INTO priority_state (workspace_id, settings) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id) DO UPDATE SET settings = $2",
        tx.workspace_id,
        msgspec.to_builtins(weights),
    )


async def filled(tx: Tx, *, to: int, done: bool) -> None:
    """How far open tickets were scored for the first time."""
    await tx.db.execute(
        "INSERT INTO priority_state (workspace_id, filled_to, filled_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id) DO UPDATE SET filled_to = $2, filled_at = $3",
        tx.workspace_id,
        to,
        tx.now if done else None,
    )
