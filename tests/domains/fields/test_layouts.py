"""Layouts: which one wins, what it may never show, and how it is brought back. Through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from tests.domains.fields.test_records import define
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.domains.fields.layouts import choosing, differences
from yizhan.domains.fields.layouts.choosing import Held, Person
from yizhan.domains.fields.layouts.types import Content, Layout, LayoutGroup
from yizhan.domains.fields.types import FieldNames

PATH = "/api/v1/layouts"
GROUP = {"title": {"zh": "处理", "en": "Work"}, "folded": False, "items": ["status", "priority"]}


async def ok(answer: httpx2.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def make(api: httpx2.AsyncClient, **more: Any) -> dict[str, Any]:
    body = {"place": "panel", "name": "L", "groups": [GROUP], "publish": True, **more}
    found: dict[str, Any] = await ok(await api.post(PATH, json=body))
    return found


async def shown(api: httpx2.AsyncClient, place: str = "panel") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ok(await api.get(f"{PATH}/shown?place={place}")))["items"]
    return found


@pytest.fixture
async def admin(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """The administrator in person: a token of the workspace cannot try a draft."""
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        yield api


@pytest.fixture
async def bo(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """An agent."""
    body = {
        "name": "Bo",
        "email": "bo@example.test",
        "role_ids": [str(desk.created.roles["agent"])],
    }
    made = await ok(await desk.api.post("/api/v1/agents", json=body))
    token = await api_token(desk.database, desk.workspace_id, agent_id=int(made["id"]))
    async with client(desk.app, token=token) as api:
        yield api


# ------------------------------------------------------------------------------------- pure


def held(key: int, *, draft: Content) -> Held:
    layout = Layout(
        id=key, place="panel", position=key, active=True, version=1, published=1, draft=draft,
        live=draft, updated_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return Held(layout, draft)


def test_the_most_particular_layout_wins() -> None:
    every = [
        held(1, draft=Content(name="any")),
        held(2, draft=Content(name="channel", channels=("email",))),
        held(3, draft=Content(name="type", types=("incident",))),
        held(4, draft=Content(name="role", role_ids=(7,))),
        held(5, draft=Content(name="both", types=("incident",), channels=("email",))),
        held(6, draft=Content(name="role too", role_ids=(7,))),
    ]

    def won(type_: str, channel: str, *roles: int) -> str:
        found = choosing.choose(every, roles=roles, type=type_, channel=channel)
        return "" if found is None else found.content.name

    assert won("question", "chat") == "any"
    assert won("question", "email") == "channel"
    assert won("incident", "chat") == "type"
    assert won("incident", "chat", 7) == "role", (
        "of those that ask for one thing a role comes first"
    )
    assert won("incident", "email", 7) == "both", "two things beat one"
    assert choosing.choose(every[1:2], roles=(), type="question", channel="chat") is None


def test_who_would_see_a_layout_and_which_others_win_over_it() -> None:
    mine = held(1, draft=Content(name="mine"))
    other = held(2, draft=Content(name="other", role_ids=(7,)))
    mail = held(3, draft=Content(name="mail", channels=("email",)))
    people = [Person(1, "A", frozenset()), Person(2, "B", frozenset({7}))]
    reached, beaten = choosing.reach([mine, other], mine, people=people)
    assert [(one.person.name, one.when) for one in reached] == [("A", "always")]
    assert [(one.layout.id, one.people) for one in beaten] == [(2, 1)]
    reached, beaten = choosing.reach([mine, mail], mine, people=people)
    assert {one.when for one in reached} == {"sometimes"}
    assert [(one.layout.id, one.people) for one in beaten] == [(3, 2)]


def test_differences_name_the_fewest_things_that_moved() -> None:
    def content(*items: str, folded: bool = False, name: str = "a") -> Content:
        return Content(name=name, groups=(LayoutGroup(folded=folded, items=list(items)),))

    def said(old: Content, new: Content) -> list[tuple[str, str]]:
        return [(one.what, one.item) for one in differences.between(old, new)]

    assert said(content("a", "b", "c", "d"), content("b", "c", "d", "a")) == [("moved", "a")]
    assert said(content("a"), content("a", "b", folded=True)) == [("folded", ""), ("added", "b")]
    assert said(content("a", "b"), content("b", name="z")) == [("named", ""), ("removed", "a")]
    two = Content(
        name="a", groups=(LayoutGroup(items=["a"]), LayoutGroup(FieldNames(en="X"), items=["b"]))
    )
    assert said(content("a", "b"), two) == [("group_added", ""), ("moved", "b")]


# -------------------------------------------------------------------------------------- API


async def test_without_layouts_everything_is_as_it_was(desk: Desk, bo: httpx2.AsyncClient) -> None:
    assert await shown(desk.api) == await shown(bo) == []


async def test_a_draft_is_seen_by_nobody_but_who_tries_it(
    admin: httpx2.AsyncClient, bo: httpx2.AsyncClient, desk: Desk
) -> None:
    made = await make(admin, publish=False, role_ids=[str(desk.created.roles["agent"])])
    assert (made["version"], made["published"]) == (1, None)
    assert await shown(admin) == await shown(bo) == []
    await ok(await admin.put(f"{PATH}/{made['id']}/trial"))
    [tried] = await shown(admin)
    assert (tried["draft"], tried["groups"][0]["items"]) == (True, ["status", "priority"])
    assert await shown(bo) == []
    assert (await ok(await admin.get(PATH)))["trying"] == made["id"]
    await ok(await admin.delete(f"{PATH}/trial"))
    assert await shown(admin) == []
    await ok(await admin.post(f"{PATH}/{made['id']}/publish", json={}))
    assert [one["draft"] for one in await shown(bo)] == [False]
    assert await shown(admin) == [], "it is for agents"
    assert (await desk.api.put(f"{PATH}/{made['id']}/trial")).status_code == 403, "nobody in person"


async def test_every_save_is_a_version_that_comes_back(admin: httpx2.AsyncClient) -> None:
    made = await make(admin)
    path = f"{PATH}/{made['id']}"
    wider = {**GROUP, "items": ["priority", "status", "tags"], "folded": True}
    saved = await ok(await admin.patch(path, json={"groups": [wider], "version": 1}))
    assert (saved["version"], saved["published"]) == (2, 1)
    assert (await shown(admin))[0]["groups"][0]["items"] == ["status", "priority"]
    stale = await admin.patch(path, json={"name": "X", "version": 1})
    assert (stale.status_code, stale.json()["code"], stale.json()["version"]) == (
        409, "layout_changed", 2,
    )  # fmt: skip
    await ok(await admin.post(f"{path}/publish", json={}))
    assert (await shown(admin))[0]["groups"][0]["folded"] is True
    # One step back at once, while the newer one stays a draft.
    undone = await ok(await admin.post(f"{path}/publish", json={"version": 1}))
    assert (undone["version"], undone["published"]) == (2, 1)
    assert (await shown(admin))[0]["groups"][0]["items"] == ["status", "priority"]
    back = await ok(await admin.post(f"{path}/restore", json={"version": 1, "publish": True}))
    assert (back["version"], back["published"]) == (3, 3)
    kept = (await ok(await admin.get(f"{path}/versions")))["items"]
    assert [(one["version"], one["restored_from"]) for one in kept] == [
        (3, 1),
        (2, None),
        (1, None),
    ]
    assert {one["what"] for one in kept[1]["differences"]} == {"folded", "added", "moved"}
    assert kept[2]["differences"] == [{"what": "made"}]
    assert kept[0]["actor"]["name"]
    assert (await admin.post(f"{path}/restore", json={"version": 9})).status_code == 404
    same = await ok(await admin.patch(path, json={"groups": [GROUP]}))
    assert same["version"] == 3, "nothing other, no version"
    await ok(await admin.post(f"{path}/withdraw"))
    assert await shown(admin) == []


async def test_a_layout_never_shows_what_a_role_may_not_read(
    desk: Desk, admin: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    await define(desk, "margin", "text", see_roles=[str(desk.created.roles["lead"])])
    await define(desk, "order_no", "text")
    group = {**GROUP, "items": ["field.margin", "field.order_no"]}
    await make(admin, groups=[group, {"items": ["tags"]}])
    whole = [["field.margin", "field.order_no"], ["tags"]]
    assert [one["items"] for one in (await shown(admin))[0]["groups"]] == whole
    assert [one["items"] for one in (await shown(bo))[0]["groups"]] == [
        ["field.order_no"],
        ["tags"],
    ]


async def test_a_field_that_is_gone_leaves_the_layout_standing(
    desk: Desk, admin: httpx2.AsyncClient
) -> None:
    field = await define(desk, "order_no", "text")
    made = await make(admin, groups=[{**GROUP, "items": ["status", "field.order_no"]}])
    await ok(await admin.patch(f"{PATH}/{made['id']}", json={"name": "Newer"}))
    await ok(await desk.api.delete(f"/api/v1/fields/{field['id']}"))
    assert (await shown(admin))[0]["groups"][0]["items"] == ["status"]
    back = await ok(await admin.post(f"{PATH}/{made['id']}/restore", json={"version": 1}))
    assert back["groups"][0]["items"] == ["status"], "what is gone stays out"
    refused = await admin.patch(
        f"{PATH}/{made['id']}", json={"groups": [{**GROUP, "items": ["field.order_no"]}]}
    )
    assert (refused.status_code, refused.json()["items"]) == (422, ["field.order_no"])


@pytest.mark.parametrize(
    ("place", "items"),
    [
        ("panel", ["status", "status"]),
        ("panel", ["requester"]),
        ("panel", ["part.nothing"]),
        ("new", ["subject", "body"]),
        ("new", ["requester", "subject", "body", "part.customer"]),
    ],
)
async def test_what_does_not_fit_is_refused(
    admin: httpx2.AsyncClient, place: str, items: list[str]
) -> None:
    body = {"place": place, "name": "L", "groups": [{"items": items}]}
    refused = await admin.post(PATH, json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "layout_invalid")


async def test_only_who_defines_fields_arranges_them(
    admin: httpx2.AsyncClient, bo: httpx2.AsyncClient
) -> None:
    made = await make(admin)
    body = {"place": "panel", "name": "L", "groups": [GROUP]}
    assert (await bo.post(PATH, json=body)).status_code == 403
    assert (await bo.get(PATH)).status_code == 403
    assert (await bo.patch(f"{PATH}/{made['id']}", json={"name": "X"})).status_code == 403
    assert (await bo.put(f"{PATH}/{made['id']}/trial")).status_code == 403


async def test_order_decides_between_equals_and_all_is_told(
    desk: Desk, admin: httpx2.AsyncClient
) -> None:
    first, second = await make(admin, name="A"), await make(admin, name="B")
    assert [one["name"] for one in await shown(admin)] == ["A", "B"]
    ids = [second["id"], first["id"]]
    await ok(await admin.put(f"{PATH}/order", json={"place": "panel", "ids": ids}))
    assert [one["name"] for one in await shown(admin)] == ["B", "A"]
    short = await admin.put(f"{PATH}/order", json={"place": "panel", "ids": ids[:1]})
    assert short.status_code == 422
    asked = {"place": "panel", "id": first["id"]}
    reach = await ok(await admin.post(f"{PATH}/reach", json=asked))
    assert (reach["total"], [one["name"] for one in reach["beaten_by"]]) == (0, ["B"])
    fresh = await ok(await admin.post(f"{PATH}/reach", json={"place": "panel", "types": ["task"]}))
    assert (fresh["total"], fresh["people"][0]["when"]) == (1, "always")
    await ok(await admin.delete(f"{PATH}/{second['id']}"))
    assert [one["name"] for one in await shown(admin)] == ["A"]
    await desk.run_jobs()
    kept = (await ok(await admin.get("/api/v1/audit?limit=100")))["items"]
    assert {one["action"] for one in kept} >= {
        "layout.saved", "layout.published", "layout.ordered", "layout.deleted",
    }  # fmt: skip


async def test_layouts_of_one_workspace_are_nothing_to_another(
    desk: Desk, admin: httpx2.AsyncClient
) -> None:
    made = await make(admin)
    other = await make_workspace(desk.edge, name="Other", email="o@example.test")
    token = await api_token(desk.database, int(other.workspace.id), agent_id=other.admin_id)
    async with client(desk.app, token=token) as api:
        assert await shown(api) == []
        assert (await api.get(f"{PATH}/{made['id']}")).status_code == 404
        assert (await api.post(f"{PATH}/{made['id']}/publish", json={})).status_code == 404
