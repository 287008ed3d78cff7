"""A rating is inferred when a ticket is done, and again when more is known of it."""

from __future__ import annotations

from yizhan.domains.surveys import events as surveys
from yizhan.domains.tickets import events as tickets
from yizhan.domains.understanding import events as understanding
from yizhan.domains.understanding.satisfaction import fields, repository, service
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

fields.register()


@events.on(tickets.TicketStatusChanged)
async def done(tx: Tx, event: tickets.TicketStatusChanged) -> None:
    """A ticket is done."""
    change = event.changes.get("status_category")
    if change is not None and change[1] in service.DONE:
        service.ask(tx, event.ticket_id)


@events.on(understanding.MessageUnderstood)
async def understood(tx: Tx, event: understanding.MessageUnderstood) -> None:
    """The customer said something after it was done: "thanks" for one."""
    if await repository.of_ticket(tx, event.ticket_id) is not None:
        service.ask(tx, event.ticket_id)


@events.on(understanding.SignalCorrected)
async def corrected(tx: Tx, event: understanding.SignalCorrected) -> None:
    """An agent said what the mood was."""
    if await repository.of_ticket(tx, event.ticket_id) is not None:
        service.ask(tx, event.ticket_id)


@events.on(surveys.SurveyAnswered)
async def rated(tx: Tx, event: surveys.SurveyAnswered) -> None:
    """Now it can be compared."""
    if event.before is None:
        await repository.note(tx, event.ticket_id)
