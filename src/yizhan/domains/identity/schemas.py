"""What the API takes and gives about people and rights."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.identity import types

# Fits into a bigint.
Id = Annotated[str, Meta(pattern=r"^([0-9]{1,18}|[1-8][0-9]{18})$")]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\S")]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^\s@]+@[^\s@]+$")]
Password = Annotated[str, Meta(max_length=1024)]
Locale = types.Locale
PresenceState = types.PresenceState
Theme = types.Theme
Signature = Annotated[str, Meta(max_length=10_000)]
Kind = Annotated[str, Meta(min_length=1, max_length=40)]
Color = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
Ids = Annotated[list[Id], Meta(max_length=1000)]


class Items(msgspec.Struct, kw_only=True):
    """A list that needs no pages."""

    next_cursor: str | None = None


class Login(msgspec.Struct, kw_only=True):
    email: Annotated[str, Meta(max_length=254)]
    password: Password
    code: Annotated[str, Meta(max_length=40)] | None = None
    workspace: Annotated[str, Meta(max_length=80)] | None = None


class MeAgent(msgspec.Struct, kw_only=True):
    id: str
    name: str
    email: str
    locale: Locale
    theme: Theme
    avatar_url: str | None
    signature: str
    preferences: dict[str, Any]
    totp_enabled: bool


class MeWorkspace(msgspec.Struct, kw_only=True):
    id: str
    slug: str
    name: str
    time_zone: str
    locale: Locale
    setup_done: bool


class GrantOut(msgspec.Struct, kw_only=True):
    permission: str
    scope: types.Scope
    unit_id: str | None = None


class Named(msgspec.Struct, kw_only=True):
    id: str
    name: str


class Me(msgspec.Struct, kw_only=True):
    """Who is signed in. ``agent`` is null for a token of the workspace itself."""

    agent: MeAgent | None
    workspace: MeWorkspace
    permissions: list[GrantOut]
    presence: types.Presence | None
    teams: list[Named]
    version: str


class MeChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    theme: Theme | UnsetType = UNSET
    signature: Signature | UnsetType = UNSET
    avatar_file_id: Id | UnsetType | None = UNSET
    preferences: dict[str, Any] | UnsetType = UNSET


class PasswordChange(msgspec.Struct, kw_only=True):
    current: Password
    new: Password


class PasswordOnly(msgspec.Struct, kw_only=True):
    password: Password


class CodeOnly(msgspec.Struct, kw_only=True):
    code: Annotated[str, Meta(max_length=40)]


class TotpStart(msgspec.Struct, kw_only=True):
    secret: str
    uri: str


class RecoveryCodes(msgspec.Struct, kw_only=True):
    recovery_codes: list[str]


class SessionOut(msgspec.Struct, kw_only=True):
    id: str
    created_at: datetime
    last_seen_at: datetime
    ip: str
    user_agent: str
    current: bool


class Sessions(Items, kw_only=True):
    items: list[SessionOut]


class WorkspaceOut(msgspec.Struct, kw_only=True):
    id: str
    slug: str
    name: str
    locale: Locale
    time_zone: str
    settings: dict[str, Any]
    setup_done: bool


class WorkspaceChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=60)] | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    setup_done: bool | UnsetType = UNSET


class BrandIn(msgspec.Struct, kw_only=True):
    name: Name
    color: Color = "#1f6feb"
    logo_file_id: Id | None = None
    locale: Locale = "zh-CN"
    sender_name: Annotated[str, Meta(max_length=120)] = ""
    signature: Signature = ""


class BrandChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    logo_file_id: Id | UnsetType | None = UNSET
    locale: Locale | UnsetType = UNSET
    sender_name: Annotated[str, Meta(max_length=120)] | UnsetType = UNSET
    signature: Signature | UnsetType = UNSET


class BrandOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    color: str
    logo_file_id: str | None
    logo_url: str | None
    locale: Locale
    sender_name: str
    signature: str
    created_at: datetime


class Brands(Items, kw_only=True):
    items: list[BrandOut]


class UnitIn(msgspec.Struct, kw_only=True):
    name: Name
    parent_id: Id | None = None
    kind: Kind = "department"


class UnitChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    parent_id: Id | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET


class UnitOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    parent_id: str | None
    kind: str
    path: list[str]


class Units(Items, kw_only=True):
    items: list[UnitOut]


class Assignment(msgspec.Struct, kw_only=True):
    """How work that comes to a team finds an agent."""

    mode: Literal["manual", "round_robin"] = "manual"


class TeamIn(msgspec.Struct, kw_only=True):
    name: Name
    unit_id: Id | None = None
    description: Annotated[str, Meta(max_length=2000)] = ""
    assignment: Assignment = msgspec.field(default_factory=Assignment)
    members: Ids = []


class TeamChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    unit_id: Id | UnsetType | None = UNSET
    description: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    assignment: Assignment | UnsetType = UNSET
    members: Ids | UnsetType = UNSET


class AssignmentOut(msgspec.Struct, kw_only=True):
    mode: Literal["manual", "round_robin"]


class TeamOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    unit_id: str | None
    description: str
    assignment: AssignmentOut
    members: list[str]
    created_at: datetime


class Teams(Items, kw_only=True):
    items: list[TeamOut]


class AgentRef(msgspec.Struct, kw_only=True):
    """A colleague, as every agent sees them."""

    id: str
    name: str
    email: str
    state: PresenceState
    teams: list[str]
    active: bool
    avatar_url: str | None
    # For who manages agents.
    role_ids: list[str] | UnsetType = UNSET
    capacity: int | UnsetType = UNSET
    totp_enabled: bool | UnsetType = UNSET
    last_seen_at: datetime | UnsetType | None = UNSET


class Agents(Items, kw_only=True):
    items: list[AgentRef]


class AgentIn(msgspec.Struct, kw_only=True):
    name: Name
    email: Email
    password: Password | None = None
    role_ids: Ids = []
    team_ids: Ids = []
    locale: Locale = "zh-CN"
    capacity: Annotated[int, Meta(ge=0, le=1000)] = 10


class AgentChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    role_ids: Ids | UnsetType = UNSET
    team_ids: Ids | UnsetType = UNSET
    capacity: Annotated[int, Meta(ge=0, le=1000)] | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    totp_enabled: Literal[False] | UnsetType = UNSET  # for somebody who lost their second factor


class AgentOut(AgentRef, kw_only=True):
    locale: Locale
    capacity: int
    role_ids: list[str]
    team_ids: list[str]
    totp_enabled: bool
    created_at: datetime
    initial_password: str | UnsetType = UNSET  # only once, when none was given


class GrantIn(msgspec.Struct, kw_only=True):
    permission: Annotated[str, Meta(max_length=60)]
    scope: Literal["all", "unit", "team", "own"] = "all"
    unit_id: Id | None = None


Grants = Annotated[list[GrantIn], Meta(max_length=500)]


class RoleIn(msgspec.Struct, kw_only=True):
    name: Name
    grants: Grants = []


class RoleChange(msgspec.Struct, kw_only=True):
    name: Name | UnsetType = UNSET
    grants: Grants | UnsetType = UNSET


RoleKey = Literal["admin", "lead", "agent", "viewer"]


class RoleNameOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    key: RoleKey | None  # of a role that came with the workspace: stable, whatever its name
    renamed: bool  # it has a name of its own; otherwise a screen may show its word for the key


class RoleNames(Items, kw_only=True):
    items: list[RoleNameOut]


class RoleOut(RoleNameOut, kw_only=True):
    system: str | None
    grants: list[GrantOut]


class Roles(Items, kw_only=True):
    items: list[RoleOut]


class PermissionOut(msgspec.Struct, kw_only=True):
    permission: str
    title: dict[str, str]  # zh, en
    scopes: list[types.Scope]


class TokenIn(msgspec.Struct, kw_only=True):
    name: Name
    scopes: Annotated[list[str], Meta(min_length=1, max_length=200)]
    expires_at: datetime | None = None


class TokenOut(msgspec.Struct, kw_only=True):
    id: str
    name: str
    prefix: str
    scopes: list[str]
    agent_id: str | None
    created_by: str | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    token: str | UnsetType = UNSET  # only once, when it is made


class Tokens(Items, kw_only=True):
    items: list[TokenOut]
