"""Scores to confidence that keeps its word: of what is said with 0.8, eight in ten are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FACTORS: Final = tuple(float(step) for step in np.geomspace(0.5, 60.0, 40))
HUMBLE: Final = 8.0
"""Examples without a label that are imagined beside the real ones: few examples, little confidence."""
PROMISED: Final = 0.95
"""How often what is said above the default threshold was right among examples held back."""


def softmax(scores: NDArray[Any], factor: float) -> Floats:
    moved = factor * (scores - scores.max(axis=1, keepdims=True)).astype(float)
    powers = np.exp(moved)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def sharpness(scores: NDArray[Any], truth: NDArray[np.int64], *, default: float) -> float:
    """The factor before softmax that makes the truth most likely (Guo et al., 2017).

    ``scores`` are of examples that the model has not seen; without any it is ``default``.
    """
    if not len(truth):
        return default
    rows = np.arange(len(truth))

    def likelihood(factor: float) -> float:
        logs = np.log(np.maximum(softmax(scores, factor), 1e-12))
        return float(logs[rows, truth].sum() + HUMBLE * logs.mean())

    return max(FACTORS, key=likelihood)


def threshold(
    confidence: NDArray[Any], right: NDArray[Any], *, promised: float = PROMISED
) -> float:
    """The lowest confidence above which ``promised`` of what was said was right; 1 if there is none."""
    order = np.argsort(-confidence, kind="stable")
    rates = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(rates >= promised)
    return float(confidence[order[kept[-1]]]) if len(kept) else 1.0
