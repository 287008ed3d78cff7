"""Tickets: list, make, read, change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, patch, post
from litestar.datastructures import State
from litestar.params import Parameter
from msgspec import UNSET

from yizhan.domains.identity.permissions import require
from yizhan.domains.tickets import errors, filters, history, listing, repository, schemas, service
from yizhan.domains.tickets.service import personal, reading
from yizhan.domains.tickets.types import Received
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import http, pagination
from yizhan.kernel.tx import Tx

_TAGS = ["tickets"]
Req = Request[Any, Any, State]
Condition = Annotated[str | None, Parameter(max_length=20_000)]


def _int(value: str | None) -> int | None:
    return None if value is None else int(value)


def wanted(data: schemas.PatchTicket) -> dict[str, Any]:
    """The set fields of a PATCH as the service takes them: ids as numbers."""
    found: dict[str, Any] = {}
    for name in data.__struct_fields__:
        value = getattr(data, name)
        if value is not UNSET:
            found[name] = _int(value) if name.endswith("_id") else value
    return found


@get(
    "/tickets",
    summary="List tickets",
    tags=_TAGS,
    responses=http.gives(pagination.Page[schemas.TicketRow]),
)
async def list_tickets(
    tx: Tx,
    view: str | None = None,
    q: str | None = None,
    status: str | None = None,
    assignee: str | None = None,
    team: str | None = None,
    contact: str | None = None,
    tag: str | None = None,
    priority: str | None = None,
    channel: str | None = None,
    condition: Condition = None,
    sort: Annotated[str | None, Parameter(max_length=40)] = None,
    group: Annotated[str | None, Parameter(max_length=40)] = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Response[bytes]:
    """Tickets that you may see, by view and filter, in keyset pages.

    ``view`` is the id of any view. ``condition`` is a condition as JSON, as views keep it. ``sort`` names an
    order, ``-`` before it turns it round; ``group`` gathers rows by a field.
    """
    found = listing.Filter(
        view=view,
        q=q,
        status=status,
        assignee=assignee,
        team=team,
        contact=contact,
        tag=tag,
        priority=priority,
        channel=channel,
        condition=filters.decode(condition) if condition else None,
        sort=sort,
        group=group,
        limit=limit,
        cursor=cursor,
    )
    return http.raw_json(await listing.page_json(tx, found))


@post(
    "/tickets",
    summary="Create a ticket",
    tags=_TAGS,
    responses=http.gives(schemas.TicketRow, status=201),
)
async def create_ticket(tx: Tx, data: schemas.CreateTicket) -> Response[bytes]:
    """Make a ticket with the requester's first message. An Idempotency-Key makes it safe to repeat."""
    incoming = Received(
        channel="api",
        contact_id=0,
        author_name="",
        text=data.body,
        subject=data.subject,
        type=data.type,
        priority=data.priority,
        tags=tuple(data.tags),
        fields=data.fields,
        team_id=_int(data.team_id),
        brand_id=_int(data.brand_id),
    )
    person = data.requester
    requester = service.Requester(
        id=_int(person.id),
        email=person.email,
        phone=person.phone,
        external_id=person.external_id,
        name=person.name,
    )
    receipt = await service.create(
        tx, requester=requester, incoming=incoming, from_agent=data.from_agent
    )
    return http.raw_json(await listing.row_json(tx, receipt.ticket_id), status=201)


@get(
    "/tickets/{ticket_id:int}",
    summary="Read a ticket",
    tags=_TAGS,
    responses=http.gives(schemas.TicketOut),
)
async def read_ticket(
    tx: Tx,
    ticket_id: int,
    as_of: datetime | None = None,
    include: str | None = None,
    limit: int | None = None,
) -> Response[bytes]:
    """A ticket with its conversations; with ``as_of`` the ticket as it was at that moment.

    ``include=messages`` adds the newest page of messages, so that opening is one request.
    """
    if as_of is not None:
        return http.raw_json(msgspec.json.encode(await history.as_of(tx, ticket_id, moment=as_of)))
    size = pagination.limit_of(limit) if include == "messages" else None
    return http.raw_json(await reading.full(tx, ticket_id, with_messages=size))


