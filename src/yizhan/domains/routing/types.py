"""Presence, load, and the pure decision who gets what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

State = Literal["online", "away", "offline"]
RULE = "round_robin"


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an agent takes work, and how much there is already."""

    agent_id: int
    state: State
    capacity: int
    load: int
    automatic: bool = False  # away because the connection was lost


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An agent who is online, fits a team and may have capacity free."""

    agent_id: int
    capacity: int
    load: int
    last_given_at: datetime | None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Which ticket goes to whom, and among whom was chosen."""

    ticket_id: int
    agent_id: int
    candidates: tuple[Candidate, ...]

    def cause(self) -> dict[str, Any]:
        """The reason as the event log keeps it."""
        return {
            "rule": RULE,
            "candidates": [
                {
                    "agent_id": str(one.agent_id),
                    "load": one.load,
                    "capacity": one.capacity,
                    "last_given_at": one.last_given_at,
                }
                for one in self.candidates
            ],
        }


def _turn(candidate: Candidate) -> tuple[bool, float, int]:
    given = candidate.last_given_at
    return (given is not None, given.timestamp() if given else 0.0, candidate.agent_id)


def decide(
    waiting: Sequence[int], candidates: Sequence[Candidate], *, moments: Sequence[datetime]
) -> list[Decision]:
    """Give waiting tickets, the longest wait first, to whoever's turn it is and has room.

    ``moments`` are times for "last given", one a ticket and growing.
    """
    state = {one.agent_id: one for one in candidates}
    decisions = []
    for ticket_id, moment in zip(waiting, moments, strict=False):
        free = sorted((one for one in state.values() if one.load < one.capacity), key=_turn)
        if not free:
            break
        chosen = free[0]
        decisions.append(
            Decision(ticket_id=ticket_id, agent_id=chosen.agent_id, candidates=tuple(free))
        )
        state[chosen.agent_id] = msgspec.structs.replace(
            chosen, load=chosen.load + 1, last_given_at=moment
        )
    return decisions
