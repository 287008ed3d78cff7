# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``agents``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Agents:
    """Operations of ``agents``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list(self) -> models.Agents:
        """ListAgents.

        The directory of colleagues, also those who left; for who manages agents with their
        roles, capacity and when they were last here.
        """
        return self._transport.call(models.Agents, "GET", "/api/v1/agents")

    def create(
        self, body: models.AgentIn, *, idempotency_key: str | None = None
    ) -> models.AgentOut:
        """CreateAgent.

        Add an agent; without a password a first one is made and shown once.

        Errors: EmailTaken, ExceedsOwnRights, UnknownReference, WeakPassword.
        """
        return self._transport.call(
            models.AgentOut, "POST", "/api/v1/agents", body=body, key=idempotency_key
        )

    def list_agent_states(self) -> models.AgentStates:
        """See who is at work.

        State, capacity and load of every agent.
        """
        return self._transport.call(models.AgentStates, "GET", "/api/v1/agents/states")

    def get(self, agent_id: Id) -> models.AgentOut:
        """GetAgent.

        One agent.
        """
        return self._transport.call(models.AgentOut, "GET", "/api/v1/agents/{}", agent_id)

    def update(self, agent_id: Id, body: models.AgentChange) -> models.AgentOut:
        """UpdateAgent.

        Change an agent's name, capacity, roles, teams, password, or whether they work here.

        Errors: ExceedsOwnRights, LastAdmin, UnknownReference, WeakPassword.
        """
        return self._transport.call(
            models.AgentOut, "PATCH", "/api/v1/agents/{}", agent_id, body=body
        )

    def deactivate(self, agent_id: Id) -> None:
        """DeactivateAgent.

        Deactivate an agent: their sessions and tokens end at once.

        Errors: ExceedsOwnRights, LastAdmin, UnknownReference.
        """
        self._transport.send("DELETE", "/api/v1/agents/{}", agent_id)

    def set_presence(self, body: models.PresenceChoice) -> models.PresenceOut:
        """Say whether you take work.

        Online agents of round-robin teams get waiting tickets at once.

        Errors: NeedsAgent.
        """
        return self._transport.call(models.PresenceOut, "PUT", "/api/v1/presence", body=body)
