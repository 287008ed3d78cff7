"""The one permission function: pure, the same for HTTP, lists, search, sockets and interface.

A grant holds for ``all`` of a workspace, for a ``unit`` and what is below it, for the actor's
``team``\\ s (work that no team has yet counts as everybody's), or for the actor's ``own`` work.
Every scope includes one's own work. A token's scopes narrow what its grants allow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from yizhan.domains.identity.types import ANY, Permission, Resource, Scope
from yizhan.kernel import errors
from yizhan.kernel.actor import Actor, Grant

__all__ = [
    "DEFAULT_ROLES",
    "PERMISSIONS",
    "Resource",
    "abilities",
    "can",
    "can_see",
    "covers",
    "effective",
    "require",
    "require_staff",
    "ticket_condition",
]

_WORK: tuple[Scope, ...] = ("all", "unit", "team", "own")
_PLACE: tuple[Scope, ...] = ("all", "unit", "team")

PERMISSIONS: dict[str, Permission] = {
    permission.name: permission
    for permission in (
        Permission("ticket:read", "查看工单", "See tickets", _WORK),
        Permission("ticket:create", "新建工单", "Create tickets"),
        Permission("ticket:reply", "回复客户", "Reply to customers", _WORK),
        Permission("ticket:note", "写内部备注", "Write internal notes", _WORK),
        Permission("ticket:edit", "修改工单", "Edit tickets", _WORK),
        Permission("ticket:assign", "分配工单", "Assign tickets", _WORK),
        Permission("macro:manage", "管理团队与全员的宏", "Manage macros of teams and of all"),
        Permission("bulk:run", "批量处理超过 100 张工单", "Change more than 100 tickets at once"),
        Permission("contact:read", "查看客户", "See customers"),
        Permission("contact:edit", "修改客户", "Edit customers"),
        Permission("contact:merge", "合并客户", "Merge customers"),
        Permission("company:edit", "修改公司", "Edit companies"),
        Permission("quarantine:read", "查看隔离区", "See quarantined mail"),
        Permission("quarantine:release", "放行隔离邮件", "Release quarantined mail"),
        Permission("search:use", "搜索", "Search"),
        Permission("file:upload", "上传文件", "Upload files"),
        Permission("view:share", "共享视图", "Share views"),
        Permission("channel:manage", "管理渠道", "Manage channels"),
        Permission("team:manage", "管理团队", "Manage teams", _PLACE),
        Permission("agent:manage", "管理客服", "Manage agents"),
        Permission("role:manage", "管理角色", "Manage roles"),
        Permission("brand:manage", "管理品牌", "Manage brands"),
        Permission("unit:manage", "管理组织架构", "Manage the organisation"),
        Permission("field:manage", "管理自定义字段与表单", "Manage custom fields and forms"),
        Permission("workspace:manage", "管理工作区", "Manage the workspace"),
        Permission("token:manage", "管理 API 令牌", "Manage API tokens"),
        Permission("webhook:manage", "管理 Webhook", "Manage webhooks"),
        Permission("sla:manage", "管理 SLA", "Manage SLAs"),
        Permission(
            "routing:manage", "管理技能、班次与分配", "Manage skills, shifts and assignment"
        ),
        Permission("model:manage", "管理 AI 模型与隐私", "Manage AI models and privacy"),
        Permission("panel:manage", "管理工单侧栏的数据源", "Manage sources beside tickets"),
        Permission("survey:manage", "管理满意度调查", "Manage satisfaction surveys"),
        Permission(
            "learning:manage",
            "训练、启用与回退模型",
            "Train models, take them into use and back",
        ),
        Permission("learning:label", "为训练标注消息", "Label messages to learn from"),
        Permission("time:track", "记录工时", "Track time"),
        Permission("time:manage", "管理他人的工时", "Manage the time of others"),
        Permission("checklist:manage", "管理检查清单模板", "Manage checklist templates"),
        Permission("knowledge:read", "查看知识库", "Read the knowledge base"),
        Permission("knowledge:edit", "撰写文章", "Write articles"),
        Permission(
            "knowledge:publish", "发布文章与管理分类", "Publish articles, manage categories"
        ),
        Permission("report:read", "查看报表", "See reports", _WORK),
        Permission(
            "system:read",
            "查看系统状态与下载支持包",
            "See the state of the installation, download support bundles",
        ),
        Permission("audit:read", "查看审计日志", "See the audit log"),
        Permission("event:read", "读取事件流", "Read the event log"),
    )
}


def _of(scope: Scope, *names: str) -> tuple[Grant, ...]:
    return tuple(
        Grant(name, scope if scope in PERMISSIONS[name].scopes else "all") for name in names
    )


_AGENT_WORK = ("ticket:read", "ticket:reply", "ticket:note", "ticket:edit", "ticket:assign")
_EVERYBODY = ("search:use", "file:upload")

# The roles that come with a workspace: name for people, then what they may do.
DEFAULT_ROLES: dict[str, tuple[dict[str, str], tuple[Grant, ...]]] = {
    "admin": ({"zh-CN": "管理员", "en": "Administrator"}, (Grant(ANY),)),
    "lead": (
        {"zh-CN": "组长", "en": "Team lead"},
        _of(
            "all",
            *_AGENT_WORK,
            "ticket:create",
            "macro:manage",
            "bulk:run",
            "contact:read",
            "contact:edit",
            "contact:merge",
            "company:edit",
            "quarantine:read",
            "quarantine:release",
            "report:read",
            "audit:read",
            "event:read",
            "view:share",
            "routing:manage",
            "knowledge:read",
            "knowledge:edit",
            "knowledge:publish",
            "survey:manage",
            "learning:manage",
            "learning:label",
            "time:track",
            "time:manage",
            "checklist:manage",
            *_EVERYBODY,
        ),
    ),
    "agent": (
        {"zh-CN": "客服", "en": "Agent"},
        _of("team", *_AGENT_WORK)
        + _of(
            "all",
            "ticket:create",
            "contact:read",
            "contact:edit",
            "company:edit",
            "knowledge:read",
            "knowledge:edit",
            "time:track",
            *_EVERYBODY,
        ),
    ),
    "viewer": (
        {"zh-CN": "只读成员", "en": "Viewer"},
        _of("all", "ticket:read", "contact:read", "knowledge:read", "search:use"),
    ),
}


def _allowed_by_scopes(actor: Actor, permission: str) -> bool:
    return actor.scopes is None or ANY in actor.scopes or permission in actor.scopes


def _grants(actor: Actor, permission: str) -> Iterable[Grant]:
    if not _allowed_by_scopes(actor, permission):
        return ()
    return (grant for grant in actor.grants if grant.permission in (permission, ANY))


def _is_own(actor: Actor, resource: Resource) -> bool:
    return actor.agent_id is not None and resource.assignee_id == actor.agent_id


def _holds(actor: Actor, grant: Grant, resource: Resource) -> bool:
    if grant.scope == "all" or _is_own(actor, resource):
        return True
    if grant.scope == "unit":
        below = actor.units.get(grant.unit_id, frozenset()) if grant.unit_id else frozenset()
        return resource.unit_id in below
    if grant.scope == "team":
        return resource.team_id is None or resource.team_id in actor.teams
    return False


def can(actor: Actor, permission: str, resource: Resource | None = None) -> bool:
    """Whether an actor may do something. Without a resource: whether they may anywhere at all.

    Errors: KeyError for a permission that is not known, so that a typing error never passes.
    """
    known = PERMISSIONS[permission]
    if actor.kind == "system":
        return True
    grants = _grants(actor, known.name)
    if resource is None:
        return any(True for _ in grants)
    return any(_holds(actor, grant, resource) for grant in grants)


def require(actor: Actor, permission: str, resource: Resource | None = None) -> None:
    """Errors: Forbidden (403) with the name of what is missing."""
    if not can(actor, permission, resource):
        raise errors.Forbidden(permission=permission)


def can_see(actor: Actor, permission: str, resource: Resource) -> None:
    """Like :func:`require` for looking at something. Errors: NotFound (404)."""
    if not can(actor, permission, resource):
        raise errors.NotFound


def require_staff(actor: Actor) -> None:
    """For what every agent may know: colleagues, teams, brands. Errors: Forbidden.

    A token needs the right to see tickets or to manage agents for it.
    """
    if actor.kind in ("agent", "system"):
        return
    if actor.kind == "token" and (can(actor, "ticket:read") or can(actor, "agent:manage")):
        return
    raise errors.Forbidden


class Reach(msgspec.Struct, frozen=True):
    """Which tickets a permission reaches. ``teams`` is None for one who has no right by team."""

    everything: bool = False
    units: list[int] = []
    teams: list[int] | None = None
    own: int | None = None  # those assigned to this agent

    @property
    def nothing(self) -> bool:
        return not (self.everything or self.units) and self.teams is None and self.own is None


def ticket_reach(actor: Actor, permission: str) -> Reach:
    """:func:`can` for all tickets at once."""
    grants = list(_grants(actor, PERMISSIONS[permission].name))
    if actor.kind == "system" or any(grant.scope == "all" for grant in grants):
        return Reach(everything=True)
    if not grants:
        return Reach()
    units = frozenset[int]().union(
        *(actor.units.get(g.unit_id, ()) for g in grants if g.scope == "unit" and g.unit_id)
    )
    by_team = any(grant.scope == "team" for grant in grants)
    return Reach(
        units=sorted(units), teams=sorted(actor.teams) if by_team else None, own=actor.agent_id
    )


def ticket_condition(actor: Actor, permission: str, *, first: int) -> tuple[str, list[Any]]:
    """:func:`can` as SQL over ``t.unit_id``, ``t.team_id``, ``t.assignee_id``.

    Returns the condition and its values for the positional parameters from ``$first`` on.
    """
    reach = ticket_reach(actor, permission)
    if reach.everything or reach.nothing:
        return ("true" if reach.everything else "false"), []
    parts: list[str] = []
    values: list[Any] = []

    def bind(value: Any) -> str:
        values.append(value)
        return f"${first + len(values) - 1}"

    if reach.units:
        parts.append(f"t.unit_id = ANY({bind(reach.units)}::bigint[])")
    if reach.teams is not None:
        parts.append("t.team_id IS NULL")
        parts.append(f"t.team_id = ANY({bind(reach.teams)}::bigint[])")
    if reach.own is not None:
        parts.append(f"t.assignee_id = {bind(reach.own)}")
    return f"({' OR '.join(parts)})", values


def abilities(actor: Actor, resource: Resource, *, prefix: str = "ticket:") -> list[str]:
    """What an actor may do with one thing, for the interface."""
    return [name for name in PERMISSIONS if name.startswith(prefix) and can(actor, name, resource)]


def effective(actor: Actor) -> list[Grant]:
    """Every permission an actor has and where, spelled out: for the interface."""
    if actor.kind == "system":
        return [Grant(name) for name in PERMISSIONS]
    found: dict[Grant, None] = {}
    for name in PERMISSIONS:
        mine = [Grant(name, grant.scope, grant.unit_id) for grant in _grants(actor, name)]
        widest = [grant for grant in mine if grant.scope == "all"]
        found.update(dict.fromkeys(widest or mine))
    return list(found)


def _covers_one(actor: Actor, wanted: Grant) -> bool:
    for grant in _grants(actor, wanted.permission):
        if grant.scope == "all" or wanted.scope == "own":
            return True
        if grant.scope == wanted.scope == "team":
            return True
        both_units = grant.scope == wanted.scope == "unit" and grant.unit_id
        if both_units and wanted.unit_id in actor.units.get(grant.unit_id or 0, ()):
            return True
    return False


def covers(actor: Actor, wanted: Collection[Grant]) -> bool:
    """Whether an actor has at least these rights: nobody gives or takes more than they have."""
    if actor.kind == "system":
        return True
    for grant in wanted:
        if grant.permission == ANY:
            if Grant(ANY) not in actor.grants or not _allowed_by_scopes(actor, ANY):
                return False
        elif grant.permission in PERMISSIONS and not _covers_one(actor, grant):
            return False
    return True
