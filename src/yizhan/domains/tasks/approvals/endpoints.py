"""HTTP of approvals."""

from __future__ import annotations

from litestar import delete, get, post

from yizhan.domains.tasks import schemas as task_schemas
from yizhan.domains.tasks.approvals import errors, reading, schemas, service
from yizhan.domains.tasks.service import reading as checklists
from yizhan.kernel.tx import Tx

_TAGS = ["tasks"]
_ANSWERED = {"errors": (errors.ReasonNeeded, errors.ApprovalOver, errors.NotAnApproval)}
_ASKED = {"errors": (errors.NoApprover, errors.ApproverBlind, errors.NotAnApproval)}


@get("/approvals/waiting", summary="List what waits for your approval", tags=_TAGS)
async def list_waiting_approvals(tx: Tx) -> schemas.WaitingApprovals:
    """On tickets that you may see; what is due first comes first."""
    return await reading.waiting(tx)


@post(
    "/checklist-items/{checklist_item_id:int}/answer",
    summary="Approve or decline",
    tags=_TAGS,
    status_code=200,
    opt=_ANSWERED,
)
async def answer_approval(
    tx: Tx, checklist_item_id: int, data: schemas.ApprovalAnswer
) -> task_schemas.ChecklistItemOut:
    """Only for those who were asked; who declines says why."""
    row = await service.answer(tx, checklist_item_id, approve=data.approve, comment=data.comment)
    return (await checklists.checklist(tx, [row])).items[0]


@delete(
    "/checklist-items/{checklist_item_id:int}/answer",
    summary="Take your answer back",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.NotAnApproval,)},
)
async def take_approval_back(tx: Tx, checklist_item_id: int) -> task_schemas.ChecklistItemOut:
    """It waits for you again. Not on a closed ticket."""
    row = await service.take_back(tx, checklist_item_id)
    return (await checklists.checklist(tx, [row])).items[0]


@post(
    "/checklist-items/{checklist_item_id:int}/ask",
    summary="Ask for approval again",
    tags=_TAGS,
    status_code=200,
    opt=_ASKED,
)
async def ask_approval_again(
    tx: Tx, checklist_item_id: int, data: schemas.ApprovalAgain
) -> task_schemas.ChecklistItemOut:
    """Of the same or other people, with the same or other words; earlier answers no longer count."""
    row = await service.again(tx, checklist_item_id, who=data.ask, text=data.text)
    return (await checklists.checklist(tx, [row])).items[0]


routes = [list_waiting_approvals, answer_approval, take_approval_back, ask_approval_again]
