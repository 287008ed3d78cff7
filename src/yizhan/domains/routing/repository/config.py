"""Skills, profiles, leave, rules and settings in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.channels import registry
from yizhan.domains.routing.types import AssignmentSettings, Leave, Profile, Rule, Skill
from yizhan.kernel import sql
from yizhan.kernel.tx import Tx

_LIVE_COST = 2  # a customer who sits there typing needs more attention than a letter

_SKILLS = """
SELECT s.id, s.name, s.description,
       (SELECT count(*)::int FROM agent_skill k
        WHERE k.workspace_id = s.workspace_id AND k.skill_id = s.id) AS agents,
       (SELECT count(*)::int FROM assignment_rule r WHERE r.workspace_id = s.workspace_id
        AND r.needs @> jsonb_build_array(jsonb_build_object('skill_id', s.id::text))) AS rules,
       coalesce((SELECT jsonb_agg(jsonb_build_object('agent_id', k.agent_id::text, 'level', k.level)
                                  ORDER BY k.agent_id)
                 FROM agent_skill k WHERE k.workspace_id = s.workspace_id AND k.skill_id = s.id),
                '[]') AS holders
FROM skill s WHERE s.workspace_id = $1
"""
_PROFILES = """
SELECT a.id AS agent_id, coalesce(p.languages, '{}') AS languages, p.time_zone,
       coalesce(p.shifts, '{}') AS shifts, coalesce(p.limits, '{}') AS limits,
       coalesce((SELECT jsonb_agg(jsonb_build_object('skill_id', k.skill_id::text, 'level', k.level)
                                  ORDER BY k.skill_id)
                 FROM agent_skill k WHERE k.workspace_id = a.workspace_id AND k.agent_id = a.id),
                '[]') AS skills
FROM agent a LEFT JOIN agent_profile p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
WHERE a.workspace_id = $1 AND a.id = ANY($2::bigint[])
"""
_LEAVE = "SELECT id, agent_id, begins, ends, note FROM agent_leave WHERE workspace_id = $1"
_RULES = "SELECT id, name, active, condition, needs FROM assignment_rule WHERE workspace_id = $1"


async def hold(tx: Tx) -> None:
    """One distribution at a time in a workspace: an agent may be in several teams, so a lock per
    team would let two of them fill the same last place."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"routing:{tx.workspace_id}"
    )


async def skills(tx: Tx, skill_id: int | None = None) -> list[Skill]:
    """All skills by name, or one."""
    if skill_id is None:
        return await tx.db.fetch_as(Skill, f"{_SKILLS} ORDER BY lower(s.name)", tx.workspace_id)
    return await tx.db.fetch_as(Skill, f"{_SKILLS} AND s.id = $2", tx.workspace_id, skill_id)


async def put_skill(tx: Tx, skill: Skill) -> bool:
    """Write a skill. False when another one has this name."""
    done = await tx.db.fetchval(
        "INSERT INTO skill (workspace_id, id, name, description, created_at)"
        " SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM skill WHERE workspace_id = $1"
        "   AND lower(name) = lower($3) AND id <> $2)"
        " ON CONFLICT (workspace_id, id) DO UPDATE SET name = $3, description = $4 RETURNING true",
        tx.workspace_id,
        skill.id,
        skill.name,
        skill.description,
        tx.now,
    )
    return bool(done)


async def remove_skill(tx: Tx, skill_id: int) -> None:
    """A skill, with everybody's level in it."""
    for table, column in (("agent_skill", "skill_id"), ("skill", "id")):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = $2",
            tx.workspace_id,
            skill_id,
        )


async def known_skills(tx: Tx, skill_ids: Sequence[int]) -> set[int]:
    rows = await tx.db.fetch(
        "SELECT id FROM skill WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        list(skill_ids),
    )
    return {row["id"] for row in rows}


async def profiles(tx: Tx, agent_ids: Sequence[int]) -> dict[int, Profile]:
    """What agents can do and when; those who set nothing have empty ones."""
    rows = await tx.db.fetch(_PROFILES, tx.workspace_id, list(agent_ids))
    return {row["agent_id"]: msgspec.convert(dict(row), Profile) for row in rows}


async def put_profile(tx: Tx, profile: Profile) -> None:
    values = {
        "languages": profile.languages,
        "time_zone": profile.time_zone,
        "shifts": profile.shifts,
        "limits": profile.limits,
    }
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    key = {"workspace_id": tx.workspace_id, "agent_id": profile.agent_id}
    insert = sql.Insert(
        "agent_profile",
        {**key, **values},
        on_conflict=f"(workspace_id, agent_id) DO UPDATE SET {changes}",
    )
    text, args = sql.statement(insert)
    await tx.db.execute(text, *args)
    await tx.db.execute(
        "DELETE FROM agent_skill WHERE workspace_id = $1 AND agent_id = $2",
        tx.workspace_id,
        profile.agent_id,
    )
    await tx.db.execute(
        "INSERT INTO agent_skill (workspace_id, agent_id, skill_id, level)"
        " SELECT $1, $2, u.* FROM unnest($3::bigint[], $4::int[]) AS u",
        tx.workspace_id,
        profile.agent_id,
        [int(one.skill_id) for one in profile.skills],
        [one.level for one in profile.skills],
    )


