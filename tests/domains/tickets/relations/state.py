"""What must be the same again: everything of tickets that an undo has to give back, as one hash."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from tests.support.desk import Desk

# A stub of a split that was taken back only keeps its number.
_TICKETS = """
SELECT t.id, t.subject, t.status, t.status_category, t.priority, t.type, t.tags, t.team_id, t.assignee_id,
  t.requester_id, t.fields, t.merged_into, t.waiting_since, t.first_reply_at, t.snoozed_until, t.resolved_at,
  (SELECT array_agg(agent_id ORDER BY agent_id) FROM watcher w
   WHERE w.workspace_id = t.workspace_id AND w.ticket_id = t.id) AS watchers,
  (SELECT array_agg(address ORDER BY address) FROM participant p
   WHERE p.workspace_id = t.workspace_id AND p.ticket_id = t.id) AS people
FROM ticket t WHERE t.workspace_id = $1 AND NOT (t.merged_into IS NOT NULL AND EXISTS (
  SELECT FROM ticket_operation o WHERE o.workspace_id = $1 AND o.kind = 'split' AND o.other_id = t.id
    AND o.undone_at IS NOT NULL)) ORDER BY t.id
"""
_CONVERSATIONS = """
SELECT id, ticket_id, inbox_id, channel, contact_id, identity_id, external_key, reply_to, meta
FROM conversation WHERE workspace_id = $1 ORDER BY id
"""
_MESSAGES = """
SELECT m.id, m.ticket_id, m.conversation_id, m.direction, m.body_text, m.client_id, d.ticket_id AS found_in,
  (SELECT array_agg(file_id ORDER BY file_id) FROM attachment a
   WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS files
FROM message m LEFT JOIN search_doc d ON d.workspace_id = m.workspace_id AND d.kind = 'message' AND d.id = m.id
WHERE m.workspace_id = $1 AND m.delivery_state IS DISTINCT FROM 'cancelled' ORDER BY m.id
"""
_LINKS = "SELECT kind, from_id, to_id FROM ticket_link WHERE workspace_id = $1 ORDER BY 1, 2, 3"


async def parts(desk: Desk) -> dict[str, list[Any]]:
    """All of it, readable, for a test that fails."""
    async with desk.as_system() as tx:
        return {
            name: [dict(row) for row in await tx.db.fetch(query, tx.workspace_id)]
            for name, query in (
                ("tickets", _TICKETS),
                ("conversations", _CONVERSATIONS),
                ("messages", _MESSAGES),
                ("links", _LINKS),
            )
        }


def digest(found: dict[str, list[Any]]) -> str:
    return hashlib.sha256(msgspec.json.encode(found, order="deterministic")).hexdigest()


async def of(desk: Desk) -> str:
    """The state's hash."""
    return digest(await parts(desk))
