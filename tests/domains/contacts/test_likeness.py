"""Who may be one person: reasons, how certain they are, saying no; and one time line of a customer."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk, api_token, client
from yizhan.domains.contacts.likeness import service as likeness
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received


async def _enter(desk: Desk, **values: Any) -> dict[str, Any]:
    made = await desk.api.post("/api/v1/contacts", json=values)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def _claims(desk: Desk, contact_id: str, kind: str, value: str) -> None:
    """As when somebody types an address into a chat: a claim, which proves nothing."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            "INSERT INTO identity (workspace_id, id, contact_id, kind, value, strength, source)"
            " VALUES ($1, $2, $3, $4, $5, 1, 'test')",
            tx.workspace_id,
            tx.new_id(),
            int(contact_id),
            kind,
            value,
        )


async def _suggested(desk: Desk, contact_id: str) -> list[tuple[str, list[tuple[str, str]]]]:
    found = (await desk.api.get(f"/api/v1/contacts/{contact_id}")).json()["suggestions"]
    return [
        (one["contact"]["id"], [(r["kind"], r["certainty"]) for r in one["reasons"]])
        for one in found
    ]


def test_how_certain_a_reason_is() -> None:
    assert likeness.certainty("email", low=2, high=3) == "strong"
    assert likeness.certainty("email", low=1, high=3) == "likely"
    assert likeness.certainty("phone", low=1, high=2) == "likely"
    assert likeness.certainty("email", low=1, high=1) == "weak"
    assert likeness.certainty("name_company", low=0, high=0) == "weak"


async def test_reasons_are_told_and_nobody_is_joined_by_them(desk: Desk) -> None:
    firm = (await desk.api.post("/api/v1/companies", json={"name": "Acme"})).json()["id"]
    known = await _enter(desk, name="Ann Lee", email="ann@example.test", company_id=firm)
    chat = await _enter(desk, name="ann lee ", company_id=firm)
    await _claims(desk, chat["id"], "email", "ann@example.test")
    expected = [(known["id"], [("email", "likely"), ("name_company", "weak")])]
    assert await _suggested(desk, chat["id"]) == expected
    assert (await desk.api.get(f"/api/v1/contacts/{chat['id']}")).json()["merged_into"] is None


async def test_different_ids_of_a_system_of_record_are_two_people(desk: Desk) -> None:
    one = await _enter(desk, name="Li", phone="13800138000", external_id="u-1")
    other = await _enter(desk, name="Li", external_id="u-2")
    phone = next(i["value"] for i in one["identities"] if i["kind"] == "phone")
    await _claims(desk, other["id"], "phone", phone)
    assert await _suggested(desk, one["id"]) == []


async def test_a_dismissed_suggestion_stays_away_until_taken_back(desk: Desk) -> None:
    known = await _enter(desk, name="Ann", email="ann@example.test")
    chat = await _enter(desk, name="A")
    await _claims(desk, chat["id"], "email", "ann@example.test")
    path = f"/api/v1/contacts/{chat['id']}/suggestions/{known['id']}/dismissed"
    for _ in range(2):
        assert (await desk.api.put(path)).status_code == 204
    assert await _suggested(desk, chat["id"]) == []
    assert await _suggested(desk, known["id"]) == []
    assert len(await desk.events("contact.kept_apart")) == 1
    assert (await desk.api.delete(path)).status_code == 204
    assert [other for other, _ in await _suggested(desk, known["id"])] == [chat["id"]]
    accepted = await desk.api.post(
        f"/api/v1/contacts/{known['id']}/merge", json={"other_id": chat["id"]}
    )
    assert accepted.status_code == 201
    assert await _suggested(desk, known["id"]) == []


async def test_a_time_line_over_channels_and_tickets(desk: Desk) -> None:
    body = {"subject": "One", "body": "first", "requester": {"email": "ann@example.test"}}
    first = (await desk.api.post("/api/v1/tickets", json=body)).json()
    who = first["requester"]["id"]
    async with desk.as_system() as tx:
        await tickets.receive(
            tx,
            Received(channel="chat", contact_id=int(who), author_name="Ann", text="second"),
        )
    note = {"body": "inside", "visibility": "internal"}
    await desk.api.post(f"/api/v1/tickets/{first['id']}/messages", json=note)
    await desk.api.post(f"/api/v1/tickets/{first['id']}/messages", json={"body": "third"})
    path = f"/api/v1/contacts/{who}/timeline"
    newest = (await desk.api.get(f"{path}?limit=2")).json()
    rest = (await desk.api.get(f"{path}?limit=2&cursor={newest['next_cursor']}")).json()
    told = [(i["text"], i["channel"], i["direction"]) for i in newest["items"] + rest["items"]]
    assert told == [("third", "api", "out"), ("second", "chat", "in"), ("first", "api", "in")]
    assert rest["next_cursor"] is None
    token = await api_token(desk.database, desk.workspace_id, scopes=("contact:read",))
    async with client(desk.app, token=token) as api:
        assert (await api.get(path)).json()["items"] == []
