"""What belongs to one agent: drafts, what was read, what is followed."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import schemas
from yizhan.domains.tickets.service import access
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

_MODES = ("public", "internal")

_DRAFT = """
SELECT mode, body_html, body, mentions, updated_at, recipients AS "to", copies AS cc,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id::text, 'name', f.name, 'content_type', f.content_type,
     'size', f.size, 'inline', false, 'content_id', null, 'url', '/api/v1/files/' || f.id)), '[]')
   FROM file f WHERE f.workspace_id = d.workspace_id AND f.id = ANY(d.attachments) AND f.owner_id = $2) AS attachments
FROM draft d WHERE workspace_id = $1 AND agent_id = $2 AND ticket_id = $3 AND mode = $4
"""
_SAVE = """
INSERT INTO draft (workspace_id, agent_id, ticket_id, mode, body_html, body, attachments, mentions, updated_at,
  recipients, copies)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (workspace_id, agent_id, ticket_id, mode) DO UPDATE SET body_html = excluded.body_html,
  body = excluded.body, attachments = excluded.attachments, mentions = excluded.mentions,
  updated_at = excluded.updated_at, recipients = excluded.recipients, copies = excluded.copies
"""


class NeedsAgent(errors.Forbidden):
    """Only a person has drafts, notifications and presence; this token has nobody behind it."""


class UnknownMode(errors.Invalid):
    """A draft is public or internal."""


def agent_of(tx: Tx) -> int:
    """The agent behind the actor."""
    if tx.actor.agent_id is None:
        raise NeedsAgent
    return tx.actor.agent_id


def _mode(mode: str) -> str:
    if mode not in _MODES:
        raise UnknownMode
    return mode


async def draft(tx: Tx, ticket_id: int, *, mode: str) -> schemas.DraftOut:
    """The agent's own unfinished answer or note; empty when there is none."""
    await access.ticket(tx, ticket_id)
    row = await tx.db.fetchrow(_DRAFT, tx.workspace_id, agent_of(tx), ticket_id, _mode(mode))
    if row is None:
        return schemas.DraftOut(
            mode=mode,
            body_html="",
            body="",
            attachments=[],
            mentions=[],
            to=None,
            cc=None,
            updated_at=None,
        )
    files = msgspec.convert(row["attachments"], list[schemas.AttachmentOut])
    return schemas.DraftOut(**{**dict(row), "attachments": files})


async def save_draft(tx: Tx, ticket_id: int, *, mode: str, data: schemas.DraftIn) -> None:
    """Keep an unfinished text on the server, for every device. No event: nobody else sees it."""
    await access.ticket(tx, ticket_id)
    await tx.db.execute(
        _SAVE,
        tx.workspace_id,
        agent_of(tx),
        ticket_id,
        _mode(mode),
        data.body_html,
        data.body,
        [int(number) for number in data.attachments],
        msgspec.to_builtins(data.mentions),
        tx.now,
        data.to,
        data.cc,
    )


async def drop_draft(tx: Tx, ticket_id: int, *, mode: str) -> None:
    """Throw an unfinished text away."""
    await access.ticket(tx, ticket_id)
    await tx.db.execute(
        "DELETE FROM draft WHERE workspace_id = $1 AND agent_id = $2 AND ticket_id = $3 AND mode = $4",
        tx.workspace_id,
        agent_of(tx),
        ticket_id,
        _mode(mode),
    )


async def mark_read(tx: Tx, ticket_id: int, *, up_to: int | None) -> None:
    """Remember how far the agent has read; it never goes back."""
    await access.ticket(tx, ticket_id)
    await tx.db.execute(
        "INSERT INTO ticket_read (workspace_id, agent_id, ticket_id, message_id)"
        " SELECT $1, $2, $3, coalesce(least($4, max(id)), max(id), 0) FROM message"
        " WHERE workspace_id = $1 AND ticket_id = $3"
        " ON CONFLICT (workspace_id, agent_id, ticket_id)"
        " DO UPDATE SET message_id = greatest(ticket_read.message_id, excluded.message_id)",
        tx.workspace_id,
        agent_of(tx),
        ticket_id,
        up_to,
    )


async def tags(tx: Tx) -> list[dict[str, Any]]:
    """Tags in use, the most used first. Counted over the newest 5,000 tickets that the actor may see."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=2)
    rows = await tx.db.fetch(
        f"SELECT tag, count(*) AS count FROM (SELECT t.tags FROM ticket t WHERE t.workspace_id = $1 AND {seen}"
        " ORDER BY t.updated_at DESC LIMIT 5000) n, unnest(n.tags) AS tag GROUP BY tag ORDER BY 2 DESC, 1 LIMIT 500",
        tx.workspace_id,
        *values,
    )
    return [dict(row) for row in rows]
