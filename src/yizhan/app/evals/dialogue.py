"""`yizhan eval dialogue`: intent and slots of every turn of the customer, given only what came before."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from yizhan.app.evals import files
from yizhan.kernel import errors
from yizhan.learning import dialogue, metrics
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yizhan.kernel.config import Config
    from yizhan.learning.embedding import Vectors

HELP = "intent and slots of turns in a conversation"
TIMED = 200


class NothingLabelled(errors.Invalid):
    """No turn of the role "user" in the file has an intent."""


class Said(msgspec.Struct, frozen=True):
    """A turn of the file."""

    role: str
    text: str
    intent: str = ""
    slots: dict[str, str] = {}


class Conversation(msgspec.Struct, frozen=True):
    """A line of the file."""

    turns: list[Said]


class Scored(NamedTuple):
    """A turn of the customer, the reading of it, and whether everything gathered so far is right."""

    said: dialogue.Turn
    read: dialogue.TurnReading
    goal: bool


class Reader(Protocol):
    """Whatever reads conversations."""

    def read_all(self, turns: Sequence[dialogue.Turn]) -> list[dialogue.TurnReading | None]: ...


class Ready:
    """Vectors made before the clock runs."""

    def __init__(self, vectors: dict[str, Vectors]) -> None:
        self._vectors = vectors

    def embed(self, texts: list[str]) -> Vectors:
        return np.stack([self._vectors[text] for text in texts])


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the files."""
    parser.add_argument("--train", type=Path, required=True, help="conversations: learned from")
    parser.add_argument("--test", type=Path, required=True, help="conversations: scored")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Trains on one file and scores the other, turn by turn; labels of earlier turns are not shown.

    ``slot_f1`` counts (slot, value) pairs of a turn, ``turn_accuracy`` turns with intent and slots
    right, ``joint_goal_accuracy`` turns after which all slots gathered so far are right. Times are
    without encoding.
    """
    train, test = (conversations(path) for path in (args.train, args.test))
    embed = _encoded([*train, *test], config)
    started = time.perf_counter()
    model = dialogue.DialogueModel.fit(train, embed, seed=args.seed)
    took = time.perf_counter() - started
    scored = [one for turns in test for one in score(model, turns)]
    return {
        **figures(scored),
        "turns": len(scored),
        "encoder": embed is not None,
        "train_turns": sum(turn.role == "user" for turns in train for turn in turns),
        "train_seconds": took,
        **_times(model, test),
        "predictions": [
            {"intent": one.read.intent, "confidence": one.read.confidence, "slots": one.read.slots}
            for one in scored
        ],
    }


def conversations(path: Path) -> list[list[dialogue.Turn]]:
    """Those of a file. Raises NothingLabelled."""
    found = [
        [dialogue.Turn(one.role, one.text, one.intent, one.slots) for one in line.turns]
        for line in files.lines(path, Conversation)
    ]
    if not any(turn.role == "user" and turn.intent for turns in found for turn in turns):
        raise NothingLabelled(f'{path}: no turn of the role "user" has an intent')
    return found


def _encoded(conversations: list[list[dialogue.Turn]], config: Config) -> Ready | None:
    encoder = files.encoder(config)
    if encoder is None:
        return None
    rows = [row for turns in conversations for row in dialogue.features.seen(turns)]
    return Ready(dialogue.features.encode(rows, encoder))


def score(model: Reader, turns: Sequence[dialogue.Turn]) -> list[Scored]:
    """Every labelled turn as it is read without any label."""
    bare = [dialogue.Turn(turn.role, turn.text) for turn in turns]
    true: dict[str, str] = {}
    told: dict[str, str] = {}
    scored = []
    for turn, read in zip(turns, model.read_all(bare), strict=True):
        if read is None or not turn.intent:
            continue
        true |= turn.slots
        told |= read.slots
        scored.append(Scored(turn, read, goal=true == told))
    return scored


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """The shares of the contract, and how far confidence is from being right."""
    intents = [one.said.intent == one.read.intent for one in scored]
    both = [
        right and dict(one.said.slots) == one.read.slots
        for right, one in zip(intents, scored, strict=True)
    ]
    hits = sum(len(set(one.said.slots.items()) & set(one.read.slots.items())) for one in scored)
    pairs = sum(len(one.said.slots) + len(one.read.slots) for one in scored)
    sure = [one.read.confidence for one in scored]
    return {
        "intent_accuracy": sum(intents) / len(scored),
        "slot_f1": 2 * hits / pairs if pairs else 1.0,
        "turn_accuracy": sum(both) / len(scored),
        "joint_goal_accuracy": sum(one.goal for one in scored) / len(scored),
        "ece": metrics.calibration_error(sure, intents),
    }


def _times(model: dialogue.DialogueModel, test: list[list[dialogue.Turn]]) -> dict[str, float]:
    """One turn at a time, as they arrive."""
    starts = [
        turns[: place + 1]
        for turns in test
        for place, turn in enumerate(turns)
        if turn.role == "user"
    ][:TIMED]
    spent = []
    for turns in starts:
        started = time.perf_counter()
        model.read(turns)
        spent.append(1000 * (time.perf_counter() - started))
    return {"ms_per_item": float(np.mean(spent)), "ms_p95": float(np.quantile(spent, 0.95))}
