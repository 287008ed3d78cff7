"""Presence and load in the database."""

from __future__ import annotations

from datetime import datetime

from yizhan.domains.routing.repository import config
from yizhan.domains.routing.types import Presence, State
from yizhan.kernel.tx import Tx

# Load: what an agent has to work on now, by the weight of its channel. Waiting for the customer and
# snoozed do not count.
_LOAD = """
(SELECT coalesce(sum(coalesce(($2::jsonb->>t.channel)::int, 1)), 0)::int FROM ticket t
 WHERE t.workspace_id = a.workspace_id AND t.assignee_id = a.id
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


async def presence(tx: Tx, agent_id: int) -> Presence | None:
    """One agent's presence; None when nobody active has this id."""
    return await tx.db.fetchrow_as(
        Presence,
        f"{_PRESENCE} AND a.id = $3",
        tx.workspace_id,
        await config.costs(tx),
        agent_id,
    )


async def presences(tx: Tx) -> list[Presence]:
    """Everybody's presence."""
    return await tx.db.fetch_as(
        Presence, f"{_PRESENCE} ORDER BY a.id", tx.workspace_id, await config.costs(tx)
    )


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
