"""Agents, roles and tokens: nobody gives or keeps more than they have."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.domains.identity.people import PASSWORD, add_agent, browser, role_id, sign_in, signed_in
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.domains.identity.service import authentication
from yizhan.kernel import clock


async def _role(desk: Desk, *permissions: str, scope: str = "all") -> str:
    grants = [{"permission": name, "scope": scope} for name in permissions]
    made = await desk.api.post("/api/v1/roles", json={"name": "Custom", "grants": grants})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def test_what_is_created_is_listed(desk: Desk) -> None:
    team = (await desk.api.post("/api/v1/teams", json={"name": "售后"})).json()
    agent = await add_agent(desk, "mei@example.test", team_ids=[team["id"]], capacity=4)
    one = (await desk.api.get(f"/api/v1/agents/{agent}")).json()
    assert (one["email"], one["capacity"], one["team_ids"]) == ("mei@example.test", 4, [team["id"]])
    assert "initial_password" not in one
    listed = (await desk.api.get("/api/v1/agents")).json()["items"]
    assert {row["email"] for row in listed} == {"admin@example.test", "mei@example.test"}
    teams = (await desk.api.get("/api/v1/teams")).json()["items"]
    assert teams[0]["members"] == [agent]


async def test_a_first_password_is_made_and_works(desk: Desk) -> None:
    made = await desk.api.post("/api/v1/agents", json={"name": "新", "email": "new@example.test"})
    password = made.json()["initial_password"]
    async with browser(desk) as one:
        assert (await sign_in(one, email="new@example.test", password=password)).status_code == 200
    logged = str(await desk.events())
    assert password not in logged
    assert "argon2" not in logged


async def test_an_email_belongs_to_one_agent(desk: Desk) -> None:
    await add_agent(desk, "mei@example.test")
    body = {"name": "Mei", "email": "MEI@example.test", "password": PASSWORD}
    answer = await desk.api.post("/api/v1/agents", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_a_deactivated_agent_is_out_at_once(desk: Desk) -> None:
    agent = await add_agent(desk, "gone@example.test", role="admin")
    async with signed_in(desk, "gone@example.test") as one:
        made = await one.post("/api/v1/tokens", json={"name": "mine", "scopes": ["*"]})
        token = made.json()["token"]
        async with client(desk.app, token=token) as api:
            assert (await api.get("/api/v1/auth/me")).status_code == 200
            assert (await desk.api.delete(f"/api/v1/agents/{agent}")).status_code == 204
            assert (await api.get("/api/v1/auth/me")).status_code == 401
            assert (await one.get("/api/v1/auth/me")).status_code == 401
            back = await desk.api.patch(f"/api/v1/agents/{agent}", json={"active": True})
            assert back.json()["active"] is True
            assert (await api.get("/api/v1/auth/me")).status_code == 401, "tokens stay revoked"


async def test_the_last_administrator_stays(desk: Desk) -> None:
    admin = str(desk.created.admin_id)
    gone = await desk.api.delete(f"/api/v1/agents/{admin}")
    assert (gone.status_code, gone.json()["code"]) == (409, "last_admin")
    role = await role_id(desk, "viewer")
    less = await desk.api.patch(f"/api/v1/agents/{admin}", json={"role_ids": [role]})
    assert less.json()["code"] == "last_admin"
    await add_agent(desk, "second@example.test", role="admin")
    assert (await desk.api.delete(f"/api/v1/agents/{admin}")).status_code == 204


async def test_two_administrators_cannot_remove_each_other_at_once(desk: Desk) -> None:
    other = await add_agent(desk, "second@example.test", role="admin")
    answers = await asyncio.gather(
        *(desk.api.delete(f"/api/v1/agents/{one}") for one in (desk.created.admin_id, other))
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_new_roles_end_sessions_and_take_effect(desk: Desk) -> None:
    agent = await add_agent(desk, "lin@example.test", role="lead")
    async with signed_in(desk, "lin@example.test") as one:
        assert (await one.get("/api/v1/audit")).status_code == 200
        role = await role_id(desk, "agent")
        await desk.api.patch(f"/api/v1/agents/{agent}", json={"role_ids": [role]})
        assert (await one.get("/api/v1/auth/me")).status_code == 401
        await sign_in(one, email="lin@example.test", password=PASSWORD)
        assert (await one.get("/api/v1/audit")).status_code == 403


async def test_a_changed_role_counts_with_the_next_request(desk: Desk) -> None:
    role = await _role(desk, "ticket:read")
    await add_agent(desk, "lin@example.test", role_ids=[role])
    async with signed_in(desk, "lin@example.test") as one:
        assert (await one.get("/api/v1/audit")).status_code == 403
        grants = [{"permission": "audit:read", "scope": "all"}]
        await desk.api.patch(f"/api/v1/roles/{role}", json={"grants": grants})
        assert (await one.get("/api/v1/audit")).status_code == 200
        await desk.api.patch(f"/api/v1/roles/{role}", json={"grants": []})
        assert (await one.get("/api/v1/audit")).status_code == 403


async def test_nobody_gives_more_than_they_have(desk: Desk) -> None:
    role = await _role(desk, "agent:manage", "role:manage", "ticket:read")
    me = await add_agent(desk, "boss@example.test", role_ids=[role])
    admin_role = await role_id(desk, "admin")
    admin = desk.created.admin_id
    attempts: list[tuple[str, str, dict[str, Any]]] = [
        ("PATCH", f"/agents/{me}", {"role_ids": [admin_role]}),
        ("POST", "/agents", {"name": "x", "email": "x@example.test", "role_ids": [admin_role]}),
        ("PATCH", f"/agents/{admin}", {"password": "taken over 123"}),
        ("PATCH", f"/agents/{admin}", {"name": "Mallory"}),
        ("DELETE", f"/agents/{admin}", {}),
        ("POST", "/roles", {"name": "x", "grants": [{"permission": "audit:read"}]}),
        ("PATCH", f"/roles/{role}", {"grants": [{"permission": "audit:read"}]}),
        ("PATCH", f"/roles/{await role_id(desk, 'lead')}", {"name": "x", "grants": []}),
    ]
    async with signed_in(desk, "boss@example.test") as one:
        for method, path, body in attempts:
            answer = await one.request(method, f"/api/v1{path}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "exceeds_own_rights"), path
        own = {"name": "less", "grants": [{"permission": "ticket:read", "scope": "own"}]}
        assert (await one.post("/api/v1/roles", json=own)).status_code == 201


async def test_roles_are_checked(desk: Desk) -> None:
    async def refused(grant: dict[str, Any]) -> int:
        body = {"name": "x", "grants": [grant]}
        return (await desk.api.post("/api/v1/roles", json=body)).status_code

    assert await refused({"permission": "ticket:fly"}) == 422
    assert await refused({"permission": "agent:manage", "scope": "own"}) == 422
    assert await refused({"permission": "ticket:read", "scope": "all", "unit_id": "1"}) == 422
    assert await refused({"permission": "ticket:read", "scope": "unit", "unit_id": "1"}) == 422
    admin = await role_id(desk, "admin")
    assert (await desk.api.patch(f"/api/v1/roles/{admin}", json={"name": "x"})).status_code == 409
    assert (await desk.api.delete(f"/api/v1/roles/{admin}")).status_code == 409
    used = await _role(desk, "ticket:read")
    await add_agent(desk, "lin@example.test", role_ids=[used])
    assert (await desk.api.delete(f"/api/v1/roles/{used}")).json()["code"] == "role_in_use"


async def test_every_permission_has_its_names_and_the_admin_has_all(desk: Desk) -> None:
    known = (await desk.api.get("/api/v1/permissions")).json()
    assert all(one["title"]["zh"] and one["title"]["en"] and one["scopes"] for one in known)
    roles = (await desk.api.get("/api/v1/roles")).json()["items"]
    admin = next(role for role in roles if role["system"] == "admin")
    assert {g["permission"] for g in admin["grants"]} == {one["permission"] for one in known}


async def test_a_token_does_what_its_scopes_say_and_no_more_than_its_agent(desk: Desk) -> None:
    role = await _role(desk, "token:manage", "ticket:read")
    agent = await add_agent(desk, "lin@example.test", role_ids=[role])
    async with signed_in(desk, "lin@example.test") as one:
        beyond = await one.post("/api/v1/tokens", json={"name": "x", "scopes": ["audit:read"]})
        assert beyond.status_code == 403
        made = await one.post("/api/v1/tokens", json={"name": "all of me", "scopes": ["*"]})
    async with client(desk.app, token=made.json()["token"]) as api:
        assert (await api.get("/api/v1/audit")).status_code == 403
        admin = await role_id(desk, "admin")
        await desk.api.patch(f"/api/v1/agents/{agent}", json={"role_ids": [admin]})
        assert (await api.get("/api/v1/audit")).status_code == 200, "the agent may do more now"
    narrow = await api_token(desk.database, desk.workspace_id, scopes=("ticket:read",))
    async with client(desk.app, token=narrow) as api:
        assert (await api.get("/api/v1/audit")).status_code == 403
        assert (await api.get("/api/v1/agents")).status_code == 200
        assert (await api.post("/api/v1/auth/totp")).json()["code"] == "browser_only"


async def test_a_token_is_shown_once_and_ends_with_what_it_made(desk: Desk) -> None:
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    made = (
        await desk.api.post(
            "/api/v1/tokens",
            json={"name": "parent", "scopes": ["token:manage", "brand:manage"], "expires_at": soon},
        )
    ).json()
    async with client(desk.app, token=made["token"]) as parent:
        wide = await parent.post("/api/v1/tokens", json={"name": "x", "scopes": ["*"]})
        assert wide.status_code == 403
        child = (
            await parent.post("/api/v1/tokens", json={"name": "c", "scopes": ["brand:manage"]})
        ).json()
        assert child["expires_at"] is not None, "it does not outlive the one that made it"
    listed = (await desk.api.get("/api/v1/tokens")).json()["items"]
    assert all("token" not in one for one in listed)
    assert made["token"].startswith(next(o["prefix"] for o in listed if o["id"] == made["id"]))
    async with client(desk.app, token=child["token"]) as grown:
        assert (await grown.get("/api/v1/auth/me")).status_code == 200
        assert (await desk.api.delete(f"/api/v1/tokens/{made['id']}")).status_code == 204
        assert (await grown.get("/api/v1/auth/me")).status_code == 401
    assert made["token"] not in str(await desk.events())


async def test_expired_and_foreign_tokens_are_refused(desk: Desk) -> None:
    past = (clock.now() - timedelta(seconds=1)).isoformat()
    body = {"name": "x", "scopes": ["*"], "expires_at": past}
    assert (await desk.api.post("/api/v1/tokens", json=body)).status_code == 422
    token = await api_token(desk.database, desk.workspace_id)
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE api_token SET expires_at = now() - interval '1 second' WHERE workspace_id = $1",
            desk.workspace_id,
        )
    for text in (token, token[:-1], "", "yz_ü"):
        async with client(desk.app, token="x") as api:
            answer = await api.get(
                "/api/v1/auth/me", headers={b"Authorization": f"Bearer {text}".encode()}
            )
            assert answer.status_code == 401


async def test_the_last_use_of_a_token_is_shown(desk: Desk) -> None:
    await desk.api.get("/api/v1/auth/me")
    await authentication.settle()
    listed = (await desk.api.get("/api/v1/tokens")).json()["items"]
    assert listed[0]["last_used_at"] is not None


async def test_another_workspace_sees_nothing(desk: Desk) -> None:
    """Every row of identity asked for, changed and deleted with the other's token."""
    created = await desk.api.post("/api/v1/roles", json={"name": "r", "grants": []})
    token = (await desk.api.post("/api/v1/tokens", json={"name": "t", "scopes": ["*"]})).json()
    team = (await desk.api.post("/api/v1/teams", json={"name": "t"})).json()
    unit = (await desk.api.post("/api/v1/units", json={"name": "u"})).json()
    paths = (
        f"/agents/{desk.created.admin_id}",
        f"/brands/{desk.created.brand_id}",
        f"/units/{unit['id']}",
        f"/teams/{team['id']}",
        f"/roles/{created.json()['id']}",
        f"/tokens/{token['id']}",
    )
    other = await make_workspace(desk.edge, name="Other", email="other@example.test")
    foreign = await api_token(desk.database, int(other.workspace.id))
    async with client(desk.app, token=foreign) as api:
        for path in paths:
            for method in ("PATCH", "DELETE"):
                if (method, path.split("/")[1]) == ("PATCH", "tokens"):
                    continue
                answer = await api.request(method, f"/api/v1{path}", json={"name": "x"})
                assert answer.status_code == 404, (method, path, answer.text)
        for path in ("/agents", "/brands", "/units", "/teams", "/tokens"):
            ids = {row["id"] for row in (await api.get(f"/api/v1{path}")).json()["items"]}
            assert not ids & {path.rpartition("/")[2] for path in paths}
        body = {"name": "x", "members": [str(desk.created.admin_id)]}
        assert (await api.post("/api/v1/teams", json=body)).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/agents"),
        ("POST", "/roles"),
        ("GET", "/roles"),
        ("POST", "/brands"),
        ("POST", "/units"),
        ("POST", "/teams"),
        ("PATCH", "/workspace"),
        ("POST", "/tokens"),
        ("GET", "/audit"),
    ],
)
async def test_an_agent_may_not_administer(desk: Desk, method: str, path: str) -> None:
    await add_agent(desk, "lin@example.test")
    body = {"name": "x", "email": "x@example.test", "scopes": ["ticket:read"]}
    async with signed_in(desk, "lin@example.test") as one:
        answer = await one.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == 403, answer.text


