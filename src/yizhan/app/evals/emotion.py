"""`yizhan eval emotion`: negative, neutral or positive, by a trained head or as it comes."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yizhan.app.evals import files
from yizhan.kernel import errors
from yizhan.kernel.config import Config
from yizhan.learning import emotion, metrics

if TYPE_CHECKING:
    from yizhan.learning.emotion import head

HELP = "texts to negative, neutral, positive; without --train as it comes with the program"


class LabelsUnfit(errors.Invalid):
    """The labels are not negative, neutral and positive, or the training file has only one of them."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    parser.add_argument("--test", type=Path, required=True, help="text, label a line: scored")
    parser.add_argument("--train", type=Path, help="text, label a line: learned from")


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Scores the test file.

    ``negative_*`` count a text as negative when its label says so; ``negative_accuracy`` is negative
    against the rest. ``ms_per_item`` is without encoding.
    """
    test = files.lines(args.test, files.Labelled)
    _check(test, where=args.test)
    train = files.lines(args.train, files.Labelled) if args.train else []
    _check(train, where=args.train)
    encoder = files.encoder(config)
    texts = [line.text for line in test]
    vectors = None if encoder is None else encoder.embed(texts)
    known = None
    if train and encoder is not None:
        known = encoder.embed([line.text for line in train])
    started = time.perf_counter()
    model = (
        emotion.shipped(vectors is not None) if not train else _learn(train, known, seed=args.seed)
    )
    trained = time.perf_counter() - started
    if model is None:
        raise LabelsUnfit("this build comes without a head for emotion; give --train")
    started = time.perf_counter()
    readings = model.read(texts, vectors)
    spent = (time.perf_counter() - started) * 1000 / len(texts)
    return {
        "trained": bool(train),
        **_figures([line.label for line in test], readings),
        "threshold": model.threshold,
        "train_seconds": trained if train else 0.0,
        "ms_per_item": spent,
        "predictions": [
            {"label": one.label, "confidence": one.confidence, "negative": one.chances[0]}
            for one in readings
        ],
    }


def _check(lines: Sequence[files.Labelled], *, where: Path | None) -> None:
    wrong = sorted({line.label for line in lines} - set(emotion.LABELS))
    if wrong:
        raise LabelsUnfit(f"{where}: {wrong[0]!r} is none of {', '.join(emotion.LABELS)}")


def _learn(train: Sequence[files.Labelled], vectors: Any, *, seed: int) -> head.EmotionHead:
    try:
        return emotion.EmotionHead.fit(
            [line.text for line in train],
            [line.label for line in train],
            vectors=vectors,
            seed=seed,
        )
    except emotion.Unlearnable as error:
        raise LabelsUnfit(str(error)) from error


def _figures(truth: Sequence[str], said: Sequence[head.Reading]) -> dict[str, Any]:
    answers = [one.label for one in said]
    right = [real == answer for real, answer in zip(truth, answers, strict=True)]
    pairs = list(zip(truth, answers, strict=True))
    hits = sum(real == answer == "negative" for real, answer in pairs)
    real, claimed = truth.count("negative"), answers.count("negative")
    apart = sum((real == "negative") == (answer == "negative") for real, answer in pairs)
    negative = [one.chances[0] for one in said]
    return {
        "accuracy": metrics.accuracy(truth, answers),
        "accuracy_interval": list(metrics.share(sum(right), len(right))[1:]),
        "macro_f1": metrics.macro_f1(truth, answers),
        "negative_recall": hits / real if real else None,
        "negative_precision": hits / claimed if claimed else None,
        "negative_accuracy": apart / len(truth),
        "ece": metrics.calibration_error([one.confidence for one in said], right),
        "negative_ece": metrics.calibration_error(negative, [one == "negative" for one in truth]),
        "items": len(truth),
    }
