"""Who does something: a person, a token, a customer, a channel or the system itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Kind = Literal["agent", "token", "contact", "channel", "system"]
Scope = Literal["all", "unit", "team", "own"]


class Stamp(msgspec.Struct, frozen=True):
    """Who did it, as the event log and the audit chain keep it."""

    kind: str
    id: str | None
    name: str


def stamped(kept: Mapping[str, Any]) -> Stamp:
    """What :meth:`Actor.stamp` kept, read back."""
    return Stamp(kept.get("kind", "system"), kept.get("id"), kept.get("name", ""))


class Grant(msgspec.Struct, frozen=True):
    """One fine permission and where it holds."""

    permission: str
    scope: Scope = "all"
    unit_id: int | None = None


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The one on whose behalf a transaction runs.

    ``units`` maps a unit to itself and everything below it. ``scopes`` narrows a token to a set of
    permissions; None means no narrowing. The system may do everything within its workspace.
    """

    kind: Kind
    workspace_id: int
    id: int | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    teams: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    units: Mapping[int, frozenset[int]] = {}
    scopes: frozenset[str] | None = None
    agent_id: int | None = None  # the agent behind it, also behind a personal token
    session_id: int | None = None
    ip: str = ""
    locale: str = "en"

    def stamp(self) -> dict[str, Any]:
        """What the event log and the audit chain keep of the actor."""
        return {
            "kind": self.kind,
            "id": None if self.id is None else str(self.id),
            "name": self.name,
        }


def system(workspace_id: int, *, name: str = "system") -> Actor:
    """The desk itself: jobs, timers, reactions."""
    return Actor(kind="system", workspace_id=workspace_id, name=name)
