"""For whoever writes an action: what a ticket looks like, so that two looks can be compared."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx

# What every write moves, whatever it does.
_MOVES = frozenset({"version", "updated_at"})


async def state(tx: Tx, ticket_id: int) -> dict[str, Any]:
    """All that people see of a ticket: its fields, followers and messages that were not taken back."""
    ticket = msgspec.to_builtins(await tickets.get(tx, ticket_id))
    found: dict[str, Any] = {k: v for k, v in ticket.items() if k not in _MOVES}
    found["last_message_id"] = await tx.db.fetchval(
        "SELECT max(id) FROM message WHERE workspace_id = $1 AND ticket_id = $2"
        " AND direction <> 'note' AND delivery_state IS DISTINCT FROM 'cancelled'",
        tx.workspace_id,
        ticket_id,
    )
    found["watchers"] = [
        row[0]
        for row in await tx.db.fetch(
            "SELECT agent_id FROM watcher WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY 1",
            tx.workspace_id,
            ticket_id,
        )
    ]
    found["messages"] = [
        dict(row)
        for row in await tx.db.fetch(
            "SELECT id, direction, body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2"
            " AND delivery_state IS DISTINCT FROM 'cancelled' ORDER BY id",
            tx.workspace_id,
            ticket_id,
        )
    ]
    row = await tx.db.fetchrow(
        "SELECT preview, (SELECT due_at FROM timer WHERE workspace_id = $1 AND kind = 'snooze'"
        " AND key = $2::text) AS alarm FROM ticket WHERE workspace_id = $1 AND id = $3",
        tx.workspace_id,
        str(ticket_id),
        ticket_id,
    )
    return {**found, **dict(row or {})}


async def state_hash(tx: Tx, ticket_id: int) -> str:
    """:func:`state` as one short text."""
    content = msgspec.json.encode(await state(tx, ticket_id), order="deterministic")
    return hashlib.sha256(content).hexdigest()
