"""The visitors who are connected to this process, fed from the event log.

A visitor's line registers here before it reads what it missed. So whatever is committed afterwards
reaches it as an event, and nothing falls between.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.kernel import events
from yizhan.kernel.feed import Subscription
from yizhan.kernel.http import Edge

_SPOKEN = frozenset({"message.received", "message.queued"})
# Agents moved messages: the conversation may go on in another ticket, or in several.
_MOVED = frozenset({"ticket.messages_moved"})
_TYPING_SECONDS = 13.0  # a browser that types says so every five
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
        self.conversations: frozenset[int] = frozenset()  # that one, and what was split from it
        self.ticket_id: int | None = None
        self.lost = False  # which conversation this is must be asked again
        self.news = News()
        self.wake = asyncio.Event()
        self._typists: dict[str, tuple[float, str]] = {}  # agent -> when last heard, name

    def hear_agent(self, agent: str, name: str, *, types: bool, now: float) -> None:
        """One agent types or does not: whoever only looks on ends nobody else's typing."""
        heard = self._typists
        before = bool(heard)
        typed = heard.pop(agent, None) is not None
        if types:
            heard[agent] = (now, name)
        for other in [a for a, (at, _) in heard.items() if at < now - _TYPING_SECONDS]:
            del heard[other]
        if heard and (types or typed):
            self.news.typing = (True, list(heard.values())[-1][1])
        elif before and not heard:
            self.news.typing = (False, name)
        self.news.looked = True
        self.wake.set()

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
            elif event.type in _MOVED:
                self._moved(event)
            elif event.type == "ticket.status_changed":
                self._status(event)

    def _spoken(self, event: events.Logged) -> None:
        conversation_id = int(event.data.get("conversation_id") or 0)
        for line in self.lines:
            if conversation_id in line.conversations:
                line.news.spoken = True
                if line.conversation_id == conversation_id:
                    line.ticket_id = event.ticket_id
            elif line.conversation_id is None and event.type == "message.received":
                line.lost = True  # perhaps the first message, from another window
            else:
                continue
            line.wake.set()

    def _moved(self, event: events.Logged) -> None:
        for line in self.lines:
            if line.ticket_id == event.ticket_id:
                line.lost = True
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
                agent, name = str(message["agent_id"]), str(message["name"])
                line.hear_agent(agent, name, types=typing, now=time.monotonic())


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
