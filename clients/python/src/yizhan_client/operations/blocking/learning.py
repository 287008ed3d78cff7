# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``learning``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Learning:
    """Operations of ``learning``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get(self) -> models.Learning:
        """See how far learning is.

        Every head: its labels, what is in use, what is being trained. Also when training starts
        by itself.
        """
        return self._transport.call(models.Learning, "GET", "/api/v1/learning")

    def update(self, body: models.LearningChange) -> models.LearningSettings:
        """Set when to train.

        Absent fields stay.

        Errors: LearningInvalid.
        """
        return self._transport.call(models.LearningSettings, "PATCH", "/api/v1/learning", body=body)

    def get_report_card(
        self, *, head: Literal["intent", "category", "emotion", "urgency", "satisfaction"]
    ) -> models.ReportCard:
        """Get the report card of a head.

        Figures with their intervals, weak labels, adoption, trend and drift.
        """
        return self._transport.call(
            models.ReportCard, "GET", "/api/v1/learning/card", query={"head": head}
        )

    def get_learning_labels(
        self, *, head: Literal["intent", "category", "emotion", "urgency", "satisfaction"]
    ) -> models.LabelSet:
        """Count the labels of a head.

        How many examples each label has, the rarest first.
        """
        return self._transport.call(
            models.LabelSet, "GET", "/api/v1/learning/labels", query={"head": head}
        )

    def get_label_queue(
        self,
        *,
        head: Literal["intent", "category", "emotion", "urgency", "satisfaction"],
        limit: int | None = None,
    ) -> models.LabelQueue:
        """List messages to label.

        Those whose label would teach most, of tickets that you can see.

        Errors: LabelUnknown.
        """
        return self._transport.call(
            models.LabelQueue, "GET", "/api/v1/learning/queue", query={"head": head, "limit": limit}
        )

    def answer_label(self, message_id: Id, body: models.LabelAnswer) -> None:
        """Label a message.

        Your last word holds.

        Errors: LabelUnknown, NotAsked.
        """
        self._transport.send("PUT", "/api/v1/learning/queue/{}", message_id, body=body)

    def take_label_back(
        self,
        message_id: Id,
        *,
        head: Literal["intent", "category", "emotion", "urgency", "satisfaction"],
    ) -> None:
        """Take a label back.

        The message may be asked for again.

        Errors: LabelUnknown, NotAsked.
        """
        self._transport.send(
            "DELETE", "/api/v1/learning/queue/{}", message_id, query={"head": head}
        )

    def roll_model_back(
        self, body: models.TrainIn, *, idempotency_key: str | None = None
    ) -> models.HeadState:
        """Go back to the version before.

        What was in use before is in use again; if nothing was, what came with the program.

        Errors: NothingBefore, VersionNotFound.
        """
        return self._transport.call(
            models.HeadState, "POST", "/api/v1/learning/roll-back", body=body, key=idempotency_key
        )

    def get_inferred_report(self) -> models.InferredReport:
        """Compare inferred with real satisfaction.

        Coverage, and how often it is right where customers answered. The last 90 days.
        """
        return self._transport.call(models.InferredReport, "GET", "/api/v1/learning/satisfaction")

    def list_model_versions(
        self,
        *,
        head: Literal["intent", "category", "emotion", "urgency", "satisfaction"] | None = None,
    ) -> models.VersionList:
        """List versions of models.

        The newest 100, of one head or of all.
        """
        return self._transport.call(
            models.VersionList, "GET", "/api/v1/learning/versions", query={"head": head}
        )

    def train_model(
        self, body: models.TrainIn, *, idempotency_key: str | None = None
    ) -> models.ModelVersion:
        """Train a new version.

        In the background, from the labels that there are then; ask for the version to see how
        far it is.

        Errors: TooFewLabels, TrainingRuns.
        """
        return self._transport.call(
            models.ModelVersion, "POST", "/api/v1/learning/versions", body=body, key=idempotency_key
        )

    def get_model_version(self, version_id: Id) -> models.ModelVersion:
        """Get a version of a model.

        With its report.

        Errors: VersionNotFound.
        """
        return self._transport.call(
            models.ModelVersion, "GET", "/api/v1/learning/versions/{}", version_id
        )

    def cancel_training(
        self, version_id: Id, *, idempotency_key: str | None = None
    ) -> models.ModelVersion:
        """Cancel a training.

        What is in use stays in use.

        Errors: TrainingOver, VersionNotFound.
        """
        return self._transport.call(
            models.ModelVersion,
            "POST",
            "/api/v1/learning/versions/{}/cancel",
            version_id,
            key=idempotency_key,
        )

    def promote_model(
        self, version_id: Id, *, idempotency_key: str | None = None
    ) -> models.ModelVersion:
        """Take a version into use.

        The next message is read with it. Also for an earlier version that was in use before.

        Where golden sets guard the head it is checked on them first: ``held`` says so, and it
        comes into use if it makes nothing worse.

        Errors: NotUsable, VersionNotFound.
        """
        return self._transport.call(
            models.ModelVersion,
            "POST",
            "/api/v1/learning/versions/{}/promote",
            version_id,
            key=idempotency_key,
        )
