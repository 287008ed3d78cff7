"""Workspace, brands, the tree of units, teams with scoped rights."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.domains.identity.people import add_agent, signed_in
from tests.support.desk import Desk, make_workspace
from yizhan.domains.identity import errors, schemas
from yizhan.domains.identity.service import units, workspaces
from yizhan.kernel.actor import system


async def _unit(desk: Desk, name: str, parent: str | None = None) -> str:
    made = await desk.api.post("/api/v1/units", json={"name": name, "parent_id": parent})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def test_a_workspace_begins_complete(desk: Desk) -> None:
    kinds = {event.type for event in await desk.events()}
    assert {"workspace.created", "agent.created"} <= kinds
    roles = (await desk.api.get("/api/v1/roles")).json()["items"]
    assert [role["system"] for role in roles] == ["admin", "lead", "agent", "viewer"]
    assert len((await desk.api.get("/api/v1/brands")).json()["items"]) == 1
    assert len((await desk.api.get("/api/v1/units")).json()["items"]) == 1
    async with desk.as_system() as tx:
        secret = await workspaces.secret(tx, vault=desk.edge.vault)
    assert len(secret) > 30


async def test_names_make_addresses(desk: Desk) -> None:
    second = await make_workspace(desk.edge, name="Test", email="b@example.test")
    assert second.workspace.slug == "test-2"
    chinese = await make_workspace(desk.edge, name="驿站数码", email="c@example.test")
    assert chinese.workspace.slug.startswith("desk-")


async def test_settings_are_merged_and_checked(desk: Desk) -> None:
    async def patch(**body: object) -> int:
        return (await desk.api.patch("/api/v1/workspace", json=body)).status_code

    assert await patch(settings={"undo_send_seconds": 20, "note": "x"}) == 200
    assert await patch(settings={"reopen_days": 14, "note": None}, setup_done=True) == 200
    now = (await desk.api.get("/api/v1/workspace")).json()
    assert now["settings"] == {"undo_send_seconds": 20, "reopen_days": 14}
    assert now["setup_done"] is True
    assert await patch(settings={"undo_send_seconds": -1}) == 422
    assert await patch(settings={"undo_send_seconds": "20"}) == 422
    assert await patch(time_zone="Mars/Olympus") == 422
    assert await patch(time_zone="../etc/passwd") == 422
    assert await patch(time_zone="Europe/Berlin") == 200


async def test_nothing_changed_means_no_event(desk: Desk) -> None:
    before = len(await desk.events())
    await desk.api.patch("/api/v1/workspace", json={"name": "Test"})
    brand = desk.created.brand_id
    await desk.api.patch(f"/api/v1/brands/{brand}", json={"name": "Test"})
    assert len(await desk.events()) == before


async def test_changes_at_the_same_moment_do_not_undo_each_other(desk: Desk) -> None:
    brand = f"/api/v1/brands/{desk.created.brand_id}"
    settings = [{"settings": {f"setting_{n}": n}} for n in range(6)]
    await asyncio.gather(
        desk.api.patch(brand, json={"color": "#123456"}),
        desk.api.patch(brand, json={"signature": "您好"}),
        desk.api.patch(brand, json={"sender_name": "客服"}),
        *(desk.api.patch("/api/v1/workspace", json=body) for body in settings),
    )
    row = (await desk.api.get("/api/v1/brands")).json()["items"][0]
    assert (row["color"], row["signature"], row["sender_name"]) == ("#123456", "您好", "客服")
    kept = (await desk.api.get("/api/v1/workspace")).json()["settings"]
    assert kept == {f"setting_{n}": n for n in range(6)}


async def test_brands(desk: Desk) -> None:
    made = await desk.api.post("/api/v1/brands", json={"name": "Second", "color": "#AA0011"})
    assert made.status_code == 201
    brand = made.json()["id"]
    changed = await desk.api.patch(f"/api/v1/brands/{brand}", json={"sender_name": "Second 客服"})
    assert changed.json()["sender_name"] == "Second 客服"
    bad = await desk.api.patch(f"/api/v1/brands/{brand}", json={"logo_file_id": "77"})
    assert bad.status_code == 422
    assert (await desk.api.post("/api/v1/brands", json={"name": "  "})).status_code in (400, 422)
    assert (await desk.api.delete(f"/api/v1/brands/{brand}")).status_code == 204
    assert (await desk.api.patch(f"/api/v1/brands/{brand}", json={})).status_code == 404
    last = await desk.api.delete(f"/api/v1/brands/{desk.created.brand_id}")
    assert last.json()["code"] == "last_brand"


async def test_a_subtree_moves_with_everything_below(desk: Desk) -> None:
    east, west = await _unit(desk, "East"), await _unit(desk, "West")
    city = await _unit(desk, "City", east)
    shop = await _unit(desk, "Shop", city)
    moved = await desk.api.patch(f"/api/v1/units/{city}", json={"parent_id": west})
    root = str(desk.created.unit_id)
    assert moved.json()["path"] == [root, west, city]
    rows = {row["id"]: row for row in (await desk.api.get("/api/v1/units")).json()["items"]}
    assert rows[shop]["path"] == [root, west, city, shop]
    cycle = await desk.api.patch(f"/api/v1/units/{west}", json={"parent_id": shop})
    assert cycle.json()["code"] == "unit_cycle"
    itself = await desk.api.patch(f"/api/v1/units/{west}", json={"parent_id": west})
    assert itself.json()["code"] == "unit_cycle"
    at_root = await desk.api.patch(f"/api/v1/units/{root}", json={"parent_id": west})
    assert at_root.json()["code"] == "root_unit"
    assert (await desk.api.delete(f"/api/v1/units/{city}")).json()["code"] == "unit_in_use"
    assert (await desk.api.delete(f"/api/v1/units/{shop}")).status_code == 204


async def test_any_moves_leave_a_tree(desk: Desk) -> None:
    """Two hundred random moves against a plain model of parents."""
    rng = random.Random(7)
    root = desk.created.unit_id
    parents: dict[int, int] = {}
    async with desk.begin() as tx:
        for number in range(12):
            parent = rng.choice([root, *parents])
            made = await units.create(tx, schemas.UnitIn(name=f"u{number}", parent_id=str(parent)))
            parents[made.id] = parent

        def path(unit: int) -> list[int]:
            return [root] if unit == root else [*path(parents[unit]), unit]

        for _ in range(200):
            unit, target = rng.choice(list(parents)), rng.choice([root, *parents])
            change = schemas.UnitChange(parent_id=str(target))
            if unit in path(target):
                with pytest.raises(errors.UnitCycle):
                    await units.update(tx, unit, change=change)
            else:
                await units.update(tx, unit, change=change)
                parents[unit] = target
        assert {u.id: u.path for u in await units.listed(tx)} == {
            unit: path(unit) for unit in [root, *parents]
        }


async def test_a_lead_of_a_unit_manages_the_teams_below_it_only(desk: Desk) -> None:
    east, west = await _unit(desk, "East"), await _unit(desk, "West")
    city = await _unit(desk, "City", east)

    async def team(name: str, unit: str) -> str:
        body = {"name": name, "unit_id": unit}
        return str((await desk.api.post("/api/v1/teams", json=body)).json()["id"])

    home, below, other = await team("Home", east), await team("C", city), await team("W", west)
    grants = [{"permission": "team:manage", "scope": "unit"}]
    role = await desk.api.post("/api/v1/roles", json={"name": "Unit lead", "grants": grants})
    await add_agent(desk, "east@example.test", role_ids=[role.json()["id"]], team_ids=[home])
    async with signed_in(desk, "east@example.test") as lead:

        async def rename(team_id: str, **body: str) -> int:
            answer = await lead.patch(f"/api/v1/teams/{team_id}", json={"name": "n", **body})
            return answer.status_code

        assert await rename(home) == 200
        assert await rename(below) == 200
        assert await rename(other) == 403
        assert await rename(below, unit_id=west) == 403, "not out of what they may manage"
        new = await lead.post("/api/v1/teams", json={"name": "n", "unit_id": west})
        assert new.status_code == 403
        assert (await lead.post("/api/v1/teams", json={"name": "n"})).status_code == 403


async def test_a_deleted_team_is_left_by_its_members(desk: Desk) -> None:
    admin = str(desk.created.admin_id)
    body = {"name": "T", "members": [admin], "assignment": {"mode": "round_robin"}}
    team = (await desk.api.post("/api/v1/teams", json=body)).json()
    assert team["assignment"] == {"mode": "round_robin"}
    assert (await desk.api.delete(f"/api/v1/teams/{team['id']}")).status_code == 204
    assert (await desk.api.get(f"/api/v1/agents/{admin}")).json()["team_ids"] == []
    gone = await desk.api.patch(f"/api/v1/teams/{team['id']}", json={"name": "x"})
    assert gone.status_code == 404
    bad = {"name": "T", "assignment": {"mode": "magic"}}
    assert (await desk.api.post("/api/v1/teams", json=bad)).status_code in (400, 422)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/brands", {"name": "a\0b"}),
        ("PATCH", "/workspace", {"settings": {"note": "\0"}}),
        ("POST", "/auth/login", {"email": "a\0@example.test", "password": "x"}),
        ("GET", f"/agents/{10**24}", None),
        ("POST", "/teams", {"name": "x", "members": [str(10**19)]}),
    ],
)
async def test_what_cannot_be_stored_is_the_callers_fault(
    desk: Desk, method: str, path: str, body: object
) -> None:
    answer = await desk.api.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code == 422


async def test_roles_have_names_in_the_language_of_the_workspace(desk: Desk) -> None:
    async def named() -> dict[str, tuple[str, bool]]:
        roles = (await desk.api.get("/api/v1/roles")).json()["items"]
        return {role["key"]: (role["name"], role["renamed"]) for role in roles}

    assert (await named())["lead"] == ("组长", False)
    viewer = next(
        role
        for role in (await desk.api.get("/api/v1/roles")).json()["items"]
        if role["key"] == "viewer"
    )
    await desk.api.patch(f"/api/v1/roles/{viewer['id']}", json={"name": "审计"})
    await desk.api.patch("/api/v1/workspace", json={"locale": "en"})
    assert await named() == {
        "admin": ("Administrator", False),
        "lead": ("Team lead", False),
        "agent": ("Agent", False),
        "viewer": ("审计", True),
    }
    own = (await desk.api.post("/api/v1/roles", json={"name": "Own"})).json()
    assert (own["key"], own["renamed"]) == (None, False)


async def test_an_english_workspace_begins_in_english(desk: Desk) -> None:
    async with desk.database.begin(system(desk.database.new_id())) as tx:
        made = await workspaces.create(tx, vault=desk.edge.vault, name="Abroad", locale="en")
        names = await tx.db.fetch("SELECT name FROM role WHERE workspace_id = $1", tx.workspace_id)
    assert made.workspace.locale == "en"
    assert all(row["name"].isascii() for row in names)
