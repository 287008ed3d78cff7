"""Categories that are paths, ``a > b > c``: the whole path when sure, an upper level when not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import bundle, classify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yizhan.learning.embedding import Vectors

KIND: Final = "paths"
BETWEEN: Final = " > "


class Step(NamedTuple):
    """A level of a path and how likely it is."""

    name: str
    confidence: float


class PathGuess(NamedTuple):
    path: tuple[str, ...]
    confidence: float
    """Of the whole path."""
    steps: tuple[Step, ...]
    """Every level with its confidence, from above."""
    sure: tuple[str, ...]
    """As much of the path as is sure enough to be said."""
    in_scope: float
    others: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]
    near: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        return join(self.path)


def split(label: str) -> tuple[str, ...]:
    """The levels of ``a > b > c``."""
    return tuple(part.strip() for part in label.split(BETWEEN.strip()) if part.strip())


def join(path: Sequence[str]) -> str:
    return BETWEEN.join(path)


def tidy(label: str) -> str:
    """The label as it is learned: the same path written with other spaces is the same."""
    return join(split(label))


class PathClassifier:
    """As :class:`yizhan.learning.classify.Classifier`, with labels that are paths."""

    def __init__(self, leaves: classify.Classifier) -> None:
        self.leaves = leaves

    @property
    def threshold(self) -> float:
        """Below this confidence a level is better not said."""
        return self.leaves.threshold

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        vectors: Vectors | None = None,
        seed: int = 1,
        typical: Sequence[bool] | None = None,
    ) -> PathClassifier:
        """As :meth:`classify.Classifier.fit`."""
        clean = [tidy(label) for label in labels]
        leaves = classify.Classifier.fit(texts, clean, vectors=vectors, seed=seed, typical=typical)
        return cls(leaves)

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[PathGuess]:
        return [self._guess(leaf) for leaf in self.leaves.guess(texts, vectors)]

    def _guess(self, leaf: classify.Guess) -> PathGuess:
        path = split(leaf.label)
        above: dict[tuple[str, ...], float] = defaultdict(float)
        for label, chance in ((leaf.label, leaf.confidence), *leaf.others):
            levels = split(label)
            for depth in range(1, len(levels) + 1):
                above[levels[:depth]] += chance
        steps = tuple(
            Step(name, min(1.0, above[path[: depth + 1]])) for depth, name in enumerate(path)
        )
        sure = tuple(step.name for step in steps if step.confidence >= self.threshold)
        return PathGuess(
            path, leaf.confidence, steps, sure, leaf.in_scope, leaf.others, leaf.evidence, leaf.near
        )

    def dump(self) -> bytes:
        return bundle.dump(bundle.Bundle(KIND, self.leaves.document, self.leaves.arrays))

    @classmethod
    def load(cls, data: bytes) -> PathClassifier:
        """Raises Unreadable."""
        read = bundle.load(data, kind=KIND)
        return cls(classify.Classifier(read.document, read.arrays))
