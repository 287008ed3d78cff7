"""Who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from yizhan.domains.automation.contract import (
    Data,
    ParamsInvalid,
    Why,
    changed,
    put_back,
)
from yizhan.domains.identity.service import colleagues
from yizhan.domains.routing import service as routing
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel.tx import Tx

_ID = msgspec.Meta(pattern=r"^[0-9]{1,19}$")


class Params(msgspec.Struct, frozen=True):
    to: Literal["me", "agent", "team", "next", "nobody"]
    agent_id: Annotated[str, _ID, msgspec.Meta(extra_json_schema={"x-of": "agent"})] | None = None
    team_id: Annotated[str, _ID, msgspec.Meta(extra_json_schema={"x-of": "team"})] | None = None

    def __post_init__(self) -> None:
        if self.to == "agent" and not self.agent_id:
            raise ValueError("whom? agent_id is missing")
        if self.to == "team" and not self.team_id:
            raise ValueError("to which team? team_id is missing")


async def check(tx: Tx, params: Params) -> None:
    agent_id = int(params.agent_id) if params.to == "agent" and params.agent_id else None
    if agent_id is not None and agent_id not in await colleagues.actors(tx, [agent_id]):
        raise ParamsInvalid(action="assign", field="agent_id")
    team_id = int(params.team_id) if params.to in ("team", "next") and params.team_id else None
    if team_id is not None and not await tickets.is_team(tx, team_id):
        raise ParamsInvalid(action="assign", field="team_id")


def together(params: Params) -> bool:
    return params.to != "next"  # whose turn it is is noted elsewhere, too


async def run(tx: Tx, ticket: Ticket, *, params: Params, why: Why) -> Data | None:
    if params.to == "next":
        return await _next(tx, ticket, params, why)
    wanted: dict[str, int | None] = {}
    if params.to == "team" and params.team_id:
        # The team's own distribution chooses the person afterwards.
        wanted["team_id"] = int(params.team_id)
        if ticket.team_id != wanted["team_id"]:
            wanted["assignee_id"] = None
    else:
        wanted["assignee_id"] = _person(tx, params)
    after = await tickets.update(tx, ticket.id, held=ticket, cause=why.cause(), **wanted)
    return changed(ticket, after)


async def _next(tx: Tx, ticket: Ticket, params: Params, why: Why) -> Data | None:
    """Whoever's turn it is, also in a team that otherwise does it by hand."""
    team_id = int(params.team_id) if params.team_id else ticket.team_id
    if team_id is None:
        raise ParamsInvalid("the ticket is in no team; name one", action="assign", field="team_id")
    if ticket.assignee_id is None and await routing.asked_for(tx, ticket.id, team_id=team_id):
        return None
    after = await routing.hand_out(tx, ticket.id, team_id=team_id, cause=why.cause())
    return changed(ticket, after) or {"changes": {}}


def _person(tx: Tx, params: Params) -> int | None:
    if params.to == "me":
        if tx.actor.agent_id is None:
            raise ParamsInvalid("nobody stands behind this", action="assign", field="to")
        return tx.actor.agent_id
    return int(params.agent_id) if params.to == "agent" and params.agent_id else None


async def undo(tx: Tx, ticket: Ticket, *, data: Mapping[str, Any], why: Why) -> list[str]:
    await routing.withdraw(tx, ticket.id)
    return await put_back(tx, ticket, data=data, why=why)
