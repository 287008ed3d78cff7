"""Recounts: what the log, the messages and the files say must be what the tables say."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from yizhan.domains.tickets import history, repository
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import errors, events
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx

# Whatever the history of a ticket decides.
_REPLAYED = (
    "subject", "status", "status_category", "priority", "type", "tags", "team_id", "assignee_id",
    "brand_id", "requester_id", "fields",
)  # fmt: skip

_COUNTS = """
SELECT t.number FROM ticket t
LEFT JOIN (SELECT ticket_id, count(*) FILTER (WHERE direction <> 'system') AS n, max(id) FILTER (WHERE direction = 'in')
           AS last_in FROM message WHERE workspace_id = $1 GROUP BY ticket_id) m ON m.ticket_id = t.id
WHERE t.workspace_id = $1 AND (t.message_count <> coalesce(m.n, 0)
  OR t.last_customer_message_id IS DISTINCT FROM m.last_in) LIMIT 20
"""
_UNFINDABLE = """
SELECT m.id FROM message m WHERE m.workspace_id = $1 AND m.direction <> 'system' AND NOT EXISTS (
  SELECT FROM search_doc d WHERE d.workspace_id = $1 AND d.kind = 'message' AND d.id = m.id) LIMIT 20
"""
_LOST = """
SELECT id FROM envelope WHERE workspace_id = $1 AND state = 'message' AND NOT EXISTS (
  SELECT FROM message m WHERE m.workspace_id = $1 AND m.id = envelope.message_id) LIMIT 20
"""
_LEAKED = """
SELECT id FROM message WHERE workspace_id = $1 AND visibility = 'internal' AND delivery_state IS NOT NULL LIMIT 20
"""


def _plain(value: Any) -> Any:
    return events.plain(msgspec.to_builtins(value))


def differences(ticket: Ticket, state: Mapping[str, Any]) -> list[str]:
    """Fields in which a ticket is not what its history says. Pure."""
    return [
        name
        for name in _REPLAYED
        if name in state and _plain(getattr(ticket, name)) != _plain(state[name])
    ]


async def replayed(tx: Tx) -> list[str]:
    """Tickets whose log leads somewhere else than their row. A ticket without a beginning in the log
    (a benchmark's) says nothing about itself and is passed over."""
    wrong = []
    logged: dict[int, list[events.Logged]] = {}
    rows = await tx.db.fetch_as(
        events.Logged,
        "SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data FROM event"
        " WHERE workspace_id = $1 AND ticket_id IS NOT NULL ORDER BY ticket_id, id",
        tx.workspace_id,
    )
    for row in rows:
        logged.setdefault(row.ticket_id or 0, []).append(row)
    for ticket_id, history_of in logged.items():
        state = history.replay(history_of)
        ticket = await repository.ticket(tx, ticket_id)
        if state is not None and (ticket is None or (bad := differences(ticket, state))):
            number = ticket.number if ticket else ticket_id
            wrong.append(f"#{number}: {', '.join(bad) if ticket else 'gone'}")
    return wrong


async def files(tx: Tx, store: Store) -> list[str]:
    """Files whose bytes are missing or are not what they were."""
    wrong = []
    rows = await tx.db.fetch(
        "SELECT DISTINCT sha256 FROM file WHERE workspace_id = $1"
        " UNION SELECT DISTINCT sha256 FROM envelope WHERE workspace_id = $1",
        tx.workspace_id,
    )
    for row in rows:
        try:
            content = await store.get(tx.workspace_id, row[0])
        except errors.YizhanError:
            wrong.append(f"{row[0][:12]} is missing")
            continue
        if (
            await asyncio.to_thread(lambda data: hashlib.sha256(data).hexdigest(), content)
            != row[0]
        ):
            wrong.append(f"{row[0][:12]} has changed")
    return wrong


async def check(tx: Tx, store: Store) -> dict[str, list[str]]:
    """All recounts of a workspace: name to what is wrong, empty when all is well."""
    found = {"ticket_history": await replayed(tx), "files": await files(tx, store)}
    for name, query in (
        ("message_counts", _COUNTS),
        ("search", _UNFINDABLE),
        ("envelopes", _LOST),
        ("internal_messages", _LEAKED),
    ):
        found[name] = [str(row[0]) for row in await tx.db.fetch(query, tx.workspace_id)]
    return found
