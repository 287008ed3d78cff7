"""HTTP of relations: merge, split, link, answer incidents, take back."""

from __future__ import annotations

from litestar import delete, get, post
from msgspec import UNSET

from yizhan.domains.tickets.relations import (
    incidents,
    linking,
    merging,
    operations,
    reading,
    schemas,
    splitting,
    types,
)
from yizhan.domains.tickets.types import Outgoing
from yizhan.kernel.tx import Tx

_TAGS = ["relations"]


@get("/tickets/{ticket_id:int}/relations", summary="How a ticket belongs to others", tags=_TAGS)
async def read_relations(tx: Tx, ticket_id: int) -> schemas.Relations:
    """Linked and merged tickets that you may see, and what can be taken back."""
    return await reading.of_ticket(tx, ticket_id)


@post(
    "/tickets/{ticket_id:int}/merge/preview",
    summary="Preview a merge",
    tags=_TAGS,
    status_code=200,
)
async def preview_merge(
    tx: Tx, ticket_id: int, data: schemas.MergeTicket
) -> schemas.RelationRelationPreview:
    """What would move into the other ticket; nothing is changed."""
    found = await merging.preview(tx, ticket_id, into_id=int(data.into_id))
    return schemas.preview_out(found)


@post(
    "/tickets/{ticket_id:int}/merge",
    summary="Merge a ticket into another",
    tags=_TAGS,
    status_code=200,
)
async def merge_ticket(tx: Tx, ticket_id: int, data: schemas.MergeTicket) -> schemas.OperationOut:
    """Conversations, messages, files, tags, followers and people move; each conversation keeps its
    person and address. The ticket stays as a closed pointer. Twice is once."""
    made = await merging.merge(tx, ticket_id, into_id=int(data.into_id))
    return schemas.operation_out(made)


@post(
    "/tickets/{ticket_id:int}/split/preview",
    summary="Preview a split",
    tags=_TAGS,
    status_code=200,
)
async def preview_split(
    tx: Tx, ticket_id: int, data: schemas.SplitTicket
) -> schemas.RelationRelationPreview:
    """What would become a ticket of its own; nothing is changed."""
    ids = [int(number) for number in data.message_ids]
    return schemas.preview_out(await splitting.preview(tx, ticket_id, message_ids=ids))


@post("/tickets/{ticket_id:int}/split", summary="Split a ticket", tags=_TAGS, status_code=200)
async def split_ticket(tx: Tx, ticket_id: int, data: schemas.SplitTicket) -> schemas.OperationOut:
    """Some messages become a ticket of their own with conversations to the same people; its id is
    ``other_id``. The same messages again are the same split."""
    ids = [int(number) for number in data.message_ids]
    made = await splitting.split(tx, ticket_id, message_ids=ids, subject=data.subject)
    return schemas.operation_out(made)


@post(
    "/tickets/{ticket_id:int}/links/preview",
    summary="Preview a link",
    tags=_TAGS,
    status_code=200,
)
async def preview_link(
    tx: Tx, ticket_id: int, data: schemas.LinkTicket
) -> schemas.RelationRelationPreview:
    """Whether two tickets can be linked like that; 409 ``cannot_link`` says why not."""
    found = await linking.preview(tx, ticket_id, role=data.role, other_id=int(data.ticket_id))
    return schemas.preview_out(found)


@post("/tickets/{ticket_id:int}/links", summary="Link tickets", tags=_TAGS, status_code=200)
async def link_tickets(tx: Tx, ticket_id: int, data: schemas.LinkTicket) -> schemas.OperationOut:
    """``role`` is what the other ticket is to this one. Twice is once."""
    made = await linking.link(tx, ticket_id, role=data.role, other_id=int(data.ticket_id))
    return schemas.operation_out(made)


@delete(
    "/tickets/{ticket_id:int}/links/{role:str}/{other_id:int}",
    summary="Unlink tickets",
    tags=_TAGS,
    status_code=200,
)
async def unlink_tickets(
    tx: Tx, ticket_id: int, role: types.LinkRole, other_id: int
) -> schemas.OperationOut:
    """Take a link away."""
    made = await linking.unlink(tx, ticket_id, role=role, other_id=other_id)
    return schemas.operation_out(made)


@post(
    "/tickets/{ticket_id:int}/incidents/preview",
    summary="Whom an answer to all incidents reaches",
    tags=_TAGS,
    status_code=200,
)
async def preview_incidents(tx: Tx, ticket_id: int) -> schemas.IncidentList:
    """Each incident with its channel and address, or why it cannot be answered."""
    targets = await incidents.preview(tx, ticket_id)
    return schemas.IncidentList(await reading.incidents_out(tx, targets))


@post(
    "/tickets/{ticket_id:int}/incidents/answer",
    summary="Answer all incidents",
    tags=_TAGS,
    status_code=200,
)
async def answer_incidents(
    tx: Tx, ticket_id: int, data: schemas.AnswerIncidents
) -> schemas.Answered:
    """One answer, to each incident on its own channel in its own conversation; ``status`` is set
    there and on the problem."""
    outgoing = Outgoing(
        body=data.body,
        body_html=data.body_html,
        attachments=tuple(int(number) for number in data.attachments),
        status=data.status,
        despite_children=data.despite_children,
    )
    only = None if data.only is UNSET else [int(number) for number in data.only]
    made, left_out = await incidents.answer(
        tx, ticket_id, outgoing=outgoing, key=data.key, only=only
    )
    return schemas.Answered(schemas.operation_out(made), await reading.incidents_out(tx, left_out))


@post(
    "/operations/{operation_id:int}/undo",
    summary="Take an operation back",
    tags=_TAGS,
    status_code=200,
)
async def undo_operation(tx: Tx, operation_id: int) -> schemas.OperationOut:
    """Merge, split, link or common answer. 409 ``operation_stands`` with ``reason`` when later
    changes build on it; ``left_alone`` names what could not be taken back. Twice is once."""
    return schemas.operation_out(await operations.undo(tx, operation_id))


routes = [
    read_relations,
    preview_merge,
    merge_ticket,
    preview_split,
    split_ticket,
    preview_link,
    link_tickets,
    unlink_tickets,
    preview_incidents,
    answer_incidents,
    undo_operation,
]
