"""A head that learns what writers feel from labelled messages.

Three machines see each text: two linear ones over words, one of them with naive-Bayes weights (Wang and
Manning, 2012), and one that bends (a Nyström map of a Gaussian kernel; Williams and Seeger, 2001) over the
vector. A small logistic regression on what they say of examples that they have not seen, and on counts of
praise and blame, weighs them and makes probabilities of their scores (stacking; Wolpert, 1992). After the
kernel all is linear, so that one weight for each piece of text remains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import bundle, embedding, features, later
from yizhan.learning.emotion import machines, opinion
from yizhan.learning.later import np
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

KIND: Final = "emotion-2"
LABELS: Final = ("negative", "neutral", "positive")
NEGATIVE: Final = 0
REASONS: Final = 4
LANDMARKS: Final = 1500
WIDTH: Final = 1.0
WIDTH_ABROAD: Final = 0.5
OPINION: Final = 0.3
"""Opinions are counts up to about one, while a vector's 384 numbers are about 0.05 each."""


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
        self._marks = arrays["marks"].astype(np.float32)
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
        landmarks: int = LANDMARKS,
        abroad: bool = False,
        most: int = features.MOST,
        seed: int = 1,
    ) -> EmotionHead:
        """``most``: pieces of a kind that are kept.

        ``warmth`` above 1 makes it less sure, ``lean`` is added to what speaks for negative.
        ``abroad``: for texts of other sources, where words of praise and blame are surer than what was
        learned: two machines see them then, and the vector, and the third is left out.
        Raises Unlearnable.
        """
        names: list[str] = [label for label in LABELS if label in set(labels)]
        if len(names) < 2 or set(labels) - set(LABELS):
            raise Unlearnable(f"needs at least two of {', '.join(LABELS)} and nothing else")
        truth = np.array([names.index(label) for label in labels])
        folded = [_folded(text) for text in texts]
        words = features.Words.fit(folded, most=most)
        seen = words.transform(folded)
        mean = np.zeros(0, np.float32) if vectors is None else vectors.mean(axis=0)
        counted = _opinions(texts)
        weight = OPINION if abroad else 0.0
        points = _points(counted, vectors, mean, weight=weight)
        width = WIDTH_ABROAD if abroad else WIDTH
        marks, whiten = _kernel(points, landmarks, width, seed=seed)
        views = machines.Views(seen, _alike(points, marks, width) @ whiten, points, counted)
        judge, bias = machines.judge(views, truth, abroad=abroad, seed=seed)
        learned = machines.learn(views, truth, abroad=abroad, seed=seed)
        weights = learned.judged(judge)
        # One product instead of two when it is read, and a third of the bytes.
        arrays: dict[str, NDArray[Any]] = {
            "linear": weights.words,
            "bent": whiten @ weights.bent,
            "points": weights.points,
            "opinions": weights.opinions,
            "bias": weights.bias + bias,
        }
        arrays = {name: (one / warmth).astype(np.float32) for name, one in arrays.items()}
        arrays["bias"] += np.float32(lean) * (np.array(names) == LABELS[NEGATIVE])
        arrays |= {"mean": mean, "marks": marks}
        arrays |= {f"idf_{kind}": idf for kind, idf in words.weights.items()}
        document = {"labels": names, "threshold": threshold, "names": words.names}
        document |= {"width": width, "opinion": weight}
        return cls(document, arrays)

    def read(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Reading]:
        """One reading a text."""
        if not texts:
            return []
        columns = self._words.transform([_folded(text) for text in texts])
        counted = _opinions(texts)
        points = _points(counted, vectors, self._arrays["mean"], weight=self.document["opinion"])
        bent = _alike(points, self._marks, self.document["width"])
        chances = self._chances(machines.Views(columns, bent, points, counted))
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

    def _chances(self, views: machines.Views) -> Floats:
        """Probabilities of LABELS; a label that was never learned has none."""
        arrays = self._arrays
        scores = views.words @ arrays["linear"] + views.bent @ arrays["bent"] + arrays["bias"]
        scores = scores + views.points @ arrays["points"] + views.opinions @ arrays["opinions"]
        known = special.softmax(scores, axis=1)
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


def _opinions(texts: Sequence[str]) -> Floats:
    counted = np.array([opinion.features(text) for text in texts], dtype=np.float32)
    return counted.reshape(len(texts), opinion.FEATURES)


def _points(opinions: Floats, vectors: Vectors | None, mean: Vectors, *, weight: float) -> Floats:
    """Centred vectors; of length nought where a head learned with vectors and has none to read."""
    seen = np.zeros((len(opinions), len(mean)), dtype=np.float32)
    if vectors is not None and len(mean):
        seen = embedding.centred(vectors, mean)
    return np.hstack([seen, weight * opinions]).astype(np.float32) if weight else seen


def _kernel(
    points: Floats, landmarks: int, width: float, *, seed: int
) -> tuple[NDArray[np.float16], Floats]:
    """Landmarks among the examples, and what makes their kernel the identity."""
    random = np.random.default_rng(seed)
    chosen = np.sort(random.permutation(len(points))[: landmarks if points.shape[1] else 0])
    marks = points[chosen].astype(np.float16)
    values, directions = np.linalg.eigh(_alike(marks, marks, width).astype(np.float64))
    kept = values > 1e-4
    whiten = directions[:, kept] / np.sqrt(values[kept])
    return marks, whiten.astype(np.float32)


def _alike(left: NDArray[Any], right: NDArray[Any], width: float) -> Floats:
    """Kernel values (len(left), len(right))."""
    left, right = np.asarray(left, np.float32), np.asarray(right, np.float32)
    apart = (left**2).sum(1)[:, None] + (right**2).sum(1)[None, :] - 2 * left @ right.T
    return np.asarray(np.exp(-width * np.maximum(apart, 0.0)))
