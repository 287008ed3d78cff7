"""Whatever may make a ticket wait or an agent free leads to a distribution."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.routing import distribution, types
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

_TRIGGERS = frozenset(
    {
        "ticket.created",
        "ticket.assigned",
        "ticket.status_changed",
        "presence.changed",
        "agent.updated",
        "agent.deactivated",
        "agent.reactivated",
        "team.created",
        "team.changed",
        "role.changed",
    }
)


def _ours(event: events.Logged) -> bool:
    """A decision of round robin makes nobody free."""
    cause = event.data.get("cause") or {}
    return bool(cause.get("rule") == types.RULE)


@events.consumer("routing")
async def react(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """The log is read by one reader a workspace, in order and without gaps, so no wake-up is lost
    and a burst of events costs one distribution."""
    if any(event.type in _TRIGGERS and not _ours(event) for event in batch):
        await distribution.distribute(tx)
