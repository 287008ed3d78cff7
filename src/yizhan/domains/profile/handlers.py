"""Every interaction updates the profile: facts from messages, and the stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from yizhan.domains.profile.service import facts, staging
from yizhan.domains.tickets import registry
from yizhan.kernel import events, timers
from yizhan.kernel.tx import Tx

DAY = timedelta(days=1)
_OF_TICKETS = frozenset(
    ("ticket.created", "ticket.turned_negative", "message.received", "message.understood",
     "signal.corrected", "survey.answered")
)  # fmt: skip
# Uses the primary key of message.
_SAID = """
SELECT m.id, m.ticket_id, m.body_text, m.created_at, coalesce(v.contact_id, t.requester_id) AS contact_id
FROM message m JOIN ticket t ON t.workspace_id = m.workspace_id AND t.id = m.ticket_id
LEFT JOIN conversation v ON v.workspace_id = m.workspace_id AND v.id = m.conversation_id
WHERE m.workspace_id = $1 AND m.id = ANY($2::bigint[]) AND m.direction = 'in' AND NOT m.automatic
ORDER BY m.id
"""


@events.consumer("profile")
async def follow(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """The log in order: first what was said, then where its customers stand."""
    contacts, tickets, messages = set[int](), set[int](), list[int]()
    for event in batch:
        if event.type == "message.received":
            messages.append(int(event.data["message_id"]))
        if event.type in _OF_TICKETS and event.data.get("ticket_id"):
            tickets.add(int(event.data["ticket_id"]))
        if event.type in ("contact.merged", "contact.unmerged"):
            contacts |= {int(event.data["winner_id"]), int(event.data["loser_id"])}
    if not (contacts or tickets):
        return
    for row in await _said(tx, messages):
        await facts.read(
            tx,
            row["contact_id"],
            message_id=row["id"],
            ticket_id=row["ticket_id"],
            text=row["body_text"],
            at=row["created_at"],
        )
    contacts |= await _requesters(tx, tickets)
    await staging.evaluate(tx, contacts)
    due = tx.now + DAY
    await timers.advance(tx, kind=staging.DAILY_JOB, key="", due=due, job=staging.DAILY_JOB)


async def _said(tx: Tx, messages: Sequence[int]) -> list[Any]:
    rows = await tx.db.fetch(_SAID, tx.workspace_id, list(messages)) if messages else []
    practice = await registry.exercises(tx, [row["ticket_id"] for row in rows])
    return [row for row in rows if row["ticket_id"] not in practice]


async def _requesters(tx: Tx, tickets: set[int]) -> set[int]:
    rows = await tx.db.fetch(
        "SELECT DISTINCT requester_id FROM ticket WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        sorted(tickets),
    )
    return {row["requester_id"] for row in rows}
