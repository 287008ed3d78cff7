"""Which machine learns which head; all take texts and give labels with confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from yizhan.domains.understanding.training.types import OOS, Head
from yizhan.learning import classify, paths
from yizhan.learning.embedding import Vectors
from yizhan.learning.judging import Said

_HALF: Final = 0.5
"""Of ``in_scope``: from here on some label fits."""


class Machine(Protocol):
    """A classifier, flat or of paths."""

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


def say(
    machine: Machine, texts: Sequence[str], *, vectors: Vectors | None, outside: bool = True
) -> list[Said]:
    """``outside`` False: nothing is said to fit no label, the best one is what counts."""
    return [_said(guess, outside=outside) for guess in machine.guess(texts, vectors)]


def _said(guess: Any, *, outside: bool) -> Said:
    inside = guess.label != OOS and guess.in_scope >= _HALF
    if inside or outside:
        return Said(guess.label, float(guess.confidence), inside)
    label, share = guess.label, float(guess.confidence)
    if label == OOS and guess.others:
        label, share = guess.others[0]
    return Said(label, float(share))
