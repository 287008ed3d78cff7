"""HTTP of the chat, for visitors: below ``/chat/KEY``, without a sign-in, guarded by tokens."""

from __future__ import annotations

import mimetypes
from importlib import resources
from typing import Annotated, Any

from litestar import Request, Response, WebSocket, get, post, websocket
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import WebSocketDisconnect
from litestar.params import Body

from yizhan.domains.tickets.service import files
from yizhan.extensions.channels.chat import articles, chats, origins, talk, wire
from yizhan.extensions.channels.chat.chats import Chat, Chats
from yizhan.extensions.channels.chat.rooms import Rooms
from yizhan.extensions.channels.chat.socket import Session
from yizhan.extensions.channels.chat.visitor import IdentityRequired, VisitorTokenInvalid
from yizhan.kernel import errors, http, ratelimit
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

Req = Request[Any, Any, State]
_GONE, _BUSY = 4401, 4503
_NO_STORE = {"Cache-Control": "no-store"}
_KEPT = "private, max-age=86400"
# Of one network in a minute: an office full of customers does not reach it, a script does.
_SESSIONS = ratelimit.Rate("chat.session", 300)
_SOCKETS = ratelimit.Rate("chat.socket", 300)
_MESSAGES = ratelimit.Rate("chat.message", 600)
_FILES = ratelimit.Rate("chat.file", 120)
_ARTICLES = ratelimit.Rate("chat.articles", 600)


class FileTooLarge(errors.TooLarge):
    """The file is larger than this chat accepts."""


class WidgetNotBuilt(errors.Unavailable):
    """The chat widget is not built; run `make setup`."""


def _once(state: Any, name: str, make: Any) -> Any:
    found = state.get(name)
    if found is None:
        found = state[name] = make(http.edge_of(state))
    return found


async def _chat(state: Any, key: str) -> Chat:
    found: Chats = _once(state, "chat_inboxes", Chats)
    return await found.get(key)


async def _called(request: Req, edge: Edge, key: str) -> Chat:
    """The chat, for a caller that may talk to it."""
    chat = await _chat(request.app.state, key)
    _check_origin(request, edge, chat)
    return chat


async def _count(request: Any, edge: Edge, chat: Chat, *, rate: ratelimit.Rate) -> None:
    """Errors: RateLimited; the widget tries again by itself."""
    network = http.client_network(request, edge.config)
    await ratelimit.take(edge.database, rate, str(chat.inbox_id), network)


def _check_origin(request: Any, edge: Edge, chat: Chat) -> None:
    origins.check_origin(
        chat.settings,
        request.headers.get("origin", ""),
        host=request.headers.get("host", ""),
        public_url=edge.config.url,
    )


def _most_bytes(edge: Edge) -> int:
    return edge.config.max_upload_mb * 1024 * 1024


def _place(seq: str) -> int:
    """A place in the conversation. Errors: Invalid."""
    if not seq.isascii() or not seq.isdigit() or len(seq) > 19:
        raise errors.Invalid("`after` is a number.")
    return min(int(seq), (1 << 63) - 1)


@get("/chat/{key:str}/config", include_in_schema=False)
async def read_config(
    request: Req, edge: Edge, key: str, parent: str = ""
) -> Response[wire.ConfigOut]:
    """How the widget looks. The loader asks from the host page, so its origin is let in by name."""
    chat = await _chat(request.app.state, key)
    headers = {"Cache-Control": "no-cache", "Vary": "Origin"}
    if parent:
        headers["Access-Control-Allow-Origin"] = origins.check_parent(chat.settings, parent)
    is_online = await chats.online(edge, chat)
    out = chats.config(chat, most_bytes=_most_bytes(edge), is_online=is_online)
    return Response(out, headers=headers)


@post("/chat/{key:str}/session", include_in_schema=False, status_code=200)
async def begin_session(
    request: Req, edge: Edge, key: str, data: wire.SessionIn
) -> Response[wire.SessionOut]:
    """Begin, or go on with a token."""
    chat = await _called(request, edge, key)
    if data.parent:
        origins.check_parent(chat.settings, data.parent)
    await _count(request, edge, chat, rate=_SESSIONS)
    return Response(await talk.begin(edge, chat, data=data), headers=_NO_STORE)


@get("/chat/{key:str}/messages", include_in_schema=False)
async def poll_messages(
    request: Req, edge: Edge, key: str, visitor: str, after: str = "0"
) -> Response[wire.PolledOut]:
    """News, for networks that let no socket through."""
    chat = await _called(request, edge, key)
    who = chats.admit(edge, chat, visitor)
    found = await talk.poll(edge, chat, who=who, after=_place(after))
    return Response(found, headers=_NO_STORE)


@post("/chat/{key:str}/messages", include_in_schema=False, status_code=201)
async def post_message(request: Req, edge: Edge, key: str, data: wire.SayIn) -> wire.AckOut:
    """Write without a socket; it is stored when this answers."""
    chat = await _called(request, edge, key)
    who = chats.admit(edge, chat, data.visitor)
    await _count(request, edge, chat, rate=_MESSAGES)
    said = wire.Say(client_id=data.client_id, text=data.text, files=data.files)
    return await talk.say(edge, chat, who=who, said=said)


