"""Values of advice."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

import msgspec

Step = Literal["shown", "opened", "inserted", "sent", "edited", "resolved"]
Form = Literal["link", "text"]

TARGET: Final = 0.4
"""Of the tickets in which an article was shown, the share in which one should be sent."""
KEPT_DAYS: Final = 7
"""A ticket that stays resolved so long after an article was sent was resolved with it."""


class Inserted(msgspec.Struct, frozen=True):
    """An article that an agent put into an answer."""

    article_id: int
    locale: str
    form: str
    plain: str


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """A step that an agent took with an article on a ticket."""

    ticket_id: int
    number: int
    subject: str
    article_id: int
    agent_id: int
    agent: str
    form: str
    distance: float | None
    at: datetime
