"""A head that learns what writers feel from labelled messages.

Two machines see each text: a linear one over words, vectors and opinions side by side, and one that
bends (a Nyström map of a Gaussian kernel; Williams and Seeger, 2001) over vectors and opinions. A small
logistic regression on what both say of examples that they have not seen weighs them and makes
probabilities of their scores (stacking; Wolpert, 1992).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from yizhan.learning import bundle, embedding, features, later
from yizhan.learning.emotion import opinion
from yizhan.learning.lexicon import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.embedding import Vectors

    Floats = NDArray[np.float32]

    from scipy import sparse, special
    from sklearn import linear_model, svm
else:
    linear_model = later.Module("sklearn.linear_model")
    sparse = later.Module("scipy.sparse")
    special = later.Module("scipy.special")
    svm = later.Module("sklearn.svm")

KIND: Final = "emotion"
LABELS: Final = ("negative", "neutral", "positive")
NEGATIVE: Final = 0
FOLDS: Final = 4
REASONS: Final = 4
LANDMARKS: Final = 400
WIDTH: Final = 0.5
OPINION: Final = 0.3
"""Opinions are counts up to about one, while a vector's 384 numbers are about 0.05 each."""
STIFF: Final = 0.2
RIDGE: Final = 0.3


class Unlearnable(ValueError):
    """The examples cannot be learned from; the message says why."""


class Reading(NamedTuple):
    """Probabilities in the order of LABELS, and the words that spoke for the label."""

    label: str
    confidence: float
    chances: tuple[float, ...]
    evidence: tuple[str, ...]


class EmotionHead:
    """Learn with :meth:`fit` or read with :meth:`load`; the same seed gives the same bytes."""

    def __init__(self, document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self.document = document
        self.labels: list[str] = document["labels"]
        self.threshold: float = document["threshold"]
        """From this probability of negative on, a text is called negative."""
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
        threshold: float = 0.5,
        warmth: float = 1.0,
        lean: float = 0.0,
        most: int = features.MOST,
        seed: int = 1,
    ) -> EmotionHead:
        """``most``: pieces of a kind that are kept.

        ``warmth`` above 1 makes it less sure, ``lean`` is added to what speaks for negative.
        Raises Unlearnable.
        """
        names: list[str] = [label for label in LABELS if label in set(labels)]
        if len(names) < 2 or set(labels) - set(LABELS):
            raise Unlearnable(f"needs at least two of {', '.join(LABELS)} and nothing else")
        truth = np.array([names.index(label) for label in labels])
        folded = [_folded(text) for text in texts]
        words = features.Words.fit(folded, most=most)
        mean = np.zeros(0, np.float32) if vectors is None else vectors.mean(axis=0)
        dense = _dense(texts, vectors, mean)
        sparse_columns = _columns(words.transform(folded), dense)
        marks, whiten = _kernel(dense, seed=seed)
        bent = np.asarray(_alike(dense, marks) @ whiten, dtype=np.float32)
        arrays: dict[str, NDArray[Any]] = {
            **_stack(sparse_columns, bent, truth, seed=seed),
            **_machines(sparse_columns, bent, truth, seed=seed),
            **{f"idf_{kind}": idf for kind, idf in words.weights.items()},
        }
        arrays |= {name: arrays[name] / np.float32(warmth) for name in ("stack", "stack_bias")}
        arrays["stack_bias"] += np.float32(lean) * (np.array(names) == LABELS[NEGATIVE])
        # One product instead of two when it is read, and a third of the bytes.
        arrays |= {"mean": mean, "marks": marks, "bent": whiten @ arrays["bent"]}
        document = {"labels": names, "threshold": threshold, "names": words.names}
        return cls(document, arrays)

    def read(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Reading]:
        """One reading a text."""
        if not texts:
            return []
        dense = _dense(texts, vectors, self._arrays["mean"])
        columns = _columns(self._words.transform([_folded(text) for text in texts]), dense)
        chances = self._chances(columns, _alike(dense, self._arrays["marks"]))
        return [self._reading(row, columns[[at]]) for at, row in enumerate(chances)]

    def dump(self) -> bytes:
        return bundle.dump(bundle.Bundle(KIND, self.document, self._arrays))

    @classmethod
    def load(cls, data: bytes) -> EmotionHead:
        """Raises Unreadable."""
        read = bundle.load(data, kind=KIND)
        return cls(read.document, read.arrays)

    @property
    def sees_vectors(self) -> bool:
        return len(self._arrays["mean"]) > 0

    def _chances(self, columns: sparse.csr_matrix, bent: Floats) -> Floats:
        """Probabilities of LABELS; a label that was never learned has none."""
        scores = _said(columns, bent, self._arrays)
        known = special.softmax(scores @ self._arrays["stack"] + self._arrays["stack_bias"], axis=1)
        chances = np.zeros((len(known), len(LABELS)), dtype=np.float32)
        chances[:, [LABELS.index(label) for label in self.labels]] = known
        return chances

    def _reading(self, chances: Floats, columns: sparse.csr_matrix) -> Reading:
        calm = 1 + int(np.argmax(chances[1:]))
        place = NEGATIVE if chances[NEGATIVE] >= self.threshold else calm
        label = LABELS[place]
        evidence = self._evidence(label, columns) if label in self.labels else ()
        return Reading(label, float(chances[place]), tuple(map(float, chances)), evidence)

    def _evidence(self, label: str, columns: sparse.csr_matrix) -> tuple[str, ...]:
        weights = self._arrays["linear"]
        own = weights[columns.indices, self.labels.index(label)]
        parts = sorted(zip(columns.data * own, columns.indices, strict=True), reverse=True)
        found: list[str] = []
        for share, column in parts:
            if share <= 0 or len(found) == REASONS:
                break
            if column < self._words.size:
                name = self._words.name(int(column))
                if len(name) > 1 and not any(name in other or other in name for other in found):
                    found.append(name)
        return tuple(found)


