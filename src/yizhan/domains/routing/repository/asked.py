"""What the desk's tables say of tickets that wait to be given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import filters
from yizhan.domains.tickets.errors import ConditionInvalid
from yizhan.kernel.tx import Tx

# Teams that give out by themselves, and tickets somebody asked to hand to the next in turn.
WAITS = """
t.workspace_id = $1 AND t.team_id IS NOT NULL AND t.assignee_id IS NULL AND t.snoozed_until IS NULL
AND t.status_category IN ('new', 'open') AND m.active
AND (m.assignment->>'mode' = 'round_robin' OR EXISTS (
     SELECT FROM assignment_wish w WHERE w.workspace_id = t.workspace_id AND w.ticket_id = t.id
       AND w.team_id = t.team_id))
"""
_TRUTH = f"""
SELECT t.id AS ticket_id, t.team_id, t.channel, t.requester_id, c.locale,
       coalesce(t.waiting_since, t.created_at) AS since
FROM ticket t JOIN team m ON m.workspace_id = t.workspace_id AND m.id = t.team_id
LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
WHERE {WAITS} AND t.id = ANY($2::bigint[])
"""
# Uses ticket_requester.
_LAST_AGENT = """
SELECT u.ticket_id, l.assignee_id
FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[]) AS u (ticket_id, requester_id, after)
CROSS JOIN LATERAL (
  SELECT t.assignee_id FROM ticket t
  WHERE t.workspace_id = $1 AND t.requester_id = u.requester_id AND t.id <> u.ticket_id
    AND t.assignee_id IS NOT NULL AND t.updated_at >= u.after
  ORDER BY t.id DESC LIMIT 1) l
"""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that waits, as the desk's tables have it now."""

    ticket_id: int
    team_id: int
    channel: str
    requester_id: int
    locale: str | None
    since: datetime


async def truths(tx: Tx, ticket_ids: Iterable[int]) -> list[Truth]:
    """Those of some tickets that wait to be given out."""
    return await tx.db.fetch_as(Truth, _TRUTH, tx.workspace_id, list(ticket_ids))


async def assignees(tx: Tx, ticket_ids: Iterable[int]) -> set[int]:
    rows = await tx.db.fetch(
        "SELECT DISTINCT assignee_id FROM ticket"
        " WHERE workspace_id = $1 AND id = ANY($2::bigint[]) AND assignee_id IS NOT NULL",
        tx.workspace_id,
        list(ticket_ids),
    )
    return {row["assignee_id"] for row in rows}


async def last_agents(tx: Tx, asked: Sequence[tuple[int, int, datetime]]) -> dict[int, int]:
    """Who last worked for the customer of each ticket, if that was after a moment."""
    rows = await tx.db.fetch(
        _LAST_AGENT, tx.workspace_id, *(list(column) for column in zip(*asked, strict=True))
    )
    return {row["ticket_id"]: row["assignee_id"] for row in rows}


async def holding(
    tx: Tx, ticket_ids: Sequence[int], conditions: Mapping[int, Mapping[str, Any]]
) -> dict[int, list[int]]:
    """For each ticket the keys of the conditions that hold: one query for all of them.

    A condition that can no longer be asked, because a field is gone, holds for nothing.
    """
    found: dict[int, list[int]] = {}
    args: list[Any] = [tx.workspace_id, list(ticket_ids)]
    asked: dict[int, str] = {}
    for key, raw in conditions.items():
        try:
            condition = filters.parse(raw)
            known = await filters.known(tx, filters.fields_of(condition))
            made = filters.clause(condition, known, who=filters.reader(tx), first=len(args) + 1)
        except ConditionInvalid:
            continue
        asked[key] = made.sql
        args += made.args
    if not asked:
        return {}
    rows = await tx.db.fetch(
        f"SELECT t.id, ARRAY[{', '.join(f'({part}) IS TRUE' for part in asked.values())}] AS holds"
        " FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[])",
        *args,
    )
    for row in rows:
        found[row["id"]] = [key for key, holds in zip(asked, row["holds"], strict=True) if holds]
    return found
