"""`yizhan eval category`: which path of categories a text has, level by level."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Any

from yizhan.app.evals import labelled
from yizhan.kernel.config import Config
from yizhan.learning import paths

HELP = "texts to category paths, a > b > c"

show = labelled.show


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    labelled.add(parser)


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Trains on one file and scores the other.

    ``per_level`` is how often the first level, the first two, and so on are right. ``sure_path`` is what
    is left when unsure levels are not said: how much of a path is said, and how often that is right.
    """
    parts = labelled.parts(args, config)
    started = time.perf_counter()
    model = paths.PathClassifier.fit(
        parts.train.texts, parts.train.labels, vectors=parts.train.vectors, seed=args.seed
    )
    trained = time.perf_counter() - started
    guesses, spent = labelled.timed(model.guess, parts.test)
    truth = [paths.tidy(label) for label in parts.test.labels]
    answers = [labelled.Answer(guess.label, guess.confidence) for guess in guesses]
    shared = labelled.figures(truth, answers, threshold=model.threshold)
    return {
        "exact_path": shared["accuracy"],
        "per_level": per_level(truth, guesses),
        "sure_path": sure(truth, guesses),
        **shared,
        "train_seconds": trained,
        "ms_per_item": spent,
        "predictions": [
            {
                "label": guess.label,
                "confidence": guess.confidence,
                "levels": [step._asdict() for step in guess.steps],
            }
            for guess in guesses
        ],
    }


def per_level(truth: Sequence[str], guesses: Sequence[paths.PathGuess]) -> list[float]:
    """Of the texts whose path goes that deep, the share that is right down to there."""
    real = [paths.split(label) for label in truth]
    return [
        sum(way[:depth] == guess.path[:depth] for way, guess in deep) / len(deep)
        for depth in range(1, max(len(way) for way in real) + 1)
        if (deep := [(way, g) for way, g in zip(real, guesses, strict=True) if len(way) >= depth])
    ]


def sure(truth: Sequence[str], guesses: Sequence[paths.PathGuess]) -> dict[str, float]:
    """How many texts get at least a first level, how much of their path, and how often that is right."""
    said = [
        (paths.split(label), guess.sure)
        for label, guess in zip(truth, guesses, strict=True)
        if guess.sure
    ]
    return {
        "coverage": len(said) / len(truth),
        "levels": sum(len(way) for _, way in said) / max(1, len(said)),
        "accuracy": sum(real[: len(way)] == way for real, way in said) / max(1, len(said)),
    }
