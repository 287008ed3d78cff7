"""Where the ticket stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import (
    Data,
    ParamsInvalid,
    Why,
    changed,
    put_back,
)
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    status: Annotated[
        str, msgspec.Meta(min_length=1, max_length=60, extra_json_schema={"x-of": "status"})
    ]
    despite_children: bool = False
    despite_items: bool = False


async def check(tx: Tx, params: Params) -> None:
    if params.status not in {status.id for status in await tickets.statuses(tx)}:
        raise ParamsInvalid(action="set_status", field="status")


def together(_params: Params) -> bool:
    return True


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    after = await tickets.update(
        tx,
        ticket.id,
        held=ticket,
        cause=why.cause(),
        status=params.status,
        despite_children=params.despite_children,
        despite_items=params.despite_items,
    )
    return changed(ticket, after)


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    return await put_back(tx, ticket, data=data, why=why)