@post("/chat/{key:str}/files", include_in_schema=False, status_code=201)
async def post_file(
    request: Req,
    edge: Edge,
    key: str,
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> wire.UploadOut:
    """Upload a file; a message then carries it."""
    chat = await _called(request, edge, key)
    who = chats.admit(edge, chat, request.headers.get("x-visitor", ""))
    await _count(request, edge, chat, rate=_FILES)
    content = await data.read()
    if len(content) > _most_bytes(edge):
        raise FileTooLarge(limit=_most_bytes(edge))
    return await talk.upload(
        edge,
        chat,
        who=who,
        name=data.filename,
        content_type=data.content_type,
        content=content,
    )


@post("/chat/{key:str}/articles", include_in_schema=False, status_code=200)
async def offer_articles(
    request: Req, edge: Edge, key: str, data: articles.AskIn
) -> Response[articles.OfferOut]:
    """For what the visitor is writing, until a person answers."""
    chat = await _called(request, edge, key)
    who = chats.admit(edge, chat, data.visitor)
    await _count(request, edge, chat, rate=_ARTICLES)
    return Response(await articles.offer(edge, chat, who=who, data=data), headers=_NO_STORE)


@post("/chat/{key:str}/articles/{ask_id:int}", include_in_schema=False, status_code=204)
async def note_article(
    request: Req, edge: Edge, key: str, ask_id: int, data: articles.StepIn
) -> None:
    """What became of them."""
    chat = await _called(request, edge, key)
    who = chats.admit(edge, chat, data.visitor)
    await _count(request, edge, chat, rate=_ARTICLES)
    await articles.step(edge, chat, who=who, ask_id=ask_id, data=data)


@get("/chat/{key:str}/files/{conversation_id:int}/{file_id:int}/{mac:str}", include_in_schema=False)
async def read_file(
    request: Req, edge: Edge, *, key: str, conversation_id: int, file_id: int, mac: str
) -> Response[bytes]:
    """A file of a message, by the signed address that came with it. No browser runs its bytes."""
    chat = await _chat(request.app.state, key)
    stored, content = await talk.open_file(
        edge, chat, conversation_id=conversation_id, file_id=file_id, mac=mac
    )
    return http.file_response(stored.name, stored.content_type, content, kept=_KEPT)


@get("/chat/{key:str}/logo", include_in_schema=False)
async def read_logo(request: Req, edge: Edge, key: str) -> Response[bytes]:
    """The brand's picture in the head of the chat."""
    chat = await _chat(request.app.state, key)
    if chat.brand.logo_file_id is None:
        raise errors.NotFound
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        stored = await files.open_file(tx, chat.brand.logo_file_id)
    content = await edge.store.get(chat.workspace_id, stored.sha256)
    return http.file_response(stored.name, stored.content_type, content, kept=_KEPT)


@get("/chat/{key:str}/frame", include_in_schema=False)
async def read_frame(request: Req, key: str, parent: str = "") -> Response[bytes]:
    """The page within the host page, or a page of its own. Only the named website may frame it."""
    chat = await _chat(request.app.state, key)
    if parent:
        origins.check_parent(chat.settings, parent)
    page = resources.files("yizhan").joinpath("static/widget/frame.html")
    if not page.is_file():
        raise WidgetNotBuilt
    policy = origins.frame_policy(parent, host=request.headers.get("host", ""))
    return Response(
        page.read_bytes(),
        headers={
            "Content-Type": f"{mimetypes.types_map['.html']}; charset=utf-8",
            "Content-Security-Policy": policy,
            "Cache-Control": "no-cache",
            "Referrer-Policy": "no-referrer",  # the token stands in addresses
            "X-Content-Type-Options": "nosniff",
        },
    )


@websocket("/chat/{key:str}/socket")
async def open_socket(socket: WebSocket[Any, Any, State], key: str) -> None:
    """The live line of a visitor."""
    state = socket.app.state
    edge = http.edge_of(state)
    try:
        chat = await _chat(state, key)
        _check_origin(socket, edge, chat)
        await _count(socket, edge, chat, rate=_SOCKETS)
        after = _place(socket.query_params.get("after", "0") or "0")
    except errors.YizhanError:
        await socket.close(code=4403)  # before it is open: the other side sees 403
        return
    await socket.accept()
    try:
        who = chats.admit(edge, chat, socket.query_params.get("visitor", ""))
    except (VisitorTokenInvalid, IdentityRequired):
        await socket.close(code=_GONE)
        return
    rooms: Rooms = _once(state, "chat_rooms", Rooms)
    try:
        await Session(edge, chat, who, socket).run(rooms, after=after)
    except WebSocketDisconnect:
        return
    except errors.Unavailable:
        await socket.close(code=_BUSY)


public_routes = [
    read_config,
    begin_session,
    poll_messages,
    post_message,
    post_file,
    offer_articles,
    note_article,
    read_file,
    read_logo,
    read_frame,
    open_socket,
]
