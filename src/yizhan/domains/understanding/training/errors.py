"""What can go wrong with learning."""

from __future__ import annotations

from yizhan.kernel import errors


class VersionNotFound(errors.NotFound):
    """There is no such version of a model."""


class TooFewLabels(errors.Conflict):
    """There are too few labels to learn from yet."""


class TrainingRuns(errors.Conflict):
    """This is being trained already."""


class TrainingOver(errors.Conflict):
    """This training is over; there is nothing to cancel."""


class NotUsable(errors.Conflict):
    """Only a version that was trained to its end can be used."""


class NothingBefore(errors.Conflict):
    """There is no earlier version to go back to."""


class LabelUnknown(errors.Invalid):
    """This label is not one of the workspace's."""


class NotAsked(errors.NotFound):
    """Nobody asks for a label of this message."""


class LearningInvalid(errors.Invalid):
    """These settings cannot hold."""
