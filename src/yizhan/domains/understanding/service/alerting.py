"""Who is told when a customer's mood turns."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.tickets import registry
from yizhan.domains.understanding import events, people
from yizhan.domains.understanding.types import Settings, Signals
from yizhan.kernel.tx import Tx


async def tell(
    tx: Tx, known: Signals, *, message_id: int, kinds: Sequence[str], settings: Settings
) -> None:
    """Say that a ticket turned; nobody is named in an exercise or where alerts are off."""
    alerts = settings.alerts
    named: list[int] = []
    if alerts.on and not await registry.exercises(tx, [known.ticket_id]):
        if alerts.assignee:
            named += await people.assignee(tx, known.ticket_id)
        if alerts.leads:
            named += await people.leads(tx, known.ticket_id)
        named += [int(one) for one in alerts.agents]
    tx.emit(
        events.TicketTurnedNegative(
            ticket_id=known.ticket_id,
            message_id=message_id,
            negative=round(known.negative, 3),
            kinds=list(kinds),
            agent_ids=list(dict.fromkeys(named)),
        )
    )
