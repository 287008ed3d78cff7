"""Messages: read, answer, note, take back, send again."""

from __future__ import annotations

from litestar import Response, get, post

from yizhan.domains.tickets import schemas, service
from yizhan.domains.tickets.service import reading
from yizhan.domains.tickets.types import Mention, Outgoing
from yizhan.kernel import http, pagination
from yizhan.kernel.tx import Tx

_TAGS = ["messages"]


@get(
    "/tickets/{ticket_id:int}/messages",
    summary="List messages",
    tags=_TAGS,
    responses=http.gives(pagination.Page[schemas.MessageOut]),
)
async def list_messages(
    tx: Tx, ticket_id: int, limit: int | None = None, cursor: str | None = None
) -> Response[bytes]:
    """The newest page in reading order; the cursor leads to older ones."""
    return http.raw_json(await reading.messages(tx, ticket_id, limit=limit, cursor=cursor))


@post(
    "/tickets/{ticket_id:int}/messages",
    summary="Answer or note",
    tags=_TAGS,
    responses=http.gives(schemas.MessageOut, status=201),
)
async def write_message(tx: Tx, ticket_id: int, data: schemas.CreateMessage) -> Response[bytes]:
    """Answer the customer (public) or write a note (internal).

    409 ``stale_reply`` with ``newer`` when the customer wrote after ``seen_up_to``.
    """
    outgoing = Outgoing(
        body=data.body,
        body_html=data.body_html,
        visibility=data.visibility,
        channel=data.channel,
        conversation_id=int(data.conversation_id) if data.conversation_id else None,
        seen_up_to=int(data.seen_up_to) if data.seen_up_to else None,
        confirm_stale=data.confirm_stale,
        attachments=tuple(int(number) for number in data.attachments),
        mentions=tuple(Mention(m.kind, m.id) for m in data.mentions),
        client_id=data.client_id,
        status=data.status,
        despite_children=data.despite_children,
        despite_items=data.despite_items,
        to=tuple(data.to),
        cc=tuple(data.cc),
    )
    message_id = await service.reply(tx, ticket_id, outgoing=outgoing)
    await tx.settle()
    return http.raw_json(await reading.written(tx, message_id), status=201)


@get("/messages/{message_id:int}", summary="Read a message", tags=_TAGS)
async def read_message(tx: Tx, message_id: int) -> schemas.MessageOut:
    """One message of a ticket that you may see."""
    return await reading.message(tx, message_id)


@post("/messages/{message_id:int}/cancel", summary="Undo send", tags=_TAGS, status_code=200)
async def cancel_message(tx: Tx, message_id: int) -> schemas.MessageOut:
    """Take an answer back while it waits."""
    await reading.message(tx, message_id)
    await service.cancel(tx, message_id)
    return await reading.message(tx, message_id)


@post("/messages/{message_id:int}/retry", summary="Send again", tags=_TAGS, status_code=200)
async def retry_message(tx: Tx, message_id: int, data: schemas.RetryMessage) -> schemas.MessageOut:
    """Send a failed answer again; a doubtful one, or one held since a restore, needs ``confirm_duplicate``."""
    await reading.message(tx, message_id)
    await service.retry(tx, message_id, confirm_duplicate=data.confirm_duplicate)
    return await reading.message(tx, message_id)


routes = [list_messages, write_message, read_message, cancel_message, retry_message]
