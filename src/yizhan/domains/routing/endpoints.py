"""Presence over HTTP."""

from __future__ import annotations

from litestar import get, put

from yizhan.domains.routing import presence, schemas
from yizhan.kernel.tx import Tx

_TAGS = ["agents"]


@put("/presence", summary="Say whether you take work", tags=_TAGS)
async def set_presence(tx: Tx, data: schemas.PresenceChoice) -> schemas.PresenceOut:
    """Online agents of round-robin teams get waiting tickets at once."""
    return schemas.presence_out(await presence.choose(tx, state=data.state))


@get("/agents/states", summary="See who is at work", tags=_TAGS)
async def list_agent_states(tx: Tx) -> schemas.AgentStates:
    """State, capacity and load of every agent."""
    return schemas.AgentStates([schemas.agent_state(row) for row in await presence.everybody(tx)])


routes = [set_presence, list_agent_states]
