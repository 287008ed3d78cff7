"""Scores to confidence that keeps its word: of what is said with 0.8, eight in ten are right."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FACTORS: Final = tuple(float(0.5 * 120 ** (step / 39)) for step in range(40))
HUMBLE: Final = 8.0
"""Examples without a label that are imagined beside the real ones: few examples, little confidence."""
FLOOR: Final = -9.0
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
    moved = (scores - scores.max(axis=1, keepdims=True)).astype(float)

    @functools.cache
    def likelihood(at: int) -> float:
        logs = FACTORS[at] * moved
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        return float(logs[rows, truth].sum() + HUMBLE * np.maximum(logs, FLOOR).mean())

    low, high = 0, len(FACTORS) - 1
    while low < high:  # the likelihood has one top
        middle = (low + high) // 2
        if likelihood(middle) < likelihood(middle + 1):
            low = middle + 1
        else:
            high = middle
    return FACTORS[low]


def familiar(truth: NDArray[np.int64]) -> float:
    """How likely the next example has a label that was seen: labels seen once tell how many were not
    seen at all (Good, 1953). ``truth`` are the labels of the examples."""
    if not len(truth):
        return 1.0
    often = np.unique(truth, return_counts=True)[1]
    once = int((often == 1).sum())
    # Of one kind each nothing is known but that there are more.
    return 1 - min(once, len(truth) - 1) / len(truth)


def threshold(
    confidence: NDArray[Any], right: NDArray[Any], *, promised: float = PROMISED
) -> float:
    """The lowest confidence above which ``promised`` of what was said was right; 1 if there is none."""
    order = np.argsort(-confidence, kind="stable")
    rates = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(rates >= promised)
    return float(confidence[order[kept[-1]]]) if len(kept) else 1.0
