"""Agents as distribution sees them: what the desk's tables say, and the list made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.routing.matching import Worker
from yizhan.domains.routing.types import State
from yizhan.kernel.tx import Tx

# Uses ticket_mine: an agent's few open tickets.
_TRUTH = """
SELECT a.id AS agent_id, a.name, a.active, a.capacity, coalesce(s.state, 'offline') AS state,
       coalesce(p.languages, '{}') AS languages, coalesce(p.shifts, '{}') AS shifts,
       coalesce(p.limits, '{}') AS limits, coalesce(p.time_zone, w.time_zone) AS time_zone,
       coalesce((SELECT jsonb_object_agg(k.skill_id, k.level) FROM agent_skill k
                 WHERE k.workspace_id = a.workspace_id AND k.agent_id = a.id), '{}') AS skills,
       coalesce((SELECT jsonb_object_agg(c.channel, c.tickets) FROM (
                   SELECT t.channel, count(*) AS tickets FROM ticket t
                   WHERE t.workspace_id = a.workspace_id AND t.assignee_id = a.id
                     AND t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL
                   GROUP BY t.channel) c), '{}') AS counts,
       coalesce((SELECT jsonb_object_agg(m.team_id, m.unit_id) FROM (
                   SELECT x.team_id, y.unit_id FROM team_member x JOIN team y
                     ON y.workspace_id = x.workspace_id AND y.id = x.team_id AND y.active
                   WHERE x.workspace_id = a.workspace_id AND x.agent_id = a.id) m), '{}') AS teams
FROM agent a JOIN workspace w ON w.workspace_id = a.workspace_id
LEFT JOIN agent_profile p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
LEFT JOIN agent_presence s ON s.workspace_id = a.workspace_id AND s.agent_id = a.id
WHERE a.workspace_id = $1 AND a.id = ANY($2::bigint[])
"""
_PUT = """
INSERT INTO routing_agent (workspace_id, agent_id, available, abilities, capacity, load, counts,
                           limits, next_change_at, dirty)
SELECT $1, u.agent_id, u.available, string_to_array(u.abilities, ' '), u.capacity, u.load, u.counts,
       u.limits, u.next_change_at, $10
FROM unnest($2::bigint[], $3::boolean[], $4::text[], $5::int[], $6::int[], $7::jsonb[], $8::jsonb[],
            $9::timestamptz[])
  AS u (agent_id, available, abilities, capacity, load, counts, limits, next_change_at)
ON CONFLICT (workspace_id, agent_id) DO UPDATE
SET available = excluded.available, abilities = excluded.abilities, capacity = excluded.capacity,
    load = excluded.load, counts = excluded.counts, limits = excluded.limits,
    next_change_at = excluded.next_change_at, dirty = routing_agent.dirty OR $10
"""
_WORKER = "agent_id, abilities, capacity, load, counts, limits, last_given_at"
_DIRTY = f"""
SELECT {_WORKER} FROM routing_agent
WHERE workspace_id = $1 AND dirty AND available AND load < capacity ORDER BY agent_id LIMIT $2
"""
_SOME = f"""
SELECT {_WORKER} FROM routing_agent
WHERE workspace_id = $1 AND agent_id = ANY($2::bigint[]) AND available
"""
# Uses routing_agent_turn and stops at the first who fit.
_CANDIDATES = f"""
SELECT DISTINCT ON (c.agent_id) {", ".join(f"c.{name}" for name in _WORKER.split(", "))}
FROM unnest($2::text[], $3::text[], $4::int[]) AS k (need, channel, cost)
CROSS JOIN LATERAL (
  SELECT {_WORKER} FROM routing_agent
  WHERE workspace_id = $1 AND available AND load < capacity AND load + k.cost <= capacity
    AND abilities @> string_to_array(k.need, ' ')
    AND (NOT limits ? k.channel OR coalesce((counts->>k.channel)::int, 0) < (limits->>k.channel)::int)
  ORDER BY last_given_at NULLS FIRST, agent_id LIMIT $5) c
