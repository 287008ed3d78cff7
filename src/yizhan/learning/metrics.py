"""How good a model is, with how sure one can be of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Z95: Final = 1.959964


class Interval(NamedTuple):
    """A share with its 95 % interval; all between 0 and 1."""

    value: float
    low: float
    high: float


def share(hits: float, of: int) -> Interval:
    """Wilson's score interval (Wilson, 1927). Nothing seen gives 0 to 1.

    Parts of hits are fine: nothing between 0 and 1 varies more than hits and misses do.
    """
    if of <= 0:
        return Interval(0.0, 0.0, 1.0)
    rate: float = hits / of
    z2 = Z95 * Z95
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    spread = Z95 * math.sqrt(rate * (1 - rate) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Interval(rate, max(0.0, middle - spread), min(1.0, middle + spread))


def accuracy(truth: Sequence[Any], said: Sequence[Any]) -> float:
    return sum(bool(a == b) for a, b in zip(truth, said, strict=True)) / max(1, len(truth))


class PerLabel(NamedTuple):
    label: str
    precision: float
    recall: float
    f1: float
    examples: int
    """That truly have it."""


def per_label(truth: Sequence[str], said: Sequence[str]) -> list[PerLabel]:
    """Precision, recall and F1 of every label that occurs on either side, by name."""
    pairs = list(zip(truth, said, strict=True))
    lines = []
    for label in sorted(set(truth) | set(said)):
        hits = sum(t == label == s for t, s in pairs)
        count, claimed = sum(t == label for t, _ in pairs), sum(s == label for _, s in pairs)
        precision, recall = hits / max(1, claimed), hits / max(1, count)
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        lines.append(PerLabel(label, precision, recall, f1, count))
    return lines


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 over the labels that truly occur."""
    scores = [line.f1 for line in per_label(truth, said) if line.examples]
    return sum(scores) / max(1, len(scores))


def calibration_error(
    confidence: Sequence[float] | NDArray[Any], right: Sequence[bool] | NDArray[Any], bins: int = 10
) -> float:
    """Expected calibration error over ``bins`` equal spans of confidence (Naeini et al., 2015)."""
    sure, hit = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    if not len(sure):
        return 0.0
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        (place == b).sum() * abs(hit[place == b].mean() - sure[place == b].mean())
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps) / len(sure))


def better(
    old: Sequence[float], new: Sequence[float], *, seed: int = 0, rounds: int = 2000
) -> Interval:
    """How much more often ``new`` is right than ``old`` on the same examples, right or not being 1 and 0.

    A paired bootstrap (Efron): difference of the two shares with its 95 % interval, from -1 to 1.
    """
    if not old:
        return Interval(0.0, -1.0, 1.0)
    difference = np.asarray(new, dtype=float) - np.asarray(old, dtype=float)
    random = np.random.default_rng(seed)
    picks = random.integers(0, len(difference), size=(rounds, len(difference)))
    means = difference[picks].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(difference.mean()), float(low), float(high))
