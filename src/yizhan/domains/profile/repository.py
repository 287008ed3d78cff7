"""Facts, standings and figures in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.profile.types import METRICS, Fact, Figures, Found, StageSettings, Standing
from yizhan.kernel.tx import Tx

_FACT = ", ".join(field.name for field in msgspec.structs.fields(Fact))
_STANDING = ", ".join(field.name for field in msgspec.structs.fields(Standing))
# One row a value; what an agent took out stays out, what an agent said stays theirs.
_SAY = """
INSERT INTO contact_fact (workspace_id, id, contact_id, key, value, normal, state, by, confidence, evidence,
                          ticket_id, message_id, first_at, last_at)
VALUES ($1, $2, $3, $4, $5, $6, 'said', 'rule', $7, $8, $9, $10, $11, $11)
ON CONFLICT (workspace_id, contact_id, key, normal) DO UPDATE
SET times = contact_fact.times + 1, first_at = least(contact_fact.first_at, excluded.first_at),
    last_at = greatest(contact_fact.last_at, excluded.last_at),
    confidence = greatest(contact_fact.confidence, excluded.confidence),
    value = CASE WHEN contact_fact.by = 'rule' THEN excluded.value ELSE contact_fact.value END,
    evidence = CASE WHEN excluded.last_at >= contact_fact.last_at OR contact_fact.message_id IS NULL
                    THEN excluded.evidence ELSE contact_fact.evidence END,
    ticket_id = CASE WHEN excluded.last_at >= contact_fact.last_at OR contact_fact.message_id IS NULL
                     THEN excluded.ticket_id ELSE contact_fact.ticket_id END,
    message_id = CASE WHEN excluded.last_at >= contact_fact.last_at OR contact_fact.message_id IS NULL
                      THEN excluded.message_id ELSE contact_fact.message_id END
WHERE contact_fact.state <> 'gone'
RETURNING (xmax = 0) AS new
"""
_KEEP = """
INSERT INTO contact_fact (workspace_id, id, contact_id, key, value, normal, state, by, agent_id, confidence,
                          first_at, last_at)
VALUES ($1, $2, $3, $4, $5, $6, 'said', 'agent', $7, 1, $8, $8)
ON CONFLICT (workspace_id, contact_id, key, normal) DO UPDATE
SET state = 'said', by = 'agent', agent_id = excluded.agent_id, value = excluded.value, confidence = 1,
    last_at = excluded.last_at
RETURNING id
"""
# A person and those who were merged into them. Uses contact_merged, and ticket_requester: few tickets each.
_FIGURES = """
SELECT c.id AS contact_id, k.tickets, k.tickets_90, k.negative_30, k.grave_30,
       (SELECT count(*)::int FROM survey_invitation s WHERE s.workspace_id = $1
          AND s.contact_id = ANY(f.ids) AND s.answered_at >= $3::timestamptz - interval '90 days'
          AND (s.kind = 'csat' AND s.score <= 2 OR s.kind = 'nps' AND s.score <= 6)) AS bad_ratings_90,
       greatest(0, extract(epoch FROM $3::timestamptz - coalesce(k.heard, c.created_at)) / 86400)::int AS silent_days,
       greatest(0, extract(epoch FROM $3::timestamptz - c.created_at) / 86400)::int AS age_days
FROM contact c
CROSS JOIN LATERAL (SELECT c.id || ARRAY(SELECT m.id FROM contact m WHERE m.workspace_id = $1
                                          AND m.merged_into = c.id) AS ids) f
CROSS JOIN LATERAL (
  SELECT count(*)::int AS tickets, max(t.last_customer_at) AS heard,
         count(*) FILTER (WHERE t.created_at >= $3::timestamptz - interval '90 days')::int AS tickets_90,
         count(*) FILTER (WHERE g.turned_at >= $3::timestamptz - interval '30 days')::int AS negative_30,
         count(*) FILTER (WHERE g.grave AND g.updated_at >= $3::timestamptz - interval '30 days')::int AS grave_30
  FROM ticket t LEFT JOIN ticket_signal g ON g.workspace_id = t.workspace_id AND g.ticket_id = t.id
  WHERE t.workspace_id = $1 AND t.requester_id = ANY(f.ids)) k
WHERE c.workspace_id = $1 AND c.id = ANY($2::bigint[]) AND c.merged_into IS NULL
"""
_PUT_STANDING = """
INSERT INTO contact_profile (workspace_id, contact_id, collect, stage, stage_by, reason, since, checked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (workspace_id, contact_id) DO UPDATE
SET collect = excluded.collect, stage = excluded.stage, stage_by = excluded.stage_by,
    reason = excluded.reason, since = excluded.since, checked_at = excluded.checked_at
"""


async def hold(tx: Tx, contact_id: int) -> None:
    """One change of a profile at a time."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        f"profile:{tx.workspace_id}:{contact_id}",
    )


