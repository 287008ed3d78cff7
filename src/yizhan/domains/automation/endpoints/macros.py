"""Macros: list, make, change; and at a ticket: which fit, preview, apply."""

from __future__ import annotations

from litestar import delete, get, post, put

from yizhan.domains.automation import schemas, showing
from yizhan.domains.automation.service import macros, using
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

_TAGS = ["macros"]


@get("/actions", summary="List actions and variables", tags=_TAGS)
async def list_actions(tx: Tx) -> schemas.Catalogue:
    """What macros, bulk work and escalations can do, each with the form of its parameters."""
    permissions.require_staff(tx.actor)
    return showing.catalogue()


@get("/macros", summary="List macros", tags=_TAGS)
async def list_macros(tx: Tx) -> list[schemas.MacroOut]:
    """Your own, your teams' and everybody's, with figures of their use."""
    return await showing.of_macros(tx, await macros.listed(tx))


@post("/macros", summary="Make a macro", tags=_TAGS)
async def create_macro(tx: Tx, data: schemas.MacroIn) -> schemas.MacroOut:
    """For yourself; for a team or all with ``macro:manage``."""
    return (await showing.of_macros(tx, [await macros.create(tx, data)]))[0]


@get("/macros/{macro_id:int}", summary="Read a macro", tags=_TAGS)
async def read_macro(tx: Tx, macro_id: int) -> schemas.MacroOut:
    """One macro."""
    return (await showing.of_macros(tx, [await macros.get(tx, macro_id)]))[0]


@put("/macros/{macro_id:int}", summary="Change a macro", tags=_TAGS)
async def update_macro(tx: Tx, macro_id: int, data: schemas.MacroIn) -> schemas.MacroOut:
    """Give it other content, as a whole."""
    return (await showing.of_macros(tx, [await macros.update(tx, macro_id, data=data)]))[0]


@delete("/macros/{macro_id:int}", summary="Remove a macro", tags=_TAGS)
async def delete_macro(tx: Tx, macro_id: int) -> None:
    """What it did to tickets stays."""
    await macros.delete(tx, macro_id)


@get("/macros/{macro_id:int}/usage", summary="Read a macro's usage", tags=_TAGS)
async def read_usage(tx: Tx, macro_id: int) -> schemas.MacroUsage:
    """By agent."""
    rows = await using.by_whom(tx, macro_id)
    return schemas.MacroUsage([schemas.AgentUse(**row) for row in rows])


@get("/tickets/{ticket_id:int}/macros", summary="List macros that fit a ticket", tags=_TAGS)
async def list_offered(tx: Tx, ticket_id: int) -> schemas.OfferedList:
    """With their text in the customer's language and its variables filled in."""
    return schemas.OfferedList(
        [showing.of_offer(one) for one in await using.offered(tx, ticket_id)]
    )


@get(
    "/tickets/{ticket_id:int}/macros/{macro_id:int}",
    summary="Preview a macro at a ticket",
    tags=_TAGS,
)
async def preview_macro(tx: Tx, ticket_id: int, macro_id: int) -> schemas.MacroPreviewOut:
    """Its text, and what each of its actions would do now. Nothing changes."""
    filled, foreseen, fits = await using.preview(tx, ticket_id, macro_id=macro_id)
    return schemas.MacroPreviewOut(
        text=filled.text,
        missing=filled.missing,
        fits=fits,
        actions=[showing.of_foreseen(one) for one in foreseen],
    )


@post(
    "/tickets/{ticket_id:int}/macros/{macro_id:int}",
    summary="Apply a macro to a ticket",
    tags=_TAGS,
    status_code=200,
)
async def apply_macro(
    tx: Tx, ticket_id: int, macro_id: int, data: schemas.ApplyIn | None = None
) -> schemas.AppliedOut:
    """Runs its actions as one change set, and gives its text and files for the answer.

    409 ``open_children`` or ``open_items`` with ``may_confirm`` when it would solve the ticket though
    tickets below it, or items that must be done, are open: ask, and send ``despite_…``.
    """
    asked = data or schemas.ApplyIn()
    applied = await using.apply(tx, ticket_id, macro_id=macro_id, despite=asked.despite())
    attached = await showing.files(tx, applied.files)
    return schemas.AppliedOut(
        text=applied.text.text,
        html=applied.text.html,
        missing=applied.text.missing,
        attachments=[attached[number] for number in applied.files],
        run=None if applied.run is None else showing.of_run(applied.run),
    )


routes = [
    list_actions,
    list_macros,
    create_macro,
    read_macro,
    update_macro,
    delete_macro,
    read_usage,
    list_offered,
    preview_macro,
    apply_macro,
]
