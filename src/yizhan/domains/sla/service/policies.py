"""Policies: made, changed, ordered. Running clocks follow in the background."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.sla import errors, events, registry, repository, schemas
from yizhan.domains.sla.service import recompute
from yizhan.domains.sla.types import Body, Policy
from yizhan.domains.tickets import filters
from yizhan.kernel.tx import Tx

PERMISSION = "sla:manage"
MOST = 200
_FIELDS = ("name", "active", "calendar_id", "body")


async def listed(tx: Tx) -> list[Policy]:
    """All policies in the order in which they are asked."""
    permissions.require_staff(tx.actor)
    return await repository.policies(tx)


async def get(tx: Tx, policy_id: int) -> Policy:
    """Errors: PolicyNotFound."""
    permissions.require_staff(tx.actor)
    found = await repository.policies(tx, [policy_id])
    if not found:
        raise errors.PolicyNotFound
    return found[0]


async def create(tx: Tx, new: schemas.SlaPolicyIn) -> Policy:
    """A new policy, asked last. Errors: PolicyInvalid, ConditionInvalid, CalendarNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    others = await repository.policies(tx)
    if len(others) >= MOST:
        raise errors.PolicyInvalid(reason=f"at most {MOST} policies")
    policy = Policy(
        id=tx.new_id(),
        name=new.name.strip(),
        position=max((one.position for one in others), default=0) + 1,
        active=new.active,
        calendar_id=int(new.calendar_id) if new.calendar_id else None,
        body=Body(
            condition=_condition(new.condition),
            targets=tuple(new.targets),
            pause=new.pause,
            escalations=tuple(new.escalations),
        ),
        version=1,
        revision=tx.new_id(),
        created_at=tx.now,
        updated_at=tx.now,
    )
    await _check(tx, policy)
    await _check_actions(tx, policy)
    await repository.put_policy(tx, policy)
    changes = changing.said(changing.differences(None, policy, *_FIELDS))
    tx.emit(events.SlaPolicyCreated(sla_policy_id=policy.id, changes=changes))
    await _recompute(tx, policy)
    return policy


async def update(tx: Tx, policy_id: int, *, change: schemas.SlaPolicyChange) -> Policy:
    """Errors: PolicyNotFound, PolicyInvalid, ConditionInvalid, CalendarNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await get(tx, policy_id)
    body: dict[str, Any] = {}
    if change.condition is not UNSET:
        body["condition"] = _condition(change.condition)
    if change.targets is not UNSET:
        body["targets"] = tuple(change.targets)
    if change.pause is not UNSET:
        body["pause"] = change.pause
    if change.escalations is not UNSET:
        body["escalations"] = tuple(change.escalations)
    new = changing.replaced(old, changing.given(change, "name", "active", "calendar_id"))
    new = msgspec.structs.replace(new, body=msgspec.structs.replace(old.body, **body))
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    await _check(tx, new)
    if new.body.escalations != old.body.escalations:
        await _check_actions(tx, new)
    new = msgspec.structs.replace(
        new, version=old.version + 1, revision=tx.new_id(), updated_at=tx.now
    )
    await repository.put_policy(tx, new)
    tx.emit(events.SlaPolicyChanged(sla_policy_id=new.id, changes=changing.said(changes)))
    await _recompute(tx, new)
    return new


async def order(tx: Tx, ids: list[int]) -> list[Policy]:
    """Ask the policies in this order. Errors: PolicyInvalid unless each is named once."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await repository.policies(tx)
    if sorted(ids) != sorted(one.id for one in old):
        raise errors.PolicyInvalid(reason="every policy once")
    if ids == [one.id for one in old]:
        return old
    await tx.db.execute(
        "UPDATE sla_policy p SET position = u.position FROM unnest($2::bigint[])"
        " WITH ORDINALITY AS u (id, position) WHERE p.workspace_id = $1 AND p.id = u.id",
        tx.workspace_id,
        ids,
    )
    tx.emit(events.SlaPoliciesOrdered(sla_policy_ids=ids))
    await recompute.start(tx, cause={"kind": "order"})
    return await repository.policies(tx)


async def delete(tx: Tx, policy_id: int) -> None:
    """Its running clocks end; what was measured stays. Errors: PolicyNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx)
    old = await get(tx, policy_id)
    await repository.remove(tx, "sla_policy", policy_id)
    tx.emit(events.SlaPolicyDeleted(sla_policy_id=policy_id, name=old.name))
    await _recompute(tx, old)


async def _recompute(tx: Tx, policy: Policy) -> None:
    await recompute.start(tx, cause={"kind": "policy", "id": str(policy.id)})


def _condition(raw: dict[str, Any] | None) -> filters.Condition:
    return filters.EVERYTHING if raw is None else filters.parse(raw)


async def _check(tx: Tx, policy: Policy) -> None:
    body = policy.body
    keys = [target.key for target in body.targets]
    if len(set(keys)) < len(keys):
        raise errors.PolicyInvalid(field="targets", reason="two targets have the same key")
    if not keys:
        raise errors.PolicyInvalid(field="targets", reason="a policy needs a target")
    steps = [step.key for step in body.escalations]
    if len(set(steps)) < len(steps):
        raise errors.PolicyInvalid(field="escalations", reason="two steps have the same key")
    if unknown := {key for step in body.escalations for key in step.targets} - set(keys):
        reason = f"no target {', '.join(sorted(unknown))}"
        raise errors.PolicyInvalid(field="escalations", reason=reason)
    if policy.calendar_id and not await repository.calendars(tx, [policy.calendar_id]):
        raise errors.CalendarNotFound
    await _check_people(tx, policy)
    await _check_condition(tx, body.condition)


async def _check_actions(tx: Tx, policy: Policy) -> None:
    """What a policy does must be what its writer could do by a macro: a webhook needs its own right."""
    for step in policy.body.escalations:
        await registry.check_actions(tx, step.actions)


async def _check_people(tx: Tx, policy: Policy) -> None:
    told = [step.notify for step in policy.body.escalations]
    await changing.check_agents(tx, changing.numbers([one for n in told for one in n.agents]))
    await changing.check_teams(tx, changing.numbers([one for n in told for one in n.teams]))


async def _check_condition(tx: Tx, condition: filters.Condition) -> None:
    """A condition of a policy can be asked, by nobody in particular, of a ticket without clocks."""
    names = filters.fields_of(condition)
    if own := sorted(name for name in names if name.startswith("sla.")):
        raise errors.PolicyInvalid(field="condition", reason=f"{own[0]} follows from the policy")
    if filters.asks_reader(condition):
        raise errors.PolicyInvalid(field="condition", reason="nobody is me here")
    filters.clause(condition, await filters.known(tx, names), who=filters.reader(tx), first=1)
