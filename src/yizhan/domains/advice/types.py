"""Values of advice."""

from __future__ import annotations

from typing import Literal

import msgspec

Step = Literal["shown", "opened", "inserted", "sent"]
Form = Literal["link", "text"]


class Inserted(msgspec.Struct, frozen=True):
    """An article that an agent put into an answer."""

    article_id: int
    locale: str
    form: str
    plain: str
