"""Agents: who works here, with which roles, in which teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import UNSET

from yizhan.domains.identity import errors, events, permissions, registry, schemas
from yizhan.domains.identity.repository import access, organisation, people
from yizhan.domains.identity.service import (
    authentication,
    changing,
    passwords,
    roles,
    sessions,
)
from yizhan.domains.identity.types import Agent
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_FIELDS = ("name", "capacity", "role_ids", "team_ids")
_FIRST_FIELDS = ("email", *_FIELDS)


async def listed(tx: Tx) -> list[Agent]:
    permissions.require_staff(tx.actor)
    return await people.agents(tx)


async def last_seen(tx: Tx) -> Mapping[int, datetime] | None:
    """When each agent was last at work here. None for one who does not manage agents."""
    if not permissions.can(tx.actor, "agent:manage"):
        return None
    seen = dict(await registry.presence_seen(tx))
    for agent_id, moment in (await access.last_seen(tx)).items():
        seen[agent_id] = max(moment, seen.get(agent_id, moment))
    return seen


async def get(tx: Tx, agent_id: int) -> Agent:
    permissions.require_staff(tx.actor)
    found = await people.agent(tx, agent_id)
    if found is None:
        raise NotFound
    return found


async def _require_covered(tx: Tx, role_ids: Sequence[int]) -> None:
    """The actor has all rights of these roles. Errors: UnknownReference, ExceedsOwnRights."""
    found = await people.roles_of(tx, role_ids)
    if len(found) != len(role_ids):
        raise errors.UnknownReference("There is no such role.")
    roles.require_covered(tx.actor, (grant for role in found for grant in role.grants))


async def create(tx: Tx, new: schemas.AgentIn) -> tuple[Agent, str | None]:
    """Returns the agent, and a first password if none was given: it is shown once.

    Errors: EmailTaken, WeakPassword, ExceedsOwnRights.
    """
    permissions.require(tx.actor, "agent:manage")
    role_ids, team_ids = changing.numbers(new.role_ids), changing.numbers(new.team_ids)
    await _require_covered(tx, role_ids)
    await changing.check_teams(tx, team_ids)
    generated = passwords.generate() if new.password is None else None
    password = generated or new.password or ""
    passwords.check_strength(password, email=new.email)
    agent_id = tx.new_id()
    added = await people.add_agent(
        tx,
        agent_id=agent_id,
        email=new.email.strip(),
        name=new.name.strip(),
        password_hash=await passwords.hash_of(password),
        locale=new.locale,
        capacity=new.capacity,
    )
    if not added:
        raise errors.EmailTaken
    await people.set_roles(tx, agent_id, role_ids=role_ids)
    await people.set_teams(tx, agent_id, team_ids=team_ids)
    agent = await get(tx, agent_id)
    changes = changing.differences(None, agent, *_FIRST_FIELDS)
    tx.emit(events.AgentCreated(agent_id=agent_id, changes=changes))
    authentication.forget_after(tx)
    return agent, generated


async def update(tx: Tx, agent_id: int, *, change: schemas.AgentChange) -> Agent:
    """Errors: LastAdmin, ExceedsOwnRights, also for an agent who may do more than the actor."""
    permissions.require(tx.actor, "agent:manage")
    await organisation.lock_workspace(tx)
    await people.lock_agent(tx, agent_id)
    old = await get(tx, agent_id)
    await _require_covered(tx, old.role_ids)
    values = changing.given(change, *_FIELDS)
    for name in ("role_ids", "team_ids"):
        if name in values:
            values[name] = changing.numbers(values[name])
    new = changing.replaced(old, values)
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        await _apply(tx, old, new=new, changed=set(changes))
        tx.emit(events.AgentUpdated(agent_id=agent_id, changes=changes))
        authentication.forget_after(tx)
    if change.password is not UNSET:
        await _reset_password(tx, new, password=change.password)
    if change.totp_enabled is not UNSET and old.totp_enabled:
        await _drop_second_factor(tx, agent_id)
    if change.active is not UNSET and change.active != old.active:
        await (reactivate(tx, agent_id) if change.active else deactivate(tx, agent_id))
    return await get(tx, agent_id)


async def _apply(tx: Tx, old: Agent, *, new: Agent, changed: set[str]) -> None:
    if "team_ids" in changed:
        await changing.check_teams(tx, sorted(set(new.team_ids) - set(old.team_ids)))
        await people.set_teams(tx, new.id, team_ids=new.team_ids)
    if "role_ids" in changed:
        await _require_covered(tx, new.role_ids)
        await people.set_roles(tx, new.id, role_ids=new.role_ids)
        await _require_an_admin(tx)
        keep = tx.actor.session_id if tx.actor.agent_id == new.id else None
        await sessions.end(tx, new.id, reason="roles_changed", but=keep)
    await people.set_agent(tx, new)


async def _require_an_admin(tx: Tx) -> None:
    """Called under the workspace's lock: two administrators cannot take each other's role."""
    if not await people.has_admin(tx):
        raise errors.LastAdmin


async def _reset_password(tx: Tx, agent: Agent, *, password: str) -> None:
    """By an administrator, for somebody who forgot theirs."""
    passwords.check_strength(password, email=agent.email)
    hashed = await passwords.hash_of(password)
    await access.set_password(tx, agent.id, password_hash=hashed)
    keep = tx.actor.session_id if tx.actor.agent_id == agent.id else None
    await sessions.end(tx, agent.id, reason="password_changed", but=keep)
    tx.emit(events.PasswordChanged(agent_id=agent.id))


async def _drop_second_factor(tx: Tx, agent_id: int) -> None:
    """By an administrator, for somebody who lost both their device and the recovery codes."""
    await access.set_totp(tx, agent_id, secret=None, enabled=False, recovery=[])
    tx.emit(events.SecondFactorChanged(agent_id=agent_id, enabled=False))


async def deactivate(tx: Tx, agent_id: int) -> None:
    """End an agent's work here: no sign-in, no session, no token from this commit on."""
    permissions.require(tx.actor, "agent:manage")
    await organisation.lock_workspace(tx)
    await people.lock_agent(tx, agent_id)
    agent = await get(tx, agent_id)
    await _require_covered(tx, agent.role_ids)
    if not agent.active:
        return
    await people.set_agent(tx, changing.replaced(agent, {"active": False}))
    await _require_an_admin(tx)
    await sessions.end(tx, agent_id, reason="deactivated")
    for token_id, owner in await access.revoke_tokens_of(tx, agent_id):
        tx.emit(events.TokenRevoked(token_id=token_id, agent_id=owner))
    tx.emit(events.AgentDeactivated(agent_id=agent_id))
    authentication.forget_after(tx)


async def reactivate(tx: Tx, agent_id: int) -> None:
    permissions.require(tx.actor, "agent:manage")
    await organisation.lock_workspace(tx)
    await people.lock_agent(tx, agent_id)
    agent = await get(tx, agent_id)
    await _require_covered(tx, agent.role_ids)
    if agent.active:
        return
    await people.set_agent(tx, changing.replaced(agent, {"active": True}))
    tx.emit(events.AgentReactivated(agent_id=agent_id))
    authentication.forget_after(tx)