def _folded(text: str) -> str:
    return plain.of(text[: features.LONGEST]).text


def _dense(texts: Sequence[str], vectors: Vectors | None, mean: Vectors) -> Floats:
    opinions = OPINION * np.array([opinion.features(text) for text in texts], dtype=np.float32)
    opinions = opinions.reshape(len(texts), opinion.FEATURES)
    if not len(mean):
        return opinions
    seen = np.zeros((len(texts), len(mean)), dtype=np.float32)
    if vectors is not None:
        seen = embedding.centred(vectors, mean)
    return np.hstack([seen, opinions])


def _columns(words: sparse.csr_matrix, dense: Floats) -> sparse.csr_matrix:
    return sparse.hstack([words, sparse.csr_matrix(dense)], format="csr", dtype=np.float32)


def _kernel(dense: Floats, *, seed: int) -> tuple[NDArray[np.float16], Floats]:
    """Landmarks among the examples, and what makes their kernel the identity."""
    random = np.random.default_rng(seed)
    chosen = np.sort(random.permutation(len(dense))[:LANDMARKS])
    marks = dense[chosen].astype(np.float16)
    values, directions = np.linalg.eigh(_alike(marks, marks).astype(np.float64))
    kept = values > 1e-4
    whiten = directions[:, kept] / np.sqrt(values[kept])
    return marks, whiten.astype(np.float32)


def _alike(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    """Kernel values (len(left), len(right))."""
    left, right = left.astype(np.float32), right.astype(np.float32)
    apart = (left**2).sum(1)[:, None] + (right**2).sum(1)[None, :] - 2 * left @ right.T
    return np.asarray(np.exp(-WIDTH * np.maximum(apart, 0.0)))


def _machines(
    columns: sparse.csr_matrix, bent: Floats, truth: NDArray[np.int64], *, seed: int
) -> dict[str, Floats]:
    labels = int(truth.max()) + 1
    linear = svm.LinearSVC(C=STIFF, random_state=seed).fit(columns, truth)
    weights, bias = linear.coef_.T, linear.intercept_
    if labels == 2:
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    wanted = np.where(truth[:, None] == np.arange(labels), 1.0, -1.0).astype(np.float32)
    middle = wanted.mean(axis=0)
    squares = bent.T @ bent + RIDGE * np.eye(bent.shape[1], dtype=np.float32)
    return {
        "linear": weights.astype(np.float32),
        "linear_bias": bias.astype(np.float32),
        "bent": np.linalg.solve(squares, bent.T @ (wanted - middle)).astype(np.float32),
        "bent_bias": middle.astype(np.float32),
    }


def _said(columns: sparse.csr_matrix, bent: Floats, arrays: dict[str, Any]) -> Floats:
    left = columns @ arrays["linear"] + arrays["linear_bias"]
    right = bent @ arrays["bent"] + arrays["bent_bias"]
    return np.hstack([np.asarray(left), right])


def _stack(
    columns: sparse.csr_matrix, bent: Floats, truth: NDArray[np.int64], *, seed: int
) -> dict[str, Floats]:
    """Weights of both machines, from what they say of folds that they have not seen."""
    random = np.random.default_rng(seed)
    fold = random.permutation(len(truth)) % FOLDS
    labels = int(truth.max()) + 1
    scores = np.zeros((len(truth), 2 * labels), dtype=np.float32)
    told = np.zeros(len(truth), dtype=bool)
    for away in (fold == number for number in range(FOLDS)):
        if not away.any() or len(np.unique(truth[~away])) < labels:
            continue
        arrays = _machines(columns[~away], bent[~away], truth[~away], seed=seed)
        scores[away] = _said(columns[away], bent[away], arrays)
        told |= away
    if len(np.unique(truth[told])) < labels:
        both = np.vstack([np.eye(labels), np.eye(labels)])
        return {"stack": both.astype(np.float32), "stack_bias": np.zeros(labels, np.float32)}
    judge = linear_model.LogisticRegression(C=1.0, max_iter=500).fit(scores[told], truth[told])
    weights, bias = judge.coef_.T, judge.intercept_
    if labels == 2:
        weights = np.hstack([np.zeros_like(weights), weights])
        bias = np.concatenate([np.zeros(1), bias])
    return {"stack": weights.astype(np.float32), "stack_bias": bias.astype(np.float32)}
