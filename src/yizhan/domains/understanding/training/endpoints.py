"""HTTP of learning."""

from __future__ import annotations

from typing import Annotated

from litestar import delete, get, patch, post, put
from litestar.params import QueryParameter

from yizhan.domains.understanding.training import errors, schemas
from yizhan.domains.understanding.training.service import (
    asking,
    card,
    reading,
    settings,
    training,
    versions,
)
from yizhan.domains.understanding.training.types import Head
from yizhan.kernel.tx import Tx

_TAGS = ["learning"]


@get("/learning", summary="See how far learning is", tags=_TAGS)
async def get_learning(tx: Tx) -> schemas.Learning:
    """Every head: its labels, what is in use, what is being trained. Also when training starts by itself."""
    return await reading.overview(tx)


@patch(
    "/learning",
    summary="Set when to train",
    tags=_TAGS,
    opt={"errors": (errors.LearningInvalid,)},
)
async def update_learning(tx: Tx, data: schemas.LearningChange) -> schemas.LearningSettings:
    """Absent fields stay."""
    return schemas.settings_out(await settings.update(tx, data))


@get("/learning/labels", summary="Count the labels of a head", tags=_TAGS)
async def get_learning_labels(tx: Tx, head: Head) -> schemas.LabelSet:
    """How many examples each label has, the rarest first."""
    return await reading.label_set(tx, head)


@get("/learning/versions", summary="List versions of models", tags=_TAGS)
async def list_model_versions(tx: Tx, head: Head | None = None) -> schemas.VersionList:
    """The newest 100, of one head or of all."""
    rows = await versions.listed(tx, head=head)
    held = await versions.waiting(tx, rows)
    return schemas.VersionList([schemas.version_out(row, held=held.get(row.id)) for row in rows])


@post(
    "/learning/versions",
    summary="Train a new version",
    tags=_TAGS,
    status_code=202,
    opt={"errors": (errors.TooFewLabels, errors.TrainingRuns)},
)
async def train_model(tx: Tx, data: schemas.TrainIn) -> schemas.ModelVersion:
    """In the background, from the labels that there are then; ask for the version to see how far it is."""
    return schemas.version_out(await training.start(tx, data.head))


@get("/learning/versions/{version_id:int}", summary="Get a version of a model", tags=_TAGS)
async def get_model_version(tx: Tx, version_id: int) -> schemas.ModelVersion:
    """With its report."""
    row = await versions.get(tx, version_id)
    held = await versions.waiting(tx, [row])
    return schemas.version_out(row, whole=True, held=held.get(row.id))


@post(
    "/learning/versions/{version_id:int}/cancel",
    summary="Cancel a training",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.TrainingOver,)},
)
async def cancel_training(tx: Tx, version_id: int) -> schemas.ModelVersion:
    """What is in use stays in use."""
    return schemas.version_out(await versions.cancel(tx, version_id))


@post(
    "/learning/versions/{version_id:int}/promote",
    summary="Take a version into use",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.NotUsable,)},
)
async def promote_model(tx: Tx, version_id: int) -> schemas.ModelVersion:
    """The next message is read with it. Also for an earlier version that was in use before.

    Where golden sets guard the head it is checked on them first: ``held`` says so, and it comes into use
    if it makes nothing worse.
    """
    row = await versions.promote(tx, version_id)
    held = await versions.waiting(tx, [row])
    return schemas.version_out(row, held=held.get(row.id))


@post(
    "/learning/roll-back",
    summary="Go back to the version before",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.NothingBefore,)},
)
async def roll_model_back(tx: Tx, data: schemas.TrainIn) -> schemas.HeadState:
    """What was in use before is in use again; if nothing was, what came with the program."""
    await versions.roll_back(tx, data.head)
    return await reading.state(tx, data.head)


@get("/learning/card", summary="Get the report card of a head", tags=_TAGS)
async def get_report_card(tx: Tx, head: Head) -> schemas.ReportCard:
    """Figures with their intervals, weak labels, adoption, trend and drift."""
    return await card.card(tx, head)


@get(
    "/learning/queue",
    summary="List messages to label",
    tags=_TAGS,
    opt={"errors": (errors.LabelUnknown,)},
)
async def get_label_queue(
    tx: Tx, head: Head, limit: Annotated[int, QueryParameter(ge=1, le=50)] = 10
) -> schemas.LabelQueue:
    """Those whose label would teach most, of tickets that you can see."""
    return await asking.queue(tx, head, most=limit)


@put(
    "/learning/queue/{message_id:int}",
    summary="Label a message",
    tags=_TAGS,
    status_code=204,
    opt={"errors": (errors.LabelUnknown, errors.NotAsked)},
)
async def answer_label(tx: Tx, message_id: int, data: schemas.LabelAnswer) -> None:
    """Your last word holds."""
    await asking.answer(tx, message_id, data)


@delete(
    "/learning/queue/{message_id:int}",
    summary="Take a label back",
    tags=_TAGS,
    opt={"errors": (errors.LabelUnknown, errors.NotAsked)},
)
async def take_label_back(tx: Tx, message_id: int, head: Head) -> None:
    """The message may be asked for again."""
    await asking.take_back(tx, message_id, head=head)


routes = [
    get_report_card,
    get_label_queue,
    answer_label,
    take_label_back,
    get_learning,
    update_learning,
    get_learning_labels,
    list_model_versions,
    train_model,
    get_model_version,
    cancel_training,
    promote_model,
    roll_model_back,
]
