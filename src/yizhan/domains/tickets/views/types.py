"""A view as it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.kernel.actor import Actor

# Columns that a list can show; the subject is always there.
COLUMNS = (
    "number", "subject", "requester", "status", "priority", "assignee", "team", "channel", "type", "tags",
    "waiting", "customer", "updated", "created", "messages", "mood", "score",
)  # fmt: skip
DEFAULT_COLUMNS = ("number", "subject", "requester", "status", "priority", "assignee", "updated")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A saved view."""

    id: int
    name: str
    icon: str
    condition: dict[str, Any]
    columns: list[str]
    sort: str
    group_by: str | None
    owner_id: int | None
    shared_all: bool
    shared_teams: list[int]
    shared_agents: list[int]
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def is_shared(self) -> bool:
        return self.shared_all or bool(self.shared_teams or self.shared_agents)

    def is_of(self, actor: Actor) -> bool:
        """Whether the actor made it. What a program made belongs to all programs."""
        return self.owner_id == actor.agent_id

    def is_visible(self, actor: Actor) -> bool:
        """Own, shared with all, with one of one's teams, or with oneself. Pure."""
        return (
            actor.kind == "system"
            or self.is_of(actor)
            or self.shared_all
            or bool(actor.teams & frozenset(self.shared_teams))
            or (actor.agent_id is not None and actor.agent_id in self.shared_agents)
        )


class Place(msgspec.Struct, frozen=True):
    """Somebody's order of views, and what is put away."""

    ids: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
