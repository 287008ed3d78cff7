"""Settings, levels and decisions of skills in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.copilot.skills.ladder import LadderRules
from yizhan.domains.copilot.skills.types import (
    Decision,
    JudgedBy,
    Results,
    Setting,
    Standing,
    Verdict,
    Week,
)
from yizhan.kernel import ids
from yizhan.kernel.tx import Tx

MOST_RESULTS = 500
_COUNTS_FOR = timedelta(days=180)
_SETTING = ", ".join(Setting.__struct_fields__)
_STANDING = ", ".join(Standing.__struct_fields__)
_NAMES = Decision.__struct_fields__
_DECISION = ", ".join(_NAMES)


async def hold(tx: Tx) -> None:
    """One at a time changes levels and settings of skills in a workspace."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"skills:{tx.workspace_id}"
    )


async def settings(tx: Tx) -> dict[str, Setting]:
    """Those that somebody made, by skill."""
    rows = await tx.db.fetch_as(
        Setting,
        f"SELECT {_SETTING} FROM copilot_skill WHERE workspace_id = $1 ORDER BY skill",
        tx.workspace_id,
    )
    return {row.skill: row for row in rows}


async def setting(tx: Tx, skill: str) -> Setting:
    """What was set, or what holds without."""
    return (await settings(tx)).get(skill) or Setting(skill=skill)


async def put_setting(tx: Tx, row: Setting) -> None:
    await tx.db.execute(
        "INSERT INTO copilot_skill (workspace_id, skill, ceiling, intents, confidence, asks_model,"
        "  prompts, version, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (workspace_id, skill) DO UPDATE SET ceiling = excluded.ceiling,"
        "  intents = excluded.intents, confidence = excluded.confidence,"
        "  asks_model = excluded.asks_model, prompts = excluded.prompts, version = excluded.version,"
        "  updated_at = excluded.updated_at",
        tx.workspace_id,
        row.skill,
        row.ceiling,
        row.intents,
        row.confidence,
        row.asks_model,
        row.prompts,
        row.version,
        tx.now,
    )


async def rules(tx: Tx) -> LadderRules:
    """What the levels take here."""
    found = await tx.db.fetchval(
        "SELECT rules FROM copilot_ladder WHERE workspace_id = $1", tx.workspace_id
    )
    return msgspec.convert(found, LadderRules) if found else LadderRules()


async def put_rules(tx: Tx, new: LadderRules) -> None:
    await tx.db.execute(
        "INSERT INTO copilot_ladder (workspace_id, rules, updated_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id) DO UPDATE SET rules = excluded.rules,"
        "  updated_at = excluded.updated_at",
        tx.workspace_id,
        msgspec.to_builtins(new),
        tx.now,
    )


async def standings(tx: Tx, skill: str | None = None) -> list[Standing]:
    """Where skills stand that ever left the shadow."""
    return await tx.db.fetch_as(
        Standing,
        f"SELECT {_STANDING} FROM copilot_skill_level WHERE workspace_id = $1"
        " AND ($2::text IS NULL OR skill = $2) ORDER BY skill, intent LIMIT 5000",
        tx.workspace_id,
        skill,
    )


async def standing(tx: Tx, skill: str, *, intent: str) -> Standing:
    found = await tx.db.fetchrow_as(
        Standing,
        f"SELECT {_STANDING} FROM copilot_skill_level WHERE workspace_id = $1 AND skill = $2"
        " AND intent = $3",
        tx.workspace_id,
        skill,
        intent,
    )
    return found or Standing(skill=skill, intent=intent)


async def put_standing(tx: Tx, row: Standing) -> None:
    await tx.db.execute(
        "INSERT INTO copilot_skill_level (workspace_id, skill, intent, level, since, why)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, skill, intent)"
        " DO UPDATE SET level = excluded.level, since = excluded.since, why = excluded.why",
        tx.workspace_id,
        row.skill,
        row.intent,
        row.level,
        row.since,
        row.why,
    )


_RESULTS = f"""
SELECT d.skill, d.intent, array_agg(d.verdict = 'right' ORDER BY d.id) AS right
FROM (SELECT d.skill, d.intent, d.verdict, d.id,
             row_number() OVER (PARTITION BY d.skill, d.intent ORDER BY d.id DESC) AS place
      FROM copilot_skill_decision d
      LEFT JOIN copilot_skill_level l ON l.workspace_id = d.workspace_id AND l.skill = d.skill
        AND l.intent = d.intent
      WHERE d.workspace_id = $1 AND ($2::text IS NULL OR d.skill = $2)
        AND ($3::text IS NULL OR d.intent = $3) AND d.verdict IN ('right', 'wrong')
        AND d.id >= $4 AND (l.since IS NULL OR d.at >= l.since)) d
WHERE place <= {MOST_RESULTS:d} GROUP BY d.skill, d.intent ORDER BY d.skill, d.intent
"""


async def results(tx: Tx, skill: str | None = None, *, intent: str | None = None) -> list[Results]:
    """What was judged of decisions made at the present level, the newest 500 of each.

    What is older than half a year says nothing of today.
    """
    oldest = _first(tx.now - _COUNTS_FOR)
    return await tx.db.fetch_as(Results, _RESULTS, tx.workspace_id, skill, intent, oldest)


