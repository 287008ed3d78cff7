"""HTTP of channels, inboxes, quarantine and raw mail; and the one route for webhooks."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import HttpMethod, Request, Response, delete, get, patch, post, route
from litestar.params import QueryParameter
from msgspec import UNSET

from yizhan.domains.channels import errors, registry, schemas
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import Inbound, Rejected
from yizhan.domains.channels.service import inboxes, quarantine, webhook
from yizhan.domains.channels.types import Inbox
from yizhan.domains.identity import permissions
from yizhan.kernel import clock, http
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

_MOST_BODY = 32 * 1024 * 1024


def _inbox_out(tx: Tx, edge: Edge, inbox: Inbox) -> schemas.InboxOut:
    """Settings are for those who manage channels; everybody else sees that it exists."""
    out = schemas.inbox_out(
        inbox, public_url=edge.config.url, secrets_set=inboxes.secrets_set(tx, edge.vault, inbox)
    )
    if not permissions.can(tx.actor, "channel:manage"):
        out.settings, out.secrets_set, out.embed = {}, [], {}
        out.state.last_error = None
    return out


@get("/channels", summary="Channels that can be connected", tags=["channels"])
async def list_channels(tx: Tx) -> list[schemas.ChannelOut]:
    """Each with its capabilities and the JSON Schema of its settings."""
    permissions.require_staff(tx.actor)
    return [schemas.channel_out(channel) for channel in registry.offered()]


@get("/inboxes", summary="List inboxes", tags=["channels"])
async def list_inboxes(tx: Tx, edge: Edge) -> Page[schemas.InboxOut]:
    """Settings only for those who may manage channels; secrets for nobody."""
    return Page([_inbox_out(tx, edge, inbox) for inbox in await channels.list_inboxes(tx)])


@post("/inboxes", summary="Add an inbox", tags=["channels"])
async def create_inbox(tx: Tx, edge: Edge, data: schemas.NewInbox) -> schemas.InboxOut:
    """422 ``settings_invalid`` names the field."""
    inbox = await channels.create_inbox(
        tx,
        edge.vault,
        name=data.name,
        channel_id=data.channel,
        brand_id=int(data.brand_id),
        team_id=int(data.team_id) if data.team_id else None,
        settings=data.settings,
        active=data.active,
    )
    return _inbox_out(tx, edge, inbox)


@get("/inboxes/{inbox_id:int}", summary="One inbox", tags=["channels"])
async def get_inbox(tx: Tx, edge: Edge, inbox_id: int) -> schemas.InboxOut:
    """With when something last came in or went out, and the last error."""
    return _inbox_out(tx, edge, await channels.get_inbox(tx, inbox_id))


@patch("/inboxes/{inbox_id:int}", summary="Change an inbox", tags=["channels"])
async def change_inbox(
    tx: Tx, edge: Edge, inbox_id: int, data: schemas.InboxChange
) -> schemas.InboxOut:
    """Secrets that are not sent stay as they are."""
    values: dict[str, Any] = {
        name: getattr(data, name)
        for name in data.__struct_fields__
        if getattr(data, name) is not UNSET
    }
    for name in ("brand_id", "team_id"):
        if values.get(name) is not None:
            values[name] = int(values[name])
    return _inbox_out(
        tx, edge, await channels.change_inbox(tx, edge.vault, inbox_id, values=values)
    )


@delete("/inboxes/{inbox_id:int}", summary="Take an inbox away", tags=["channels"])
async def delete_inbox(tx: Tx, inbox_id: int) -> None:
    """Its tickets stay."""
    await channels.delete_inbox(tx, inbox_id)


@post("/inboxes/{inbox_id:int}/check", summary="Check an inbox", tags=["channels"], status_code=200)
async def check_inbox(who: Actor, edge: Edge, inbox_id: int) -> schemas.CheckResult:
    """Talk to the other side and say line by line what works. No transaction stays open."""
    async with edge.database.begin(who) as tx:
        permissions.require(tx.actor, "channel:manage")
        inbox = await channels.get_inbox(tx, inbox_id)
    found = await channels.check_inbox(edge, inbox, workspace_id=who.workspace_id)
    failed = next((line for line in found if not line.ok), None)
    return schemas.CheckResult(
        ok=failed is None,
        detail=failed.detail if failed else "",
        checks=[schemas.CheckOut(line.code, line.ok, line.detail) for line in found],
    )


@get("/quarantine", summary="What is held back", tags=["channels"])
async def list_quarantine(
    tx: Tx,
    wanted: Annotated[str, QueryParameter(name="state")] = "quarantine",
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[schemas.EnvelopeOut]:
    """``state``: quarantine, ignored, discarded, receipt or received (still waiting)."""
    page = await quarantine.list_envelopes(tx, state=wanted, limit=limit, cursor=cursor)
    items = [schemas.EnvelopeOut(**schemas.envelope_fields(row)) for row in page.items]
    return Page(items, page.next_cursor)


@get("/quarantine/{envelope_id:int}", summary="Look into an item", tags=["channels"])
async def get_quarantined(who: Actor, edge: Edge, envelope_id: int) -> schemas.EnvelopeDetail:
    """Its words as plain text: nothing in it runs or is loaded."""
    envelope, seen = await quarantine.preview(edge, who, envelope_id)
    fields = schemas.envelope_fields(envelope)
    fields["sender"] = fields["sender"] or seen.sender
    fields["subject"] = fields["subject"] or seen.subject
    files = [schemas.FileHint(name, content_type) for name, content_type in seen.files]
    return schemas.EnvelopeDetail(**fields, text=seen.text, files=files)


@post(
    "/quarantine/{envelope_id:int}/release", summary="Let it in", tags=["channels"], status_code=200
)
async def release_quarantined(tx: Tx, envelope_id: int) -> schemas.EnvelopeOut:
    """It becomes a message, by the usual way, within a moment."""
    return schemas.EnvelopeOut(**schemas.envelope_fields(await quarantine.release(tx, envelope_id)))


@post(
    "/quarantine/{envelope_id:int}/discard",
    summary="Throw it away",
    tags=["channels"],
    status_code=200,
)
async def discard_quarantined(tx: Tx, envelope_id: int) -> schemas.EnvelopeOut:
    """It is nothing. The raw bytes stay and it can still be let in."""
    return schemas.EnvelopeOut(**schemas.envelope_fields(await quarantine.discard(tx, envelope_id)))


@get(
    "/quarantine/{envelope_id:int}/raw",
    summary="Download it raw",
    tags=["channels"],
    media_type="application/octet-stream",
)
async def raw_of_envelope(who: Actor, edge: Edge, envelope_id: int) -> Response[bytes]:
    """The bytes as they came."""
    return _download(await quarantine.raw_of_envelope(edge, who, envelope_id))


@get(
    "/messages/{message_id:int}/raw",
    summary="Download a message raw",
    tags=["channels"],
    media_type="application/octet-stream",
)
async def raw_of_message(who: Actor, edge: Edge, message_id: int) -> Response[bytes]:
    """The bytes as they came; a mail is an ``.eml`` file."""
    return _download(await quarantine.raw_of_message(edge, who, message_id))


def _download(raw: quarantine.Raw) -> Response[bytes]:
    """A file to save, never a page to show: it was written by a stranger."""
    kind = "application/octet-stream"
    return http.file_response(raw.name, kind, raw.body, kept="private, no-store")


@route(
    "/in/{key:str}",
    http_method=[HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT],
    opt={"public": True, "errors": (Rejected,)},
    status_code=200,
    summary="Webhooks of channels",
    tags=["channels"],
    media_type="text/plain",
)
async def take_webhook(request: Request[Any, Any, Any], edge: Edge, key: str) -> Response[bytes]:
    """Verified over the raw bytes, stored, then acknowledged."""
    length = request.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length) > _MOST_BODY:
        raise errors.BodyTooLarge
    body = await request.body()
    if len(body) > _MOST_BODY:
        raise errors.BodyTooLarge
    ack = await webhook.take(
        edge,
        key,
        request=Inbound(
            method=request.method,
            query=dict(request.query_params),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            received_at=clock.now(),
        ),
    )
    return Response(ack.body, status_code=ack.status, media_type=ack.content_type)


routes = [
    list_channels,
    list_inboxes,
    create_inbox,
    get_inbox,
    change_inbox,
    delete_inbox,
    check_inbox,
    list_quarantine,
    get_quarantined,
    release_quarantined,
    discard_quarantined,
    raw_of_envelope,
    raw_of_message,
]
public_routes = [take_webhook]
