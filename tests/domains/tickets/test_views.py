"""Saved views: what they hold, who sees them, what they count, in which order they page."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from tests.domains.identity import people
from tests.support.desk import Desk
from yizhan.domains.tickets import filters, listing, orders
from yizhan.domains.tickets.views import counting, repository
from yizhan.kernel.tx import Tx

URGENT = {"all": [{"field": "category", "op": "in", "value": ["new", "open"]},
                  {"field": "priority", "op": "is", "value": "urgent"}]}  # fmt: skip
EVERYTHING: dict[str, Any] = {"all": []}


async def ticket(desk: Desk, n: int, **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "subject": f"Number {n}",
        "body": "an invoice again",
        "requester": {"email": f"c{n}@example.test", "name": f"C {n}"},
        **more,
    }
    answer = await desk.api.post("/api/v1/tickets", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def save(api: httpx2.AsyncClient, **more: Any) -> httpx2.Response:
    body = {"name": "Urgent 紧急", "condition": URGENT, **more}
    return await api.post("/api/v1/views", json=body)


async def views(api: httpx2.AsyncClient) -> dict[str, Any]:
    return {view["id"]: view for view in (await api.get("/api/v1/views")).json()}


async def numbers(api: httpx2.AsyncClient, **query: Any) -> list[int]:
    answer = await api.get("/api/v1/tickets", params=query)
    assert answer.status_code == 200, answer.text
    return [row["number"] for row in answer.json()["items"]]


async def test_a_view_lists_and_counts_what_its_condition_says(desk: Desk) -> None:
    first = await ticket(desk, 1, priority="urgent")
    await ticket(desk, 2)
    made = await save(desk.api, columns=["number", "tags"], sort="-created", group_by="team")
    assert made.status_code == 201, made.text
    view = made.json()
    assert (view["count"], view["count_capped"]) == (1, False)
    assert view["columns"] == ["number", "tags"]
    assert await numbers(desk.api, view=view["id"]) == [first["number"]]
    await ticket(desk, 3, priority="urgent")
    assert (await views(desk.api))[view["id"]]["count"] == 2
    changed = await desk.api.patch(
        f"/api/v1/views/{view['id']}",
        json={"name": "All", "condition": EVERYTHING, "group_by": None},
    )
    assert changed.json()["version"] == 2
    assert changed.json()["count"] == 3
    assert len(await numbers(desk.api, view=view["id"])) == 3
    gone = await desk.api.delete(f"/api/v1/views/{view['id']}")
    assert gone.status_code == 204
    assert (await desk.api.get(f"/api/v1/views/{view['id']}")).status_code == 404
    assert (await desk.api.get("/api/v1/tickets", params={"view": view["id"]})).status_code == 404
    kinds = [
        event.type for event in await desk.events("view.created", "view.updated", "view.deleted")
    ]
    assert kinds == ["view.created", "view.updated", "view.deleted"]


async def test_the_views_of_every_workspace_keep_their_ids_and_can_be_put_away(desk: Desk) -> None:
    await ticket(desk, 1)
    before = await views(desk.api)
    assert [*before][:9] == ["mine", "unassigned", "watching", "open", "waiting", "snoozed",
                             "resolved", "closed", "all"]  # fmt: skip
    assert before["unassigned"]["count"] == before["all"]["count"] == 1
    for view in before.values():
        if view["condition"] is not None:  # the condition that people build on means the same
            tried = await desk.api.post(
                "/api/v1/views/preview", json={"condition": view["condition"]}
            )
            assert tried.json()["count"] == view["count"], view["id"]
    put = await desk.api.put("/api/v1/views/hidden", json={"ids": ["watching", "closed"]})
    assert put.status_code == 204
    assert not {"watching", "closed"} & (await views(desk.api)).keys()
    everything = await desk.api.get("/api/v1/views", params={"hidden": True})
    assert {v["id"] for v in everything.json() if v["hidden"]} == {"watching", "closed"}
    assert await numbers(desk.api, view="closed") == []  # a kept link still works
    unknown = await desk.api.put("/api/v1/views/hidden", json={"ids": ["nothing"]})
    assert unknown.status_code == 422


async def test_everybody_has_an_order_of_their_own(desk: Desk) -> None:
    await people.add_agent(desk, "lin@example.test")
    async with people.signed_in(desk, "lin@example.test") as lin:
        own = (await save(lin)).json()["id"]
        put = await lin.put("/api/v1/views/order", json={"ids": [own, "all", "mine"]})
        assert put.status_code == 204
        assert [*await views(lin)][:4] == [own, "all", "mine", "unassigned"]
    assert next(iter(await views(desk.api))) == "mine"


SHARING: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nobody": ({}, {"owner"}),
    "team": ({"teams": ["TEAM"]}, {"owner", "member"}),
    "person": ({"agents": ["OTHER"]}, {"owner", "other"}),
    "both": ({"teams": ["TEAM"], "agents": ["OTHER"]}, {"owner", "member", "other"}),
    "all": ({"all": True}, {"owner", "member", "other", "stranger"}),
}


async def _sees(desk: Desk, name: str, view: str, *, visible: bool, case: str) -> None:
    """Reads, lists and changes say the same of who sees a view."""
    async with people.signed_in(desk, f"{name}@example.test") as reader:
        one = await reader.get(f"/api/v1/views/{view}")
        assert one.status_code == (200 if visible else 404), (case, name)
        assert (view in await views(reader)) == visible, (case, name)
        rows = await reader.get("/api/v1/tickets", params={"view": view})
        assert rows.status_code == (200 if visible else 404), (case, name)
        change = await reader.patch(f"/api/v1/views/{view}", json={"name": name})
        expected = 200 if name == "owner" else 403 if visible else 404
        assert change.status_code == expected, (case, name)


async def test_who_sees_a_view(desk: Desk) -> None:
    ids = {
        "owner": await people.add_agent(desk, "owner@example.test", role="lead"),
        **{name: await people.add_agent(desk, f"{name}@example.test")
           for name in ("member", "other", "stranger")},
    }  # fmt: skip
    team = await desk.api.post("/api/v1/teams", json={"name": "T", "members": [ids["member"]]})
    known = {"TEAM": team.json()["id"], "OTHER": ids["other"]}
    await ticket(desk, 1, priority="urgent")
    for case, (sharing, seeing) in SHARING.items():
        body = {
            key: value if isinstance(value, bool) else [known[one] for one in value]
            for key, value in sharing.items()
        }
        async with people.signed_in(desk, "owner@example.test") as owner:
            view = (await save(owner, sharing=body)).json()["id"]
        for name in ids:
            await _sees(desk, name, view, visible=name in seeing, case=case)


async def test_only_who_may_share_shares(desk: Desk) -> None:
    await people.add_agent(desk, "lin@example.test")
    async with people.signed_in(desk, "lin@example.test") as lin:
        assert (await save(lin, sharing={"all": True})).status_code == 403
        own = (await save(lin)).json()["id"]
        refused = await lin.patch(f"/api/v1/views/{own}", json={"sharing": {"all": True}})
        assert refused.status_code == 403
        assert (await lin.put("/api/v1/views/hidden", json={"ids": []})).status_code == 403


async def test_a_shared_view_shows_each_reader_only_their_tickets(desk: Desk) -> None:
    lin = await people.add_agent(desk, "lin@example.test")
    theirs = await desk.api.post("/api/v1/teams", json={"name": "L", "members": [lin]})
    others = await desk.api.post("/api/v1/teams", json={"name": "O", "members": []})
    one = await ticket(desk, 1, priority="urgent", team_id=theirs.json()["id"])
    await ticket(desk, 2, priority="urgent", team_id=others.json()["id"])
    view = (await save(desk.api, sharing={"all": True})).json()
    assert view["count"] == 2
    async with people.signed_in(desk, "lin@example.test") as reader:
        assert (await views(reader))[view["id"]]["count"] == 1
        assert await numbers(reader, view=view["id"]) == [one["number"]]
        tried = await reader.post("/api/v1/views/preview", json={"condition": EVERYTHING})
        assert (tried.json()["count"], len(tried.json()["items"])) == (1, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"condition": {"field": "nothing", "op": "is", "value": 1}}, "condition_invalid"),
        ({"condition": {"any": [{"field": "priority", "op": "has"}]}}, "condition_invalid"),
        ({"sort": "colour"}, "unknown_value"),
        ({"sharing": {"teams": ["5"]}}, "unknown_value"),
        ({"name": "  "}, "invalid"),
        ({"columns": ["password"]}, "invalid"),
    ],
)
async def test_a_view_that_cannot_work_is_refused_with_the_reason(
    desk: Desk, change: dict[str, Any], code: str
) -> None:
    answer = await save(desk.api, **change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_list_takes_a_condition_that_is_not_saved(desk: Desk) -> None:
    one = await ticket(desk, 1, tags=["vip"])
    await ticket(desk, 2)
    text = '{"field":"tags","op":"has","value":"vip"}'
    assert await numbers(desk.api, view="all", condition=text) == [one["number"]]
    for wrong in ("{", "[]", '{"field":"x"}', '{"not":' * 500 + "1"):
        answer = await desk.api.get("/api/v1/tickets", params={"condition": wrong})
        assert answer.status_code in (400, 422), wrong


async def pages(tx: Tx, sort: str, group: str | None) -> list[str]:
    """All rows of a list, page by page, while it changes."""
    seen: list[str] = []
    cursor = None
    for _ in range(20):
        wanted = listing.Filter(view="all", sort=sort, group=group, limit=3, cursor=cursor)
        page = await listing.page(tx, wanted)
        seen += [row.id for row in page.items]
        cursor = page.next_cursor
        # A ticket that comes between two pages may be missed, but moves none of the others.
        await tx.db.execute(
            "INSERT INTO ticket (workspace_id, id, number, subject, channel, requester_id,"
            " created_at, updated_at) VALUES ($1, $2, $2, 'x', 'api', 1, now(), now())",
            tx.workspace_id, tx.new_id(),
        )  # fmt: skip
        if cursor is None:
            break
    return seen


async def test_pages_in_any_order_hold_each_ticket_once_while_tickets_change(desk: Desk) -> None:
    made = [await ticket(desk, n, priority=("low", "urgent", "normal")[n % 3]) for n in range(7)]
    done = await desk.api.patch(f"/api/v1/tickets/{made[2]['id']}", json={"status": "resolved"})
    assert done.status_code == 200
    expected = {row["id"] for row in made}
    for sort in [*orders.ORDERS, *(f"-{name}" for name in orders.ORDERS)]:
        for group in (None, "priority", "assignee"):
            async with desk.begin() as tx:
                seen = await pages(tx, sort, group)
                await tx.db.execute("DELETE FROM ticket WHERE subject = 'x' AND workspace_id = $1",
                                    tx.workspace_id)  # fmt: skip
            assert len(seen) == len(set(seen)), (sort, group)
            assert expected <= set(seen), (sort, group)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"field": "category", "op": "in", "value": ["new", "open"]}, True),
        ({"field": "category", "op": "in", "value": ["new", "closed"]}, False),
        ({"field": "category", "op": "not_in", "value": ["closed"]}, False),
        ({"field": "status", "op": "is", "value": "pending"}, True),
        ({"field": "priority", "op": "is", "value": "high"}, False),
        ({"any": []}, False),
        ({"any": [URGENT, {"field": "priority", "op": "is", "value": "high"}]}, False),
        ({"any": [URGENT, {"field": "status", "op": "is", "value": "pending"}]}, True),
        ({"not": {"field": "category", "op": "is", "value": "closed"}}, False),
        ({"all": [{"not": {"any": []}}, URGENT]}, True),
    ],
)
def test_a_condition_is_known_to_hold_only_active_tickets(
    condition: dict[str, Any],
    expected: Any,
) -> None:
    assert counting.is_active(filters.parse(condition), frozenset({"pending"})) is expected


async def test_counts_beyond_a_thousand_are_capped_only_where_tickets_are_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    for n in range(4):
        await ticket(desk, n, priority="urgent")
    active = (await save(desk.api)).json()
    done = (await save(desk.api, condition=EVERYTHING)).json()
    assert (active["count"], active["count_capped"]) == (4, False)
    assert (done["count"], done["count_capped"]) == (2, True)


async def test_all_views_of_a_reader_are_counted_by_one_statement(desk: Desk) -> None:
    for n in range(12):
        assert (await save(desk.api, name=f"V {n}", sharing={"all": True})).status_code == 201
    async with desk.begin() as tx:
        saved = await repository.visible(tx)
        used = tx.db.statements
        found = await counting.counts(tx, saved, builtins=["mine", "all"])
        # One for the workspace's statuses, one for all counts.
        assert tx.db.statements - used == 2
        assert len([key for key in found if key.isdigit()]) == 12


async def test_fields_say_all_that_a_condition_can_be_made_of(desk: Desk) -> None:
    found = (await desk.api.get("/api/v1/filters/fields")).json()
    by_name = {field["name"]: field for field in found["fields"]}
    assert [choice["value"] for choice in by_name["priority"]["choices"]] == [
        "low", "normal", "high", "urgent",
    ]  # fmt: skip
    assert by_name["status"]["choices"][0]["title"]["zh"] == "新建"
    for field in found["fields"]:
        assert field["operators"], field["name"]
        for operator in field["operators"]:
            assert operator["title"]["zh"] != operator["id"], operator
    assert {sort["id"] for sort in found["sorts"]} == set(orders.ORDERS)
