"""A note that only colleagues see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import Data, Why
from yizhan.domains.automation.service import texts
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing, Ticket
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    text: Annotated[
        str, msgspec.Meta(min_length=1, max_length=20_000, extra_json_schema={"x-long": True})
    ]


async def check(tx: Tx, params: Params) -> None:
    texts.check(params.text, place="text")


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    filled = texts.fill(params.text, await texts.values(tx, ticket))
    note = Outgoing(body=filled.text, visibility="internal")
    return {"message_id": str(await tickets.reply(tx, ticket.id, outgoing=note))}


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    try:
        await tickets.retract_note(tx, int(data["message_id"]))
    except errors.NotFound:
        return ["note"]
    return []
