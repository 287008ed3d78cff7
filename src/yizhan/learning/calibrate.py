"""Scores to confidence that keeps its word: of what is said with 0.8, eight in ten are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHARPNESS: Final = tuple(float(step) for step in np.geomspace(0.2, 40.0, 48))
HUMBLE: Final = 10
"""Examples for which a flat guess counts, so that few examples give little confidence."""


def softmax(scores: Floats, sharpness: float = 1.0) -> Floats:
    moved = sharpness * (scores - scores.max(axis=1, keepdims=True))
    powers = np.exp(moved)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def sharpness(scores: Floats, truth: NDArray[np.int64], *, default: float) -> float:
    """The factor before softmax that makes the truth most likely (Guo et al., 2017).

    ``scores`` are of examples that the model has not seen; without any it is ``default``.
    """
    if not len(truth):
        return default
    labels = scores.shape[1]
    flat = HUMBLE * np.log(1 / max(2, labels))

    def likelihood(factor: float) -> float:
        chances = softmax(scores, factor)[np.arange(len(truth)), truth]
        sure = softmax(scores, factor).max(axis=1).mean()
        return float(np.log(np.maximum(chances, 1e-12)).sum() + flat * sure)

    return max(SHARPNESS, key=likelihood)
