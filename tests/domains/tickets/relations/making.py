"""Tickets to merge, split and link."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Receipt, Received

Json = dict[str, Any]


async def ticket(desk: Desk, who: str, *, subject: str = "Broken", **more: Any) -> Json:
    """A ticket by the API, from ``who@example.test``."""
    requester = {"email": f"{who}@example.test", "name": who.title()}
    body = {"subject": subject, "body": f"{who} says hello", "requester": requester, **more}
    made = await desk.api.post("/api/v1/tickets", json=body)
    assert made.status_code == 201, made.text
    found: Json = made.json()
    return found


async def read(desk: Desk, ticket_id: str) -> Json:
    found: Json = (await desk.api.get(f"/api/v1/tickets/{ticket_id}")).json()
    return found


async def messages(desk: Desk, ticket_id: str) -> list[Json]:
    page = await desk.api.get(f"/api/v1/tickets/{ticket_id}/messages?limit=200")
    found: list[Json] = page.json()["items"]
    return found


async def writes(desk: Desk, conversation_id: str, *, text: str, contact_id: str) -> Receipt:
    """The customer writes again in a conversation."""
    async with desk.as_system() as tx:
        return await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=int(contact_id),
                author_name="Customer",
                text=text,
                conversation_id=int(conversation_id),
            ),
        )


async def post(desk: Desk, path: str, body: Json | None = None, *, status: int = 200) -> Json:
    answer = await desk.api.post(f"/api/v1{path}", json=body or {})
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def merge(desk: Desk, source: Json, target: Json, *, status: int = 200) -> Json:
    path = f"/tickets/{source['id']}/merge"
    return await post(desk, path, {"into_id": target["id"]}, status=status)


async def undo(desk: Desk, operation: Json, *, status: int = 200) -> Json:
    return await post(desk, f"/operations/{operation['id']}/undo", status=status)
