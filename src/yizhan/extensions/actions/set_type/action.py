"""What kind of ticket it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import Data, Why, changed, put_back
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    type: Annotated[
        str, msgspec.Meta(min_length=1, max_length=60, extra_json_schema={"x-of": "type"})
    ]


def together(_params: Params) -> bool:
    return True


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    after = await tickets.update(tx, ticket.id, held=ticket, cause=why.cause(), type=params.type)
    return changed(ticket, after)


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    return await put_back(tx, ticket, data=data, why=why)