@patch(
    "/tickets/{ticket_id:int}",
    summary="Change a ticket",
    tags=_TAGS,
    responses=http.gives(schemas.TicketOut),
)
async def change_ticket(
    request: Req, tx: Tx, ticket_id: int, data: schemas.PatchTicket
) -> Response[bytes]:
    """Change what is given. If-Match with the version refuses a stale write."""
    await service.update(tx, ticket_id, version=_version(request), **wanted(data))
    return await _after(tx, ticket_id)


def _version(request: Req) -> int | None:
    raw = request.headers.get("if-match")
    if raw is None or raw == "*":
        return None
    plain = raw.removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 18):
        raise errors.StaleVersion("If-Match takes the ticket's version as a number.")
    return int(plain)


async def _after(tx: Tx, ticket_id: int) -> Response[bytes]:
    """The ticket after a change, for one who may have moved it out of sight."""
    await tx.settle()
    return http.raw_json(await reading.full(tx, ticket_id))


@post(
    "/tickets/{ticket_id:int}/assign",
    summary="Assign a ticket",
    tags=_TAGS,
    status_code=200,
    responses=http.gives(schemas.TicketOut),
)
async def assign_ticket(tx: Tx, ticket_id: int, data: schemas.AssignTicket) -> Response[bytes]:
    """Make an agent or a team responsible; null for nobody."""
    to = data.agent_id if data.agent_id is UNSET else _int(data.agent_id)
    team = data.team_id if data.team_id is UNSET else _int(data.team_id)
    await service.assign(tx, ticket_id, to=to, team_id=team)
    return await _after(tx, ticket_id)


@post(
    "/tickets/{ticket_id:int}/take",
    summary="Take a ticket",
    tags=_TAGS,
    status_code=200,
    responses=http.gives(schemas.TicketOut),
)
async def take_ticket(tx: Tx, ticket_id: int) -> Response[bytes]:
    """Make yourself responsible."""
    await service.assign(tx, ticket_id, to=personal.agent_of(tx))
    return await _after(tx, ticket_id)


@post("/tickets/bulk", summary="Change many tickets", tags=_TAGS, status_code=200)
async def change_many(tx: Tx, data: schemas.BulkTickets) -> schemas.BulkResult:
    """The same change on up to 100 tickets; what is refused is named, the rest is changed."""
    changed, refused = [], []
    for ticket_id in dict.fromkeys(data.ids):
        try:
            await service.update(tx, int(ticket_id), cause={"kind": "bulk"}, **wanted(data.changes))
            changed.append(ticket_id)
        except kernel_errors.YizhanError as error:
            refused.append(schemas.Refusal(ticket_id, error.code, error.detail))
    return schemas.BulkResult(changed, refused)


@get("/tickets/{ticket_id:int}/history", summary="Read a ticket's history", tags=_TAGS)
async def read_history(
    tx: Tx, ticket_id: int, limit: int | None = None, cursor: str | None = None
) -> pagination.Page[schemas.HistoryItem]:
    """Who changed what and why, newest first."""
    return await history.page(tx, ticket_id, limit=limit, cursor=cursor)


@get("/statuses", summary="List ticket statuses", tags=_TAGS)
async def list_statuses(tx: Tx) -> list[schemas.StatusOut]:
    """The workspace's statuses, in order."""
    return [
        schemas.StatusOut(id=s.id, category=s.category, name=s.name, allowed=s.allowed)
        for s in await repository.statuses(tx)
    ]


@get("/tags", summary="List tags in use", tags=_TAGS)
async def list_tags(tx: Tx) -> list[schemas.TagOut]:
    """Tags of recent tickets, the most used first."""
    require(tx.actor, "ticket:read")
    return [schemas.TagOut(**row) for row in await personal.tags(tx)]


routes = [
    list_tickets,
    create_ticket,
    read_ticket,
    change_ticket,
    assign_ticket,
    take_ticket,
    change_many,
    read_history,
    list_statuses,
    list_tags,
]
