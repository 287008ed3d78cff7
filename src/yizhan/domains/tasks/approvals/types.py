"""Approvals as rows and values."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

State = Literal["waiting", "approved", "declined"]
IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
MOST_ASKED = 100


class ApprovalAsk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked: these people, everybody of a team, everybody with a role; they add up.

    With ``all`` each of them must approve; without it whoever answers first decides.
    """

    agent_ids: Annotated[list[IdText], Meta(max_length=MOST_ASKED)] = []
    team_id: IdText | None = None
    role_id: IdText | None = None
    all: bool = False


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """What an item asks for. ``round`` grows whenever it is asked again."""

    item_id: int
    agent_ids: list[int]
    team_id: int | None
    role_id: int | None
    everybody: bool
    state: State
    round: int
    asked_by: int | None
    asked_at: datetime

    @property
    def said(self) -> ApprovalAsk:
        """As it was asked for."""
        return ApprovalAsk(
            agent_ids=[str(one) for one in self.agent_ids],
            team_id=None if self.team_id is None else str(self.team_id),
            role_id=None if self.role_id is None else str(self.role_id),
            all=self.everybody,
        )


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one of those who were asked says."""

    item_id: int
    round: int
    agent_id: int
    state: State
    comment: str
    answered_at: datetime | None


def outcome(answers: list[Answer], *, everybody: bool) -> State:
    """One no is a no; a yes is enough where not everybody must agree. Pure."""
    states = {one.state for one in answers}
    if "declined" in states:
        return "declined"
    if "approved" in states and (not everybody or "waiting" not in states):
        return "approved"
    return "waiting"
