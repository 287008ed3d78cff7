"""HTTP of the live interface: the stream, the log, and who is at a ticket."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from yizhan.domains.fields import catalog
from yizhan.domains.identity import permissions
from yizhan.domains.realtime import frames
from yizhan.domains.realtime.hub import Connection, Hub
from yizhan.domains.realtime.presence import KIND, Viewer
from yizhan.domains.routing import service as routing
from yizhan.domains.tickets.schemas import PresenceIn
from yizhan.domains.tickets.service import access
from yizhan.kernel import errors, http, log, metrics, pagination
from yizhan.kernel.actor import Stamp, stamped, system
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

Req = Request[Any, Any, State]

_PING_SECONDS = 15
_MOST_BEHIND = 1000
_FOLD_SECONDS = 0.05
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
    "Content-Type": "text/event-stream",
}


class EventOut(msgspec.Struct):
    """One row of the log."""

    id: str
    cursor: str
    type: str
    at: datetime
    actor: Stamp
    ticket_id: str | None
    data: dict[str, Any]


class Viewers(msgspec.Struct):
    """Who is at a ticket."""

    viewers: list[Viewer]


def _hub(request: Req, edge: Edge) -> Hub:
    hub: Hub | None = request.app.state.get("hub")
    if hub is None:
        hub = request.app.state["hub"] = Hub(edge)
    return hub


@get("/events", summary="Read the event log", tags=["events"])
async def list_events(
    tx: Tx, after: str | None = None, limit: int | None = None
) -> pagination.Page[EventOut]:
    """Events in the order of the log, without gaps, behind a cursor.

    Changes of fields that you may not see are left out of their data.
    """
    permissions.require(tx.actor, "event:read")
    size = pagination.limit_of(limit)
    begin = log.Position.parse(after)
    rows = await log.read(tx, after=begin, limit=size)
    if not rows and (again := await log.found_again(tx, begin)):
        after, rows = str(again), await log.read(tx, after=again, limit=size)
    fields = await catalog.load(tx)
    items = [
        EventOut(
            str(row.id),
            row.cursor,
            row.type,
            row.at,
            stamped(row.actor),
            None if row.ticket_id is None else str(row.ticket_id),
            catalog.redacted(fields, tx.actor, kind=row.type, data=row.data),
        )
        for row in rows
    ]
    return pagination.Page(items, items[-1].cursor if items else after)


@get(
    "/stream",
    summary="Follow what happens",
    tags=["events"],
    responses={200: ResponseSpec(str, media_type="text/event-stream", generate_examples=False)},
)
async def follow_stream(request: Req, edge: Edge, after: str | None = None) -> Stream:
    """Server-sent events. Goes on behind Last-Event-ID or ``after``; ``resync`` asks to load anew."""
    authenticate: http.Authenticate = request.app.state["authenticate"]
    actor = await authenticate(request, edge)
    permissions.require_staff(actor)
    since = request.headers.get("last-event-id") or after
    begin = log.Position.parse(since) if since else None
    connection = Connection(actor, lambda: authenticate(request, edge))
    hello = {"build": request.app.state["build"]()}
    return Stream(_follow(_hub(request, edge), connection, begin, hello), headers=_HEADERS)


async def _follow(
    hub: Hub, connection: Connection, begin: log.Position | None, hello: dict[str, Any]
) -> AsyncIterator[bytes]:
    metrics.streams.labels("sse").inc()
    seen = float("-inf")
    try:
        position = await hub.join(connection)
        told = hello | {"cursor": str(position)}
        yield frames.frame("hello", told, cursor=str(position)).encode()
        if begin is not None and begin < position:
            for frame in await _missed(hub, connection, begin, position):
                yield frame.encode()
        elif begin is not None and await _is_of_another_life(hub, connection, begin):
            yield frames.frame("resync", {}, cursor=str(position)).encode()
        while not connection.closed:
            if time.monotonic() - seen >= routing.HEARTBEAT.total_seconds():
                seen = time.monotonic()
                await _seen(hub, connection)
                with contextlib.suppress(errors.Unavailable, errors.TooMany):
                    await hub.ask_again(connection)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PING_SECONDS):
                    await connection.ready.wait()
            if not connection.queue:
                connection.ready.clear()
                yield b": ping\n\n"
                continue
            await asyncio.sleep(_FOLD_SECONDS)  # several frames in one write
            connection.ready.clear()
            out = b"".join(frame.encode() for frame in connection.queue)
            connection.queue.clear()
            yield out
    finally:
        hub.leave(connection)
        metrics.streams.labels("sse").dec()


async def _seen(hub: Hub, connection: Connection) -> None:
    """A person's open page is what keeps them online; a program's stream is not."""
    actor = connection.actor
    if actor.kind != "agent" or actor.agent_id is None:
        return
    with contextlib.suppress(errors.Unavailable):
        async with hub.edge.database.begin(system(actor.workspace_id)) as tx:
            await routing.seen(tx, actor.agent_id)


async def _is_of_another_life(hub: Hub, connection: Connection, begin: log.Position) -> bool:
    """Whether the reader was last here before the database was restored."""
    async with hub.edge.database.begin(system(connection.actor.workspace_id)) as tx:
        return await log.found_again(tx, begin) is not None


async def _missed(
    hub: Hub, connection: Connection, begin: log.Position, end: log.Position
) -> list[frames.Frame]:
    """What happened between two positions; too much of it becomes one ``resync``."""
    workspace_id = connection.actor.workspace_id
    async with hub.edge.database.begin(system(workspace_id)) as tx:
        rows = await log.read(tx, after=begin, limit=_MOST_BEHIND + 1)
        batch = [row for row in rows if (row.xid, row.id) <= end]
        if not batch:
            return []
        if len(rows) > _MOST_BEHIND:
            return [frames.frame("resync", {}, cursor=str(end))]
        material = await frames.load(tx, batch, agents=[connection.actor.agent_id or 0])
    return frames.for_reader(material, connection.actor)


@post(
    "/tickets/{ticket_id:int}/presence",
    summary="Say that you are here",
    tags=["live"],
    status_code=204,
)
async def say_presence(tx: Tx, edge: Edge, ticket_id: int, data: PresenceIn) -> None:
    """Viewing, typing or left; say it every five seconds."""
    ticket = await access.ticket(tx, ticket_id)
    where = {
        "unit_id": ticket.unit_id,
        "team_id": ticket.team_id,
        "assignee_id": ticket.assignee_id,
    }
    edge.notifier.live(
        {
            "kind": KIND,
            "workspace_id": str(tx.workspace_id),
            "ticket_id": str(ticket_id),
            "agent_id": str(tx.actor.agent_id or tx.actor.id),
            "name": tx.actor.name,
            "state": data.state,
            "mode": data.mode,
            "where": where,
        }
    )


@get("/tickets/{ticket_id:int}/presence", summary="Who is here", tags=["live"])
async def read_presence(request: Req, tx: Tx, edge: Edge, ticket_id: int) -> Viewers:
    """The agents who look at a ticket now."""
    await access.ticket(tx, ticket_id)
    return Viewers(_hub(request, edge).presence.viewers(tx.workspace_id, str(ticket_id)))


routes = [list_events, follow_stream, say_presence, read_presence]
