"""When a request is sent again, and how long to wait before. Pure: chance and time are given."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from yizhan_client.request import Request

_LATER = (429, 503)  # the server asks for it


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How patient a client is. Seconds; a pause doubles each time, and a part of it is chance."""

    most: int = 4  # how often at most, after the first time
    first: float = 0.5
    longest: float = 30.0
    patience: float = 120.0  # a server that asks for a longer pause than this gets none

    def after_failure(
        self, request: Request, *, tries: int, sent: bool, chance: float
    ) -> float | None:
        """The pause after a connection failed; None to give up."""
        if tries >= self.most or (sent and not request.repeatable):
            return None
        return self._growing(tries, chance)

    def after_answer(
        self,
        status: int,
        headers: Mapping[str, str],
        *,
        tries: int,
        chance: float,
        now: datetime | None = None,
    ) -> float | None:
        """The pause after an answer; None when it is final."""
        if status not in _LATER or tries >= self.most:
            return None
        asked = _seconds(headers.get("retry-after", ""), now or datetime.now(UTC))
        if asked is None:
            return self._growing(tries, chance)
        return None if asked > self.patience else asked

    def _growing(self, tries: int, chance: float) -> float:
        pause = min(self.longest, self.first * 2.0**tries)
        return pause * (0.5 + chance / 2)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """What Retry-After says: a number of seconds, or a date."""
    with contextlib.suppress(ValueError):
        return max(0.0, float(retry_after))
    with contextlib.suppress(ValueError):
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - now).total_seconds())
    return None
