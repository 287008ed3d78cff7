"""The test channel as a vendor would use it."""

from __future__ import annotations

import secrets
from typing import Any

import httpx2
import msgspec

from tests.support.desk import Desk
from yizhan.domains.channels import registry, repository
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.types import Inbox
from yizhan.extensions.channels.fake import connector


class FakeInbox:
    """One inbox of the test channel, and the vendor's side of it."""

    def __init__(self, desk: Desk, inbox: Inbox, secret: str, account: str) -> None:
        self.desk = desk
        self.inbox = inbox
        self.secret = secret
        self.account = account
        self.outside = connector.outside(account)

    @property
    def path(self) -> str:
        return f"/in/{self.inbox.public_key}"

    async def post(self, *events: dict[str, Any], signature: str | None = None) -> httpx2.Response:
        """Send events as the vendor does."""
        body = msgspec.json.encode({"events": list(events)})
        signed = connector.sign(self.secret, body) if signature is None else signature
        return await self.desk.api.post(
            self.path, content=body, headers={"x-fake-signature": signed}
        )

    async def say(self, text: str, *, sender: str = "u1", number: str = "") -> httpx2.Response:
        """A customer writes."""
        key = number or secrets.token_hex(4)
        return await self.post({"type": "message", "id": key, "from": sender, "text": text})

    async def envelopes(self) -> dict[str, str]:
        """State by dedupe key."""
        async with self.desk.as_system() as tx:
            rows = await tx.db.fetch(
                "SELECT dedupe_key, state, reason FROM envelope WHERE workspace_id = $1 ORDER BY id",
                tx.workspace_id,
            )
        return {row[0]: row[1] + (f":{row[2]}" if row[2] else "") for row in rows}


async def add_inbox(desk: Desk, **settings: Any) -> FakeInbox:
    """An inbox of the test channel."""
    registry.show_hidden(show=True)
    secret, account = secrets.token_hex(8), secrets.token_hex(4)
    async with desk.begin() as tx:
        brand_id = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 ORDER BY created_at LIMIT 1",
            tx.workspace_id,
        )
        inbox = await channels.create_inbox(
            tx,
            desk.edge.vault,
            name="Fake",
            channel_id="fake",
            brand_id=brand_id,
            settings={"secret": secret, "account": account, **settings},
        )
    return FakeInbox(desk, inbox, secret, account)


async def reload(fake: FakeInbox) -> Inbox:
    """The inbox as it is now."""
    async with fake.desk.as_system() as tx:
        found = await repository.inbox(tx, fake.inbox.id)
    assert found is not None
    return found


async def tickets(desk: Desk) -> list[dict[str, Any]]:
    """All tickets, oldest first."""
    found = (await desk.api.get("/api/v1/tickets", params={"view": "all"})).json()["items"]
    return sorted(found, key=lambda row: int(row["id"]))


async def messages(desk: Desk, ticket_id: str) -> list[dict[str, Any]]:
    """The messages of a ticket."""
    found = await desk.api.get(f"/api/v1/tickets/{ticket_id}/messages", params={"limit": 200})
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def answer(desk: Desk, ticket_id: str, text: str = "好的") -> dict[str, Any]:
    """An agent answers."""
    made = await desk.api.post(f"/api/v1/tickets/{ticket_id}/messages", json={"body": text})
    assert made.status_code == 201, made.text
    message: dict[str, Any] = made.json()
    return message


__all__ = ["FakeInbox", "add_inbox", "answer", "connector", "messages", "reload", "tickets"]
