"""What the API takes and gives of presence."""

from __future__ import annotations

import msgspec

from yizhan.domains.routing.types import Presence, State


class PresenceChoice(msgspec.Struct, forbid_unknown_fields=True):
    """Whether you take work."""

    state: State


class PresenceOut(msgspec.Struct, kw_only=True):
    """Your presence now."""

    state: State
    capacity: int
    load: int


class AgentState(msgspec.Struct, kw_only=True):
    """A colleague's presence."""

    id: str
    state: State
    capacity: int
    load: int


class AgentStates(msgspec.Struct):
    """Everybody's presence."""

    items: list[AgentState]


def presence_out(found: Presence) -> PresenceOut:
    """One's own presence as the API shows it."""
    return PresenceOut(state=found.state, capacity=found.capacity, load=found.load)


def agent_state(found: Presence) -> AgentState:
    """A colleague's presence as the API shows it."""
    return AgentState(
        id=str(found.agent_id), state=found.state, capacity=found.capacity, load=found.load
    )