"""
_GIVEN = """
UPDATE routing_agent a SET load = u.load, counts = u.counts, last_given_at = u.at
FROM unnest($2::bigint[], $3::int[], $4::jsonb[], $5::timestamptz[]) AS u (agent_id, load, counts, at)
WHERE a.workspace_id = $1 AND a.agent_id = u.agent_id
"""
# Whoever is not as the list says: gone, come, other tickets than were counted, a shift that turned.
_ASTRAY = """
SELECT a.id FROM agent a
LEFT JOIN agent_presence p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
LEFT JOIN routing_agent r ON r.workspace_id = a.workspace_id AND r.agent_id = a.id
WHERE a.workspace_id = $1 AND (
  r.next_change_at <= $2
  OR (r.available AND NOT (a.active AND coalesce(p.state, 'offline') = 'online'))
  OR (a.active AND p.state = 'online' AND (r.agent_id IS NULL OR
      (SELECT coalesce(sum(n.value::int), 0) FROM jsonb_each_text(r.counts) n)
      <> (SELECT count(*) FROM ticket t WHERE t.workspace_id = a.workspace_id
          AND t.assignee_id = a.id AND t.status_category IN ('new', 'open')
          AND t.snoozed_until IS NULL))))
"""


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """An agent as the desk's tables have them now."""

    agent_id: int
    name: str
    active: bool
    capacity: int
    state: State
    languages: list[str]
    shifts: dict[str, list[tuple[str, str]]]
    limits: dict[str, int]
    time_zone: str
    skills: dict[int, int]
    counts: dict[str, int]
    teams: dict[int, int | None]  # and the unit of each


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An agent as the list keeps them."""

    agent_id: int
    available: bool
    abilities: frozenset[str]
    capacity: int
    load: int
    counts: dict[str, int]
    limits: dict[str, int]
    next_change_at: datetime | None


async def truths(tx: Tx, agent_ids: Iterable[int]) -> list[Truth]:
    """What the desk's tables say of some agents."""
    rows = await tx.db.fetch(_TRUTH, tx.workspace_id, list(agent_ids))
    return [msgspec.convert(dict(row), Truth, strict=False) for row in rows]


async def put(tx: Tx, rows: Sequence[Row], *, mark: bool) -> None:
    """Write the list; whoever is marked will be looked at."""
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        [row.agent_id for row in rows],
        [row.available for row in rows],
        [" ".join(sorted(row.abilities)) for row in rows],
        [row.capacity for row in rows],
        [row.load for row in rows],
        [row.counts for row in rows],
        [row.limits for row in rows],
        [row.next_change_at for row in rows],
        mark,
    )


def _workers(rows: Iterable[Any]) -> list[Worker]:
    return [Worker(**{**dict(row), "abilities": frozenset(row["abilities"])}) for row in rows]


async def dirty(tx: Tx, *, most: int) -> list[Worker]:
    """Agents with room that nobody has looked at since they changed."""
    return _workers(await tx.db.fetch(_DIRTY, tx.workspace_id, most))


async def some(tx: Tx, agent_ids: Iterable[int]) -> list[Worker]:
    """Those of some agents who are at work."""
    return _workers(await tx.db.fetch(_SOME, tx.workspace_id, list(agent_ids)))


async def candidates(
    tx: Tx, kinds: Sequence[tuple[frozenset[str], str, int]], *, most: int
) -> list[Worker]:
    """For each need, channel and cost the next few who fit and have room."""
    rows = await tx.db.fetch(
        _CANDIDATES,
        tx.workspace_id,
        [" ".join(sorted(need)) for need, _, _ in kinds],
        [channel for _, channel, _ in kinds],
        [cost for _, _, cost in kinds],
        most,
    )
    return _workers(rows)


async def given(tx: Tx, workers: Sequence[Worker]) -> None:
    """Keep what agents have now, and when they last were given something."""
    await tx.db.execute(
        _GIVEN,
        tx.workspace_id,
        [one.agent_id for one in workers],
        [one.load for one in workers],
        [dict(one.counts) for one in workers],
        [one.last_given_at for one in workers],
    )


