"""`yizhan eval intent`: which label a text has, and whether any fits."""

from __future__ import annotations

import argparse
import time
from typing import Any

from yizhan.app.evals import labelled
from yizhan.kernel.config import Config
from yizhan.learning import classify

HELP = "texts to intents; the label oos is out of scope"

show = labelled.show


def add(parser: argparse.ArgumentParser) -> None:
    """Declares the arguments."""
    labelled.add(parser)


def run(args: argparse.Namespace, config: Config) -> dict[str, Any]:
    """Trains on one file and scores the other.

    ``coverage`` is the share of messages that the model answers under its own threshold (learned from
    the training file alone), ``accuracy_at_coverage`` how often it is right there.
    """
    parts = labelled.parts(args, config)
    started = time.perf_counter()
    model = classify.Classifier.fit(
        parts.train.texts, parts.train.labels, vectors=parts.train.vectors, seed=args.seed
    )
    trained = time.perf_counter() - started
    guesses, spent = labelled.timed(model.guess, parts.test)
    answers = [labelled.Answer(guess.label, guess.confidence) for guess in guesses]
    return {
        **labelled.figures(parts.test.labels, answers, threshold=model.threshold),
        "train_seconds": trained,
        "ms_per_item": spent,
        "predictions": [{"label": said.label, "confidence": said.confidence} for said in answers],
    }
