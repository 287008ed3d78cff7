"""What happens to approvals."""

from __future__ import annotations

from yizhan.kernel import events


class ApprovalAsked(events.Event, frozen=True, tag="approval.asked"):
    """People were asked to approve something; again, where ``round`` is above 1."""

    ticket_id: int
    checklist_item_id: int
    agent_ids: list[int]
    everybody: bool
    round: int
    text: str


class ApprovalAnswered(events.Event, frozen=True, tag="approval.answered"):
    """One of them said yes or no."""

    ticket_id: int
    checklist_item_id: int
    agent_id: int
    approved: bool
    comment: str
    text: str


class ApprovalDecided(events.Event, frozen=True, tag="approval.decided"):
    """It is approved or declined. ``agent_ids`` asked for it."""

    ticket_id: int
    checklist_item_id: int
    approved: bool
    text: str
    agent_ids: list[int]


class ApprovalTakenBack(events.Event, frozen=True, tag="approval.taken_back"):
    """Somebody took their answer back: it waits again."""

    ticket_id: int
    checklist_item_id: int
    agent_id: int