async def weeks(tx: Tx, *, since: datetime) -> list[Week]:
    """How many were judged and right, by the week in which they were made."""
    return await tx.db.fetch_as(
        Week,
        "SELECT skill, date_trunc('week', at, 'UTC') AS week, count(*)::int AS judged,"
        "  count(*) FILTER (WHERE verdict = 'right')::int AS right"
        " FROM copilot_skill_decision WHERE workspace_id = $1 AND id >= $2"
        "  AND verdict IN ('right', 'wrong') GROUP BY 1, 2 ORDER BY 1, 2",
        tx.workspace_id,
        _first(since),
    )


def _first(moment: datetime) -> int:
    return ids.first_at(int(moment.timestamp() * 1000))


# ---------------------------------------------------------------------------------------- decisions


async def add(tx: Tx, row: Decision) -> bool:
    """False if this message was decided about by this skill already."""
    values = msgspec.structs.asdict(row)
    places = ", ".join(f"${number}" for number in range(2, len(values) + 2))
    found = await tx.db.fetchval(
        f"INSERT INTO copilot_skill_decision (workspace_id, {_DECISION}) VALUES ($1, {places})"
        " ON CONFLICT (workspace_id, skill, message_id) DO NOTHING RETURNING id",
        tx.workspace_id,
        *values.values(),
    )
    return found is not None


async def decided(tx: Tx, ticket_id: int, *, message_id: int) -> set[str]:
    """The skills that have decided about a message. Uses copilot_skill_decision_ticket."""
    rows = await tx.db.fetch(
        "SELECT skill FROM copilot_skill_decision WHERE workspace_id = $1 AND ticket_id = $2"
        " AND message_id = $3",
        tx.workspace_id,
        ticket_id,
        message_id,
    )
    return {row[0] for row in rows}


async def one(tx: Tx, decision_id: int, *, ticket_id: int | None = None) -> Decision | None:
    """Locked; only if it is of that ticket, where one is named."""
    return await tx.db.fetchrow_as(
        Decision,
        f"SELECT {_DECISION} FROM copilot_skill_decision WHERE workspace_id = $1 AND id = $2"
        " AND ($3::bigint IS NULL OR ticket_id = $3) FOR UPDATE",
        tx.workspace_id,
        decision_id,
        ticket_id,
    )


async def of_ticket(tx: Tx, ticket_id: int) -> list[Decision]:
    """All that was decided of a ticket's messages. Uses copilot_skill_decision_ticket."""
    return await tx.db.fetch_as(
        Decision,
        f"SELECT {_DECISION} FROM copilot_skill_decision WHERE workspace_id = $1"
        " AND ticket_id = $2 ORDER BY id LIMIT 500",
        tx.workspace_id,
        ticket_id,
    )


async def of_skill(
    tx: Tx, skill: str, *, before: int | None, limit: int, verdict: str | None
) -> list[Decision]:
    """The newest first. Uses copilot_skill_decision_skill."""
    return await tx.db.fetch_as(
        Decision,
        f"SELECT {_DECISION} FROM copilot_skill_decision WHERE workspace_id = $1 AND skill = $2"
        " AND ($3::bigint IS NULL OR id < $3) AND ($5::text IS NULL OR verdict = $5)"
        " ORDER BY id DESC LIMIT $4",
        tx.workspace_id,
        skill,
        before,
        limit,
        verdict,
    )


async def unjudged(tx: Tx, ticket_ids: Sequence[int]) -> list[int]:
    """Of some tickets those with a decision of which nobody knows yet whether it was right."""
    rows = await tx.db.fetch(
        "SELECT DISTINCT ticket_id FROM copilot_skill_decision WHERE workspace_id = $1"
        " AND ticket_id = ANY($2) AND verdict IS NULL ORDER BY 1",
        tx.workspace_id,
        list(ticket_ids),
    )
    return [row[0] for row in rows]


async def settle(tx: Tx, decision_id: int, **values: Any) -> None:
    """Write what became of a decision."""
    names = list(values)
    changes = ", ".join(f"{name} = ${number}" for number, name in enumerate(names, start=3))
    await tx.db.execute(
        f"UPDATE copilot_skill_decision SET {changes} WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        decision_id,
        *values.values(),
    )


async def judge(tx: Tx, decision_id: int, *, verdict: Verdict, by: JudgedBy) -> None:
    await settle(tx, decision_id, verdict=verdict, judged_by=by, judged_at=tx.now)


async def move(tx: Tx, message_ids: Sequence[int]) -> None:
    """Decisions are where their messages are."""
    await tx.db.execute(
        "UPDATE copilot_skill_decision d SET ticket_id = m.ticket_id FROM message m"
        " WHERE d.workspace_id = $1 AND d.message_id = ANY($2) AND m.workspace_id = $1"
        " AND m.id = d.message_id AND d.ticket_id <> m.ticket_id",
        tx.workspace_id,
        list(message_ids),
    )
