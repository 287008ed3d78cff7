"""Which of the labels it has learned a text has, how sure it is, why, and whether none fits.

Ridge regression over likeness in words and, with an encoder, in meaning (:mod:`yizhan.learning.kernel`).
What it would say of each example had it not seen it gives its confidence, its threshold and the gate
that tells what is out of scope. ``in_scope`` of 0.5 and more says that some label fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import bundle, calibrate, embedding, evidence, features, kernel, scope, trained
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from yizhan.learning.embedding import Vectors

KIND: Final = "classifier"
OOS: Final = trained.OOS
OTHERS: Final = 4
NEAR: Final = 3
AT_ONCE: Final = 256


class Guess(NamedTuple):
    """``label`` is ``oos`` where none fits, and empty when nothing was learned.

    ``confidence`` is how likely the label is right, ``in_scope`` how likely any label fits (0.5 is where
    ``oos`` begins to be the better answer).
    """

    label: str
    confidence: float
    in_scope: float
    others: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]
    """Words of the text that spoke for the label, strongest first."""
    near: tuple[int, ...] = ()
    """Places in the training data of the examples that spoke for it most."""


class Classifier:
    """Learn with :meth:`fit` or read with :meth:`load`; the same seed gives the same bytes."""

    def __init__(self, document: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        self.document = document
        self.arrays = arrays
        self.labels: list[str] = document["labels"]
        self.threshold: float = document["threshold"]
        """Confidence below which it is better to say nothing: above, 19 in 20 were right."""
        self._settings = kernel.Settings(*document["settings"])
        self._words = features.Words(
            document["names"], {kind: arrays[f"idf_{kind}"] for kind in document["names"]}
        )
        self._seen = trained.unpacked(self._words, arrays)
        self._columns = self._seen.rows.T.tocsr()
        self._weights = arrays["weights"].astype(np.float32)
        self._gate = scope.Gate.load(document["gate"])

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        vectors: Vectors | None = None,
        seed: int = 1,
        typical: Sequence[bool] | None = None,
    ) -> Classifier:
        """Learns from examples; those labelled ``oos`` say what belongs to no label.

        ``typical`` says which are like what will be read (without it all are): how sure the model may be
        is judged by them alone, for what was written to teach it is easier than what people write.
        """
        return cls(*trained.learn(texts, labels, vectors=vectors, seed=seed, typical=typical))

    def guess(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[Guess]:
        """One guess a text. A model that learned with vectors wants them, else it is less sure."""
        if not self.labels:
            return [Guess("", 0.0, 0.0, (), ()) for _ in texts]
        found: list[Guess] = []
        for start in range(0, len(texts), AT_ONCE):
            part = texts[start : start + AT_ONCE]
            found += self._guesses(
                part, None if vectors is None else vectors[start : start + AT_ONCE]
            )
        return found

    def dump(self) -> bytes:
        return bundle.dump(bundle.Bundle(KIND, self.document, self.arrays))

    @classmethod
    def load(cls, data: bytes) -> Classifier:
        """Raises Unreadable."""
        read = bundle.load(data, kind=KIND)
        return cls(read.document, read.arrays)

    def _guesses(self, texts: Sequence[str], vectors: Vectors | None) -> list[Guess]:
        mean = self.arrays["mean"]
        points = np.zeros((len(texts), 0), dtype=np.float32)
        if vectors is not None and len(mean):
            points = embedding.centred(vectors, mean)
        view = kernel.View(self._words.transform(texts), points)
        likeness = kernel.likeness(view, self._seen, self._settings, columns=self._columns)
        scores = likeness @ self._weights + self.arrays["bias"]
        known = len(self.labels)
        chances = calibrate.softmax(scores[:, :known], self.document["sharpness"])
        inside = self._inside(scores, likeness).tolist()
        return [
            self._guess(
                text, view.rows[[at]], likeness[at], chances[at], (inside[at][0], inside[at][1])
            )
            for at, text in enumerate(texts)
        ]

    def _inside(self, scores: NDArray[Any], likeness: NDArray[Any]) -> NDArray[Any]:
        """Per text how likely it is in scope, first as it is, then with 0.5 at the gate."""
        if self._gate is None:
            return np.ones((len(scores), 2))
        raw = self._gate.inside(scope.signs(scores, len(self.labels), likeness))
        return np.stack([raw, self._gate.moved(raw)], axis=1)

    def _guess(
        self,
        text: str,
        row: sparse.csr_matrix,
        likeness: NDArray[Any],
        chances: NDArray[Any],
        inside: tuple[float, float],
    ) -> Guess:
        learned = self.document["strangers"]
        # A single label is certain only because nothing else was ever seen.
        most = self.document["examples"] / (self.document["examples"] + 1)
        familiar = self.document.get("familiar", 1.0)
        order = np.argsort(-chances, kind="stable")[: OTHERS + 1]
        best = int(order[0])
        ranked = [
            (self.labels[at], min(most, float(chances[at])) * (inside[0] if learned else familiar))
            for at in order
        ]
        if learned and inside[1] < 0.5:
            return Guess(OOS, 1 - inside[0], inside[1], tuple(ranked[:OTHERS]), ())
        pulls = likeness * self._weights[:, best]
        closest = _most(pulls, NEAR)
        near = tuple(int(self.arrays["places"][at]) for at in closest if pulls[at] > 0)
        label, sure = ranked[0]
        said = self._evidence(text, row, best)
        return Guess(label, sure, inside[1], tuple(ranked[1:]), said, near)

    def _evidence(self, text: str, row: sparse.csr_matrix, label: int) -> tuple[str, ...]:
        shares = (self._columns[row.indices] @ self._weights[:, label]) * row.data
        pieces = (
            (self._words.name(int(column)), float(share))
            for column, share in zip(row.indices, shares, strict=True)
        )
        return evidence.words(features.normal(text), pieces)


def _most(values: NDArray[Any], count: int) -> NDArray[Any]:
    """Places of the highest, the first of equals first; sorting all of thousands takes half a millisecond."""
    least = np.partition(values, -min(count, len(values)))[-min(count, len(values))]
    high = np.flatnonzero(values >= least)
    return high[np.argsort(-values[high], kind="stable")][:count]
