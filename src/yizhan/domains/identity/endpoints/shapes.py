"""Rows as the API shows them: ids as text, times aware."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import get_args

import msgspec

from yizhan.domains.identity import schemas
from yizhan.domains.identity.service import profile, roles
from yizhan.domains.identity.types import (
    Agent,
    Brand,
    PresenceState,
    Role,
    Session,
    Team,
    Token,
    Unit,
    Workspace,
)
from yizhan.kernel.actor import Grant


def text(value: int | None) -> str | None:
    return None if value is None else str(value)


def texts(values: Iterable[int]) -> list[str]:
    return [str(value) for value in values]


def workspace(row: Workspace) -> schemas.WorkspaceOut:
    return schemas.WorkspaceOut(
        id=str(row.id),
        slug=row.slug,
        name=row.name,
        locale=row.locale,
        time_zone=row.time_zone,
        settings=row.settings,
        setup_done=row.setup_done,
    )


def brand(row: Brand) -> schemas.BrandOut:
    logo = None if row.logo_file_id is None else f"/api/v1/files/{row.logo_file_id}"
    return schemas.BrandOut(
        id=str(row.id),
        name=row.name,
        color=row.color,
        logo_file_id=text(row.logo_file_id),
        logo_url=logo,
        locale=row.locale,
        sender_name=row.sender_name,
        signature=row.signature,
        created_at=row.created_at,
    )


def unit(row: Unit) -> schemas.UnitOut:
    return schemas.UnitOut(
        id=str(row.id),
        name=row.name,
        parent_id=text(row.parent_id),
        kind=row.kind,
        path=texts(row.path),
    )


def _assignment(row: Team) -> schemas.AssignmentOut:
    given = msgspec.convert(row.assignment, schemas.Assignment)
    return schemas.AssignmentOut(mode=given.mode)


def team(row: Team) -> schemas.TeamOut:
    return schemas.TeamOut(
        id=str(row.id),
        name=row.name,
        unit_id=text(row.unit_id),
        description=row.description,
        assignment=_assignment(row),
        members=texts(row.members),
        created_at=row.created_at,
    )


def _state(row: Agent, states: Mapping[int, PresenceState]) -> PresenceState:
    return states.get(row.id, "offline") if row.active else "offline"


def agent_ref(
    row: Agent,
    states: Mapping[int, PresenceState],
    *,
    seen: Mapping[int, datetime] | None = None,
) -> schemas.AgentRef:
    """A colleague; with ``seen`` also what only those see who manage agents."""
    shown = schemas.AgentRef(
        id=str(row.id),
        name=row.name,
        email=row.email,
        state=_state(row, states),
        teams=texts(row.team_ids),
        active=row.active,
        avatar_url=profile.avatar_url(row),
    )
    if seen is not None:
        shown.role_ids = texts(row.role_ids)
        shown.capacity = row.capacity
        shown.totp_enabled = row.totp_enabled
        shown.last_seen_at = seen.get(row.id)
    return shown


def agent(
    row: Agent, states: Mapping[int, PresenceState], *, password: str | None = None
) -> schemas.AgentOut:
    shown = schemas.AgentOut(
        id=str(row.id),
        name=row.name,
        email=row.email,
        state=_state(row, states),
        teams=texts(row.team_ids),
        active=row.active,
        avatar_url=profile.avatar_url(row),
        locale=row.locale,
        capacity=row.capacity,
        role_ids=texts(row.role_ids),
        team_ids=texts(row.team_ids),
        totp_enabled=row.totp_enabled,
        created_at=row.created_at,
    )
    if password is not None:
        shown.initial_password = password
    return shown


_ROLE_KEYS: dict[str, schemas.RoleKey] = {key: key for key in get_args(schemas.RoleKey)}


def grant(row: Grant) -> schemas.GrantOut:
    return schemas.GrantOut(permission=row.permission, scope=row.scope, unit_id=text(row.unit_id))


def role_name(row: Role) -> schemas.RoleNameOut:
    return schemas.RoleNameOut(
        id=str(row.id),
        name=row.name,
        key=_ROLE_KEYS.get(row.system or ""),
        renamed=row.system is not None and roles.is_renamed(row),
    )


def role(row: Role) -> schemas.RoleOut:
    return schemas.RoleOut(
        **msgspec.structs.asdict(role_name(row)),
        system=row.system,
        grants=[grant(one) for one in roles.spelled_out(row)],
    )


def session(row: Session, *, current: int | None) -> schemas.SessionOut:
    return schemas.SessionOut(
        id=str(row.id),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        ip=row.ip,
        user_agent=row.user_agent,
        current=row.id == current,
    )


def token(row: Token, *, secret: str | None = None) -> schemas.TokenOut:
    shown = schemas.TokenOut(
        id=str(row.id),
        name=row.name,
        prefix=row.prefix,
        scopes=row.scopes,
        agent_id=text(row.agent_id),
        created_by=text(row.created_by),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
    if secret is not None:
        shown.token = secret
    return shown
