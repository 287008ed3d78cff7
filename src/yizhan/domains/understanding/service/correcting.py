"""People say what it is instead of what was read. Their word holds, and is a label to learn from."""

from __future__ import annotations

from yizhan.domains.tickets.service import access
from yizhan.domains.understanding import composing, errors, events, repository, schemas
from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.service import knowing, showing
from yizhan.domains.understanding.types import (
    BY_AGENT,
    OUT_OF_SCOPE,
    Correction,
    Reading,
    Signals,
)
from yizhan.kernel.tx import Tx


async def correct(tx: Tx, ticket_id: int, *, head: str, now: str) -> schemas.TicketSignals:
    """The same word again changes nothing. Errors: NothingRead, UnknownLabel, those of access."""
    await access.locked(tx, ticket_id, permission="ticket:edit")
    known = (await repository.current(tx, [ticket_id])).get(ticket_id)
    if known is None:
        raise errors.NothingRead
    now = now.strip()
    _check(head, now)
    was, by, confidence, message_id = _before(known, head)
    if was == now and by == BY_AGENT:
        return schemas.signals_out(known, shipped.titles())
    one = Correction(
        id=tx.new_id(),
        ticket_id=ticket_id,
        message_id=message_id,
        head=head,
        was=was,
        was_by=by,
        confidence=confidence,
        now=now,
        by_kind=tx.actor.kind,
        by_id=tx.actor.agent_id or tx.actor.id,
        at=tx.now,
    )
    await repository.add_correction(tx, one)
    settings, _ = await repository.settings(tx)
    changes = await knowing.settle(tx, ticket_id, settings=settings)
    tx.emit(
        events.SignalCorrected(
            ticket_id=ticket_id,
            message_id=message_id,
            correction_id=one.id,
            head=head,
            # A slot's value is the customer's; it is with the ticket, not in the log.
            changes={} if head.startswith(composing.SLOT) else {**changes, head: [was, now]},
        )
    )
    found = (await repository.current(tx, [ticket_id]))[ticket_id]
    return schemas.signals_out(found, shipped.titles())


def _check(head: str, now: str) -> None:
    if head.startswith(composing.SLOT):
        return
    fixed = showing.is_fixed(head)
    if not now or (fixed is not None and now not in fixed):
        offered = f" Offered are: {', '.join(fixed)}." if fixed else ""
        raise errors.UnknownLabel(f"{now or 'An empty text'} is no label.{offered}")
    if fixed is None and any(ord(letter) < 32 for letter in now):
        raise errors.UnknownLabel("A label is one line.")


def _before(known: Signals, head: str) -> tuple[str | None, str, float, int]:
    """What was said of it until now, by whom, how surely, and of which message."""
    if head.startswith(composing.SLOT):
        name = head.removeprefix(composing.SLOT)
        slot = next((one for one in known.slots if one.name == name), None)
        # A word on a slot holds against all that was said until now.
        return (slot.value if slot else None, slot.by if slot else "", 1.0, known.message_id)
    reading: Reading | None = known.readings.get(head)
    if reading is None:
        return None, "", 0.0, known.message_id
    label = reading.label if reading.in_scope else OUT_OF_SCOPE
    return label, reading.model, reading.confidence, reading.message_id or known.message_id