async def test_one_changes_ones_own_profile(desk: Desk) -> None:
    await add_agent(desk, "lin@example.test")
    async with signed_in(desk, "lin@example.test") as one:
        await one.patch("/api/v1/auth/me", json={"preferences": {"density": "tight", "a": 1}})
        me = (
            await one.patch(
                "/api/v1/auth/me",
                json={"name": " 林 ", "theme": "dark", "preferences": {"a": None}},
            )
        ).json()["agent"]
        assert (me["name"], me["theme"], me["preferences"]) == ("林", "dark", {"density": "tight"})
        assert (await one.patch("/api/v1/auth/me", json={"locale": "fr"})).status_code in (400, 422)
        again = (await one.get("/api/v1/auth/me")).json()
        assert again["agent"]["name"] == "林"
        assert again["presence"] is None or again["presence"]["state"] in (
            "online",
            "away",
            "offline",
        )


async def test_who_manages_agents_sees_all_in_one_list(desk: Desk) -> None:
    agent_id = await add_agent(desk, "li@example.test", capacity=4)
    async with browser(desk) as client:
        await sign_in(client, email="li@example.test", password=PASSWORD)
        plain = (await client.get("/api/v1/agents")).json()["items"]
    assert all("role_ids" not in row and "last_seen_at" not in row for row in plain)
    rows = {row["id"]: row for row in (await desk.api.get("/api/v1/agents")).json()["items"]}
    one = (await desk.api.get(f"/api/v1/agents/{agent_id}")).json()
    assert rows[agent_id]["role_ids"] == one["role_ids"] == [await role_id(desk, "agent")]
    assert (rows[agent_id]["capacity"], rows[agent_id]["totp_enabled"]) == (4, False)
    seen = datetime.fromisoformat(rows[agent_id]["last_seen_at"])
    assert abs(clock.now() - seen) < timedelta(minutes=1)
    assert rows[str(desk.created.admin_id)]["last_seen_at"] is None
