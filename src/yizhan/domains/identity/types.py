"""Small frozen structs of who works here, and what they act on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from yizhan.kernel import actor
from yizhan.kernel.actor import Grant

Scope = actor.Scope
Locale = Literal["zh-CN", "en"]
Theme = Literal["system", "light", "dark"]
PresenceState = Literal["online", "away", "offline"]

ANY = "*"  # in a grant or a token's scopes: every permission, also those of later releases
LOCALES = ("zh-CN", "en")
THEMES = ("system", "light", "dark")
PRESENCE = ("online", "away", "offline")


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """What a permission is asked for: where it belongs and whose it is."""

    unit_id: int | None = None
    team_id: int | None = None
    assignee_id: int | None = None


class Permission(msgspec.Struct, frozen=True):
    """A fine permission, its names for people, and the scopes in which it can be given."""

    name: str
    zh: str
    en: str
    scopes: tuple[Scope, ...] = ("all",)


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant. Its secret never leaves the repository."""

    id: int
    slug: str
    name: str
    locale: Locale
    time_zone: str
    settings: dict[str, Any]
    setup_done: bool
    created_at: datetime


class Brand(msgspec.Struct, frozen=True, kw_only=True):
    """A face towards customers."""

    id: int
    name: str
    color: str
    logo_file_id: int | None
    locale: Locale
    sender_name: str
    signature: str
    active: bool
    created_at: datetime


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the organisation; ``path`` runs from the root to itself."""

    id: int
    parent_id: int | None
    kind: str
    name: str
    path: list[int]


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """People who share a queue."""

    id: int
    unit_id: int | None
    name: str
    description: str
    assignment: dict[str, Any]
    members: list[int]
    created_at: datetime

    @property
    def resource(self) -> Resource:
        return Resource(unit_id=self.unit_id, team_id=self.id)


class Agent(msgspec.Struct, frozen=True, kw_only=True):
    """A person who works here; secrets of signing in are read apart."""

    id: int
    email: str
    name: str
    locale: Locale
    theme: Theme
    avatar_file_id: int | None
    signature: str
    preferences: dict[str, Any]
    capacity: int
    active: bool
    totp_enabled: bool
    created_at: datetime
    role_ids: list[int]
    team_ids: list[int]


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A named set of grants. ``system`` marks those that come with a workspace."""

    id: int
    name: str
    system: str | None
    grants: tuple[Grant, ...]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is signed in."""

    id: int
    agent_id: int
    ip: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """An API token without its secret. ``agent_id`` None: the workspace's own."""

    id: int
    agent_id: int | None
    parent_id: int | None
    name: str
    prefix: str
    scopes: list[str]
    created_by: int | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an agent takes work now, how much at most, and how much there is."""

    state: PresenceState
    capacity: int
    load: int
