"""The ticket as JSON to an address of the administrator's choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import CannotBeUndone, Data, Why
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import clock, events
from yizhan.kernel.tx import Tx


class Params(msgspec.Struct, frozen=True):
    url: Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^https?://[^\s/]+")]


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    delivery = f"{why.run_id}-{tx.new_id()}"
    body = {
        "type": "action.call",
        "at": clock.text(tx.now),
        "cause": why.cause(),
        "actor": tx.actor.stamp(),
        "ticket": events.plain(msgspec.to_builtins(ticket)),
    }
    tx.defer("automation.call", url=params.url, delivery=delivery, body=body)
    return {"delivery": delivery}


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    raise CannotBeUndone
