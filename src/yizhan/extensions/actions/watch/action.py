"""Somebody follows the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from yizhan.domains.automation.contract import Data, ParamsInvalid, Why
from yizhan.domains.identity.service import colleagues
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_ID = msgspec.Meta(pattern=r"^[0-9]{1,19}$", extra_json_schema={"x-of": "agent"})


class Params(msgspec.Struct, frozen=True):
    agent_id: Annotated[str, _ID] | None = None


async def check(tx: Tx, params: Params) -> None:
    if params.agent_id is not None and int(params.agent_id) not in await colleagues.actors(
        tx, [int(params.agent_id)]
    ):
        raise ParamsInvalid(action="watch", field="agent_id")


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    agent_id = int(params.agent_id) if params.agent_id else tx.actor.agent_id
    if agent_id is None:
        raise ParamsInvalid("nobody stands behind this", action="watch", field="agent_id")
    if not await tickets.watch(tx, ticket.id, agent_id=agent_id):
        return None
    return {"agent_id": str(agent_id)}


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    await tickets.unwatch(tx, ticket.id, agent_id=int(data["agent_id"]))
    return []
