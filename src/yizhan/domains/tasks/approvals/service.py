"""Asking for approval, answering, taking an answer back, asking again."""

from __future__ import annotations

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing, colleagues
from yizhan.domains.tasks import errors as task_errors
from yizhan.domains.tasks import repository as items
from yizhan.domains.tasks.approvals import errors, events, repository
from yizhan.domains.tasks.approvals.types import (
    MOST_ASKED,
    Answer,
    Approval,
    ApprovalAsk,
    outcome,
)
from yizhan.domains.tasks.types import ChecklistItem
from yizhan.domains.tickets import errors as ticket_errors
from yizhan.domains.tickets.service import access, personal
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

OWN = "own_approval"  # the workspace's setting: refuse or allow
OPEN = "open_items"  # the workspace's setting: refuse, ask or allow


async def ask(
    tx: Tx, item: ChecklistItem, who: ApprovalAsk, *, ticket: Ticket, round: int = 1
) -> Approval:
    """Ask people to approve an item of a ticket that is held.

    Errors: NoApprover, ApproverBlind, TooManyApprovers, UnknownReference.
    """
    asked = await _asked(tx, who, ticket=ticket)
    row = Approval(
        item_id=item.id,
        agent_ids=changing.numbers(who.agent_ids),
        team_id=None if who.team_id is None else int(who.team_id),
        role_id=None if who.role_id is None else int(who.role_id),
        everybody=who.all,
        state="waiting",
        round=round,
        asked_by=tx.actor.agent_id,
        asked_at=tx.now,
    )
    await repository.put(tx, row)
    await repository.ask(tx, item.id, round=round, agent_ids=asked)
    tx.emit(
        events.ApprovalAsked(
            ticket_id=item.ticket_id,
            checklist_item_id=item.id,
            agent_ids=asked,
            everybody=who.all,
            round=round,
            text=item.text,
        )
    )
    return row


async def _asked(tx: Tx, who: ApprovalAsk, *, ticket: Ticket) -> list[int]:
    """Everybody who is meant, may see the ticket and may approve."""
    named = changing.numbers(who.agent_ids)
    await changing.check_agents(tx, named)
    team_id = None if who.team_id is None else int(who.team_id)
    await changing.check_teams(tx, [] if team_id is None else [team_id])
    role_id = None if who.role_id is None else int(who.role_id)
    found = [*named, *await repository.people(tx, team_id=team_id, role_id=role_id)]
    if tx.actor.agent_id is not None and not await _may_approve_own(tx):
        found = [one for one in found if one != tx.actor.agent_id]
    found = list(dict.fromkeys(found))
    if len(found) > MOST_ASKED:
        raise errors.TooManyApprovers
    actors = await colleagues.actors(tx, found)
    place = access.resource(ticket)
    seeing = [
        one for one in found if one in actors and permissions.can(actors[one], "ticket:read", place)
    ]
    if blind := [one for one in named if one in found and one not in seeing]:
        raise errors.ApproverBlind(agent_ids=[str(one) for one in blind])
    if not seeing:
        raise errors.NoApprover
    return seeing


async def _may_approve_own(tx: Tx) -> bool:
    return await repository.setting(tx, OWN, default="refuse") == "allow"


async def _held(tx: Tx, item_id: int, *, permission: str) -> tuple[Ticket, ChecklistItem, Approval]:
    """Errors: ChecklistItemNotFound, NotAnApproval, those of access, TicketClosed."""
    item = await items.get(tx, ChecklistItem, item_id)
    if item is None:
        raise task_errors.ChecklistItemNotFound
    ticket = await access.locked(tx, item.ticket_id, permission=permission)
    if ticket.status_category == "closed":
        raise ticket_errors.TicketClosed
    held = await items.get(tx, ChecklistItem, item_id, lock=True)
    if held is None:
        raise task_errors.ChecklistItemNotFound
    row = (await repository.approvals(tx, [item_id])).get(item_id)
    if row is None:
        raise errors.NotAnApproval
    return ticket, held, row


async def _mine(tx: Tx, row: Approval) -> tuple[list[Answer], Answer]:
    """All answers and one's own. Errors: NotAsked."""
    agent_id = personal.agent_of(tx)
    answers = await repository.answers(tx, [row.item_id])
    for one in answers:
        if one.agent_id == agent_id:
            return answers, one
    raise errors.NotAsked


