"""Fields of tickets, customers and companies: through the API, as somebody who uses it notices."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.tickets import filters

NEW = {"subject": "Refund", "body": "Please", "requester": {"email": "a@example.test"}}


async def define(desk: Desk, key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A field, of tickets unless said otherwise."""
    body = {"object": "ticket", "key": key, "type": kind, "name": {"zh": key, "en": key}, **more}
    answer = await desk.api.post("/api/v1/fields", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": one, "name": {"en": one}} for one in ids]


async def ticket(desk: Desk, **fields: Any) -> str:
    answer = await desk.api.post("/api/v1/tickets", json={**NEW, "fields": fields})
    assert answer.status_code == 201, answer.text
    return f"/api/v1/tickets/{answer.json()['id']}"


async def rule(desk: Desk, name: str, when: Any, *effects: dict[str, Any]) -> httpx2.Response:
    body = {"object": "ticket", "name": name, "condition": when, "effects": list(effects)}
    return await desk.api.post("/api/v1/field-rules", json=body)


def problems(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["code"] for one in answer.json()["errors"]}


async def test_without_definitions_any_key_is_taken(desk: Desk) -> None:
    path = await ticket(desk, sku="X1")
    assert (await desk.api.get(path)).json()["fields"] == {"sku": "X1"}


async def test_from_the_first_definition_on_unknown_keys_are_named(desk: Desk) -> None:
    path = await ticket(desk, sku="X1")
    await define(desk, "order_no", "text")
    answer = await desk.api.patch(path, json={"fields": {"ordr_no": "7", "order_no": "8"}})
    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_field"
    assert answer.json()["fields"] == ["ordr_no"]
    # What was there before stays, and can be taken away.
    assert (await desk.api.get(path)).json()["fields"] == {"sku": "X1"}
    changed = await desk.api.patch(path, json={"fields": {"sku": None, "order_no": "8"}})
    assert changed.json()["fields"] == {"order_no": "8"}


KINDS: list[tuple[str, dict[str, Any], Any, Any, Any, str]] = [
    ("text", {"config": {"max_length": 5}}, " ab ", "ab", "abcdef", "too_long"),
    ("text", {"config": {"pattern": r"[A-Z]{2}\d{4}"}}, "AB1234", "AB1234", "AB12", "pattern"),
    ("long_text", {}, "a\nb", "a\nb", 7, "not_text"),
    ("number", {"config": {"min": "0", "max": "10"}}, 2.5, 2.5, 11, "too_large"),
    ("number", {"config": {"decimals": 1}}, "3.14", 3.1, "three", "not_number"),
    (
        "money",
        {"config": {"currencies": ["CNY", "USD"]}},
        {"amount": "12.5"},
        {"amount": "12.50", "currency": "CNY"},
        {"amount": "1", "currency": "EUR"},
        "currency",
    ),
    ("money", {}, {"amount": "1000", "currency": "JPY"}, {"amount": "1000", "currency": "JPY"},
     {"amount": "1.5", "currency": "JPY"}, "decimals"),
    ("date", {"config": {"earliest": "2026-01-01"}}, "2026-11-22", "2026-11-22", "2025-12-31", "too_early"),
    ("datetime", {}, "2026-11-22T10:00:00+08:00", "2026-11-22T02:00:00Z", "yesterday", "not_datetime"),
    ("choice", {"options": options("a", "b")}, "a", "a", "c", "option"),
    ("multi_choice", {"options": options("a", "b", "c")}, ["c", "a"], ["a", "c"], ["z"], "option"),
    ("tree", {"options": [{"id": "hw", "children": options("printer")}], "config": {"leaf_only": True}},
     "hw/printer", "hw/printer", "hw", "option"),
    ("checkbox", {}, True, True, "yes", "not_checkbox"),
    ("person", {}, None, None, "123", "missing"),
    ("relation", {"config": {"target": "ticket"}}, None, None, "123", "missing"),
    ("file", {"config": {"multiple": True}}, None, None, ["123"], "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "good", "stored", "bad", "code"), KINDS)
async def test_each_type(
    desk: Desk, kind: str, more: dict[str, Any], good: Any, stored: Any, bad: Any, code: str
) -> None:
    await define(desk, "f", kind, **more)
    path = await ticket(desk)
    if good is not None:
        answer = await desk.api.patch(path, json={"fields": {"f": good}})
        assert answer.json()["fields"] == {"f": stored}, answer.text
    assert problems(await desk.api.patch(path, json={"fields": {"f": bad}})) == {"fields.f": code}


async def test_relations_people_and_files_point_to_what_is_there(desk: Desk) -> None:
    await define(desk, "parent", "relation", config={"target": "ticket"})
    await define(desk, "payer", "relation", config={"target": "company", "multiple": True})
    await define(desk, "expert", "person")
    first = await ticket(desk)
    company = (await desk.api.post("/api/v1/companies", json={"name": "易站"})).json()["id"]
    admin = str(desk.created.admin_id)
    number = first.rsplit("/", 1)[1]
    path = await ticket(desk, parent=number, payer=[company], expert=admin)
    assert (await desk.api.get(path)).json()["fields"]["payer"] == [company]
    names = await desk.api.get(f"/api/v1/field-labels?kind=company&ids={company},1")
    assert names.json()["items"] == [{"id": company, "label": "易站"}]
    listed = await desk.api.get(f"/api/v1/field-labels?kind=ticket&ids={number}")
    assert listed.json()["items"][0]["label"].endswith("Refund")


async def test_rules_show_require_fill_limit_and_compute(desk: Desk) -> None:
    await define(desk, "kind", "choice", options=options("refund", "repair"))
    await define(desk, "reason", "choice", options=options("broken", "late", "other"))
    await define(desk, "price", "money", config={"currencies": ["CNY"]})
    await define(desk, "count", "number", initial=1)
    total = {"formula": "price * count", "result": "money", "currencies": ["CNY"]}
    await define(desk, "total", "formula", config=total)
    refund = {"field": "kind", "op": "is", "value": "refund"}
    for name, *effects in (
        ("refunds have a price", {"do": "show", "field": "price"}, {"do": "require", "field": "price"}),
        ("refunds are late or broken", {"do": "limit", "field": "reason", "options": ["broken", "late"]}),
    ):  # fmt: skip
        assert (await rule(desk, name, refund, *effects)).status_code == 201
    repair = {"field": "kind", "op": "is", "value": "repair"}
    filled = await rule(
        desk, "repairs", repair, {"do": "fill", "field": "reason", "value": "broken"}
    )
    assert filled.status_code == 201, filled.text

    missing = await desk.api.post("/api/v1/tickets", json={**NEW, "fields": {"kind": "refund"}})
    assert problems(missing) == {"fields.price": "required"}
    path = await ticket(desk, kind="refund", price={"amount": "19.90"}, count=3)
    fields = (await desk.api.get(path)).json()["fields"]
    assert fields["total"] == {"amount": "59.70", "currency": "CNY"}
    outside = await desk.api.patch(path, json={"fields": {"reason": "other"}})
    assert problems(outside) == {"fields.reason": "not_offered"}
    repaired = await desk.api.patch(path, json={"fields": {"kind": "repair"}})
    assert repaired.json()["fields"] == {"kind": "repair", "reason": "broken", "count": 3}


async def test_events_and_history_name_each_field(desk: Desk) -> None:
    await define(desk, "order_no", "text")
    await define(desk, "count", "number")
    path = await ticket(desk, order_no="A1")
    before = (await desk.api.get(path)).json()
    await desk.api.patch(path, json={"fields": {"order_no": "A2", "count": 2}})
    history = (await desk.api.get(f"{path}/history")).json()["items"]
    assert history[0]["changes"] == {"field.order_no": ["A1", "A2"], "field.count": [None, 2]}
    assert history[-1]["changes"]["field.order_no"] == [None, "A1"]
    past = await desk.api.get(f"{path}?as_of={before['updated_at']}")
    assert past.json()["fields"] == {"order_no": "A1"}


async def test_customers_and_companies_have_fields(desk: Desk) -> None:
    await define(desk, "level", "choice", object="customer", options=options("gold", "silver"))
    await define(desk, "tax_no", "text", object="company", required=True)
    ann = (
        await desk.api.post("/api/v1/contacts", json={"name": "Ann", "fields": {"level": "gold"}})
    ).json()
    assert ann["fields"] == {"level": "gold"}
    changed = await desk.api.patch(
        f"/api/v1/contacts/{ann['id']}", json={"fields": {"level": None}}
    )
    assert changed.json()["fields"] == {}
    refused = await desk.api.post("/api/v1/companies", json={"name": "X"})
    assert problems(refused) == {"fields.tax_no": "required"}
    made = await desk.api.post("/api/v1/companies", json={"name": "X", "fields": {"tax_no": "91"}})
    assert made.json()["fields"] == {"tax_no": "91"}
    events = await desk.events("contact.updated")
    assert events[-1].data["changes"] == {"field.level": ["gold", None]}


async def test_what_was_missing_before_does_not_stop_other_work(desk: Desk) -> None:
    path = await ticket(desk)
    await define(desk, "order_no", "text", required=True)
    await define(desk, "note", "text")
    answer = await desk.api.patch(path, json={"fields": {"note": "x"}})
    assert answer.status_code == 200, answer.text
    emptied = await desk.api.patch(path, json={"fields": {"order_no": ""}})
    assert problems(emptied) == {"fields.order_no": "required"}


async def test_a_customers_message_is_never_refused(desk: Desk) -> None:
    from yizhan.domains.tickets import service as tickets
    from yizhan.domains.tickets.types import Received
    from yizhan.kernel.actor import Actor

    await define(desk, "order_no", "text", required=True, customer="edit")
    await define(desk, "inside", "text")
    contact = (await desk.api.post("/api/v1/contacts", json={"name": "Ann"})).json()["id"]
    channel = Actor(kind="channel", workspace_id=desk.workspace_id, name="form")
    async with desk.begin(channel) as tx:
        receipt = await tickets.receive(
            tx,
            Received(
                channel="form",
                contact_id=int(contact),
                author_name="Ann",
                text="Hello",
                fields={"order_no": 7, "inside": "x", "other": "y"},
            ),
        )
    full = (await desk.api.get(f"/api/v1/tickets/{receipt.ticket_id}")).json()
    assert full["fields"] == {}


async def test_rules_may_ask_about_the_ticket(desk: Desk) -> None:
    await define(desk, "impact", "text")
    urgent = {"field": "ticket.priority", "op": "is", "value": "urgent"}
    assert (
        await rule(desk, "urgent", urgent, {"do": "require", "field": "impact"})
    ).status_code == 201
    path = await ticket(desk)
    refused = await desk.api.patch(path, json={"priority": "urgent"})
    assert problems(refused) == {"fields.impact": "required"}
    both = await desk.api.patch(path, json={"priority": "urgent", "fields": {"impact": "all"}})
    assert both.status_code == 200


async def test_conditions_over_tickets_ask_for_fields(desk: Desk) -> None:
    from yizhan.domains.tickets import filters

    await define(desk, "price", "money", config={"currencies": ["CNY"]})
    await define(desk, "labels", "multi_choice", options=options("a", "b"))
    await define(desk, "due", "date")
    path = await ticket(desk, price={"amount": "19.90"}, labels=["a"], due="2026-11-22")
    ticket_id = int(path.rsplit("/", 1)[1])
    async with desk.begin() as tx:
        for test, expected in (
            ({"field": "field.price", "op": "gt", "value": 19}, True),
            ({"field": "field.price", "op": "gt", "value": 20}, False),
            ({"field": "field.labels", "op": "has", "value": "a"}, True),
            ({"field": "field.labels", "op": "has", "value": "b"}, False),
            ({"field": "field.due", "op": "before", "value": "2027-01-01T00:00:00Z"}, True),
        ):
            assert await filters.matches(tx, ticket_id, condition=filters.parse(test)) is expected


async def role(desk: Desk, name: str, *permissions: str) -> str:
    grants = [{"permission": one, "scope": "all"} for one in permissions]
    answer = await desk.api.post("/api/v1/roles", json={"name": name, "grants": grants})
    return str(answer.json()["id"])


async def token(desk: Desk, role_id: str) -> str:
    """The token of an agent with one role."""
    body = {"name": "A", "email": f"a{role_id}@example.test", "role_ids": [role_id]}
    answer = await desk.api.post("/api/v1/agents", json=body)
    return await api_token(desk.database, desk.workspace_id, agent_id=int(answer.json()["id"]))


async def test_a_field_for_some_roles_is_nowhere_for_others(desk: Desk) -> None:
    api = desk.api
    agent_role = await role(desk, "Plain", "ticket:read", "ticket:edit", "search:use")
    finance = await role(desk, "Finance", "ticket:read", "ticket:edit")
    tokens = {"agent": await token(desk, agent_role), "finance": await token(desk, finance)}
    await define(desk, "account", "text", see_roles=[finance], indexed=True)
    await define(desk, "grade", "text", edit_roles=[finance])
    path = await ticket(desk, account="6222-8888", grade="A")
    async with client(desk.app, token=tokens["agent"]) as other:
        assert (await other.get(path)).json()["fields"] == {"grade": "A"}
        assert [one["key"] for one in (await other.get("/api/v1/fields")).json()["items"]] == [
            "grade"
        ]
        history = (await other.get(f"{path}/history")).text
        assert "6222-" not in history
        unknown = await other.patch(path, json={"fields": {"account": "1"}})
        assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_field")
        locked = await other.patch(path, json={"fields": {"grade": "B"}})
        assert (locked.status_code, locked.json()["fields"]) == (403, ["grade"])
        assert (await other.get("/api/v1/tickets?q=6222-8888")).json()["items"] == []
        evaluated = await other.post(
            "/api/v1/fields/evaluate", json={"object": "ticket", "id": path.rsplit("/", 1)[1]}
        )
        assert "6222-" not in evaluated.text
        assert evaluated.json()["states"]["grade"]["readonly"] is True
        asked = {"field": "field.account", "op": "is", "value": "6222-8888"}
        listed = await other.get("/api/v1/tickets", params={"condition": json.dumps(asked)})
        assert listed.status_code == 422
    async with client(desk.app, token=tokens["finance"]) as other:
        assert (await other.get(path)).json()["fields"] == {"account": "6222-8888", "grade": "A"}
        assert (await other.patch(path, json={"fields": {"grade": "B"}})).status_code == 200
    found = (await api.get("/api/v1/tickets?q=6222-8888")).json()["items"]
    assert [one["id"] for one in found] == [path.rsplit("/", 1)[1]]


async def test_restricted_fields_stay_out_of_events_and_webhooks(desk: Desk) -> None:
    finance = await role(desk, "Finance", "ticket:read")
    plain = await role(desk, "Plain", "ticket:read", "event:read", "audit:read")
    await define(desk, "account", "text", see_roles=[finance])
    hook = {"url": "https://example.com/h", "events": ["*"], "name": "x"}
    assert (await desk.api.post("/api/v1/webhooks", json=hook)).status_code == 201
    path = await ticket(desk, account="6222-8888")
    await desk.api.patch(path, json={"fields": {"account": "6222-9999"}})
    await desk.run_jobs(only="nothing")
    async with desk.as_system() as tx:
        bodies = await tx.db.fetch(
            "SELECT body FROM webhook_delivery WHERE workspace_id = $1", desk.workspace_id
        )
    assert len(bodies) >= 2
    assert not any("6222-" in row[0] for row in bodies)
    async with client(desk.app, token=await token(desk, plain)) as other:
        events = await other.get("/api/v1/events?limit=200")
        assert events.status_code == 200
        assert "6222-" not in events.text
        audit = await other.get("/api/v1/audit")
        assert audit.status_code == 200
        assert "6222-" not in audit.text
    assert "6222-9999" in (await desk.api.get("/api/v1/events?limit=200")).text


async def test_forms_choose_order_and_keep_versions(desk: Desk) -> None:
    for key in ("a", "b", "c"):
        await define(desk, key, "text")
    general = {"object": "ticket", "name": "All", "sections": [{"fields": ["c", "a"]}]}
    refund = {**general, "name": "Refunds", "types": ["refund"], "sections": [{"fields": ["b"]}]}
    made = (await desk.api.post("/api/v1/forms", json=general)).json()
    await desk.api.post("/api/v1/forms", json=refund)

    async def shown(**place: str) -> list[list[str]]:
        body = {"object": "ticket", "use": "new", **place}
        answer = (await desk.api.post("/api/v1/fields/evaluate", json=body)).json()
        return [section["fields"] for section in answer["sections"]]

    assert await shown() == [["c", "a"]]
    assert await shown(type="refund") == [["b"]]
    path = f"/api/v1/forms/{made['id']}"
    changed = await desk.api.patch(path, json={"sections": [{"fields": ["a"]}]})
    assert changed.json()["version"] == 2
    assert await shown() == [["a"]]
    restored = await desk.api.post(f"{path}/restore", json={"version": 1})
    assert (restored.json()["version"], await shown()) == (3, [["c", "a"]])
    versions = (await desk.api.get(f"{path}/versions")).json()["items"]
    assert [one["version"] for one in versions] == [3, 2, 1]
    twice = await desk.api.patch(path, json={"sections": [{"fields": ["a", "a"]}]})
    assert (twice.status_code, twice.json()["code"]) == (422, "form_invalid")


async def test_a_contradiction_is_refused_with_the_rules_named(desk: Desk) -> None:
    await define(desk, "kind", "choice", options=options("a", "b"))
    field = await define(desk, "note", "text")
    when = {"field": "kind", "op": "is", "value": "a"}
    other = {"field": "kind", "op": "is", "value": "b"}
    assert (await rule(desk, "Show", when, {"do": "show", "field": "note"})).status_code == 201
    refused = await rule(desk, "Need", other, {"do": "require", "field": "note"})
    assert refused.status_code == 422
    reason = refused.json()["reasons"][0]
    assert (reason["code"], reason["rules"]) == ("hidden", ["Need", "Show"])
    assert len((await desk.api.get("/api/v1/field-rules")).json()["items"]) == 1
    archived = await desk.api.delete(f"/api/v1/fields/{field['id']}")
    assert (archived.status_code, archived.json()["code"]) == (422, "rules_contradict")


async def test_an_archived_field_hides_its_values_and_gives_them_back(desk: Desk) -> None:
    field = await define(desk, "note", "text")
    await define(desk, "other", "text")
    path = await ticket(desk, note="x", other="y")
    one = f"/api/v1/fields/{field['id']}"
    assert (await desk.api.delete(one)).status_code == 204
    assert (await desk.api.get(path)).json()["fields"] == {"other": "y"}
    refused = await desk.api.patch(path, json={"fields": {"note": "z"}})
    assert refused.json()["code"] == "unknown_field"
    await desk.api.patch(path, json={"fields": {"other": "z"}})
    assert (await desk.api.patch(one, json={"active": True})).status_code == 200
    assert (await desk.api.get(path)).json()["fields"] == {"note": "x", "other": "z"}


async def test_values_that_were_there_before_are_found_once_indexed(desk: Desk) -> None:
    field = await define(desk, "order_no", "text")
    path = await ticket(desk, order_no="SO-2026-77")
    await desk.api.patch(f"/api/v1/fields/{field['id']}", json={"indexed": True})
    await desk.run_jobs(only="fields.index")
    found = (await desk.api.get("/api/v1/tickets?q=so-2026-77")).json()["items"]
    assert [one["id"] for one in found] == [path.rsplit("/", 1)[1]]


async def test_conditions_over_a_looked_up_field_use_the_index_once_it_is_whole(desk: Desk) -> None:
    before = await ticket(desk, sku="x")
    await define(desk, "order_no", "text")
    field = await define(desk, "size", "number", indexed=True)
    await desk.run_jobs()
    first = await ticket(desk, order_no="A-1", size=5)
    second = await ticket(desk, order_no="A-2", size=5.5)

    async def listed(test: dict[str, Any]) -> set[str]:
        asked = json.dumps(test)
        answer = await desk.api.get("/api/v1/tickets", params={"view": "all", "condition": asked})
        assert answer.status_code == 200, answer.text
        return {row["id"] for row in answer.json()["items"]}

    ids = [path.rpartition("/")[2] for path in (before, first, second)]
    size = {"field": "field.size", "op": "in", "value": [5, 7]}
    order = {"field": "field.order_no", "op": "is", "value": "A-1"}
    for asked in ("late", "whole"):
        assert await listed(size) == {ids[1]}, asked
        assert await listed({"not": size}) == {ids[0], ids[2]}, asked
        assert await listed(order) == {ids[1]}, asked
        # Looked up from now on: what is stored already follows in the background.
        fields = (await desk.api.get("/api/v1/fields", params={"object": "ticket"})).json()["items"]
        other = next(one["id"] for one in fields if one["key"] == "order_no")
        await desk.api.patch(f"/api/v1/fields/{other}", json={"indexed": True})
        assert await listed(order) == {ids[1]}, "while the index is being made"
        await desk.run_jobs()
    assert (await _plan(desk, order)).count("yizhan_ids_with_field") == 1
    # Out of use it misses values, so it is made anew when it comes back.
    await desk.api.patch(f"/api/v1/fields/{field['id']}", json={"indexed": False})
    third = (await ticket(desk, size=7)).rpartition("/")[2]
    await desk.api.patch(f"/api/v1/fields/{field['id']}", json={"indexed": True})
    assert await listed(size) == {ids[1], third}
    await desk.run_jobs()
    assert await listed(size) == {ids[1], third}


async def _plan(desk: Desk, raw: dict[str, Any]) -> str:
    async with desk.begin() as tx:
        condition = filters.parse(raw)
        known = await filters.known(tx, filters.fields_of(condition))
        return filters.clause(condition, known, who=filters.reader(tx), first=2).sql
