"""Whether any label fits at all, learned from examples that fit none and from labels hidden on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import later
from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

    from sklearn import linear_model
else:
    linear_model = later.Module("sklearn.linear_model")

SIGNS: Final = 5
NEAREST: Final = 5
LEAST: Final = 8
"""Strangers that are needed to learn from."""
GIVEN_UP: Final = 0.02
"""Share of messages in scope that the gate may turn away to catch those that are not."""
UNTAUGHT: Final = 0.01
"""The same where no example says what is out of scope."""
EXPECTED: Final = 0.1
"""Share of messages out of scope that the probability reckons with."""


class Gate(NamedTuple):
    """A logistic curve over signs; ``threshold`` is where out of scope is said."""

    centre: Floats
    spread: Floats
    slopes: Floats
    offset: float
    threshold: float

    def inside(self, signs: Floats) -> Floats:
        """How likely each row is in scope."""
        moved = (signs - self.centre) / self.spread
        return np.asarray(1 / (1 + np.exp(-np.clip(moved @ self.slopes + self.offset, -30, 30))))

    def moved(self, inside: Floats) -> Floats:
        """The same chances with the threshold moved to one half."""
        low = inside * (1 - self.threshold)
        return np.asarray(low / np.maximum(low + (1 - inside) * self.threshold, 1e-12))

    def dump(self) -> dict[str, Any]:
        return {
            name: part.tolist() if isinstance(part, np.ndarray) else part
            for name, part in self._asdict().items()
        }

    @classmethod
    def load(cls, document: dict[str, Any] | None) -> Gate | None:
        if document is None:
            return None
        lists = {name: np.array(document[name]) for name in ("centre", "spread", "slopes")}
        return cls(**lists, offset=document["offset"], threshold=document["threshold"])


def signs(scores: NDArray[Any], known: int, likeness: NDArray[Any]) -> Floats:
    """What tells a stranger: the best score, its lead, what speaks for "none", how near the nearest are.

    ``scores`` (n, known or one more), ``likeness`` (n, examples) with minus infinity for oneself.
    """
    ordered = -np.sort(-scores[:, :known], axis=1)[:, :2]
    best = ordered[:, 0]
    lead = best - ordered[:, 1] if ordered.shape[1] > 1 else best
    none = scores[:, known] if scores.shape[1] > known else np.zeros(len(scores))
    count = min(NEAREST, likeness.shape[1])
    near = -np.partition(-likeness, count - 1, axis=1)[:, :count]
    near = np.maximum(near, 0)
    return np.stack([best, lead, none, near.max(axis=1), near.mean(axis=1)], axis=1).astype(float)


def learn(inside: Floats, outside: Floats, *, own: Floats, given_up: float) -> Gate | None:
    """Tells ``inside`` from ``outside`` and turns away a share of ``own``; None when too few."""
    if len(inside) < LEAST or len(outside) < LEAST or not len(own):
        return None
    rows = np.concatenate([inside, outside])
    real = np.concatenate([np.ones(len(inside)), np.zeros(len(outside))])
    centre, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    # Not as many strangers as there happen to be examples of, but as many as a desk gets.
    share = np.where(real > 0, (1 - EXPECTED) / len(inside), EXPECTED / len(outside))
    curve = linear_model.LogisticRegression(C=10.0, max_iter=500).fit(
        (rows - centre) / spread, real, sample_weight=share * len(rows)
    )
    gate = Gate(centre, spread, curve.coef_[0], float(curve.intercept_[0]), 0.0)
    return gate._replace(threshold=float(np.quantile(gate.inside(own), given_up)))
