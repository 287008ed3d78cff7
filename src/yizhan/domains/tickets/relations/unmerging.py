"""Taking a merge back: what moved goes home, with all that was said in its conversations since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import errors
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.relations import linking, merging, moving
from yizhan.domains.tickets.relations import repository as relations
from yizhan.domains.tickets.relations.types import Operation
from yizhan.domains.tickets.service import access, mentions
from yizhan.domains.tickets.types import ACTIVE, Ticket
from yizhan.kernel.tx import Tx

# What of the things that a merge moved is no longer where it put them.
_ELSEWHERE = """
SELECT (SELECT count(*) FROM conversation WHERE workspace_id = $1 AND id = ANY($2) AND ticket_id <> $4)
  + (SELECT count(*) FROM message WHERE workspace_id = $1 AND id = ANY($3) AND ticket_id <> $4)
"""
# Conversations that went on elsewhere since (a chat by mail) belong to those that moved.
_FAMILY = """
SELECT id FROM conversation WHERE workspace_id = $1 AND ticket_id = $3
  AND (id = ANY($2) OR meta->>'continues' = ANY($2::bigint[]::text[]))
"""
_GOING_HOME = """
SELECT id, direction = 'in' AND NOT automatic AS spoken FROM message
WHERE workspace_id = $1 AND ticket_id = $4 AND (conversation_id = ANY($2) OR id = ANY($3)) ORDER BY id
"""


async def undo(tx: Tx, operation: Operation) -> list[str]:
    """Errors: OperationStands, those of access."""
    source, target = await access.both(
        tx,
        operation.ticket_id,
        second=operation.other_id or 0,
        permission="ticket:edit",
        other="ticket:edit",
    )
    kept = operation.undo
    talks = [int(number) for number, _ in kept["conversations"]]
    recorded = [int(number) for number in kept["messages"]]
    await _check(tx, operation, source, target, talks, recorded)
    family = [row[0] for row in await tx.db.fetch(_FAMILY, tx.workspace_id, talks, target.id)]
    going = await tx.db.fetch(_GOING_HOME, tx.workspace_id, family, recorded, target.id)
    ids = [row["id"] for row in going]
    await _move_home(tx, kept["conversations"], family, to=source.id)
    await moving.messages(tx, ids, to=source.id)
    await moving.give_back_client_ids(tx, kept["clashing"])
    left = await _take_from_target(tx, target, operation)
    spoken_since = any(row["spoken"] and row["id"] > operation.id for row in going)
    marks = [moving.Mark.read(raw) for raw in kept["marks"]]
    await _stand_again(tx, source, operation, marks[0], woken=spoken_since)
    await moving.recount(tx, target.id, back_to=marks[1])
    left += await linking.carry_back(tx, kept["links"])
    moving.tell(tx, ids, source=target.id, target=source.id, operation_id=operation.id)
    return left


async def _check(
    tx: Tx,
    operation: Operation,
    source: Ticket,
    target: Ticket,
    talks: list[int],
    recorded: list[int],
) -> None:
    elsewhere = await tx.db.fetchval(_ELSEWHERE, tx.workspace_id, talks, recorded, target.id)
    if elsewhere or source.merged_into != target.id:
        later = await relations.standing(tx, [source.id, target.id], after=operation.id)
        raise errors.OperationStands(
            reason="moved_on", operations=[{"id": str(op.id), "kind": op.kind} for op in later]
        )


async def _move_home(tx: Tx, recorded: list[list[Any]], family: list[int], *, to: int) -> None:
    await tx.db.execute(
        "UPDATE conversation SET ticket_id = $3, meta = meta - 'merged_from'"
        " WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        family,
        to,
    )
    for number, before in recorded:
        if before is not None:
            await tx.db.execute(
                "UPDATE conversation SET meta = meta || jsonb_build_object('merged_from', $3::text)"
                " WHERE workspace_id = $1 AND id = $2",
                tx.workspace_id,
                int(number),
                before,
            )


async def _take_from_target(tx: Tx, target: Ticket, operation: Operation) -> list[str]:
    """The target has its own tags, followers and people again."""
    kept = operation.undo
    for agent_id in kept["watchers"]:
        await mentions.unwatch(tx, target.id, agent_id=agent_id)
    await tx.db.execute(
        "DELETE FROM participant WHERE workspace_id = $1 AND ticket_id = $2 AND address = ANY($3)",
        tx.workspace_id,
        target.id,
        kept["people"],
    )
    if not kept["target"]:
        return []
    cause = {"kind": "undo", "id": str(operation.id)}
    _, left = await tickets.restore(tx, target.id, changes=kept["target"], cause=cause)
    return left


async def _stand_again(
    tx: Tx, source: Ticket, operation: Operation, mark: moving.Mark, *, woken: bool
) -> None:
    """The stub is a ticket again. What a customer said meanwhile ends waiting and solved, as ever."""
    before = operation.undo["source"]
    columns: dict[str, Any] = {name: before[name] for name in ("status", "status_category")}
    columns["resolved_at"] = msgspec.convert(before["resolved_at"], datetime | None)
    snoozed = msgspec.convert(before["snoozed_until"], datetime | None)
    columns["snoozed_until"] = snoozed if snoozed and snoozed > tx.now and not woken else None
    if woken and before["status_category"] not in ("new", "open"):
        columns |= {"status": "open", "status_category": "open"}
        if before["status_category"] not in ACTIVE:
            columns["resolved_at"] = None
    cause = {"kind": "undo", "id": str(operation.id)}
    await merging.stand(tx, source, columns, cause=cause, merged_into=None, back_to=mark)
