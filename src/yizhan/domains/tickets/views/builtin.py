"""The views that every workspace starts with. Their ids are words and never change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

_ACTIVE = "t.status_category IN ('new', 'open', 'waiting')"
AWAKE = f"{_ACTIVE} AND t.snoozed_until IS NULL"

_UNFINISHED = {"field": "category", "op": "in", "value": ["new", "open", "waiting"]}
_NOT_SNOOZED = {"field": "snoozed_until", "op": "empty"}


# Lists of one's own hold one's own exercises; all others are lists of work.
_OWN = frozenset({"mine", "watching"})


def is_work(view_id: str) -> bool:
    """Whether a view of ours leaves exercises out."""
    return view_id not in _OWN


def asks_for_exercises(fields: Collection[str]) -> bool:
    """Whether a condition of somebody's own says itself which tags or channels it wants."""
    return not {"tags", "channel"}.isdisjoint(fields)


class Builtin(msgspec.Struct, frozen=True):
    """A view of ours: in its SQL ``$2`` is the agent. ``condition`` is the same for people to build on."""

    name: dict[str, str]
    icon: str
    sql: str
    condition: dict[str, Any] | None
    active: bool = True


def _all(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(parts)}


def _category(*values: str) -> dict[str, Any]:
    return {"field": "category", "op": "in", "value": list(values)}


VIEWS: dict[str, Builtin] = {
    "mine": Builtin(
        {"zh": "我的工单", "en": "Mine"}, "user", f"t.assignee_id = $2 AND {AWAKE}",
        _all({"field": "assignee", "op": "is", "value": "me"}, _UNFINISHED, _NOT_SNOOZED),
    ),
    "unassigned": Builtin(
        {"zh": "未分配", "en": "Unassigned"}, "inbox", f"t.assignee_id IS NULL AND {AWAKE}",
        _all({"field": "assignee", "op": "empty"}, _UNFINISHED, _NOT_SNOOZED),
    ),
    "watching": Builtin(
        {"zh": "我关注的", "en": "Watching"}, "eye",
        f"{_ACTIVE} AND EXISTS (SELECT FROM watcher w"
        " WHERE w.workspace_id = t.workspace_id AND w.agent_id = $2 AND w.ticket_id = t.id)",
        None,
    ),
    "open": Builtin(
        {"zh": "全部处理中", "en": "All open"}, "folder",
        "t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL",
        _all(_category("new", "open"), _NOT_SNOOZED),
    ),
    "waiting": Builtin(
        {"zh": "等待中", "en": "Waiting"}, "clock",
        "t.status_category = 'waiting' AND t.snoozed_until IS NULL",
        _all(_category("waiting"), _NOT_SNOOZED),
    ),
    "snoozed": Builtin(
        {"zh": "稍后处理", "en": "Snoozed"}, "moon", f"t.snoozed_until IS NOT NULL AND {_ACTIVE}",
        _all({"field": "snoozed_until", "op": "not_empty"}, _UNFINISHED),
    ),
    "resolved": Builtin(
        {"zh": "已解决", "en": "Resolved"}, "check", "t.status_category = 'resolved'",
        _all(_category("resolved")), active=False,
    ),
    "closed": Builtin(
        {"zh": "已关闭", "en": "Closed"}, "archive", "t.status_category = 'closed'",
        _all(_category("closed")), active=False,
    ),
    "all": Builtin({"zh": "全部工单", "en": "All tickets"}, "list", "true", _all(), active=False),
}  # fmt: skip


def team(team_id: int) -> dict[str, Any]:
    """The view of a team's work, as a condition."""
    return _all({"field": "team", "op": "is", "value": str(team_id)}, _UNFINISHED, _NOT_SNOOZED)