async def leave(tx: Tx, agent_ids: Sequence[int], *, since: datetime) -> list[Leave]:
    """Leave of some agents that did not end before a local time, the earliest first."""
    return await tx.db.fetch_as(
        Leave,
        f"{_LEAVE} AND agent_id = ANY($2::bigint[]) AND ends >= $3 ORDER BY begins, id",
        tx.workspace_id,
        list(agent_ids),
        since,
    )


async def one_leave(tx: Tx, agent_id: int, leave_id: int) -> Leave | None:
    return await tx.db.fetchrow_as(
        Leave, f"{_LEAVE} AND agent_id = $2 AND id = $3", tx.workspace_id, agent_id, leave_id
    )


async def add_leave(tx: Tx, new: Leave) -> None:
    await tx.db.execute(
        "INSERT INTO agent_leave (workspace_id, id, agent_id, begins, ends, note, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.workspace_id,
        new.id,
        new.agent_id,
        new.begins,
        new.ends,
        new.note,
        tx.now,
    )


async def remove_leave(tx: Tx, leave_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM agent_leave WHERE workspace_id = $1 AND id = $2", tx.workspace_id, leave_id
    )


async def rules(tx: Tx, rule_id: int | None = None) -> list[Rule]:
    """All rules by name, or one."""
    if rule_id is None:
        rows = await tx.db.fetch(f"{_RULES} ORDER BY lower(name), id", tx.workspace_id)
    else:
        rows = await tx.db.fetch(f"{_RULES} AND id = $2", tx.workspace_id, rule_id)
    return [msgspec.convert(dict(row), Rule) for row in rows]


async def put_rule(tx: Tx, rule: Rule) -> None:
    await tx.db.execute(
        "INSERT INTO assignment_rule (workspace_id, id, name, active, condition, needs, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace_id, id)"
        " DO UPDATE SET name = $3, active = $4, condition = $5, needs = $6",
        tx.workspace_id,
        rule.id,
        rule.name,
        rule.active,
        rule.condition,
        msgspec.to_builtins(rule.needs),
        tx.now,
    )


async def remove_rule(tx: Tx, rule_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM assignment_rule WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        rule_id,
    )


async def team_settings(tx: Tx) -> dict[int, AssignmentSettings]:
    """Of the teams that set something; the others have what :class:`AssignmentSettings` says."""
    rows = await tx.db.fetch(
        "SELECT team_id, settings FROM assignment_team WHERE workspace_id = $1", tx.workspace_id
    )
    return {row["team_id"]: msgspec.convert(row["settings"], AssignmentSettings) for row in rows}


async def put_team_settings(tx: Tx, team_id: int, settings: AssignmentSettings) -> None:
    await tx.db.execute(
        "INSERT INTO assignment_team (workspace_id, team_id, settings) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id, team_id) DO UPDATE SET settings = $3",
        tx.workspace_id,
        team_id,
        msgspec.to_builtins(settings),
    )


def usual_weights() -> dict[str, int]:
    """What a ticket of each channel costs where nobody said otherwise."""
    return {
        channel.id: _LIVE_COST if channel.manifest.capabilities.typing else 1
        for channel in registry.offered()
    }


async def weights(tx: Tx) -> dict[str, int]:
    """What a ticket of each channel costs; 1 for channels that are not named."""
    said: dict[str, int] | None = await tx.db.fetchval(
        "SELECT weights FROM assignment_state WHERE workspace_id = $1", tx.workspace_id
    )
    return usual_weights() | (said or {})


async def costs(tx: Tx) -> dict[str, int]:
    """The weights, as work is counted by them: an exercise takes nobody's room."""
    idle = {one.id: 0 for one in registry.known() if one.manifest.capabilities.practice}
    return await weights(tx) | idle


async def put_weights(tx: Tx, values: dict[str, Any]) -> None:
    await tx.db.execute(
        "INSERT INTO assignment_state (workspace_id, weights) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id) DO UPDATE SET weights = $2",
        tx.workspace_id,
        values,
    )


async def wish(tx: Tx, ticket_id: int, team_id: int) -> None:
    await tx.db.execute(
        "INSERT INTO assignment_wish (workspace_id, ticket_id, team_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (workspace_id, ticket_id) DO UPDATE SET team_id = $3",
        tx.workspace_id,
        ticket_id,
        team_id,
    )


async def wished(tx: Tx, ticket_id: int) -> int | None:
    """The team of which somebody asked for the next in turn."""
    team_id: int | None = await tx.db.fetchval(
        "SELECT team_id FROM assignment_wish WHERE workspace_id = $1 AND ticket_id = $2",
        tx.workspace_id,
        ticket_id,
    )
    return team_id


async def drop_wishes(tx: Tx, ticket_ids: Sequence[int]) -> None:
    await tx.db.execute(
        "DELETE FROM assignment_wish WHERE workspace_id = $1 AND ticket_id = ANY($2::bigint[])",
        tx.workspace_id,
        list(ticket_ids),
    )


async def begin(tx: Tx) -> bool:
    """Whether the two lists of distribution were not begun yet; from now on they are."""
    done = await tx.db.fetchval(
        "INSERT INTO assignment_state (workspace_id, begun_at) VALUES ($1, $2)"
        " ON CONFLICT (workspace_id) DO UPDATE SET begun_at = $2"
        " WHERE assignment_state.begun_at IS NULL RETURNING true",
        tx.workspace_id,
        tx.now,
    )
    return bool(done)
