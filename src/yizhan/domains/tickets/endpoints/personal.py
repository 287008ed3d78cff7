"""An agent's own: drafts, reading, watching."""

from __future__ import annotations

from litestar import delete, get, post, put

from yizhan.domains.tickets import schemas, service
from yizhan.domains.tickets.service import access, personal
from yizhan.kernel.tx import Tx

_TAGS = ["personal"]


@get("/tickets/{ticket_id:int}/draft", summary="Read your draft", tags=_TAGS)
async def read_draft(tx: Tx, ticket_id: int, mode: str = "public") -> schemas.DraftOut:
    """Your unfinished answer (public) or note (internal)."""
    return await personal.draft(tx, ticket_id, mode=mode)


@put("/tickets/{ticket_id:int}/draft", summary="Save your draft", tags=_TAGS)
async def save_draft(
    tx: Tx, ticket_id: int, data: schemas.DraftIn, mode: str = "public"
) -> schemas.DraftOut:
    """Keep it on the server, for every device."""
    await personal.save_draft(tx, ticket_id, mode=mode, data=data)
    return await personal.draft(tx, ticket_id, mode=mode)


@delete("/tickets/{ticket_id:int}/draft", summary="Drop your draft", tags=_TAGS)
async def drop_draft(tx: Tx, ticket_id: int, mode: str = "public") -> None:
    """Throw it away."""
    await personal.drop_draft(tx, ticket_id, mode=mode)


@put("/tickets/{ticket_id:int}/watch", summary="Follow a ticket", tags=_TAGS, status_code=204)
async def watch_ticket(tx: Tx, ticket_id: int) -> None:
    """Be told of its news."""
    await access.ticket(tx, ticket_id)
    await service.watch(tx, ticket_id, agent_id=personal.agent_of(tx))


@delete("/tickets/{ticket_id:int}/watch", summary="Stop following a ticket", tags=_TAGS)
async def unwatch_ticket(tx: Tx, ticket_id: int) -> None:
    """No longer be told."""
    await access.ticket(tx, ticket_id)
    await service.unwatch(tx, ticket_id, agent_id=personal.agent_of(tx))


@post("/tickets/{ticket_id:int}/read", summary="Mark as read", tags=_TAGS, status_code=204)
async def mark_ticket_read(tx: Tx, ticket_id: int, data: schemas.ReadUpTo) -> None:
    """Remember that you have read up to a message, or all."""
    await personal.mark_read(tx, ticket_id, up_to=int(data.message_id) if data.message_id else None)


routes = [read_draft, save_draft, drop_draft, watch_ticket, unwatch_ticket, mark_ticket_read]
