"""Who looks at a ticket and who types: short-lived, never stored, kept by every process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

import msgspec

# A browser says it is still there every five seconds.
_KEEP_SECONDS = 13.0
KIND = "presence"


class Viewer(msgspec.Struct):
    """Somebody at a ticket."""

    agent_id: str
    name: str
    state: Literal["viewing", "typing"]
    mode: Literal["public", "internal"] = "public"  # what is being typed


class Presence:
    """The viewers of each ticket, as far as this process has heard."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[tuple[int, str], dict[str, tuple[float, Viewer]]] = {}

    def hear(self, message: dict[str, Any]) -> list[Viewer] | None:
        """Take in one message. Returns the ticket's viewers, None when nothing changed."""
        place = (int(message["workspace_id"]), str(message["ticket_id"]))
        there = self._seen.setdefault(place, {})
        before = self._states(there)
        who = str(message["agent_id"])
        if message["state"] == "left":
            there.pop(who, None)
        else:
            there[who] = (self._clock(), _viewer(message))
        self._forget_old(there)
        if not there:
            self._seen.pop(place, None)
        return self._list(there) if self._states(there) != before else None

    def viewers(self, workspace_id: int, ticket_id: str) -> list[Viewer]:
        """Who is at a ticket now."""
        there = self._seen.get((workspace_id, ticket_id), {})
        self._forget_old(there)
        return self._list(there)

    def _forget_old(self, there: dict[str, tuple[float, Viewer]]) -> None:
        oldest = self._clock() - _KEEP_SECONDS
        for who in [who for who, (seen, _) in there.items() if seen < oldest]:
            del there[who]

    @staticmethod
    def _list(there: dict[str, tuple[float, Viewer]]) -> list[Viewer]:
        return [viewer for _, viewer in there.values()]

    @staticmethod
    def _states(there: dict[str, tuple[float, Viewer]]) -> dict[str, tuple[str, str]]:
        return {who: (viewer.state, viewer.mode) for who, (_, viewer) in there.items()}


def _viewer(message: dict[str, Any]) -> Viewer:
    return Viewer(
        str(message["agent_id"]), message["name"], message["state"], message.get("mode", "public")
    )
