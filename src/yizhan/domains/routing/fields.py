"""What lists can ask about who is next."""

from __future__ import annotations

from yizhan.domains.tickets import orders

# Tickets on which nobody has to work now have no score and come last.
_BY_SCORE = orders.Order(
    "y.place",
    {"zh": "优先分", "en": "Priority score"},
    descending=False,
    missing=orders.FAR,
    join="LEFT JOIN ticket_score y ON y.workspace_id = t.workspace_id AND y.ticket_id = t.id",
)


def register() -> None:
    """Tell lists."""
    orders.register("score", _BY_SCORE)