async def answer(tx: Tx, item_id: int, *, approve: bool, comment: str = "") -> ChecklistItem:
    """Say yes or no; who declines says why.

    Errors: those of access, NotAnApproval, NotAsked, OwnApproval, ApprovalOver, ReasonNeeded.
    """
    _, item, row = await _held(tx, item_id, permission="ticket:read")
    answers, mine = await _mine(tx, row)
    if row.state != "waiting":
        raise errors.ApprovalOver(state=row.state)
    if row.asked_by == mine.agent_id and not await _may_approve_own(tx):
        raise errors.OwnApproval
    if not approve and not comment.strip():
        raise errors.ReasonNeeded(field="comment")
    given = msgspec.structs.replace(
        mine,
        state="approved" if approve else "declined",
        comment=comment.strip(),
        answered_at=tx.now,
    )
    if (given.state, given.comment) == (mine.state, mine.comment):
        return item
    await repository.answer(tx, given)
    tx.emit(
        events.ApprovalAnswered(
            ticket_id=item.ticket_id,
            checklist_item_id=item.id,
            agent_id=mine.agent_id,
            approved=approve,
            comment=given.comment,
            text=item.text,
        )
    )
    return await _settle(tx, item, row, [*(one for one in answers if one != mine), given])


async def _settle(
    tx: Tx, item: ChecklistItem, row: Approval, answers: list[Answer]
) -> ChecklistItem:
    """The item follows from what was answered."""
    state = outcome(answers, everybody=row.everybody)
    if state == row.state:
        return item
    await repository.put(tx, msgspec.structs.replace(row, state=state))
    done = (tx.now, tx.actor.agent_id) if state == "approved" else (None, None)
    new = msgspec.structs.replace(item, done_at=done[0], done_by=done[1])
    await items.put(tx, new)
    if state != "waiting":
        tx.emit(
            events.ApprovalDecided(
                ticket_id=item.ticket_id,
                checklist_item_id=item.id,
                approved=state == "approved",
                text=item.text,
                agent_ids=[] if row.asked_by is None else [row.asked_by],
            )
        )
    return new


async def take_back(tx: Tx, item_id: int) -> ChecklistItem:
    """One's own answer, as long as the ticket is not closed.

    Errors: those of access, NotAnApproval, NotAsked.
    """
    _, item, row = await _held(tx, item_id, permission="ticket:read")
    answers, mine = await _mine(tx, row)
    if mine.state == "waiting":
        return item
    back = msgspec.structs.replace(mine, state="waiting", comment="", answered_at=None)
    await repository.answer(tx, back)
    tx.emit(
        events.ApprovalTakenBack(
            ticket_id=item.ticket_id, checklist_item_id=item.id, agent_id=mine.agent_id
        )
    )
    return await _settle(tx, item, row, [*(one for one in answers if one != mine), back])


async def again(
    tx: Tx, item_id: int, *, who: ApprovalAsk | None = None, text: str | None = None
) -> ChecklistItem:
    """A new round, whatever was said: of the same or of other people, with the same or other words.

    Errors: those of :func:`ask` and of access, NotAnApproval.
    """
    ticket, item, row = await _held(tx, item_id, permission="ticket:edit")
    words = item.text if text is None else text.strip()
    new = msgspec.structs.replace(item, text=words, done_at=None, done_by=None)
    if new != item:
        await items.put(tx, new)
    await ask(tx, new, who or row.said, ticket=ticket, round=row.round + 1)
    return new


# ------------------------------------------------------------------------------- holding back


async def hold_back(tx: Tx, ticket_id: int, *, despite: bool) -> None:
    """Whether a ticket may be resolved. Errors: OpenItems with what must be done before."""
    rows = await repository.needed(tx, ticket_id)
    if not rows:
        return
    rule = await repository.setting(tx, OPEN, default="refuse")
    if rule == "allow" or (rule == "ask" and despite):
        return
    open_items = [{"id": str(row["id"]), "text": row["text"]} for row in rows]
    raise errors.OpenItems(items=open_items, may_confirm=rule == "ask")
