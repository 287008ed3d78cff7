"""Merging by hand and taking it back, and what the API shows of contacts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.desk import Desk, api_token, client
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import Identity


async def _enter(desk: Desk, **values: Any) -> dict[str, Any]:
    made = await desk.api.post("/api/v1/contacts", json=values)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def _snapshot(desk: Desk) -> list[Any]:
    async with desk.as_system() as tx:
        rows = await tx.db.fetch(
            """SELECT c.id, c.name, c.tags, c.note, c.merged_into,
                (SELECT array_agg(i.kind || i.scope || i.value || i.strength ORDER BY i.id)
                 FROM identity i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.id),
                (SELECT array_agg(t.id ORDER BY t.id) FROM ticket t
                 WHERE t.workspace_id = c.workspace_id AND t.requester_id = c.id)
            FROM contact c WHERE c.workspace_id = $1 ORDER BY c.id""",
            tx.workspace_id,
        )
    return [tuple(row) for row in rows]


async def test_merge_joins_identities_and_tickets_and_undo_parts_them(desk: Desk) -> None:
    first = await _enter(desk, name="Ann", email="ann@example.com", tags=["vip"])
    second = await _enter(desk, name="安", phone="13800138000", tags=["cn"], note="calls often")
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": "s", "body": "b", "requester": {"phone": "13800138000"}},
    )
    assert made.status_code == 201
    before = await _snapshot(desk)
    merged = await desk.api.post(
        f"/api/v1/contacts/{first['id']}/merge", json={"other_id": second["id"]}
    )
    assert merged.status_code == 201, merged.text
    winner = (await desk.api.get(f"/api/v1/contacts/{first['id']}")).json()
    assert {i["kind"] for i in winner["identities"]} == {"email", "phone"}
    assert (winner["tags"], winner["note"]) == (["cn", "vip"], "calls often")
    assert winner["merges"][0]["loser_id"] == second["id"]
    assert winner["ticket_count"] == 1
    theirs = (await desk.api.get(f"/api/v1/contacts/{first['id']}/tickets")).json()["items"]
    assert [t["id"] for t in theirs] == [made.json()["id"]]
    ticket = (await desk.api.get(f"/api/v1/tickets/{made.json()['id']}")).json()
    assert ticket["requester"]["id"] == first["id"]
    listed = (await desk.api.get("/api/v1/contacts")).json()["items"]
    assert [c["id"] for c in listed] == [first["id"]]
    undone = await desk.api.post(f"/api/v1/contacts/merges/{merged.json()['merge_id']}/undo")
    assert undone.status_code == 204
    assert await _snapshot(desk) == before
    again = await desk.api.post(f"/api/v1/contacts/merges/{merged.json()['merge_id']}/undo")
    assert again.status_code == 409


async def test_after_a_merge_the_losers_address_finds_the_winner(desk: Desk) -> None:
    first = await _enter(desk, name="Ann", email="ann@example.com")
    second = await _enter(desk, name="Ann", email="ann@work.example")
    await desk.api.post(f"/api/v1/contacts/{first['id']}/merge", json={"other_id": second["id"]})
    async with desk.as_system() as tx:
        found = await contacts.resolve(
            tx, [Identity(kind="email", value="ann@work.example", scope="mail")]
        )
    assert str(found.id) == first["id"]


_ADDRESSES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4, unique=True)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(claims=st.tuples(_ADDRESSES, _ADDRESSES), strengths=st.lists(st.integers(1, 3), max_size=4))
async def test_undo_restores_whatever_both_had(
    desk: Desk, claims: tuple[list[str], list[str]], strengths: list[int]
) -> None:
    ids = []
    for n, names in enumerate(claims):
        async with desk.begin() as tx:
            person = await contacts.create(tx, name=f"p{n}")
            ids.append(person.id)
            for place, name in enumerate(names):
                strength = strengths[place] if place < len(strengths) else 1
                await tx.db.execute(
                    """INSERT INTO identity (workspace_id, id, contact_id, kind, scope, value, strength)
                    VALUES ($1, $2, $3, 'email', $4, $5, $6)
                    ON CONFLICT DO NOTHING""",
                    tx.workspace_id,
                    tx.new_id(),
                    person.id,
                    "",
                    f"{name}{ids[0]}@example.com",
                    strength,
                )
    before = await _snapshot(desk)
    async with desk.begin() as tx:
        merge_id = await contacts.merge(tx, ids[0], loser_id=ids[1])
    async with desk.begin() as tx:
        await contacts.undo_merge(tx, merge_id)
    assert await _snapshot(desk) == before


async def test_contacts_are_found_by_name_address_and_number(desk: Desk) -> None:
    ann = await _enter(desk, name="张三丰 Ann", email="ann.zhang@example.com", phone="13800138000")
    await _enter(desk, name="Bob", email="bob@example.com")
    for query in ("三丰", "ann", "Zhang", "ann.zhang@example.com", "138 0013 8000", "exam"):
        found = (await desk.api.get("/api/v1/contacts", params={"q": query})).json()["items"]
        assert ann["id"] in {c["id"] for c in found}, query
    nobody = (await desk.api.get("/api/v1/contacts", params={"q": "zzz"})).json()["items"]
    assert nobody == []


async def test_taken_address_names_its_holder(desk: Desk) -> None:
    ann = await _enter(desk, name="Ann", email="ann@example.com")
    refused = await desk.api.post(
        "/api/v1/contacts", json={"name": "Other", "email": "ANN@example.com"}
    )
    assert refused.status_code == 409
    assert refused.json()["contact_id"] == ann["id"]


async def test_lists_page_by_cursor_in_a_fixed_number_of_queries(desk: Desk) -> None:
    for n in range(5):
        await _enter(desk, name=f"p{n}")
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await desk.api.get("/api/v1/contacts", params=params)).json()
        seen += [c["name"] for c in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["p4", "p3", "p2", "p1", "p0"]


async def test_company_of_the_domain_is_set_for_known_people(desk: Desk) -> None:
    made = await desk.api.post("/api/v1/companies", json={"name": "Acme", "domains": ["Acme.test"]})
    assert made.status_code == 201
    async with desk.as_system() as tx:
        known = await contacts.resolve(
            tx, [Identity(kind="email", value="x@acme.test", strength=3)]
        )
        claimed = await contacts.resolve(
            tx, [Identity(kind="email", value="y@acme.test", scope="mail")]
        )
    assert str(known.company_id) == made.json()["id"]
    assert claimed.company_id is None
    found = (await desk.api.get(f"/api/v1/contacts?company={made.json()['id']}")).json()["items"]
    assert [c["id"] for c in found] == [str(known.id)]


async def test_rights_are_needed(desk: Desk) -> None:
    ann = await _enter(desk, name="Ann")
    token = await api_token(desk.database, desk.workspace_id, scopes=("contact:read",))
    async with client(desk.app, token=token) as reader:
        assert (await reader.get(f"/api/v1/contacts/{ann['id']}")).status_code == 200
        change = await reader.patch(f"/api/v1/contacts/{ann['id']}", json={"name": "Eve"})
        assert change.status_code == 403
        assert (await reader.post("/api/v1/companies", json={"name": "x"})).status_code == 403
