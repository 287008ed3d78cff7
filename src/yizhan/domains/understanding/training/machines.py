"""Which machine learns which head; all take texts and give labels with confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from yizhan.domains.understanding.training.types import Head
from yizhan.learning import classify, paths
from yizhan.learning.embedding import Vectors
from yizhan.learning.judging import Said


class Machine(Protocol):
    """A classifier, flat or of paths."""

    threshold: Any

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> Sequence[Any]: ...

    def dump(self) -> bytes: ...


def _kind(head: Head) -> Any:
    return paths.PathClassifier if head == "category" else classify.Classifier


def fit(
    head: Head, texts: Sequence[str], *, labels: Sequence[str], vectors: Vectors | None, seed: int
) -> Machine:
    made: Machine = _kind(head).fit(texts, labels, vectors=vectors, seed=seed)
    return made


def load(head: Head, data: bytes) -> Machine:
    """Errors: bundle.Unreadable."""
    made: Machine = _kind(head).load(data)
    return made


def say(machine: Machine, texts: Sequence[str], *, vectors: Vectors | None) -> list[Said]:
    least = float(machine.threshold)
    return [
        Said(guess.label, float(guess.confidence), bool(guess.in_scope >= least))
        for guess in machine.guess(texts, vectors)
    ]
