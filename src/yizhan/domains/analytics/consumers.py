"""What reports read of the log: everything about tickets."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.analytics.service import counting
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.consumer(counting.CONSUMER)
async def reports(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Count a batch; counting it again changes nothing."""
    await counting.take(tx, batch)
