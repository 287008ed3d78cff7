"""Out of the way until later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec

from yizhan.domains.automation.contract import Data, Why, changed, put_back
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_NEAR = timedelta(minutes=10)


class Params(msgspec.Struct, frozen=True):
    amount: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    unit: Literal["hours", "days", "weeks"] = "hours"


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    until = tx.now + timedelta(**{params.unit: params.amount})
    if ticket.snoozed_until is not None and ticket.snoozed_until > until - _NEAR:
        return None  # away for as long already
    after = await tickets.update(tx, ticket.id, held=ticket, cause=why.cause(), snoozed_until=until)
    return changed(ticket, after)


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    return await put_back(tx, ticket, data=data, why=why)
