"""How urgent the ticket is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from yizhan.domains.automation.contract import Data, Why, changed, put_back
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    priority: Literal["urgent", "high", "normal", "low"]


def together(_params: Params) -> bool:
    return True


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    after = await tickets.update(
        tx, ticket.id, held=ticket, cause=why.cause(), priority=params.priority
    )
    return changed(ticket, after)


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    return await put_back(tx, ticket, data=data, why=why)
