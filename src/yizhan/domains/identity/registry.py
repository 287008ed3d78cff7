"""What upper domains know about agents and identity's answers show: who is at work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import msgspec

from yizhan.domains.identity.types import Presence, PresenceState
from yizhan.kernel.tx import Tx


class PresenceProvider(msgspec.Struct, frozen=True):
    """``of`` answers for one agent, ``states`` for all: agent id to online | away | offline.
    ``seen``: when a page of theirs was last open.
    """

    of: Callable[[Tx, int], Awaitable[Presence]]
    states: Callable[[Tx], Awaitable[Mapping[int, PresenceState]]]
    seen: Callable[[Tx], Awaitable[Mapping[int, datetime]]]


_providers: list[PresenceProvider] = []


def provide_presence(provider: PresenceProvider) -> None:
    """Called once, when the domain that keeps presence is imported. The last one counts."""
    _providers.append(provider)


async def presence_of(tx: Tx, agent_id: int) -> Presence | None:
    """An agent's presence, None when nobody keeps it."""
    return await _providers[-1].of(tx, agent_id) if _providers else None


async def presence_states(tx: Tx) -> Mapping[int, PresenceState]:
    """Presence of all agents; those who are missing are offline."""
    return await _providers[-1].states(tx) if _providers else {}


async def presence_seen(tx: Tx) -> Mapping[int, datetime]:
    """When each agent's page was last open; those who never had one are missing."""
    return await _providers[-1].seen(tx) if _providers else {}
