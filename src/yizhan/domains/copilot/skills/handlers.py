"""What a skill did is taken back; its messages move to another ticket."""

from __future__ import annotations

from yizhan.domains.automation.events import ActionsUndone
from yizhan.domains.copilot.skills import repository
from yizhan.domains.copilot.skills.service import carrying
from yizhan.domains.copilot.skills.types import CAUSE
from yizhan.domains.tickets.events import MessagesMoved
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.on(ActionsUndone)
async def taken_back(tx: Tx, event: ActionsUndone) -> None:
    """It counts against the skill."""
    if event.cause.get("kind") == CAUSE:
        await carrying.undone(tx, int(event.cause["id"]), ticket_id=event.ticket_id)


@events.on(MessagesMoved)
async def follow(tx: Tx, event: MessagesMoved) -> None:
    """Decisions go with the messages that they are about."""
    if event.way == "in":
        await repository.move(tx, event.message_ids)
