"""Which examples are learned from and which are kept back to measure by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST: Final = 60
"""Below so many examples none is spared for a hold-out: all are measured in turn."""
SHARE: Final = 0.2
MOST: Final = 2000
FOLDS: Final = 5


class Part(NamedTuple):
    """Places of the examples to learn from and of those to be measured by."""

    learn: list[int]
    measure: list[int]


def by_time(count: int) -> Part:
    """Examples lie in the order of time; the latest are kept back, as tomorrow's messages are unknown."""
    kept = min(MOST, max(1, round(count * SHARE)))
    return Part(list(range(count - kept)), list(range(count - kept, count)))


def in_turn(labels: Sequence[str], *, seed: int) -> list[Part]:
    """Folds in which every label is spread evenly; each example is measured once."""
    fold = np.zeros(len(labels), dtype=int)
    random = np.random.default_rng(seed)
    start = 0
    for label in sorted(Counter(labels)):
        places = random.permutation([at for at, one in enumerate(labels) if one == label])
        fold[places] = (np.arange(len(places)) + start) % FOLDS
        start += len(places)
    parts = []
    for chosen in range(FOLDS):
        measure = np.flatnonzero(fold == chosen).tolist()
        learn = np.flatnonzero(fold != chosen).tolist()
        if measure and learn:
            parts.append(Part(learn, measure))
    return parts


def parts(labels: Sequence[str], *, seed: int) -> list[Part]:
    """One hold-out by time, or folds while the examples are few."""
    if len(labels) < LEAST:
        return in_turn(labels, seed=seed)
    return [by_time(len(labels))]
