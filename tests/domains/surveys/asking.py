"""A mailbox, a survey and a customer whose ticket is done: what the tests of surveys begin with."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx2

from tests.domains.channels.mails import Mailbox, add_mailbox
from tests.support.desk import Desk
from yizhan.domains.surveys.service import asking

LINK = re.compile(r"/rate/[0-9a-z-]+")


async def survey(desk: Desk, **changes: Any) -> dict[str, Any]:
    """An active survey that asks at once."""
    body = {"name": "Service", "kind": "csat", "active": True, "delay_minutes": 0} | changes
    answer = await desk.api.post("/api/v1/surveys", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def mail(desk: Desk, box: Mailbox, *, sender: str = "ann@example.com", **headers: str) -> str:
    """A customer writes; the ticket."""
    before = {row["id"] for row in await listed(desk)}
    await box.get(sender=sender, **headers)
    (found,) = [row["id"] for row in await listed(desk) if row["id"] not in before]
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE contact SET locale = 'en' WHERE workspace_id = $1", tx.workspace_id
        )
    return str(found)


async def listed(desk: Desk) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await desk.api.get("/api/v1/tickets?view=all")).json()["items"]
    return items


async def done(desk: Desk, ticket_id: str, status: str = "resolved") -> None:
    answer = await desk.api.patch(f"/api/v1/tickets/{ticket_id}", json={"status": status})
    assert answer.status_code == 200, answer.text


async def ring(desk: Desk) -> None:
    """The time has come."""
    await desk.run_jobs(only=asking.JOB)


async def asked(desk: Desk, ticket_id: str) -> list[dict[str, Any]]:
    """The messages that ask the customer."""
    found = await desk.api.get(f"/api/v1/tickets/{ticket_id}/messages")
    return [one for one in found.json()["items"] if LINK.search(one["body_text"])]


async def state(desk: Desk, ticket_id: str) -> dict[str, Any]:
    answer = await desk.api.get(f"/api/v1/tickets/{ticket_id}/satisfaction")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def link(desk: Desk, ticket_id: str) -> str:
    """The path that the customer was sent."""
    (message,) = await asked(desk, ticket_id)
    found = LINK.search(message["body_text"])
    assert found is not None
    return found[0]


async def invited(desk: Desk, **changes: Any) -> tuple[str, str]:
    """A ticket whose customer was asked by mail, and the link."""
    box = await add_mailbox(desk)
    await survey(desk, **changes)
    ticket_id = await mail(desk, box)
    await done(desk, ticket_id)
    await ring(desk)
    return ticket_id, await link(desk, ticket_id)


def browser(desk: Desk, **headers: str) -> httpx2.AsyncClient:
    """A customer's."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(desk.app), base_url="http://desk.test", headers=headers
    )


async def earlier(desk: Desk, *, days: int) -> None:
    """Whatever was asked and answered happened that many days ago."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE survey_invitation SET sent_at = sent_at - $2::interval,"
            " expires_at = expires_at - $2::interval, answered_at = answered_at - $2::interval,"
            " changed_at = changed_at - $2::interval WHERE workspace_id = $1",
            tx.workspace_id,
            timedelta(days=days),
        )


__all__ = ["Mailbox", "add_mailbox"]
