"""What happens to presence. Decisions are in ``ticket.assigned``, with their cause."""

from __future__ import annotations

from yizhan.kernel import events


class PresenceChanged(events.Event, frozen=True, tag="presence.changed"):
    """An agent came, went away or left."""

    agent_id: int
    state: str
    previous: str
    automatic: bool = False
