"""Work on many tickets."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter

from yizhan.domains.automation import errors, repository, schemas, showing
from yizhan.domains.automation.service import bulk, macros
from yizhan.domains.automation.types import MOST_TICKETS, WITHOUT_RIGHT
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import filters, listing
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

_TAGS = ["bulk"]
_SAMPLE = 5
_NARROWED = (
    "view", "q", "status", "assignee", "team", "contact", "tag", "priority", "channel"
)  # fmt: skip


def _selection(given: schemas.TicketSelection) -> bulk.Selection:
    ids = None if given.ids is None else tuple(int(number) for number in given.ids)
    condition = None if given.condition is None else filters.parse(given.condition)
    wanted = {name: getattr(given, name) for name in _NARROWED}
    return bulk.Selection(ids=ids, wanted=listing.Filter(**wanted, condition=condition))


@post("/bulk/count", summary="Count before bulk work", tags=_TAGS, status_code=200)
async def count_bulk(tx: Tx, data: schemas.BulkLook) -> schemas.BulkCount:
    """How many tickets it would be, and a few of them. Nothing changes."""
    found = await bulk.find(tx, _selection(data.selection))
    rows = await listing.rows(tx, found[-_SAMPLE:])
    few = len(found) <= WITHOUT_RIGHT
    return schemas.BulkCount(
        total=len(found),
        most=MOST_TICKETS,
        allowed=few or permissions.can(tx.actor, "bulk:run"),
        sample=[schemas.BulkSample(row.id, row.number, row.subject) for row in rows],
    )


@post("/bulk", summary="Start bulk work", tags=_TAGS, status_code=202)
async def start_bulk(tx: Tx, data: schemas.BulkIn) -> schemas.BulkOut:
    """Up to 10,000 tickets in the background. Send an Idempotency-Key, so that a repeat starts nothing new."""
    steps, name = [one.step() for one in data.actions], data.name
    if data.macro_id is not None:
        macro = await macros.usable(tx, int(data.macro_id))
        steps, name = [*steps, *macro.steps], name or macro.title
    row = await bulk.start(
        tx,
        _selection(data.selection),
        steps=steps,
        name=name,
        despite=data.despite(),
    )
    if data.expected is not None and row.total > data.expected:
        raise errors.BulkTooLarge("There are more tickets than you were shown.", total=row.total)
    return await showing.of_bulk(tx, row)


@get("/bulk", summary="List bulk work", tags=_TAGS)
async def list_bulk(tx: Tx) -> schemas.BulkList:
    """The newest runs: your own, or everybody's with ``bulk:run``."""
    return schemas.BulkList([await showing.of_bulk(tx, row) for row in await bulk.listed(tx)])


@get("/bulk/{bulk_id:int}", summary="Read bulk work", tags=_TAGS)
async def read_bulk(tx: Tx, bulk_id: int) -> schemas.BulkOut:
    """How far it is."""
    return await showing.of_bulk(tx, await bulk.get(tx, bulk_id))


@get("/bulk/{bulk_id:int}/items", summary="List the tickets of bulk work", tags=_TAGS)
async def list_bulk_items(
    tx: Tx,
    bulk_id: int,
    item_state: Annotated[schemas.ItemState | None, QueryParameter(name="state")] = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> pagination.Page[schemas.BulkItemOut]:
    """What became of each."""
    await bulk.get(tx, bulk_id)
    key = pagination.decode(cursor, int)
    size = pagination.limit_of(limit)
    rows = await repository.outcomes(
        tx, bulk_id, state=item_state, after=key[0] if key else 0, most=size + 1
    )
    items = [showing.of_item(tx, row) for row in rows]
    return pagination.page(items, size, lambda item: (int(item.ticket_id),))


@post("/bulk/{bulk_id:int}/cancel", summary="Cancel bulk work", tags=_TAGS, status_code=200)
async def cancel_bulk(tx: Tx, bulk_id: int) -> schemas.BulkOut:
    """Work on no further ticket; what is done stays until it is undone."""
    return await showing.of_bulk(tx, await bulk.cancel(tx, bulk_id))


@post("/bulk/{bulk_id:int}/undo", summary="Undo bulk work", tags=_TAGS, status_code=202)
async def undo_bulk(tx: Tx, bulk_id: int) -> schemas.BulkOut:
    """Takes back all that was done, as another run in the background."""
    return await showing.of_bulk(tx, await bulk.undo(tx, bulk_id))


routes = [
    count_bulk,
    start_bulk,
    list_bulk,
    read_bulk,
    list_bulk_items,
    cancel_bulk,
    undo_bulk,
]
