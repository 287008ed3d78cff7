"""The line by other weights, and what is kept of decisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.routing.repository import places
from yizhan.domains.routing.score import AGES, ANCIENT, MOST, PARTS, Shares, Weights
from yizhan.kernel.tx import Tx

_OTHERS = ", ".join(part for part in PARTS if part != "value")
# A score is asked of all that wait: tens of thousands of small rows, once for each try.
_COMPARED = """
WITH p AS (
  SELECT p.ticket_id, p.place, p.since, p.value AS old_value, {others}, t.number, t.subject,
         greatest(CASE WHEN c.vip THEN $2::int ELSE 0 END,
                  coalesce(($3::jsonb->>(o.fields->>$4::text))::int, 0)) * 10 AS value
  FROM ticket_score p JOIN ticket t ON t.workspace_id = p.workspace_id AND t.id = p.ticket_id
  LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
  LEFT JOIN company o ON o.workspace_id = c.workspace_id AND o.id = c.company_id
  WHERE p.workspace_id = $1 AND {seen} AND ($5::boolean OR t.assignee_id IS NULL)
), tried AS (SELECT p.*, {moment} AS raw FROM p),
placed AS (
  SELECT *, CASE WHEN raw + $6::interval <= $7 THEN since - $8::interval ELSE raw END AS other FROM tried
), numbered AS (
  SELECT *, row_number() OVER (ORDER BY place, since, ticket_id)::int AS before,
         row_number() OVER (ORDER BY other, since, ticket_id)::int AS after,
         count(*) OVER ()::int AS total FROM placed
)
SELECT * FROM numbered WHERE before <= $9 OR after <= $9 ORDER BY after LIMIT 2 * $9::int
"""
# Uses event_ticket.
_DECISIONS = """
SELECT id, at, data FROM event
WHERE workspace_id = $1 AND ticket_id = $2 AND type = 'assignment.decided' ORDER BY id DESC LIMIT 20
"""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with its places in two lines."""

    ticket_id: int
    number: int
    subject: str
    before: int
    after: int
    old: Shares
    new: Shares


async def compared(
    tx: Tx, weights: Weights, *, most: int, all_open: bool
) -> tuple[list[Compared], int]:
    """The first of the line now and of the line by other weights, with how many there are."""
    moment, values = places.moment(weights, first=10)
    seen, bound = permissions.ticket_condition(tx.actor, "ticket:read", first=10 + len(values))
    rows = await tx.db.fetch(
        _COMPARED.format(
            others=", ".join(f"p.{name}" for name in _OTHERS.split(", ")), seen=seen, moment=moment
        ),
        tx.workspace_id,
        weights.vip,
        weights.tiers,
        weights.tier_field,
        all_open,
        MOST * weights.point,
        tx.now,
        AGES,
        most,
        *values,
        *bound,
    )
    return [_compared(row) for row in rows], (rows[0]["total"] if rows else 0)


def _compared(row: Any) -> Compared:
    alike = {part: row[part] for part in PARTS}
    return Compared(
        ticket_id=row["ticket_id"],
        number=row["number"],
        subject=row["subject"],
        before=row["before"],
        after=row["after"],
        old=Shares(
            since=row["since"],
            full=row["place"] < ANCIENT,
            **{**alike, "value": row["old_value"]},
        ),
        new=Shares(since=row["since"], full=row["other"] < ANCIENT, **alike),
    )


async def decisions(tx: Tx, ticket_id: int) -> list[Any]:
    """What is kept of the decisions about a ticket, the newest first."""
    return await tx.db.fetch(_DECISIONS, tx.workspace_id, ticket_id)


async def numbers(tx: Tx, ticket_ids: Iterable[int]) -> dict[str, int]:
    """The numbers of those of some tickets that the actor may see, by id as text."""
    seen, bound = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"SELECT t.id, t.number FROM ticket t"
        f" WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[]) AND {seen}",
        tx.workspace_id,
        list(ticket_ids),
        *bound,
    )
    return {str(row["id"]): row["number"] for row in rows}
