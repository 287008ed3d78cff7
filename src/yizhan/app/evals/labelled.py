"""Labelled texts to learn from and to be measured with, and the figures that all labels share."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from yizhan.app.evals import files
from yizhan.learning import classify, metrics

if TYPE_CHECKING:
    import argparse

    from yizhan.kernel.config import Config
    from yizhan.learning.embedding import Vectors

G = TypeVar("G")


class Part(NamedTuple):
    texts: list[str]
    labels: list[str]
    vectors: Vectors | None


class Parts(NamedTuple):
    train: Part
    test: Part


class Answer(NamedTuple):
    """What a model says of a text."""

    label: str
    confidence: float


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the files."""
    parser.add_argument(
        "--train", type=Path, required=True, help="text, label a line: learned from"
    )
    parser.add_argument("--test", type=Path, required=True, help="text, label a line: scored")


def parts(args: argparse.Namespace, config: Config) -> Parts:
    """Both files with their vectors, which are remembered below the data directory."""
    read = [files.lines(path, files.Labelled) for path in (args.train, args.test)]
    encoder = files.encoder(config)
    made = [
        Part(
            texts := [line.text for line in lines],
            [line.label for line in lines],
            None if encoder is None else encoder.embed(texts),
        )
        for lines in read
    ]
    return Parts(*made)


def timed(
    guess: Callable[[Sequence[str], Vectors | None], list[G]], part: Part
) -> tuple[list[G], float]:
    """The guesses, and milliseconds a text without its encoding."""
    started = time.perf_counter()
    guesses = guess(part.texts, part.vectors)
    return guesses, (time.perf_counter() - started) * 1000 / len(part.texts)


def figures(truth: Sequence[str], said: Sequence[Answer], *, threshold: float) -> dict[str, Any]:
    """Accuracy, F1, scope, calibration, and what is left when the unsure ones are not answered.

    Shares of nothing are None: without a line labelled ``oos`` there is no ``oos_recall``.
    """
    answers = [one.label for one in said]
    right = [real == answer for real, answer in zip(truth, answers, strict=True)]
    covered = [hit for hit, one in zip(right, said, strict=True) if one.confidence >= threshold]
    inside = [hit for hit, real in zip(right, truth, strict=True) if real != classify.OOS]
    outside = [hit for hit, real in zip(right, truth, strict=True) if real == classify.OOS]
    claimed = [hit for hit, answer in zip(right, answers, strict=True) if answer == classify.OOS]
    return {
        "accuracy": metrics.accuracy(truth, answers),
        "accuracy_interval": list(metrics.share(sum(right), len(right))[1:]),
        "macro_f1": metrics.macro_f1(truth, answers),
        "in_scope_accuracy": _share(inside),
        "oos_recall": _share(outside),
        "oos_precision": _share(claimed),
        "threshold": threshold,
        "coverage": len(covered) / len(right),
        "accuracy_at_coverage": _share(covered),
        "ece": metrics.calibration_error([one.confidence for one in said], right),
        "items": len(right),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def show(result: dict[str, Any]) -> str:
    """For people."""
    return "\n".join(
        f"{name:>22}  {value:.4f}" if isinstance(value, float) else f"{name:>22}  {value}"
        for name, value in result.items()
        if value is not None and name not in {"predictions", "task"}
    )
