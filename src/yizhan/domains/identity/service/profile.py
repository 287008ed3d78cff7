"""One's own account: who am I, profile, preferences, password."""

from __future__ import annotations

from importlib import metadata
from typing import Any

import msgspec

from yizhan.domains.identity import errors, events, permissions, registry, schemas
from yizhan.domains.identity.repository import access, organisation, people
from yizhan.domains.identity.service import (
    authentication,
    changing,
    oneself,
    passwords,
    sessions,
    workspaces,
)
from yizhan.domains.identity.types import Agent
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_FIELDS = ("name", "locale", "theme", "signature", "avatar_file_id", "preferences")
_MOST_PREFERENCES_BYTES = 64_000


def avatar_url(agent: Agent) -> str | None:
    return None if agent.avatar_file_id is None else f"/api/v1/files/{agent.avatar_file_id}"


def _me_agent(agent: Agent) -> schemas.MeAgent:
    return schemas.MeAgent(
        id=str(agent.id),
        name=agent.name,
        email=agent.email,
        locale=agent.locale,
        theme=agent.theme,
        avatar_url=avatar_url(agent),
        signature=agent.signature,
        preferences=agent.preferences,
        totp_enabled=agent.totp_enabled,
    )


async def me(tx: Tx) -> schemas.Me:
    """Who is signed in, where, and with which rights."""
    agent_id = tx.actor.agent_id
    agent = None if agent_id is None else await people.agent(tx, agent_id)
    workspace = await workspaces.current(tx)
    mine = tx.actor.teams
    teams = [team for team in await organisation.teams(tx) if team.id in mine] if mine else []
    return schemas.Me(
        agent=None if agent is None else _me_agent(agent),
        workspace=schemas.MeWorkspace(
            id=str(workspace.id),
            slug=workspace.slug,
            name=workspace.name,
            time_zone=workspace.time_zone,
            locale=workspace.locale,
            setup_done=workspace.setup_done,
        ),
        permissions=[
            schemas.GrantOut(
                permission=grant.permission,
                scope=grant.scope,
                unit_id=None if grant.unit_id is None else str(grant.unit_id),
            )
            for grant in permissions.effective(tx.actor)
        ],
        presence=None if agent_id is None else await registry.presence_of(tx, agent_id),
        teams=[schemas.Named(id=str(team.id), name=team.name) for team in teams],
        version=metadata.version("yizhan"),
    )


def _merged(old: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = {name: value for name, value in {**old, **change}.items() if value is not None}
    if len(msgspec.json.encode(merged)) > _MOST_PREFERENCES_BYTES:
        raise errors.InvalidValue("preferences", "too large")
    return merged


async def update(tx: Tx, change: schemas.MeChange) -> schemas.Me:
    """Change one's own profile; preferences are merged, null removes one."""
    agent_id = oneself.agent_id(tx)
    await people.lock_agent(tx, agent_id)
    old = await people.agent(tx, agent_id)
    if old is None:
        raise errors.SessionExpired
    values = changing.given(change, *_FIELDS)
    if "preferences" in values:
        values["preferences"] = _merged(old.preferences, values["preferences"])
    new = changing.replaced(old, values)
    if changes := changing.differences(old, new, *_FIELDS):
        await changing.check_file(tx, new.avatar_file_id)
        await people.set_agent(tx, new)
        # How somebody arranges their screen is their own business.
        public = {name: pair for name, pair in changes.items() if name != "preferences"}
        if public:
            tx.emit(events.AgentUpdated(agent_id=agent_id, changes=public))
        authentication.forget_after(tx)
    return await me(tx)


async def change_password(tx: Tx, *, database: Database, current: str, new: str) -> None:
    """Change one's own password and end all other sessions.

    Errors: WrongPassword, WeakPassword, TooManyAttempts.
    """
    agent_id = oneself.agent_id(tx)
    kept = await oneself.secrets(tx)
    passwords.check_strength(new, email=kept.email)
    await oneself.confirm_password(tx, database=database, password=current)
    await access.set_password(tx, agent_id, password_hash=await passwords.hash_of(new))
    await sessions.end(tx, agent_id, reason="password_changed", but=tx.actor.session_id)
    tx.emit(events.PasswordChanged(agent_id=agent_id))
    authentication.forget_after(tx)
