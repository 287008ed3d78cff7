"""A ticket that an agent may not see: no list, search, count, file, neighbour or error tells of it."""

from __future__ import annotations

import re
from typing import Any

import httpx2

from tests.domains.identity import people
from tests.security import tries
from tests.support.desk import Desk
from yizhan.domains.identity.permissions import PERMISSIONS

WORD = "zirkonmarder"
# These rights are for who sees everything of their kind, whoever has the ticket.
WHOLE = (
    "audit:",
    "event:",
    "quarantine:",
    "agent:",
    "role:",
    "token:",
    "learning:",
    "model:",
    "workspace:",
    "channel:",
    "webhook:",
    "system:",
    "survey:",
    "field:",
)
OWN = {"email": "ann@example.test", "name": "Ann"}


def narrow() -> list[dict[str, str]]:
    """Every right of daily work, in its narrowest scope."""
    return [
        {"permission": one.name, "scope": one.scopes[-1]}
        for one in PERMISSIONS.values()
        if not one.name.startswith(WHOLE)
    ]


async def _reader(desk: Desk) -> str:
    body = {"name": "Narrow", "grants": narrow()}
    role = await desk.api.post("/api/v1/roles", json=body)
    assert role.status_code == 201, role.text
    return await people.add_agent(desk, "bo@example.test", role_ids=[role.json()["id"]])


async def _hidden(desk: Desk) -> dict[str, str]:
    """A ticket of a team that the reader is not in: its words are nowhere else."""
    team = {"name": "Other", "members": []}
    team_id = (await desk.api.post("/api/v1/teams", json=team)).json()["id"]
    body = {"subject": f"{WORD} one", "body": f"{WORD} two", "requester": OWN, "tags": [WORD]}
    made = (await desk.api.post("/api/v1/tickets", json=body)).json()
    path = f"/api/v1/tickets/{made['id']}"
    file = {"file": (f"{WORD}.txt", WORD.encode(), "text/plain")}
    kept = (await desk.api.post("/api/v1/files", files=file)).json()
    note = {"body": f"{WORD} three", "visibility": "internal", "attachments": [kept["id"]]}
    said = (await desk.api.post(f"{path}/messages", json=note)).json()
    assert (await desk.api.patch(path, json={"team_id": team_id})).status_code == 200
    await desk.run_jobs()
    return {
        "ticket_id": made["id"],
        "number": str(made["number"]),
        "message_id": said["id"],
        "file_id": kept["id"],
        "contact_id": made["requester"]["id"],
        "other_id": made["id"],
        "team_id": team_id,
        "role": "child",
    }


def _questions(document: dict[str, Any], ids: dict[str, str]) -> list[str]:
    """Every reading address that can be asked with these ids, plain and with the words."""
    found = []
    for method, path, operation in tries.operations(document):
        names = set(re.findall(r"{(\w+)}", path))
        if method == "get" and names <= set(ids):
            plain = path.format_map(ids)
            found.append(plain)
            texts = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
            asked = {"q": WORD, "tag": WORD, "ids": ids["ticket_id"], "ticket_id": ids["ticket_id"]}
            found += [f"{plain}?{name}={asked[name]}" for name in texts & set(asked)]
            found += [f"{plain}?view=all&q={ids['number']}"] if "view" in texts else []
    return found


async def _reads_nothing(api: httpx2.AsyncClient, ids: dict[str, str]) -> list[Any]:
    document = tries.document()
    told = []
    for url in _questions(document, ids):
        answer = await api.get(url)
        if WORD in re.sub(re.escape(url), "", answer.text).replace(f"={WORD}", ""):
            told.append((url, answer.status_code, answer.text[:300]))
    assert len(_questions(document, ids)) > 90
    return told


async def _changes_nothing(api: httpx2.AsyncClient, ids: dict[str, str], mine: str) -> list[Any]:
    """Operations that read by changing: neighbours, previews, counts, links, copies."""
    number, own = ids["ticket_id"], f"/api/v1/tickets/{mine}"
    shown = {"all": [{"field": "subject", "op": "contains", "value": WORD}]}
    tries_ = [
        (f"{own}/merge/preview", {"into_id": number}),
        (f"{own}/merge", {"into_id": number}),
        (f"{own}/links/preview", {"ticket_id": number, "role": "child"}),
        (f"{own}/links", {"ticket_id": number, "role": "child"}),
        (
            f"{own}/messages",
            {"body": "x", "visibility": "internal", "attachments": [ids["file_id"]]},
        ),
        (f"{own}/copilot", {"task": "draft"}),
        (f"{own}/split", {"message_ids": [ids["message_id"]]}),
        ("/api/v1/views/preview", {"condition": shown}),
        ("/api/v1/bulk/count", {"selection": {"everything": True, "condition": shown}}),
        ("/api/v1/bulk/count", {"selection": {"ids": [number]}}),
        ("/api/v1/tickets/bulk", {"ids": [number], "changes": {"priority": "urgent"}}),
        (f"/api/v1/tickets/{number}/take", None),
        (f"/api/v1/tickets/{number}/assign", {"agent_id": None}),
        (f"/api/v1/tickets/{number}/merge/preview", {"into_id": mine}),
    ]
    told: list[Any] = []
    for url, body in tries_:
        answer = await api.post(url, json=body)
        assert answer.status_code != 422, (
            url,
            answer.text,
        )  # asked rightly, and refused for its reader
        if WORD in answer.text:
            told.append((url, answer.status_code, answer.text[:300]))
        counted = answer.json() if answer.is_success and answer.content else {}
        if isinstance(counted, dict) and (counted.get("count") or counted.get("total")):
            told.append((url, body, counted))
    return told


async def test_a_hidden_ticket_is_nowhere(desk: Desk) -> None:
    agent = await _reader(desk)
    ids = await _hidden(desk)
    own = {"subject": "Mine", "body": "Mine", "requester": OWN}
    mine = (await desk.api.post("/api/v1/tickets", json=own)).json()["id"]
    await desk.api.post(f"/api/v1/tickets/{mine}/assign", json={"agent_id": agent})
    await desk.run_jobs()
    before = (await desk.api.get(f"/api/v1/tickets/{ids['ticket_id']}")).json()
    async with people.signed_in(desk, "bo@example.test") as api:
        assert (await api.get(f"/api/v1/tickets/{mine}")).status_code == 200
        assert (await api.get(f"/api/v1/tickets/{ids['ticket_id']}")).status_code == 404
        assert (await api.get(f"/api/v1/files/{ids['file_id']}")).status_code == 404
        told = [*await _reads_nothing(api, ids), *await _changes_nothing(api, ids, mine)]
        counts = (await api.get("/api/v1/views")).json()
        assert next(view["count"] for view in counts if view["id"] == "all") == 1
    assert not told, "\n".join(map(str, told))
    assert (await desk.api.get(f"/api/v1/tickets/{ids['ticket_id']}")).json() == before
