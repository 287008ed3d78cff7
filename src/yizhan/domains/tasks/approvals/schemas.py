"""What the API takes and gives of approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from yizhan.domains.tasks.approvals.types import Answer, Approval, ApprovalAsk, State

Text = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
Comment = Annotated[str, Meta(max_length=2000)]


class ApprovalAnswer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Your answer; who declines says why."""

    approve: bool
    comment: Comment = ""


class ApprovalAgain(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who is asked again, and what for; without them as before."""

    ask: ApprovalAsk | None = None
    text: Text | None = None


class ApprovalPerson(msgspec.Struct, kw_only=True):
    """One of those who were asked, and what they said."""

    id: str
    name: str
    state: State
    comment: str
    answered_at: datetime | None


class ApprovalOut(msgspec.Struct, kw_only=True):
    """An item's approval. ``may_answer``: it waits for you; ``may_take_back``: you answered it."""

    state: State
    round: int
    ask: ApprovalAsk
    people: list[ApprovalPerson]
    asked_by: str | None
    asked_by_name: str
    asked_at: datetime
    may_answer: bool
    may_take_back: bool


class WaitingApproval(msgspec.Struct, kw_only=True):
    """Something that waits for your answer."""

    item_id: str
    text: str
    due_at: datetime | None
    asked_at: datetime
    asked_by_name: str
    ticket_id: str
    ticket_number: int
    ticket_subject: str


class WaitingApprovals(msgspec.Struct):
    """What waits for you, what is due first."""

    items: list[WaitingApproval]


def approval_out(
    row: Approval, answers: Sequence[Answer], *, names: Mapping[int, str], reader: int | None
) -> ApprovalOut:
    mine = next((one for one in answers if one.agent_id == reader), None)
    return ApprovalOut(
        state=row.state,
        round=row.round,
        ask=row.said,
        people=[
            ApprovalPerson(
                id=str(one.agent_id),
                name=names.get(one.agent_id, ""),
                state=one.state,
                comment=one.comment,
                answered_at=one.answered_at,
            )
            for one in answers
        ],
        asked_by=None if row.asked_by is None else str(row.asked_by),
        asked_by_name="" if row.asked_by is None else names.get(row.asked_by, ""),
        asked_at=row.asked_at,
        may_answer=row.state == "waiting" and mine is not None and mine.state == "waiting",
        may_take_back=mine is not None and mine.state != "waiting",
    )
