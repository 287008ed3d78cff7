"""An answer to the customer, written out or from a canned reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import (
    CannotBeUndone,
    Data,
    ParamsInvalid,
    Why,
    changed,
    put_back,
)
from yizhan.domains.automation.service import macros, texts
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing, Ticket
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

_UNDO_SECONDS = 30
_ID = msgspec.Meta(pattern=r"^[0-9]{1,19}$", extra_json_schema={"x-of": "macro"})


class Params(msgspec.Struct, frozen=True):
    text: Annotated[str, msgspec.Meta(max_length=20_000, extra_json_schema={"x-long": True})] = ""
    macro_id: Annotated[str, _ID] | None = None

    def __post_init__(self) -> None:
        if bool(self.text.strip()) == bool(self.macro_id):
            raise ValueError("either a text or a canned reply")


async def check(tx: Tx, params: Params) -> None:
    texts.check(params.text, place="text")
    if params.macro_id is not None:
        found = await macros.usable(tx, int(params.macro_id))
        if not found.texts:
            raise ParamsInvalid("this macro has no text", action="reply", field="macro_id")


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    values = await texts.values(tx, ticket)
    files: tuple[int, ...] = ()
    if params.macro_id is not None:
        canned = await macros.usable(tx, int(params.macro_id))
        filled = texts.fill_variant(texts.choose(canned.texts, values.locale), values)
        files = await macros.lend_files(tx, canned)
    else:
        filled = texts.fill(params.text, values)
    answer = Outgoing(
        body=filled.text,
        body_html=filled.html or None,
        attachments=files,
        automatic=tx.actor.kind == "system",
        # A person's answer waits as long as the workspace lets it.
        undo_seconds=None if tx.actor.kind == "agent" else _UNDO_SECONDS,
    )
    message_id = await tickets.reply(tx, ticket.id, outgoing=answer)
    after = await tickets.get(tx, ticket.id)
    return {"message_id": str(message_id), **(changed(ticket, after) or {"changes": {}})}


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    try:
        await tickets.cancel(tx, int(data["message_id"]))
    except (errors.Conflict, errors.NotFound) as error:
        raise CannotBeUndone from error
    return await put_back(tx, ticket, data=data, why=why)
