"""Notifications in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.notifications.types import Message, Notification, TicketFacts, Wanted
from yizhan.kernel.tx import Tx

_TICKETS = """
SELECT t.id, t.subject, t.unit_id, t.team_id, t.assignee_id,
       ARRAY(SELECT w.agent_id FROM watcher w
             WHERE w.workspace_id = t.workspace_id AND w.ticket_id = t.id) AS watchers
FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[])
"""
_ADD = """
INSERT INTO notification
  (workspace_id, agent_id, id, kind, ticket_id, message_id, actor, text, at, link)
SELECT $1, u.agent_id, u.id, u.kind, u.ticket_id, u.message_id, u.actor, u.text, u.at, u.link
FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::jsonb[],
            $8::text[], $9::timestamptz[], $10::text[])
     AS u (agent_id, id, kind, ticket_id, message_id, actor, text, at, link)
"""
_LIST = """
SELECT n.id, n.kind, n.ticket_id, t.number AS ticket_number, t.subject AS ticket_subject,
       n.link, n.message_id, n.actor, n.text, n.at, n.read_at
FROM notification n LEFT JOIN ticket t ON t.workspace_id = n.workspace_id AND t.id = n.ticket_id
WHERE n.workspace_id = $1 AND n.agent_id = $2 AND ($3::bigint IS NULL OR n.id < $3)
  AND (NOT $4 OR n.read_at IS NULL) AND CASE WHEN n.ticket_id IS NULL THEN n.kind = ANY($6)
    ELSE t.id IS NOT NULL AND {visible} END
ORDER BY n.id DESC LIMIT $5
"""


async def tickets(tx: Tx, ids: Sequence[int]) -> dict[int, TicketFacts]:
    """Tickets by id."""
    rows = await tx.db.fetch_as(TicketFacts, _TICKETS, tx.workspace_id, list(ids))
    return {row.id: row for row in rows}


async def messages(tx: Tx, message_ids: Sequence[int]) -> dict[int, Message]:
    """What messages say and who wrote them, by id."""
    rows = await tx.db.fetch_as(
        Message,
        "SELECT id, body_text, author_kind, author_id, author_name FROM message"
        " WHERE workspace_id = $1 AND id = ANY($2::bigint[])",
        tx.workspace_id,
        list(message_ids),
    )
    return {row.id: row for row in rows}


async def members(tx: Tx, team_ids: Sequence[int]) -> dict[int, list[int]]:
    """Agents of teams, by team."""
    rows = await tx.db.fetch(
        "SELECT team_id, array_agg(agent_id ORDER BY agent_id) AS agents FROM team_member"
        " WHERE workspace_id = $1 AND team_id = ANY($2::bigint[]) GROUP BY team_id",
        tx.workspace_id,
        list(team_ids),
    )
    return {row["team_id"]: row["agents"] for row in rows}


async def add(
    tx: Tx, wanted: Sequence[Wanted], said: Sequence[tuple[dict[str, Any], str]]
) -> list[int]:
    """Write notifications, each with who acted and a line of text. Returns their ids."""
    ids = [tx.new_id() for _ in wanted]
    await tx.db.execute(
        _ADD,
        tx.workspace_id,
        [one.agent_id for one in wanted],
        ids,
        [one.kind for one in wanted],
        [one.ticket_id for one in wanted],
        [one.message_id for one in wanted],
        [actor for actor, _ in said],
        [text for _, text in said],
        [one.at for one in wanted],
        [one.link for one in wanted],
    )
    return ids


async def page(
    tx: Tx,
    agent_id: int,
    *,
    before: int | None,
    unread: bool,
    limit: int,
    kinds: Sequence[str],
    visible: tuple[str, list[object]],
) -> list[Notification]:
    """An agent's notifications of tickets that they can still see, and ``kinds`` of no ticket, newest first."""
    condition, values = visible
    return await tx.db.fetch_as(
        Notification,
        _LIST.format(visible=condition),
        tx.workspace_id,
        agent_id,
        before,
        unread,
        limit,
        list(kinds),
        *values,
    )


async def unread(
    tx: Tx, agent_id: int, *, kinds: Sequence[str], visible: tuple[str, list[object]]
) -> int:
    """How many notifications an agent has not looked at."""
    condition, values = visible
    count: int = await tx.db.fetchval(
        "SELECT count(*) FROM notification n"
        " LEFT JOIN ticket t ON t.workspace_id = n.workspace_id AND t.id = n.ticket_id"
        " WHERE n.workspace_id = $1 AND n.agent_id = $2 AND n.read_at IS NULL"
        " AND CASE WHEN n.ticket_id IS NULL THEN n.kind = ANY($3)"
        f" ELSE t.id IS NOT NULL AND {condition} END",
        tx.workspace_id,
        agent_id,
        list(kinds),
        *values,
    )
    return count


async def mark(tx: Tx, agent_id: int, *, ids: Sequence[int] | None) -> list[int]:
    """Mark as read: these, or all. Returns those that were unread."""
    rows = await tx.db.fetch(
        "UPDATE notification SET read_at = $3 WHERE workspace_id = $1 AND agent_id = $2"
        " AND read_at IS NULL AND ($4::bigint[] IS NULL OR id = ANY($4)) RETURNING id",
        tx.workspace_id,
        agent_id,
        tx.now,
        None if ids is None else list(ids),
    )
    return [row[0] for row in rows]
