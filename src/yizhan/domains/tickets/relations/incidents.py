"""One answer for all incidents of a problem, to each on its own channel in its own conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.tickets import errors, events, registry, repository
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.relations import repository as relations
from yizhan.domains.tickets.relations.types import Operation
from yizhan.domains.tickets.service import access, delivery, talks
from yizhan.domains.tickets.types import Outgoing, Ticket
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.tx import Tx


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An incident, and how an answer would reach its customer."""

    ticket_id: int
    channel: str
    contact_id: int | None
    reply_to: str | None
    reason: str  # why it cannot be answered; "" when it can


async def preview(tx: Tx, ticket_id: int) -> list[Target]:
    """Whom an answer would reach, and whom it would not. Only incidents that the actor may see."""
    await access.ticket(tx, ticket_id, permission="ticket:reply")
    return [await _target(tx, number) for number in await _visible(tx, ticket_id)]


async def _visible(tx: Tx, ticket_id: int) -> list[int]:
    below = await relations.below(tx, ticket_id, kind="problem")
    return sorted(await relations.brief(tx, below))


async def _target(tx: Tx, ticket_id: int) -> Target:
    reason = ""
    try:
        ticket = await access.ticket(tx, ticket_id, permission="ticket:reply")
        if ticket.status_category == "closed":
            reason = "closed"
    except kernel_errors.YizhanError as error:
        reason = error.code
    talk = await talks.default(tx, ticket_id)
    if talk is None:
        return Target(
            ticket_id=ticket_id,
            channel="",
            contact_id=None,
            reply_to=None,
            reason="no_conversation",
        )
    if not reason:
        reach = await registry.reach(tx, talk)
        reason = "" if reach.can_reply else (reach.reason or "reply_window_closed")
    return Target(
        ticket_id=ticket_id,
        channel=talk.channel,
        contact_id=talk.contact_id,
        reply_to=talk.reply_to,
        reason=reason,
    )


async def answer(
    tx: Tx,
    ticket_id: int,
    *,
    outgoing: Outgoing,
    key: str,
    only: Sequence[int] | None = None,
) -> tuple[Operation, list[Target]]:
    """Send one answer to every incident that can be reached, and set ``outgoing.status`` there and
    on the problem. ``key`` again is the same answer. Returns the operation and who was left out.

    Errors: NoIncidents, EmptyMessage, UnknownStatus, OpenChildren, those of access.
    """
    if not outgoing.body.strip() and not outgoing.attachments:
        raise errors.EmptyMessage
    problem = await access.locked(tx, ticket_id, permission="ticket:reply")
    for known in await relations.standing(tx, [ticket_id], kind="answer"):
        if known.undo["key"] == key:
            return known, []
    wanted = set(await _visible(tx, ticket_id))
    targets = [await _target(tx, i) for i in sorted(wanted & set(only) if only else wanted)]
    reached = [target for target in targets if not target.reason]
    if not reached:
        raise errors.NoIncidents
    operation_id = tx.new_id()
    cause = {"kind": "incidents", "id": str(operation_id), "problem": str(problem.number)}
    items = [await _one(tx, t.ticket_id, outgoing, key=key, cause=cause) for t in reached]
    before = problem
    if outgoing.status is not None:
        problem = await tickets.update(
            tx,
            ticket_id,
            status=outgoing.status,
            despite_children=outgoing.despite_children,
            cause=cause,
        )
    undo: dict[str, Any] = {
        "key": key,
        "items": items,
        "problem": tickets.difference(before, problem),
    }
    tx.emit(
        events.IncidentsAnswered(
            ticket_id=ticket_id,
            message_ids=[int(item["message"]) for item in items],
            operation_id=operation_id,
        )
    )
    made = await relations.add_operation(
        tx, operation_id, kind="answer", ticket_id=ticket_id, other_id=None, undo=undo
    )
    return made, [target for target in targets if target.reason]


async def _one(
    tx: Tx, ticket_id: int, outgoing: Outgoing, *, key: str, cause: dict[str, Any]
) -> dict[str, Any]:
    before = await access.locked(tx, ticket_id, permission="ticket:reply")
    one = msgspec.structs.replace(outgoing, status=None, client_id=f"{key}:{ticket_id}"[:100])
    message_id = await tickets.reply(tx, ticket_id, outgoing=one)
    after = await _ticket(tx, ticket_id)
    if outgoing.status is not None and outgoing.status != after.status:
        try:
            after = await tickets.update(tx, ticket_id, status=outgoing.status, cause=cause)
        except (errors.TransitionRefused, errors.OpenChildren, kernel_errors.Forbidden):
            after = await _ticket(tx, ticket_id)  # answered, and it stays where it is
    changes = tickets.difference(before, after)
    return {"ticket": str(ticket_id), "message": str(message_id), "changes": changes}


async def _ticket(tx: Tx, ticket_id: int) -> Ticket:
    found = await repository.ticket(tx, ticket_id)
    if found is None:
        raise errors.TicketNotFound
    return found


async def _taken_back(tx: Tx, message_id: int) -> bool:
    """Whether an answer is not with the customer: it waited, or it failed."""
    state = await tx.db.fetchval(
        "SELECT delivery_state FROM message WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )
    if state in ("failed", "cancelled"):
        return True
    try:
        await delivery.cancel(tx, message_id)
    except errors.CannotUndo:
        return False
    return True


async def undo(tx: Tx, operation: Operation) -> list[str]:
    """Answers that have not left are taken back and the incidents stand as before; what has left
    stays, and is named by its ticket's number. Errors: OperationStands when everything has left."""
    kept = operation.undo
    touched = {int(item["ticket"]) for item in kept["items"]} | {operation.ticket_id}
    for ticket_id in sorted(touched):
        await access.locked(tx, ticket_id, permission="ticket:reply")
    cause = {"kind": "undo", "id": str(operation.id)}
    left: list[str] = []
    for item in kept["items"]:
        if not await _taken_back(tx, int(item["message"])):
            left.append(str((await _ticket(tx, int(item["ticket"]))).number))
            continue
        changes = {k: v for k, v in item["changes"].items() if k != "waiting_since"}
        if changes:
            await tickets.restore(tx, int(item["ticket"]), changes=changes, cause=cause)
    if len(left) == len(kept["items"]):
        raise errors.OperationStands(reason="sent")
    if kept["problem"] and not left:
        await tickets.restore(tx, operation.ticket_id, changes=kept["problem"], cause=cause)
    return left
