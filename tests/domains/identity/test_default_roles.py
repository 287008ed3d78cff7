"""Roles that came with an older workspace: what a migration gives them, and whom it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.desk import Desk
from yizhan.domains.identity import permissions

_FILE = Path(__file__).parents[3] / "src/yizhan/migrations/0192_default_roles.sql"
# What came later than the first roles.
_LATER = {
    "lead": {"routing:manage", "report:read", "survey:manage", "time:track", "time:manage",
             "checklist:manage", "view:share", "macro:manage", "bulk:run", "knowledge:read",
             "knowledge:edit", "knowledge:publish"},
    "agent": {"time:track", "knowledge:read", "knowledge:edit"},
    "viewer": {"knowledge:read"},
}  # fmt: skip
_AFTERWARDS = {"learning:manage", "learning:label"}  # of which that migration cannot know


def _default(role: str) -> list[dict[str, Any]]:
    return [
        {"permission": one.permission, "scope": one.scope}
        for one in permissions.DEFAULT_ROLES[role][1]
        if one.permission not in _AFTERWARDS
    ]


def _older(role: str) -> list[dict[str, Any]]:
    return [one for one in _default(role) if one["permission"] not in _LATER[role]]


def _said(grants: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(one["permission"], one["scope"]) for one in grants}


async def _migrated(desk: Desk, role: str, grants: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """A role's rights when they were ``grants`` before the migration; a second run adds nothing."""
    statement = _FILE.read_text().rpartition("SELECT yizhan_protect")[0]
    async with desk.as_system() as tx:
        place = (tx.workspace_id, desk.created.roles[role])
        await tx.db.execute(
            "UPDATE role SET grants = $3 WHERE workspace_id = $1 AND id = $2", *place, grants
        )
        for _ in range(2):
            await tx.db.execute(statement)
        found = await tx.db.fetchval(
            "SELECT grants FROM role WHERE workspace_id = $1 AND id = $2", *place
        )
    assert len(found) == len(_said(found)), "nothing twice"
    return _said(found)


async def test_unchanged_roles_get_what_those_of_a_new_workspace_have(desk: Desk) -> None:
    for role in _LATER:
        assert await _migrated(desk, role, _older(role)) == _said(_default(role)), role
        assert await _migrated(desk, role, _default(role)) == _said(_default(role)), role
    once = [*_older("lead"), {"permission": "ticket:delete", "scope": "all"}]
    assert await _migrated(desk, "lead", once) == _said([*_default("lead"), *once])
    some = [*_older("lead"), {"permission": "report:read", "scope": "all"}]
    assert await _migrated(desk, "lead", some) == _said(_default("lead"))


async def test_changed_roles_stay_as_they_are(desk: Desk) -> None:
    older = _older("lead")
    without = [one for one in older if one["permission"] != "contact:merge"]
    more = [*older, {"permission": "webhook:manage", "scope": "all"}]
    narrower = [{**one, "scope": "team"} for one in older]
    for grants in (without, more, narrower):
        assert await _migrated(desk, "lead", grants) == _said(grants)


async def test_who_took_a_right_away_does_not_find_it_again(desk: Desk) -> None:
    """The log knows that somebody changed the rights, though they look like an older default."""
    role_id = desk.created.roles["lead"]
    name = await desk.api.patch(f"/api/v1/roles/{role_id}", json={"name": "Boss"})
    assert name.status_code == 200
    assert await _migrated(desk, "lead", _older("lead")) == _said(_default("lead")), "a name only"
    kept = [one for one in _default("lead") if one["permission"] != "report:read"]
    changed = await desk.api.patch(f"/api/v1/roles/{role_id}", json={"grants": kept})
    assert changed.status_code == 200, changed.text
    assert await _migrated(desk, "lead", kept) == _said(kept)
