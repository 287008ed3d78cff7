"""Presence, load and waiting tickets in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yizhan.domains.routing.types import Candidate, Presence, State
from yizhan.kernel.tx import Tx

# Load: what an agent has to work on now. Waiting for the customer and snoozed do not count.
_LOAD = """
(SELECT count(*)::int FROM ticket t WHERE t.workspace_id = a.workspace_id AND t.assignee_id = a.id
   AND t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL)
"""
_PRESENCE = f"""
SELECT a.id AS agent_id, coalesce(p.state, 'offline') AS state, a.capacity, {_LOAD} AS load,
       coalesce(p.automatic, false) AS automatic
FROM agent a LEFT JOIN agent_presence p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
WHERE a.workspace_id = $1 AND a.active
"""
_SET = """
INSERT INTO agent_presence (workspace_id, agent_id, state, since, last_seen_at, automatic)
VALUES ($1, $2, $3, $4, $4, $5)
ON CONFLICT (workspace_id, agent_id) DO UPDATE
SET state = $3, since = $4, last_seen_at = greatest(agent_presence.last_seen_at, $4), automatic = $5
"""
# Uses the index ticket_waiting.
_TEAMS = """
SELECT t.id FROM team t
WHERE t.workspace_id = $1 AND t.active AND t.assignment->>'mode' = 'round_robin' AND EXISTS (
    SELECT FROM ticket w WHERE w.workspace_id = $1 AND w.team_id = t.id AND w.assignee_id IS NULL
      AND w.snoozed_until IS NULL AND w.status_category IN ('new', 'open'))
ORDER BY t.id
"""
_WAITING = """
SELECT id FROM ticket
WHERE workspace_id = $1 AND team_id = $2 AND assignee_id IS NULL AND snoozed_until IS NULL
  AND status_category IN ('new', 'open')
ORDER BY coalesce(waiting_since, created_at), id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED
"""
_CANDIDATES = f"""
SELECT a.id AS agent_id, a.capacity, {_LOAD} AS load, p.last_given_at
FROM team_member m
JOIN agent a ON a.workspace_id = m.workspace_id AND a.id = m.agent_id
JOIN agent_presence p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
WHERE m.workspace_id = $1 AND m.team_id = $2 AND a.active AND p.state = 'online'
"""


async def presence(tx: Tx, agent_id: int) -> Presence | None:
    """One agent's presence; None when nobody active has this id."""
    return await tx.db.fetchrow_as(
        Presence, f"{_PRESENCE} AND a.id = $2", tx.workspace_id, agent_id
    )


async def presences(tx: Tx) -> list[Presence]:
    """Everybody's presence."""
    return await tx.db.fetch_as(Presence, f"{_PRESENCE} ORDER BY a.id", tx.workspace_id)


async def lock(tx: Tx, agent_id: int) -> tuple[State, bool, datetime] | None:
    """An agent's state, whether we set it, and when they were last seen; held."""
    row = await tx.db.fetchrow(
        "SELECT state, automatic, last_seen_at FROM agent_presence"
        " WHERE workspace_id = $1 AND agent_id = $2 FOR UPDATE",
        tx.workspace_id,
        agent_id,
    )
    return None if row is None else (row["state"], row["automatic"], row["last_seen_at"])


async def set_state(tx: Tx, agent_id: int, *, state: State, automatic: bool) -> None:
    """Write an agent's state as of now."""
    await tx.db.execute(_SET, tx.workspace_id, agent_id, state, tx.now, automatic)


async def touch(tx: Tx, agent_id: int) -> None:
    """Note that an agent's connection is alive."""
    await tx.db.execute(
        "UPDATE agent_presence SET last_seen_at = greatest(last_seen_at, $3)"
        " WHERE workspace_id = $1 AND agent_id = $2",
        tx.workspace_id,
        agent_id,
        tx.now,
    )


async def hold(tx: Tx) -> None:
    """One distribution at a time in a workspace: an agent may be in several teams, so a lock per
    team would let two of them fill the same last place."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"routing:{tx.workspace_id}"
    )


async def teams_with_waiting(tx: Tx) -> list[int]:
    """Round-robin teams in which a ticket waits for an agent."""
    return [row[0] for row in await tx.db.fetch(_TEAMS, tx.workspace_id)]


async def waiting(tx: Tx, team_id: int, *, most: int) -> list[int]:
    """Tickets of a team that wait for an agent, the longest wait first; held.

    One that somebody is changing right now is left out: the change tells, or the sweep finds it.
    """
    return [row[0] for row in await tx.db.fetch(_WAITING, tx.workspace_id, team_id, most)]


async def candidates(tx: Tx, team_id: int) -> list[Candidate]:
    """Members of a team who are online."""
    return await tx.db.fetch_as(Candidate, _CANDIDATES, tx.workspace_id, team_id)


async def given(tx: Tx, agent_ids: Sequence[int], moments: Sequence[datetime]) -> None:
    """Remember when agents were last given something."""
    await tx.db.execute(
        "UPDATE agent_presence p SET last_given_at = u.at"
        " FROM (SELECT agent_id, max(at) AS at FROM unnest($2::bigint[], $3::timestamptz[])"
        "       AS g (agent_id, at) GROUP BY agent_id) u"
        " WHERE p.workspace_id = $1 AND p.agent_id = u.agent_id",
        tx.workspace_id,
        list(agent_ids),
        list(moments),
    )
