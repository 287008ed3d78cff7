"""Change sets of a ticket: run actions, list what was done, take it back."""

from __future__ import annotations

from litestar import get, post

from yizhan.domains.automation import schemas, showing
from yizhan.domains.automation.service import actions, calls
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["actions"]


@get("/tickets/{ticket_id:int}/actions", summary="List a ticket's change sets", tags=_TAGS)
async def list_runs(tx: Tx, ticket_id: int) -> schemas.RunList:
    """What macros, bulk work and escalations did to it, the newest first."""
    return schemas.RunList([showing.of_run(run) for run in await actions.of_ticket(tx, ticket_id)])


@post(
    "/tickets/{ticket_id:int}/actions",
    summary="Run actions on a ticket",
    tags=_TAGS,
    status_code=200,
)
async def run_actions(tx: Tx, ticket_id: int, data: schemas.RunActions) -> schemas.RunOut:
    """As one change set: all of them or none. 409 ``nothing_to_do`` when it is like that already."""
    steps = [one.step() for one in data.actions]
    return showing.of_run(await actions.run_now(tx, ticket_id, steps=steps))


@post("/actions/{run_id:int}/undo", summary="Undo a change set", tags=_TAGS, status_code=200)
async def undo_run(tx: Tx, run_id: int) -> schemas.RunOut:
    """What somebody else has changed since stays and is named in ``left_alone``."""
    return showing.of_run(await actions.undo(tx, run_id))


@get("/actions/secret", summary="Read about the secret of calls", tags=_TAGS)
async def read_call_secret(tx: Tx) -> schemas.CallSecretOut:
    """With it calls of actions to the outside are signed after Standard Webhooks."""
    return schemas.CallSecretOut(made_at=await calls.made_at(tx))


@post("/actions/secret", summary="Replace the secret of calls", tags=_TAGS, status_code=200)
async def rotate_call_secret(tx: Tx, edge: Edge) -> schemas.CallSecretOut:
    """Shown only now. The old one signs besides for 24 hours."""
    secret = await calls.rotate(tx, vault=edge.vault)
    return schemas.CallSecretOut(made_at=tx.now, secret=secret)


routes = [list_runs, run_actions, undo_run, read_call_secret, rotate_call_secret]
