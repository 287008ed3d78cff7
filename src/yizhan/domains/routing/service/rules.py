"""Rules that say what tickets need of an agent."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.routing import errors, events
from yizhan.domains.routing.repository import config
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.types import Rule
from yizhan.domains.tickets import filters
from yizhan.domains.tickets.errors import ConditionInvalid
from yizhan.kernel.tx import Tx

PERMISSION = "routing:manage"
MOST = 200
_FIELDS = ("name", "active", "condition", "needs")


async def listed(tx: Tx) -> list[setup.AssignmentRuleOut]:
    permissions.require_staff(tx.actor)
    return [await shown(tx, rule) for rule in await config.rules(tx)]


async def shown(tx: Tx, rule: Rule) -> setup.AssignmentRuleOut:
    """A rule, and why it can no longer be asked: a custom field may be gone."""
    problem = None
    try:
        await _check_condition(tx, rule.condition)
    except ConditionInvalid as error:
        problem = f"{error.extra.get('field')}: {error.extra.get('reason')}"
    return setup.rule_out(rule, problem=problem)


async def create(tx: Tx, new: setup.AssignmentRuleIn) -> setup.AssignmentRuleOut:
    """Errors: AssignmentRuleInvalid, ConditionInvalid, SkillNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    if len(await config.rules(tx)) >= MOST:
        raise errors.AssignmentRuleInvalid(f"at most {MOST} rules")
    rule = Rule(
        id=tx.new_id(),
        name=new.name.strip(),
        active=new.active,
        condition=_condition(new.condition),
        needs=new.needs,
    )
    await _check(tx, rule)
    await config.put_rule(tx, rule)
    changes = msgspec.to_builtins(changing.differences(None, rule, *_FIELDS))
    tx.emit(events.AssignmentRuleCreated(assignment_rule_id=rule.id, changes=changes))
    return await shown(tx, rule)


async def update(
    tx: Tx, rule_id: int, *, change: setup.AssignmentRuleChange
) -> setup.AssignmentRuleOut:
    """Errors: AssignmentRuleNotFound, AssignmentRuleInvalid, ConditionInvalid, SkillNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await _get(tx, rule_id)
    values = changing.given(change, "name", "active", "needs")
    if change.condition is not UNSET:
        values["condition"] = _condition(change.condition)
    new = msgspec.structs.replace(old, **values)
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        await _check(tx, new)
        await config.put_rule(tx, new)
        said = msgspec.to_builtins(changes)
        tx.emit(events.AssignmentRuleChanged(assignment_rule_id=rule_id, changes=said))
    return await shown(tx, new)


async def delete(tx: Tx, rule_id: int) -> None:
    """Errors: AssignmentRuleNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await _get(tx, rule_id)
    await config.remove_rule(tx, rule_id)
    tx.emit(events.AssignmentRuleDeleted(assignment_rule_id=rule_id, name=old.name))


async def _get(tx: Tx, rule_id: int) -> Rule:
    found = await config.rules(tx, rule_id)
    if not found:
        raise errors.AssignmentRuleNotFound
    return found[0]


def _condition(raw: dict[str, Any] | None) -> dict[str, Any]:
    condition = filters.EVERYTHING if raw is None else filters.parse(raw)
    said: dict[str, Any] = msgspec.to_builtins(condition)
    return said


async def _check(tx: Tx, rule: Rule) -> None:
    ids = [int(one.skill_id) for one in rule.needs]
    if len(set(ids)) < len(ids):
        raise errors.AssignmentRuleInvalid("a skill is there twice", field="needs")
    if set(ids) - await config.known_skills(tx, ids):
        raise errors.SkillNotFound
    await _check_condition(tx, rule.condition)


async def _check_condition(tx: Tx, raw: dict[str, Any]) -> None:
    """A condition of a rule can be asked, by nobody in particular."""
    condition = filters.parse(raw)
    if filters.asks_reader(condition):
        raise errors.AssignmentRuleInvalid("nobody is me here", field="condition")
    known = await filters.known(tx, filters.fields_of(condition))
    filters.clause(condition, known, who=filters.reader(tx), first=1)
