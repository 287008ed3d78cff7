"""What happens to the models of a workspace."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events


class TrainingStarted(events.Event, frozen=True, tag="model.training_started"):
    """A new version is being trained. ``cause`` is button, weekly or labels."""

    model_id: int
    head: str
    number: int
    cause: str


class TrainingEnded(events.Event, frozen=True, tag="model.training_ended"):
    """A training is over. ``state`` is candidate, in_use, failed or cancelled; ``reason`` says why."""

    model_id: int
    head: str
    number: int
    state: str
    reason: str


class ModelPromoted(events.Event, frozen=True, tag="model.promoted"):
    """A version came into use; ``before`` was in use until then. ``by_itself``: nobody had to say so."""

    model_id: int
    head: str
    number: int
    before: int | None
    by_itself: bool


class ModelWithdrawn(events.Event, frozen=True, tag="model.withdrawn"):
    """Messages are read with what came with the program again."""

    model_id: int
    head: str
    number: int


class LearningChanged(events.Event, frozen=True, tag="learning.changed"):
    """When the workspace trains by itself is set otherwise."""

    changes: dict[str, list[Any]]


class LabelAnswered(events.Event, frozen=True, tag="label.answered"):
    """Somebody who was asked said what a message is, or that they cannot tell (``label`` is null)."""

    message_id: int
    ticket_id: int
    head: str
    label: str | None


class LabelTakenBack(events.Event, frozen=True, tag="label.taken_back"):
    """An answer does not count any more; the message may be asked for again."""

    message_id: int
    ticket_id: int
    head: str
