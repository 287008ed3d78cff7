"""What is inferred of customers' satisfaction."""

from __future__ import annotations

from yizhan.kernel import events


class SatisfactionInferred(events.Event, frozen=True, tag="satisfaction.inferred"):
    """A customer would probably rate so; nobody asked them. ``percent``: how likely a good rating is."""

    ticket_id: int
    rating: str
    percent: int
    before: str | None = None
    model: str = "rules"
