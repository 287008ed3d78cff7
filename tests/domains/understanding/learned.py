"""A desk whose agents have said what messages are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.desk import Desk
from yizhan.kernel.tx import Tx

WORDS = {
    "refund": (
        "refund my order {n}",
        "I want my money back for {n}",
        "return the money please {n}",
    ),
    "invoice": (
        "send me the invoice {n}",
        "I need a receipt for tax {n}",
        "invoice title wrong {n}",
    ),
    "password": ("cannot sign in {n}", "reset my password {n}", "the login code never comes {n}"),
}


def sentences(count: int, *, first: int = 0) -> list[tuple[str, str]]:
    """``count`` messages with their labels, the labels in turn."""
    names = sorted(WORDS)
    return [
        (WORDS[names[n % 3]][n // 3 % 3].format(n=n), names[n % 3])
        for n in range(first, first + count)
    ]


async def message(desk: Desk, text: str) -> tuple[int, int]:
    """A ticket and the customer's message in it."""
    ticket = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": text, "body": text, "requester": {"email": "kim@example.test"}},
    )
    assert ticket.status_code == 201, ticket.text
    ticket_id = int(ticket.json()["id"])
    async with desk.as_system() as tx:
        found = await tx.db.fetchval(
            "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND direction = 'in'",
            desk.workspace_id,
            ticket_id,
        )
    return ticket_id, int(found)


async def label(
    desk: Desk, pairs: list[tuple[str, str]], *, head: str = "intent", days_ago: float = 0
) -> None:
    """Messages that agents corrected, one after the other; written in one go, as there are many."""
    async with desk.begin() as tx:
        for at, (text, label) in enumerate(pairs):
            ticket_id, message_id = tx.new_id(), tx.new_id()
            moment = tx.now - timedelta(days=days_ago, seconds=len(pairs) - at)
            await tx.db.execute(
                "INSERT INTO message (workspace_id, id, ticket_id, direction, visibility, author_kind,"
                " channel, body_text, created_at) VALUES ($1, $2, $3, 'in', 'public', 'contact', 'form', $4, $5)",
                tx.workspace_id, message_id, ticket_id, text, moment,
            )  # fmt: skip
            await tx.db.execute(
                "INSERT INTO signal_correction (workspace_id, id, ticket_id, message_id, head, was, was_by,"
                " now, by_kind, at) VALUES ($1, $2, $3, $4, $5, NULL, '', $6, 'agent', $7)",
                tx.workspace_id, tx.new_id(), ticket_id, message_id, head, label, moment,
            )  # fmt: skip


async def signal(tx: Tx, ticket_id: int, *, message_id: int, sure: float) -> None:
    """What was read in a message, as sure as told."""
    await tx.db.execute("DELETE FROM signal WHERE message_id = $1", message_id)
    await tx.db.execute(
        "INSERT INTO signal (workspace_id, message_id, head, ticket_id, label, confidence, others, model, made_at)"
        " VALUES ($1, $2, 'intent', $3, 'refund_status', $4, $5, 'shipped', $6)",
        tx.workspace_id, message_id, ticket_id, sure, [["request_invoice", 0.3]], tx.now,
    )  # fmt: skip


async def train(desk: Desk, head: str = "intent") -> dict[str, Any]:
    """Press the button, let the worker work, read the version."""
    answer = await desk.api.post("/api/v1/learning/versions", json={"head": head})
    assert answer.status_code == 202, answer.text
    await desk.run_jobs(only="understanding.train")
    found: dict[str, Any] = (
        await desk.api.get(f"/api/v1/learning/versions/{answer.json()['id']}")
    ).json()
    return found