async def clean(tx: Tx, agent_ids: Iterable[int] | None = None) -> None:
    """These agents were looked at; without ids all who have no room or are not at work."""
    if agent_ids is None:
        await tx.db.execute(
            "UPDATE routing_agent SET dirty = false WHERE workspace_id = $1 AND dirty"
            " AND NOT (available AND load < capacity)",
            tx.workspace_id,
        )
        return
    await tx.db.execute(
        "UPDATE routing_agent SET dirty = false WHERE workspace_id = $1 AND dirty"
        " AND agent_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(agent_ids),
    )


async def soil(tx: Tx, team_ids: Iterable[int]) -> None:
    """Look again at those of some teams who have room: it may have been kept for a ticket."""
    await tx.db.execute(
        "UPDATE routing_agent SET dirty = true WHERE workspace_id = $1 AND available"
        " AND load < capacity AND abilities && $2",
        tx.workspace_id,
        [f"t:{team_id}" for team_id in team_ids],
    )


async def soil_everybody(tx: Tx) -> None:
    """Look again at all who have room."""
    await tx.db.execute(
        "UPDATE routing_agent SET dirty = true WHERE workspace_id = $1 AND available"
        " AND load < capacity",
        tx.workspace_id,
    )


async def due(tx: Tx) -> list[int]:
    """Agents whose shift or leave has turned."""
    rows = await tx.db.fetch(
        "SELECT agent_id FROM routing_agent WHERE workspace_id = $1 AND next_change_at <= $2",
        tx.workspace_id,
        tx.now,
    )
    return [row["agent_id"] for row in rows]


async def astray(tx: Tx) -> list[int]:
    """Agents whose row is not what the desk's tables say."""
    return [row["id"] for row in await tx.db.fetch(_ASTRAY, tx.workspace_id, tx.now)]


async def everybody(tx: Tx) -> list[int]:
    """All who are online, or whom the list has at work."""
    rows = await tx.db.fetch(
        "SELECT agent_id FROM agent_presence WHERE workspace_id = $1 AND state = 'online'"
        " UNION SELECT agent_id FROM routing_agent WHERE workspace_id = $1 AND available",
        tx.workspace_id,
    )
    return [row["agent_id"] for row in rows]


async def of_teams(tx: Tx, team_ids: Iterable[int]) -> list[int]:
    """Members of some teams, and those whom the list still has as members."""
    ids = list(team_ids)
    rows = await tx.db.fetch(
        "SELECT agent_id FROM team_member WHERE workspace_id = $1 AND team_id = ANY($2::bigint[])"
        " UNION SELECT agent_id FROM routing_agent WHERE workspace_id = $1 AND abilities && $3",
        tx.workspace_id,
        ids,
        [f"t:{team_id}" for team_id in ids],
    )
    return [row["agent_id"] for row in rows]


async def anybody_at_work(tx: Tx) -> bool:
    return bool(
        await tx.db.fetchval(
            "SELECT EXISTS (SELECT FROM routing_agent WHERE workspace_id = $1 AND available)",
            tx.workspace_id,
        )
    )


async def next_change(tx: Tx) -> datetime | None:
    """When the next shift or leave turns."""
    found: datetime | None = await tx.db.fetchval(
        "SELECT min(next_change_at) FROM routing_agent WHERE workspace_id = $1", tx.workspace_id
    )
    return found


async def members(tx: Tx, team_id: int, *, most: int) -> tuple[int, list[int]]:
    """How many a team has, and those of them who are nearest to work."""
    rows = await tx.db.fetch(
        "SELECT m.agent_id, count(*) OVER () AS everybody FROM team_member m"
        " LEFT JOIN routing_agent r ON r.workspace_id = m.workspace_id AND r.agent_id = m.agent_id"
        " WHERE m.workspace_id = $1 AND m.team_id = $2"
        " ORDER BY coalesce(r.available, false) DESC, r.last_given_at NULLS FIRST, m.agent_id"
        " LIMIT $3",
        tx.workspace_id,
        team_id,
        most,
    )
    return (rows[0]["everybody"] if rows else 0), [row["agent_id"] for row in rows]
