"""From labelled examples to what a classifier keeps: plain JSON and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import calibrate, embedding, features, kernel, later, scope
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.embedding import Vectors

    Kept = tuple[dict[str, Any], dict[str, NDArray[Any]]]

    from scipy import sparse
else:
    sparse = later.Module("scipy.sparse")

OOS: Final = "oos"
"""The label of examples that belong to none of the others."""
SHARPNESS: Final = 2.0
"""Before softmax, where no example could be held back."""
HIDDEN: Final = 5
"""One label in so many is hidden to see what a stranger looks like."""
ALONE: Final = 2
"""Examples of a label that it takes to hold one back."""


MANY: Final = 2000
"""From this many examples on, pieces in more than ``EVERYWHERE`` of them are dropped: they cost most time."""
EVERYWHERE: Final = 0.1


class Examples(NamedTuple):
    """``names`` are the labels in scope; ``truth`` counts through them, and then comes ``oos``.

    ``typical`` are those by which is judged how sure the model may be.
    """

    view: kernel.View
    truth: NDArray[np.int64]
    names: list[str]
    typical: NDArray[np.bool_]

    @property
    def outputs(self) -> int:
        return len(self.names) + int(bool((self.truth == len(self.names)).any()))


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    vectors: Vectors | None,
    seed: int,
    typical: Sequence[bool] | None = None,
) -> Kept:
    """Document and arrays of a classifier. Raises ValueError when the lists differ in length."""
    if len(texts) != len(labels) or (vectors is not None and len(vectors) != len(texts)):
        raise ValueError("every text needs one label, and one vector if there are any")
    places = np.arange(len(texts))
    if len(places) > kernel.MOST:
        places = np.sort(np.random.default_rng(seed).permutation(places)[: kernel.MOST])
    chosen = [texts[at] for at in places.tolist()]
    wanted = [labels[at] for at in places.tolist()]
    names = sorted(set(wanted) - {OOS})
    order = {name: at for at, name in enumerate([*names, OOS])}
    truth = np.array([order[label] for label in wanted], dtype=np.int64)
    words = features.Words.fit(chosen, everywhere=EVERYWHERE if len(chosen) >= MANY else 1.0)
    mean, points = _centred(vectors, places)
    counts = words.count(chosen)
    judged = np.ones(len(texts), dtype=bool) if typical is None else np.array(typical, dtype=bool)
    view = kernel.View(words.weigh(counts), points)
    examples = Examples(view, truth, names, judged[places])
    document = {"labels": names, "names": words.names, "examples": len(chosen)}
    arrays: dict[str, NDArray[Any]] = {f"idf_{kind}": idf for kind, idf in words.weights.items()}
    arrays |= {"mean": mean, "places": places.astype(np.int32), **packed(counts, points)}
    return _fitted(examples, (document, arrays), seed=seed)


def packed(counts: sparse.csr_matrix, points: Vectors) -> dict[str, NDArray[Any]]:
    """Examples as they are kept: counts in a byte, and the numbers of a vector in a byte each."""
    counts.sort_indices()
    narrow = np.uint16 if counts.shape[1] <= np.iinfo(np.uint16).max else np.int32
    most = np.abs(points).max(axis=1, initial=1e-9)[:, None]
    return {
        "counts": np.minimum(counts.data, 255).astype(np.uint8),
        "counts_at": counts.indices.astype(narrow),
        "counts_from": counts.indptr.astype(np.int32),
        "points": np.round(points / most * 127).astype(np.int8),
        "points_most": most.astype(np.float32),
    }


def unpacked(words: features.Words, arrays: dict[str, NDArray[Any]]) -> kernel.View:
    """The opposite of :func:`packed`."""
    parts = (arrays["counts"].astype(np.float32), arrays["counts_at"], arrays["counts_from"])
    counts = sparse.csr_matrix(parts, shape=(len(arrays["points"]), words.size))
    points = (arrays["points"] * (arrays["points_most"] / 127)).astype(np.float32)
    return kernel.View(words.weigh(counts), points)


def _centred(vectors: Vectors | None, places: NDArray[Any]) -> tuple[Vectors, Vectors]:
    if vectors is None or not len(places):
        return np.zeros(0, dtype=np.float32), np.zeros((len(places), 0), dtype=np.float32)
    mean = vectors[places].mean(axis=0, dtype=np.float64).astype(np.float32)
    return mean, embedding.centred(vectors[places], mean)


def _fitted(examples: Examples, kept: Kept, *, seed: int) -> Kept:
    document, arrays = kept
    view, truth, names, _ = examples
    if names:
        settings = kernel.choose(view, truth, examples.outputs, seed=seed)
        fitted = kernel.solve(
            view, truth, examples.outputs, settings=settings, held_at=_held_at(examples, seed=seed)
        )
    else:
        settings, none = kernel.Settings(), np.zeros(0, dtype=np.int64)
        empty = np.zeros((len(truth), 1), dtype=np.float32)
        fitted = kernel.Fitted(settings, empty, empty[:0].sum(axis=0), none, empty[:0])
    gate, strangers = _gate(examples, fitted, seed=seed)
    document |= {"settings": list(settings), "gate": gate and gate.dump(), "strangers": strangers}
    document |= {"familiar": 1.0 if strangers else calibrate.familiar(truth)}
    document |= _confidence(examples, fitted, gate if strangers else None)
    if document["threshold"] < 1:  # 1 is never
        document["threshold"] *= document["familiar"]
    arrays |= {
        "weights": fitted.weights.astype(np.float16),
        "bias": fitted.bias,
    }
    return document, arrays


def _held_at(examples: Examples, *, seed: int) -> NDArray[np.int64]:
    """A sample of the typical examples in scope, and all strangers: they are few."""
    outside = examples.truth == len(examples.names)
    judged = np.flatnonzero(~outside & examples.typical)
    inside = np.random.default_rng(seed).permutation(judged)[: kernel.HELD]
    return np.sort(np.concatenate([inside, np.flatnonzero(outside)[: kernel.HELD]]))


def _confidence(
    examples: Examples, fitted: kernel.Fitted, gate: scope.Gate | None
) -> dict[str, float]:
    """How scores become confidence, and above which it is worth saying."""
    known = len(examples.names)
    truth = examples.truth[fitted.held_at]
    often = np.bincount(examples.truth, minlength=known + 1)
    fair = (truth < known) & (often[truth] >= ALONE)
    scores, truth = fitted.held[fair][:, :known], truth[fair]
    factor = calibrate.sharpness(scores, truth, default=SHARPNESS)
    if not len(truth):
        return {"sharpness": factor, "threshold": 1.0}
    chances = calibrate.softmax(scores, factor)
    sure = chances.max(axis=1)
    if gate is not None:
        sure = sure * gate.inside(_signs(examples, fitted, fitted.held_at[fair], fitted.held[fair]))
    right = chances.argmax(axis=1) == truth
    return {"sharpness": factor, "threshold": calibrate.threshold(sure, right)}


def _signs(
    examples: Examples, fitted: kernel.Fitted, at: NDArray[np.int64], held: NDArray[Any]
) -> NDArray[np.float64]:
    """The signs of strangeness of examples, each without itself."""
    found = [np.zeros((0, scope.SIGNS))]
    for start in range(0, len(at), kernel.AT_ONCE):
        part = at[start : start + kernel.AT_ONCE]
        likeness = kernel.likeness(examples.view.at(part), examples.view, fitted.settings)
        likeness[np.arange(len(part)), part] = -np.inf
        scores = held[start : start + kernel.AT_ONCE]
        found.append(scope.signs(scores, len(examples.names), likeness))
    return np.concatenate(found)


def _gate(
    examples: Examples, fitted: kernel.Fitted, *, seed: int
) -> tuple[scope.Gate | None, bool]:
    """The gate, and whether it was learned from real strangers."""
    known = len(examples.names)
    truth = examples.truth[fitted.held_at]
    signs = _signs(examples, fitted, fitted.held_at, fitted.held)
    inside, outside = signs[truth < known], signs[truth == known]
    if len(outside) >= scope.LEAST:
        return scope.learn(inside, outside, own=inside, given_up=scope.GIVEN_UP), True
    hidden = _hidden(examples, fitted.settings, seed=seed)
    return scope.learn(*hidden, own=inside, given_up=scope.UNTAUGHT), False


def _hidden(
    examples: Examples, settings: kernel.Settings, *, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Signs of examples in scope and of strangers, made by not learning one label in ``HIDDEN``."""
    random = np.random.default_rng(seed)
    known = len(examples.names)
    shuffled = random.permutation(known)
    away = shuffled[: known // HIDDEN]
    kept = np.sort(shuffled[known // HIDDEN :])
    part = np.sort(random.permutation(np.flatnonzero(examples.truth < known))[: kernel.TRIED_ON])
    strange = np.isin(examples.truth[part], away)
    inner, outer = part[~strange], part[strange]
    if not len(inner) or not len(outer):
        return np.zeros((0, scope.SIGNS)), np.zeros((0, scope.SIGNS))
    view = examples.view.at(inner)
    truth, names = np.searchsorted(kept, examples.truth[inner]), [""] * len(kept)
    rest = Examples(view, truth, names, examples.typical[inner])
    held_at = np.arange(len(inner))
    fitted = kernel.solve(view, rest.truth, len(kept), settings=settings, held_at=held_at)
    likeness = kernel.likeness(examples.view.at(outer), view, settings)
    outside = scope.signs(likeness @ fitted.weights + fitted.bias, len(kept), likeness)
    return _signs(rest, fitted, held_at, fitted.held), outside