async def roots(tx: Tx, contact_ids: Iterable[int]) -> dict[int, int]:
    """For each contact the one that it is a part of now, or itself."""
    rows = await tx.db.fetch(
        "SELECT id, coalesce(merged_into, id) AS root FROM contact"
        " WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        list(contact_ids),
    )
    return {row["id"]: row["root"] for row in rows}


async def family(tx: Tx, contact_id: int) -> list[int]:
    """A contact and those merged into it."""
    rows = await tx.db.fetch(
        "SELECT id FROM contact WHERE workspace_id = $1 AND (id = $2 OR merged_into = $2)",
        tx.workspace_id,
        contact_id,
    )
    return [row["id"] for row in rows]


async def facts(tx: Tx, contact_ids: Sequence[int]) -> list[Fact]:
    """Everything kept of some contacts."""
    return await tx.db.fetch_as(
        Fact,
        f"SELECT {_FACT} FROM contact_fact WHERE workspace_id = $1 AND contact_id = ANY($2::bigint[])"
        " ORDER BY last_at DESC, id DESC LIMIT 1000",
        tx.workspace_id,
        list(contact_ids),
    )


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact comes from."""

    ticket_id: int
    message_id: int
    evidence: str
    at: datetime


async def say(tx: Tx, contact_id: int, found: Found, *, source: Source) -> bool:
    """Keep what a message says. Whether it is news."""
    new = await tx.db.fetchval(
        _SAY,
        tx.workspace_id,
        tx.new_id(),
        contact_id,
        found.key,
        found.value,
        found.normal,
        found.confidence,
        source.evidence,
        source.ticket_id,
        source.message_id,
        source.at,
    )
    return bool(new)


async def keep(tx: Tx, contact_id: int, *, key: str, value: str, normal: str) -> int:
    """Keep what an agent says."""
    fact_id: int = await tx.db.fetchval(
        _KEEP,
        tx.workspace_id,
        tx.new_id(),
        contact_id,
        key,
        value,
        normal,
        tx.actor.agent_id,
        tx.now,
    )
    return fact_id


async def take_out(tx: Tx, fact_id: int) -> None:
    """A value that is not so; it does not come back by itself."""
    await tx.db.execute(
        "UPDATE contact_fact SET state = 'gone', by = 'agent', agent_id = $3"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        fact_id,
        tx.actor.agent_id,
    )


async def erase(tx: Tx, contact_ids: Sequence[int]) -> int:
    """Leave nothing that was said."""
    rows = await tx.db.fetch(
        "DELETE FROM contact_fact WHERE workspace_id = $1 AND contact_id = ANY($2::bigint[])"
        " RETURNING id",
        tx.workspace_id,
        list(contact_ids),
    )
    return len(rows)


async def standings(tx: Tx, contact_ids: Sequence[int]) -> dict[int, Standing]:
    rows = await tx.db.fetch_as(
        Standing,
        f"SELECT {_STANDING} FROM contact_profile"
        " WHERE workspace_id = $1 AND contact_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(contact_ids),
    )
    return {row.contact_id: row for row in rows}


async def put_standing(tx: Tx, one: Standing) -> None:
    await tx.db.execute(
        _PUT_STANDING,
        tx.workspace_id,
        one.contact_id,
        one.collect,
        one.stage,
        one.stage_by,
        one.reason,
        one.since,
        tx.now,
    )


async def figures(tx: Tx, contact_ids: Sequence[int]) -> dict[int, Figures]:
    """What the rules ask of some customers; of those who are part of another one nothing."""
    rows = await tx.db.fetch(_FIGURES, tx.workspace_id, list(contact_ids), tx.now)
    return {row["contact_id"]: {name: row[name] for name in METRICS} for row in rows}


async def some(tx: Tx, *, after: int, most: int) -> list[int]:
    """Customers by id, for the daily look."""
    rows = await tx.db.fetch(
        "SELECT id FROM contact WHERE workspace_id = $1 AND merged_into IS NULL AND id > $2"
        " ORDER BY id LIMIT $3",
        tx.workspace_id,
        after,
        most,
    )
    return [row["id"] for row in rows]


async def counts(tx: Tx) -> dict[str, int]:
    """How many customers are in each stage. Uses contact_profile_stage."""
    rows = await tx.db.fetch(
        "SELECT stage, count(*)::int AS number FROM contact_profile p"
        " WHERE workspace_id = $1 AND stage IS NOT NULL GROUP BY stage",
        tx.workspace_id,
    )
    return {row["stage"]: row["number"] for row in rows}


async def settings(tx: Tx) -> StageSettings:
    kept: dict[str, Any] | None = await tx.db.fetchval(
        "SELECT settings FROM profile_settings WHERE workspace_id = $1", tx.workspace_id
    )
    return StageSettings() if kept is None else msgspec.convert(kept, StageSettings)


async def put_settings(tx: Tx, wanted: StageSettings) -> None:
    await tx.db.execute(
        "INSERT INTO profile_settings (workspace_id, settings) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id) DO UPDATE SET settings = $2",
        tx.workspace_id,
        msgspec.to_builtins(wanted),
    )
