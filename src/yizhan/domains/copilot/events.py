"""What happens to the copilot's settings and answers."""

from __future__ import annotations

from yizhan.kernel import events


class ModelServerChanged(events.Event, frozen=True, tag="model.server_changed"):
    """A model server was set up, changed or removed. Its key is never told."""

    place: str
    changes: list[str]


class ModelPolicyChanged(events.Event, frozen=True, tag="model.policy_changed"):
    """What may leave for model servers, or what may be spent, was changed."""

    changes: list[str]


class CopilotAnswered(events.Event, frozen=True, tag="copilot.answered"):
    """The copilot made something for an agent."""

    answer_id: int
    ticket_id: int
    task: str
    made_by: str
    reason: str | None


class CopilotSettled(events.Event, frozen=True, tag="copilot.settled"):
    """What became of something that the copilot made: accepted, edited or discarded."""

    answer_id: int
    ticket_id: int
    fate: str
    distance: int | None
