"""A visitor's WebSocket: two directions at once, either may fail at any moment.

What the visitor writes is committed before it is acknowledged. The event log says that there is
something to show; what is shown is read from the conversation, behind the last line that this
visitor had. A message's id is its place there, so each line goes out once and in order, though the
log also tells of lines that an earlier connection has shown.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

import msgspec
import structlog
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from yizhan.domains.tickets.service import customer
from yizhan.extensions.channels.chat import chats, talk, wire
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.extensions.channels.chat.rooms import Line, Rooms
from yizhan.extensions.channels.chat.visitor import Visitor
from yizhan.kernel import errors
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

logger = structlog.get_logger(__name__)

Socket = WebSocket[Any, Any, Any]
_LONGEST_FRAME = 65_536
_IDLE_SECONDS = 180  # the widget asks every 20 seconds when it hears nothing
_BURST, _A_SECOND = 40.0, 4.0
_AT_ONCE = 200


class TooFast(errors.TooMany):
    """Too many messages at once; wait a moment."""

    code = "too_many"


class Bucket:
    """How much a line may send: a burst, then a steady drip."""

    def __init__(self) -> None:
        self._left = _BURST
        self._at = time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(_BURST, self._left + (now - self._at) * _A_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Session:
    """One open socket."""

    def __init__(self, edge: Edge, chat: Chat, who: Visitor, socket: Socket) -> None:
        self.edge = edge
        self.chat = chat
        self.who = who
        self.socket = socket
        self.line = Line(chat.inbox_id, who.key)
        self.bucket = Bucket()
        self.place = 0  # the last line that the visitor has
        self.seen = 0
        self.last_mine = 0

    async def run(self, rooms: Rooms, *, after: int) -> None:
        """Until either side goes."""
        self.place = after
        await rooms.join(self.chat.workspace_id, self.line)
        try:
            await self._greet()
            talking = asyncio.create_task(self._listen())
            telling = asyncio.create_task(self._tell())
            done, pending = await asyncio.wait(
                (talking, telling), return_when=asyncio.FIRST_COMPLETED
            )
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            for task in done:
                with contextlib.suppress(WebSocketDisconnect, TimeoutError):
                    task.result()
        finally:
            rooms.leave(self.chat.workspace_id, self.line)

    async def send(self, kind: str, **fields: Any) -> None:
        await self._write({"t": kind, **fields})

    async def _write(self, frame: dict[str, Any]) -> None:
        await self.socket.send_data(msgspec.json.encode(frame).decode(), mode="text")

    # ----------------------------------------------------------------------- to the visitor

    async def _greet(self) -> None:
        is_online = await chats.online(self.edge, self.chat)
        await self.send("hello", seq=str(self.place), online=is_online)
        await self._find()
        if self.line.conversation_id is not None:
            await self._show_new()
            await self._show_read()

    async def _find(self) -> bool:
        """Learn which conversation this is, once it exists."""
        found = await talk.conversation(self.edge, self.chat, who=self.who)
        self.line.lost = False
        if found is None:
            return False
        async with self.edge.database.begin(system(self.chat.workspace_id)) as tx:
            self.line.conversations = await customer.family(tx, found.id)
        self.line.conversation_id, self.line.ticket_id = found.id, found.ticket_id
        return True

    async def _show_new(self) -> None:
        """Everything behind the last line that the visitor has."""
        while True:
            async with self.edge.database.begin(system(self.chat.workspace_id)) as tx:
                lines = await customer.since(
                    tx, self._conversation(), after=self.place, most=_AT_ONCE
                )
            for line in lines:
                await self._show(line)
            if len(lines) < _AT_ONCE:
                return

    def _conversation(self) -> int:
        return self.line.conversation_id or 0

    async def _show(self, line: customer.Line) -> None:
        self.place = line.id
        if line.mine:
            self.last_mine = max(self.last_mine, line.id)
        out = talk.message_out(
            self.edge.vault, self.chat, line=line, conversation_id=self._conversation()
        )
        await self._write({"t": "msg", **msgspec.to_builtins(out)})

    async def _show_read(self) -> None:
        if self.line.ticket_id is None or self.seen >= self.last_mine:
            return
        async with self.edge.database.begin(system(self.chat.workspace_id)) as tx:
            seen = await customer.seen_by_agents(tx, self.line.ticket_id)
        if seen > self.seen:
            self.seen = seen
            await self.send("read", seq=str(seen))

    async def _tell(self) -> None:
        while True:
            await self.line.wake.wait()
            news = self.line.take()
            if (self.line.lost and await self._find()) or news.spoken:
                await self._show_new()
            if news.spoken or news.looked:
                await self._show_read()
            if news.typing is not None:
                await self.send("typing", on=news.typing[0], name=news.typing[1])
            if news.status is not None:
                await self.send("state", status=news.status)

    # --------------------------------------------------------------------- from the visitor

    async def _listen(self) -> None:
        while True:
            async with asyncio.timeout(_IDLE_SECONDS):
                text = await self.socket.receive_text()
            if len(text) > _LONGEST_FRAME:
                await self.send("error", code="too_large", detail="This frame is too large.")
                continue
            try:
                frame = wire.frames.decode(text)
            except msgspec.DecodeError as error:
                await self.send("error", code="invalid", detail=str(error)[:200])
                continue
            await self._handle(frame)

    async def _handle(self, frame: wire.ClientFrame) -> None:
        client_id = frame.client_id if isinstance(frame, wire.Say) else None
        try:
            if not isinstance(frame, wire.Ping) and not self.bucket.take():
                raise TooFast
            await self._do(frame)
        except errors.Unavailable:
            # Not the visitor's fault: no answer, so that the widget comes again with it.
            logger.warning("chat_unavailable", inbox=str(self.chat.inbox_id))
            raise
        except errors.YizhanError as error:
            await self.send("error", code=error.code, client_id=client_id, detail=error.detail)

    async def _do(self, frame: wire.ClientFrame) -> None:
        if isinstance(frame, wire.Say):
            await self._say(frame)
        elif isinstance(frame, wire.Typing):
            await talk.typing(self.edge, self.chat, who=self.who, on=frame.on)
        elif isinstance(frame, wire.Read):
            if self.line.conversation_id is not None:
                await talk.read(
                    self.edge, self.chat, conversation_id=self._conversation(), up_to=int(frame.seq)
                )
        elif isinstance(frame, wire.Email):
            self.who = await talk.leave_address(
                self.edge, self.chat, who=self.who, typed=frame.address
            )
        else:
            await self.send("pong")

    async def _say(self, said: wire.Say) -> None:
        ack = await talk.say(self.edge, self.chat, who=self.who, said=said)
        self.last_mine = max(self.last_mine, int(ack.id))
        if self.line.conversation_id is None:
            await self._find()  # before the answer: from then on the line hears who types
            self.line.news.spoken = True
            self.line.wake.set()
        await self._write({"t": "ack", **msgspec.to_builtins(ack)})
