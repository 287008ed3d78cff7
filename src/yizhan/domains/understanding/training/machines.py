"""Which machine learns which head; all take texts and give labels with confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from yizhan.domains.understanding.training.types import OOS, Head
from yizhan.learning import bundle, classify, emotion, paths
from yizhan.learning.embedding import Vectors
from yizhan.learning.judging import Said

_HALF: Final = 0.5
"""Of ``in_scope``: from here on some label fits."""


class Machine(Protocol):
    """A classifier, flat or of paths."""

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> Sequence[Any]: ...

    def dump(self) -> bytes: ...


class Felt:
    """The head for emotion as a classifier."""

    def __init__(self, head: emotion.EmotionHead) -> None:
        self._head = head

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], *, vectors: Vectors | None, seed: int
    ) -> Felt:
        """Raises emotion.Unlearnable."""
        return cls(emotion.EmotionHead.fit(texts, labels, vectors=vectors, seed=seed))

    @classmethod
    def load(cls, data: bytes) -> Felt:
        """Raises bundle.Unreadable."""
        return cls(emotion.EmotionHead.load(data))

    def guess(
        self, texts: Sequence[str], vectors: Vectors | None = None
    ) -> Sequence[classify.Guess]:
        return [_felt(one) for one in self._head.read(texts, vectors)]

    def dump(self) -> bytes:
        return self._head.dump()


def _felt(one: Any) -> classify.Guess:
    pairs = sorted(zip(emotion.LABELS, one.chances, strict=True), key=lambda pair: -pair[1])
    others = tuple((label, share) for label, share in pairs if label != one.label)
    return classify.Guess(one.label, one.confidence, 1.0, others, one.evidence)


def _kind(head: Head) -> Any:
    if head == "emotion":
        return Felt
    return paths.PathClassifier if head == "category" else classify.Classifier


def fit(
    head: Head,
    texts: Sequence[str],
    *,
    labels: Sequence[str],
    vectors: Vectors | None,
    seed: int,
    typical: Sequence[bool] | None = None,
) -> Machine:
    """``typical`` says which are like what people write (none: all); the head for emotion does not ask."""
    judged: dict[str, Any] = {} if head == "emotion" else {"typical": typical}
    made: Machine = _kind(head).fit(texts, labels, vectors=vectors, seed=seed, **judged)
    return made


def load(head: Head, data: bytes) -> Machine:
    """Errors: bundle.Unreadable."""
    try:
        made: Machine = _kind(head).load(data)
    except bundle.Unreadable:
        if head != "emotion":
            raise
        made = classify.Classifier.load(data)  # of before moods had a head of their own
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
