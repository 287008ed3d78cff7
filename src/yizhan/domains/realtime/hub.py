"""The readers of this process: connections by workspace, fed from the log."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import authentication
from yizhan.domains.realtime import counting, frames
from yizhan.domains.realtime.presence import KIND, Presence
from yizhan.kernel import errors, events, log
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.feed import Subscription
from yizhan.kernel.http import Edge

logger = structlog.get_logger(__name__)

_MOST_WAITING = 512

Authenticate = Callable[[], Awaitable[Actor]]


class Connection:
    """One reader. ``queue`` is bounded: who cannot follow is told to load everything again."""

    def __init__(self, actor: Actor, authenticate: Authenticate) -> None:
        self.actor = actor
        self.authenticate = authenticate
        self.queue: deque[frames.Frame] = deque()
        self.ready = asyncio.Event()
        self.closed = False

    def send(self, *items: frames.Frame) -> None:
        if len(self.queue) + len(items) > _MOST_WAITING:
            self.queue.clear()
            items = (frames.frame("resync", {}, cursor=items[-1].cursor if items else ""),)
        self.queue.extend(items)
        self.ready.set()

    def close(self) -> None:
        self.closed = True
        self.ready.set()


# Live messages for one person only: what they have seen elsewhere, how far their bulk work is.
_PERSONAL = ("seen", "bulk")


class Room:
    """A workspace's connections in this process and the one subscription behind them."""

    def __init__(self, hub: Hub, workspace_id: int) -> None:
        self.hub = hub
        self.workspace_id = workspace_id
        self.connections: set[Connection] = set()
        self.subscription: Subscription | None = None
        self.waiting: deque[Sequence[events.Logged]] = deque()
        self.position = log.Position((0, 0))
        self.worker: asyncio.Task[None] | None = None
        self.sending = asyncio.Lock()
        self.counts = counting.Counts(hub.edge.database, self.connections)

    def heard(self, batch: Sequence[events.Logged]) -> None:
        self.waiting.append(batch)
        if self.worker is None or self.worker.done():
            self.worker = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while self.waiting:
            batch = self.waiting.popleft()
            try:
                async with self.sending:
                    await self._send(batch)
                    self.position = log.Position((batch[-1].xid, batch[-1].id))
            except Exception:
                logger.exception("stream_batch_failed", workspace_id=self.workspace_id)
                for connection in self.connections:
                    connection.send(frames.frame("resync", {}, cursor=batch[-1].cursor))

    async def _send(self, batch: Sequence[events.Logged]) -> None:
        if any(event.type.startswith(frames.IDENTITY) for event in batch):
            authentication.forget(self.workspace_id)
            await asyncio.gather(*(self._ask_again(c) for c in tuple(self.connections)))
        agents = {c.actor.agent_id or 0 for c in self.connections}
        async with self.hub.edge.database.begin(system(self.workspace_id)) as tx:
            material = await frames.load(tx, batch, agents=agents)
        for connection in tuple(self.connections):
            if items := frames.for_reader(material, connection.actor):
                connection.send(*items)
        self.counts.heard(batch)

    async def _ask_again(self, connection: Connection) -> None:
        """Rights may have changed: go on with the new ones, or end."""
        try:
            connection.actor = await connection.authenticate()
        except errors.YizhanError:
            self.connections.discard(connection)
            connection.close()

    def heard_live(self, message: dict[str, Any]) -> None:
        """Presence and typing: to those who see the ticket."""
        if message["kind"] == KIND:
            viewers = self.hub.presence.hear(message)
            if viewers is None:
                return
            out = frames.frame(
                "presence", {"ticket_id": str(message["ticket_id"]), "viewers": viewers}
            )
        else:
            body = {k: v for k, v in message.items() if k not in ("kind", "workspace_id", "where")}
            out = frames.frame(str(message["kind"]), body)
        where = permissions.Resource(**message.get("where", {}))
        only = message.get("agent_id") if message["kind"] in _PERSONAL else None
        for connection in self.connections:
            mine = only is None or str(connection.actor.agent_id) == only
            if mine and permissions.can(connection.actor, "ticket:read", where):
                connection.send(out)


class Hub:
    """All rooms of this process."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.presence = Presence()
        self._rooms: dict[int, Room] = {}
        self._opening = asyncio.Lock()

    async def join(self, connection: Connection) -> log.Position:
        """Add a reader. Returns the position behind which it gets everything."""
        workspace_id = connection.actor.workspace_id
        async with self._opening:
            room = self._rooms.get(workspace_id)
            if room is None:
                room = Room(self, workspace_id)
                room.subscription = await self.edge.feed.subscribe(
                    workspace_id, on_events=room.heard, on_live=room.heard_live
                )
                room.position = room.subscription.position
                self._rooms[workspace_id] = room
        async with room.sending:
            room.connections.add(connection)
            return room.position

    async def ask_again(self, connection: Connection) -> None:
        """Sessions and tokens also end by time, of which no event tells: then the reader leaves."""
        try:
            connection.actor = await connection.authenticate()
        except (errors.Unauthorized, errors.Forbidden):
            self.leave(connection)

    def leave(self, connection: Connection) -> None:
        """Remove a reader; the last one closes the room."""
        connection.close()
        room = self._rooms.get(connection.actor.workspace_id)
        if room is None:
            return
        room.connections.discard(connection)
        if not room.connections:
            self._rooms.pop(room.workspace_id, None)
            if room.subscription is not None:
                room.subscription.close()
