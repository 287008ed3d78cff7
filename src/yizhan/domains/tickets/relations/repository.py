"""SQL of links and operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets.relations.types import Link, Operation
from yizhan.kernel.tx import Tx

_OPERATION = ", ".join(field.name for field in msgspec.structs.fields(Operation))


async def links(tx: Tx, ticket_id: int) -> list[Link]:
    """All links of a ticket, over the indexes ticket_link_from and ticket_link_to."""
    return await tx.db.fetch_as(
        Link,
        "SELECT kind, from_id, to_id FROM ticket_link WHERE workspace_id = $1"
        " AND (from_id = $2 OR to_id = $2) ORDER BY kind, from_id, to_id",
        tx.workspace_id,
        ticket_id,
    )


async def add_link(tx: Tx, link: Link) -> bool:
    """False when it is there already."""
    added = await tx.db.fetchval(
        "INSERT INTO ticket_link (workspace_id, kind, from_id, to_id, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING true",
        tx.workspace_id,
        link.kind,
        link.from_id,
        link.to_id,
        tx.actor.stamp(),
        tx.now,
    )
    return bool(added)


async def drop_link(tx: Tx, link: Link) -> bool:
    """False when it is not there."""
    dropped = await tx.db.fetchval(
        "DELETE FROM ticket_link WHERE workspace_id = $1 AND kind = $2 AND from_id = $3 AND to_id = $4"
        " RETURNING true",
        tx.workspace_id,
        link.kind,
        link.from_id,
        link.to_id,
    )
    return bool(dropped)


async def above(tx: Tx, ticket_id: int, *, kind: str) -> int | None:
    """The parent or the problem of a ticket."""
    found: int | None = await tx.db.fetchval(
        "SELECT from_id FROM ticket_link WHERE workspace_id = $1 AND kind = $2 AND to_id = $3",
        tx.workspace_id,
        kind,
        ticket_id,
    )
    return found


async def below(tx: Tx, ticket_id: int, *, kind: str) -> list[int]:
    """The children or the incidents of a ticket, by id."""
    rows = await tx.db.fetch(
        "SELECT to_id FROM ticket_link WHERE workspace_id = $1 AND kind = $2 AND from_id = $3 ORDER BY to_id",
        tx.workspace_id,
        kind,
        ticket_id,
    )
    return [row[0] for row in rows]


async def add_operation(
    tx: Tx,
    operation_id: int,
    *,
    kind: str,
    ticket_id: int,
    other_id: int | None,
    undo: dict[str, Any],
) -> Operation:
    return await tx.db.returned_as(
        Operation,
        "INSERT INTO ticket_operation (workspace_id, id, kind, ticket_id, other_id, undo, actor, at)"
        f" VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {_OPERATION}",
        tx.workspace_id,
        operation_id,
        kind,
        ticket_id,
        other_id,
        undo,
        tx.actor.stamp(),
        tx.now,
    )


async def operation(tx: Tx, operation_id: int, *, lock: bool = False) -> Operation | None:
    return await tx.db.fetchrow_as(
        Operation,
        f"SELECT {_OPERATION} FROM ticket_operation WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        operation_id,
    )


async def standing(
    tx: Tx, ticket_ids: Sequence[int], *, kind: str | None = None, after: int = 0
) -> list[Operation]:
    """What was done with these tickets and not taken back, the newest first."""
    return await tx.db.fetch_as(
        Operation,
        f"SELECT {_OPERATION} FROM ticket_operation WHERE workspace_id = $1"
        " AND (ticket_id = ANY($2) OR other_id = ANY($2)) AND undone_at IS NULL AND id > $3"
        " AND ($4::text IS NULL OR kind = $4) ORDER BY id DESC LIMIT 50",
        tx.workspace_id,
        list(ticket_ids),
        after,
        kind,
    )


async def end_operation(tx: Tx, operation_id: int, *, left_alone: list[str]) -> Operation:
    return await tx.db.returned_as(
        Operation,
        "UPDATE ticket_operation SET undone_at = $3, undone_by = $4, left_alone = $5"
        f" WHERE workspace_id = $1 AND id = $2 RETURNING {_OPERATION}",
        tx.workspace_id,
        operation_id,
        tx.now,
        tx.actor.stamp(),
        left_alone,
    )


class Brief(msgspec.Struct, frozen=True):
    """A ticket in a line."""

    id: int
    number: int
    subject: str
    status: str
    status_category: str
    priority: str
    assignee_id: int | None
    requester_id: int
    requester: str
    channel: str
    updated_at: Any
    merged_into: int | None


_BRIEF = """SELECT t.id, t.number, t.subject, t.status, t.status_category, t.priority, t.assignee_id,
  t.requester_id, coalesce(c.name, '') AS requester, t.channel, t.updated_at, t.merged_into
FROM ticket t LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
WHERE t.workspace_id = $1"""


async def brief(tx: Tx, ids: Sequence[int]) -> dict[int, Brief]:
    """Those of these tickets that the actor may see."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch_as(
        Brief, f"{_BRIEF} AND t.id = ANY($2) AND {seen}", tx.workspace_id, list(ids), *values
    )
    return {row.id: row for row in rows}


async def stubs(tx: Tx, ticket_id: int) -> list[int]:
    """Tickets that were merged into this one."""
    rows = await tx.db.fetch(
        "SELECT id FROM ticket WHERE workspace_id = $1 AND merged_into = $2 ORDER BY id",
        tx.workspace_id,
        ticket_id,
    )
    return [row[0] for row in rows]
