"""What the audit log reads: everything, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.audit import service
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.consumer(service.CONSUMER)
async def audit(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Seal a batch of events."""
    await service.record(tx, batch)
