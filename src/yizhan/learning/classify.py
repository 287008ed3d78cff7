"""Which of the labels it has learned a text has, how sure it is, why, and whether none fits.

One linear machine (squared hinge, one against the rest) over pieces of words, words and the vectors of
the encoder side by side; without vectors over words alone. Confidence comes from examples that were
held back while learning.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from yizhan.learning import bundle, calibrate, embedding, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.embedding import Vectors

KIND: Final = "classifier"
OOS: Final = "oos"
"""The label of examples that belong to none of the others."""
OTHERS: Final = 4
REASONS: Final = 4
FOLDS: Final = 4
SHARPNESS: Final = 3.0


class Guess(NamedTuple):
    """``label`` is empty when nothing was learned; ``in_scope`` says how likely any label fits."""

    label: str
    confidence: float
    in_scope: float
    others: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]
    """Pieces of the text that spoke for the label, strongest first."""


class Classifier:
    """Learn with :meth:`fit` or read with :meth:`load`; the same seed gives the same bytes."""

    def __init__(self, document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self.labels: list[str] = document["labels"]
        self.sharpness: float = document["sharpness"]
        self.threshold: float = document["threshold"]
        self._names: dict[str, list[str]] = document["names"]
        self._arrays = arrays
        self._words = features.Words(
            self._names, {kind: arrays[f"idf_{kind}"] for kind in self._names}
        )

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        vectors: Vectors | None = None,
        seed: int = 1,
    ) -> Classifier:
        inside = [at for at, label in enumerate(labels) if label != OOS]
        known = [texts[at] for at in inside]
        names = sorted({labels[at] for at in inside})
        place = {name: at for at, name in enumerate(names)}
        truth = np.array([place[labels[at]] for at in inside], dtype=np.int64)
        words = features.Words.fit(known)
        mean = np.zeros(0, dtype=np.float32)
        if vectors is not None and inside:
            mean = vectors[inside].mean(axis=0)
        columns = _columns(words, mean, known, None if vectors is None else vectors[inside])
        held, held_truth = _held_out(columns, truth, len(names), seed=seed)
        weights, bias = _machine(columns, truth, len(names), seed=seed)
        document = {
            "labels": names,
            "names": words.names,
            "sharpness": calibrate.sharpness(held, held_truth, default=SHARPNESS),
            "threshold": 0.5,
        }
        arrays = {f"idf_{kind}": idf for kind, idf in words.weights.items()}
        return cls(document, {**arrays, "mean": mean, "weights": weights, "bias": bias})

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Guess]:
        """One guess a text; a model that learned with vectors wants them again."""
        if not self.labels:
            return [Guess("", 0.0, 0.0, (), ()) for _ in texts]
        columns = _columns(self._words, self._arrays["mean"], texts, vectors)
        chances = calibrate.softmax(self._scores(columns), self.sharpness)
        return [self._guess(row, columns[[at]]) for at, row in enumerate(chances)]

    def dump(self) -> bytes:
        document = {
            "labels": self.labels,
            "names": self._names,
            "sharpness": self.sharpness,
            "threshold": self.threshold,
        }
        return bundle.dump(bundle.Bundle(KIND, document, self._arrays))

    @classmethod
    def load(cls, data: bytes) -> Classifier:
        """Raises Unreadable."""
        read = bundle.load(data, kind=KIND)
        return cls(read.document, read.arrays)

    def _scores(self, columns: sparse.csr_matrix) -> calibrate.Floats:
        return np.asarray(columns @ self._arrays["weights"] + self._arrays["bias"], dtype=float)

    def _guess(self, chances: calibrate.Floats, columns: sparse.csr_matrix) -> Guess:
        order = np.argsort(-chances, kind="stable")[: OTHERS + 1]
        best, sure = int(order[0]), float(chances[order[0]])
        others = tuple((self.labels[at], float(chances[at])) for at in order[1:])
        return Guess(self.labels[best], sure, sure, others, self._evidence(best, columns))

    def _evidence(self, label: int, columns: sparse.csr_matrix) -> tuple[str, ...]:
        weights = self._arrays["weights"][columns.indices, label]
        parts = sorted(zip(columns.data * weights, columns.indices, strict=True), reverse=True)
        found: list[str] = []
        for share, column in parts:
            if share <= 0 or len(found) == REASONS:
                break
            if column < self._words.size:
                name = self._words.name(int(column))
                if len(name) > 1 and not any(name in other for other in found):
                    found.append(name)
        return tuple(found)


def _columns(
    words: features.Words, mean: Vectors, texts: Sequence[str], vectors: Vectors | None
) -> sparse.csr_matrix:
    counted = words.transform(texts)
    if not len(mean):
        return counted
    dense = np.zeros((len(texts), len(mean)), dtype=np.float32)
    if vectors is not None:
        dense = embedding.centred(vectors, mean)
    return sparse.hstack([counted, sparse.csr_matrix(dense)], format="csr", dtype=np.float32)


def _machine(
    columns: sparse.csr_matrix, truth: NDArray[np.int64], labels: int, *, seed: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (columns, labels) and biases; labels without an example are never said."""
    weights = np.zeros((columns.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -1.0, dtype=np.float32)
    seen = np.unique(truth)
    if len(seen) < 2 or not columns.shape[1]:
        bias[seen] = 1.0
        return weights, bias
    machine = LinearSVC(C=1.0, random_state=seed).fit(columns, truth)
    found, offsets = machine.coef_.T, machine.intercept_
    if len(seen) == 2:
        found, offsets = np.hstack([-found, found]), np.concatenate([-offsets, offsets])
    weights[:, seen], bias[seen] = found, offsets
    return weights, bias


def _held_out(
    columns: sparse.csr_matrix, truth: NDArray[np.int64], labels: int, *, seed: int
) -> tuple[calibrate.Floats, NDArray[np.int64]]:
    """Scores of examples that the machine has not seen, and their labels."""
    often = Counter(truth.tolist())
    random = np.random.default_rng(seed)
    fold = np.zeros(len(truth), dtype=int)
    for label in often:
        at = np.flatnonzero(truth == label)
        fold[random.permutation(at)] = np.arange(len(at)) % FOLDS
    rounds = range(FOLDS) if len(truth) < 2000 else range(1, 2)
    scores, truths = [], []
    for chosen in rounds:
        away = fold == chosen
        if not away.any() or away.all():
            continue
        weights, bias = _machine(columns[~away], truth[~away], labels, seed=seed)
        scores.append(np.asarray(columns[away] @ weights + bias, dtype=float))
        truths.append(truth[away])
    if not scores:
        return np.zeros((0, labels)), np.zeros(0, dtype=np.int64)
    return np.concatenate(scores), np.concatenate(truths)
