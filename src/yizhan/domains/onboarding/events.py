"""What happens to exercises."""

from __future__ import annotations

from yizhan.kernel.events import Event


class PracticeRemoved(Event, frozen=True, tag="practice.removed"):
    """An exercise was removed with its ticket and all that was written there."""

    ticket_id: int
    agent_id: int
