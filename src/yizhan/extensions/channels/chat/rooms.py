"""The visitors who are connected to this process, fed from the event log.

A visitor's line registers here before it reads what it missed. So whatever is committed afterwards
reaches it as an event, and nothing falls between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.kernel import events
from yizhan.kernel.feed import Subscription
from yizhan.kernel.http import Edge

_SPOKEN = frozenset({"message.received", "message.queued"})
_ENDED = frozenset({"resolved", "closed"})


class News(msgspec.Struct):
    """What a line has to look at when it wakes."""

    spoken: bool = False  # there is a new line
    typing: tuple[bool, str] | None = None
    status: str | None = None
    looked: bool = False  # an agent looks at the ticket: read marks may have moved


class Line:
    """One connection of a visitor."""

    def __init__(self, inbox_id: int, key: str) -> None:
        self.inbox_id = inbox_id
        self.key = key
        self.conversation_id: int | None = None
        self.ticket_id: int | None = None
        self.lost = False  # something may concern this line, which has no conversation yet
        self.news = News()
        self.wake = asyncio.Event()

    def take(self) -> News:
        """What has happened since the last call."""
        news, self.news = self.news, News()
        self.wake.clear()
        return news


class Room:
    """The lines of one workspace."""

    def __init__(self) -> None:
        self.subscription: Subscription | None = None
        self.lines: set[Line] = set()

    def heard(self, batch: Sequence[events.Logged]) -> None:
        """New events of the log."""
        for event in batch:
            if event.type in _SPOKEN:
                self._spoken(event)
            elif event.type == "ticket.status_changed":
                self._status(event)

    def _spoken(self, event: events.Logged) -> None:
        conversation_id = int(event.data.get("conversation_id") or 0)
        for line in self.lines:
            if line.conversation_id == conversation_id:
                line.news.spoken = True
                line.ticket_id = event.ticket_id
            elif line.conversation_id is None and event.type == "message.received":
                line.lost = True  # perhaps the first message, from another window
            else:
                continue
            line.wake.set()

    def _status(self, event: events.Logged) -> None:
        change = event.data.get("changes", {}).get("status_category")
        if not change:
            return
        for line in self.lines:
            if line.ticket_id == event.ticket_id:
                line.news.status = "closed" if change[1] in _ENDED else "open"
                line.wake.set()

    def heard_live(self, message: dict[str, Any]) -> None:
        """An agent looks at a ticket, or types."""
        if message.get("kind") != "presence":
            return
        ticket_id = int(message["ticket_id"])
        for line in self.lines:
            if line.ticket_id == ticket_id:
                # A note is among colleagues: the visitor does not learn that one is written.
                typing = message["state"] == "typing" and message.get("mode") != "internal"
                line.news.typing = (typing, str(message["name"]))
                line.news.looked = True
                line.wake.set()


class Rooms:
    """All lines of this process."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._rooms: dict[int, Room] = {}
        self._opening = asyncio.Lock()

    async def join(self, workspace_id: int, line: Line) -> None:
        """From now on the line hears what happens."""
        async with self._opening:
            room = self._rooms.get(workspace_id)
            if room is None:
                room = Room()
                room.subscription = await self._edge.feed.subscribe(
                    workspace_id, on_events=room.heard, on_live=room.heard_live
                )
                self._rooms[workspace_id] = room
            room.lines.add(line)

    def leave(self, workspace_id: int, line: Line) -> None:
        """The last line of a workspace ends the reading."""
        room = self._rooms.get(workspace_id)
        if room is None:
            return
        room.lines.discard(line)
        if not room.lines:
            self._rooms.pop(workspace_id, None)
            if room.subscription is not None:
                room.subscription.close()
