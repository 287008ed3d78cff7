"""Inferred ratings in the database, and what they are inferred from."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec

from yizhan.domains.surveys import scales
from yizhan.domains.understanding.satisfaction.rules import Inferred, Rating
from yizhan.kernel.tx import Tx

MOST: Final = 200  # messages of a ticket that count, the newest
_RATING = scales.rating_sql("v.kind", "v.score")
_TALK = f"""
SELECT id, direction, created_at, left(body_text, 1000) AS body FROM (
  SELECT id, direction, created_at, body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2
    AND direction IN ('in', 'out') AND NOT automatic AND delivery_state IS DISTINCT FROM 'cancelled'
  ORDER BY id DESC LIMIT {MOST}) m ORDER BY id
"""
_REOPENED = """
SELECT count(*) FROM event WHERE workspace_id = $1 AND ticket_id = $2 AND type = 'ticket.status_changed'
  AND data->'changes'->'status_category'->>0 IN ('resolved', 'closed')
  AND data->'changes'->'status_category'->>1 NOT IN ('resolved', 'closed')
"""
# Uses the index inferred_satisfaction_at and the unique index survey_invitation_ticket.
_SUMMARY = f"""
SELECT i.told, {_RATING} AS rated FROM inferred_satisfaction i
LEFT JOIN survey_invitation v ON v.workspace_id = i.workspace_id AND v.ticket_id = i.ticket_id
  AND v.score IS NOT NULL
WHERE i.workspace_id = $1 AND i.inferred_at >= $2
"""
_DONE = """
SELECT count(*) FROM ticket WHERE workspace_id = $1 AND status_category IN ('resolved', 'closed')
  AND merged_into IS NULL AND updated_at >= $2
"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What was inferred of a ticket."""

    score: float
    rating: Rating
    model: str
    parts: list[dict[str, Any]]
    inferred_at: datetime


async def talk(tx: Tx, ticket_id: int) -> list[Any]:
    """What both said, oldest first. Uses the index message_ticket."""
    return list(await tx.db.fetch(_TALK, tx.workspace_id, ticket_id))


async def reopened(tx: Tx, ticket_id: int) -> int:
    """How often it was not done any more. Uses the index event_ticket."""
    found: int = await tx.db.fetchval(_REOPENED, tx.workspace_id, ticket_id)
    return found


async def of_ticket(tx: Tx, ticket_id: int) -> Kept | None:
    row = await tx.db.fetchrow(
        "SELECT score, rating, model, parts, inferred_at FROM inferred_satisfaction"
        " WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return None if row is None else msgspec.convert(dict(row), Kept)


async def put(tx: Tx, ticket_id: int, new: Inferred) -> None:
    await tx.db.execute(
        "INSERT INTO inferred_satisfaction (workspace_id, ticket_id, score, rating, model, parts, inferred_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, ticket_id) DO UPDATE SET"
        " score = excluded.score, rating = excluded.rating, model = excluded.model,"
        " parts = excluded.parts, inferred_at = excluded.inferred_at",
        tx.workspace_id,
        ticket_id,
        new.score,
        new.rating,
        new.model,
        msgspec.to_builtins(new.parts),
        tx.now,
    )


async def note(tx: Tx, ticket_id: int) -> None:
    """Keep what was inferred until the customer said it; what is inferred later may have heard of it."""
    await tx.db.execute(
        "UPDATE inferred_satisfaction SET told = score WHERE workspace_id = $1 AND ticket_id = $2"
        " AND told IS NULL",
        tx.workspace_id,
        ticket_id,
    )


async def compared(tx: Tx, since: datetime) -> list[Any]:
    """Of every inference the score before the rating, and the rating; None where there is none."""
    return list(await tx.db.fetch(_SUMMARY, tx.workspace_id, since))


async def done(tx: Tx, since: datetime) -> int:
    """Tickets that are done and were touched after a moment."""
    found: int = await tx.db.fetchval(_DONE, tx.workspace_id, since)
    return found
