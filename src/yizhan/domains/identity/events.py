"""What happens to workspaces, people, rights and sign-ins. Ids and values only, never secrets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]  # a field's old and new value


class WorkspaceCreated(events.Event, frozen=True, tag="workspace.created"):
    """A workspace began, with its roles, its brand, its root unit."""

    workspace_id: int
    slug: str
    name: str
    locale: str
    brand_id: int
    unit_id: int


class WorkspaceUpdated(events.Event, frozen=True, tag="workspace.updated"):
    """Name, locale, time zone, settings or the state of the set-up changed."""

    workspace_id: int
    changes: Changes


class BrandCreated(events.Event, frozen=True, tag="brand.created"):
    """A brand was added."""

    brand_id: int
    changes: Changes


class BrandUpdated(events.Event, frozen=True, tag="brand.updated"):
    """A brand changed."""

    brand_id: int
    changes: Changes


class BrandDeleted(events.Event, frozen=True, tag="brand.deleted"):
    """A brand is no longer used."""

    brand_id: int


class UnitCreated(events.Event, frozen=True, tag="unit.created"):
    """A unit was added to the organisation."""

    unit_id: int
    changes: Changes


class UnitUpdated(events.Event, frozen=True, tag="unit.updated"):
    """A unit changed or moved, with everything below it."""

    unit_id: int
    changes: Changes


class UnitDeleted(events.Event, frozen=True, tag="unit.deleted"):
    """A unit was removed."""

    unit_id: int


class TeamCreated(events.Event, frozen=True, tag="team.created"):
    """A team was added."""

    team_id: int
    changes: Changes


class TeamChanged(events.Event, frozen=True, tag="team.changed"):
    """A team's name, unit, assignment or members changed."""

    team_id: int
    changes: Changes


class TeamDeleted(events.Event, frozen=True, tag="team.deleted"):
    """A team is no longer used; its members left it."""

    team_id: int


class AgentCreated(events.Event, frozen=True, tag="agent.created"):
    """Somebody joined."""

    agent_id: int
    changes: Changes


class AgentUpdated(events.Event, frozen=True, tag="agent.updated"):
    """An agent's name, capacity, roles, teams or own profile changed."""

    agent_id: int
    changes: Changes


class AgentDeactivated(events.Event, frozen=True, tag="agent.deactivated"):
    """Somebody left: all their sessions and tokens ended."""

    agent_id: int


class AgentReactivated(events.Event, frozen=True, tag="agent.reactivated"):
    """Somebody came back."""

    agent_id: int


class RoleCreated(events.Event, frozen=True, tag="role.created"):
    """A role was added."""

    role_id: int
    changes: Changes


class RoleChanged(events.Event, frozen=True, tag="role.changed"):
    """A role's name or grants changed."""

    role_id: int
    changes: Changes


class RoleDeleted(events.Event, frozen=True, tag="role.deleted"):
    """A role was removed."""

    role_id: int


class SessionStarted(events.Event, frozen=True, tag="session.started"):
    """Somebody signed in."""

    session_id: int
    agent_id: int
    second_factor: str | None = None  # totp | recovery


class SessionEnded(events.Event, frozen=True, tag="session.ended"):
    """A session ended: signed out, revoked, or because of what it was based on."""

    session_id: int
    agent_id: int
    reason: str  # signed_out | revoked | replaced | password_changed | roles_changed | deactivated


class SignInFailed(events.Event, frozen=True, tag="sign_in.failed"):
    """A wrong password or code for an account of this workspace."""

    agent_id: int
    reason: str  # password | code
    from_ip: str


class PasswordChanged(events.Event, frozen=True, tag="password.changed"):
    """An agent's password changed."""

    agent_id: int


class SecondFactorChanged(events.Event, frozen=True, tag="second_factor.changed"):
    """An agent turned the second factor on or off."""

    agent_id: int
    enabled: bool


class TokenCreated(events.Event, frozen=True, tag="token.created"):
    """An API token was made."""

    token_id: int
    agent_id: int | None
    name: str
    scopes: list[str]
    expires_at: datetime | None


class TokenRevoked(events.Event, frozen=True, tag="token.revoked"):
    """An API token ended."""

    token_id: int
    agent_id: int | None


class SensitiveRead(events.Event, frozen=True, tag="sensitive.read"):
    """Somebody looked at something that needs a trace: raw mail, an export, a secret link."""

    object_kind: str
    object_id: int
    purpose: str = ""
    ticket_id: int | None = None
