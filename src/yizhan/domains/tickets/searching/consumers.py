"""What the search reads of the log: messages, for their words."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.tickets.searching import vocabulary
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

_WRITTEN = frozenset({"message.received", "message.queued", "message.noted", "ticket.created"})


@events.consumer("vocabulary")
async def vocabulary_of_messages(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Count the words of the messages of a batch, each message once."""
    ids = {
        int(event.data["message_id"])
        for event in batch
        if event.type in _WRITTEN and event.data.get("message_id")
    }
    await vocabulary.learn(tx, sorted(ids))
