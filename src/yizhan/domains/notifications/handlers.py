"""The log's events become notifications of those who may see them."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.identity import permissions
from yizhan.domains.identity.events import SessionEnded
from yizhan.domains.identity.service import colleagues
from yizhan.domains.notifications import devices, repository, rules
from yizhan.domains.notifications.events import NotificationCreated
from yizhan.domains.notifications.types import NEEDS, TicketFacts, Wanted
from yizhan.kernel import events, holding, text
from yizhan.kernel.tx import Tx


@events.consumer("notifications")
async def notify(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Behind the log instead of within the writing transaction: an answer need not wait for it."""
    relevant = [event for event in batch if event.type in rules.KINDS]
    if not relevant:
        return
    ids = sorted({event.ticket_id for event in relevant if event.ticket_id is not None})
    tickets = await repository.tickets(tx, ids)
    members = await repository.members(tx, sorted(rules.teams_in(relevant)))
    found = [
        one for event in relevant for one in rules.wanted(event, tickets=tickets, members=members)
    ]
    newest = max(event.id for event in relevant)
    await _write(tx, await _visible(tx, found, tickets), tickets, until=newest)


async def _visible(
    tx: Tx, found: Sequence[Wanted], tickets: dict[int, TicketFacts]
) -> list[Wanted]:
    actors = await colleagues.actors(tx, {one.agent_id for one in found})

    def sees(one: Wanted) -> bool:
        actor = actors.get(one.agent_id)
        if one.ticket_id is None:
            return actor is not None and permissions.can(actor, NEEDS[one.kind])
        ticket = tickets[one.ticket_id]
        place = permissions.Resource(
            unit_id=ticket.unit_id, team_id=ticket.team_id, assignee_id=ticket.assignee_id
        )
        return actor is not None and permissions.can(actor, "ticket:read", place)

    return [one for one in found if sees(one)]


async def _write(
    tx: Tx, found: Sequence[Wanted], tickets: dict[int, TicketFacts], *, until: int
) -> None:
    if not found:
        return
    ids = {one.message_id for one in found if one.message_id is not None}
    messages = await repository.messages(tx, sorted(ids))
    said = []
    for one in found:
        message = messages.get(one.message_id or 0)
        if message is None:
            ticket = tickets.get(one.ticket_id or 0)
            said.append((one.actor, text.preview(one.text or (ticket.subject if ticket else ""))))
        else:
            said.append((message.author, text.preview(message.body_text)))
    written = await repository.add(tx, found, said)
    for one, number in zip(found, written, strict=True):
        tx.emit(NotificationCreated(agent_id=one.agent_id, notification_id=number, kind=one.kind))
    restored = await holding.of(tx)
    if restored is not None and restored.covers_id(until):
        return  # of before a restore: it stands in the list, and nobody is woken for it
    await devices.wake(
        tx, [(one.agent_id, number) for one, number in zip(found, written, strict=True)]
    )


@events.on(SessionEnded)
async def forget_devices(tx: Tx, event: SessionEnded) -> None:
    """Whoever is signed out of a browser is not woken there."""
    await devices.end_session(tx, event.session_id)
