"""Agents and who they are."""

from __future__ import annotations

from litestar import delete, get, patch, post

from yizhan.domains.identity import registry, schemas
from yizhan.domains.identity.endpoints import shapes
from yizhan.domains.identity.service import agents
from yizhan.kernel.tx import Tx

_TAGS = ["agents"]


@get("/agents", tags=_TAGS)
async def list_agents(tx: Tx) -> schemas.Agents:
    """The directory of colleagues, also those who left; for who manages agents with their roles,
    capacity and when they were last here."""
    rows = await agents.listed(tx)
    states = await registry.presence_states(tx)
    seen = await agents.last_seen(tx)
    return schemas.Agents(items=[shapes.agent_ref(row, states, seen=seen) for row in rows])


@post("/agents", tags=_TAGS)
async def create_agent(tx: Tx, data: schemas.AgentIn) -> schemas.AgentOut:
    """Add an agent; without a password a first one is made and shown once."""
    row, password = await agents.create(tx, data)
    return shapes.agent(row, {}, password=password)


@get("/agents/{agent_id:int}", tags=_TAGS)
async def get_agent(tx: Tx, agent_id: int) -> schemas.AgentOut:
    """One agent."""
    row = await agents.get(tx, agent_id)
    return shapes.agent(row, await registry.presence_states(tx))


@patch("/agents/{agent_id:int}", tags=_TAGS)
async def update_agent(tx: Tx, agent_id: int, data: schemas.AgentChange) -> schemas.AgentOut:
    """Change an agent's name, capacity, roles, teams, password, or whether they work here."""
    row = await agents.update(tx, agent_id, change=data)
    return shapes.agent(row, await registry.presence_states(tx))


@delete("/agents/{agent_id:int}", tags=_TAGS)
async def deactivate_agent(tx: Tx, agent_id: int) -> None:
    """Deactivate an agent: their sessions and tokens end at once."""
    await agents.deactivate(tx, agent_id)


routes = [list_agents, create_agent, get_agent, update_agent, deactivate_agent]
