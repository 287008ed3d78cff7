"""What a head for emotion is put together from: three machines, and a judge that weighs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import later
from yizhan.learning.emotion import opinion
from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

    from scipy import sparse
    from sklearn import linear_model, svm
else:
    linear_model = later.Module("sklearn.linear_model")
    sparse = later.Module("scipy.sparse")
    svm = later.Module("sklearn.svm")

FOLDS: Final = 4
STIFF: Final = 0.2
STIFF_BAYES: Final = 0.3
RIDGE: Final = 0.3


class Views(NamedTuple):
    """Texts as the machines see them."""

    words: sparse.csr_matrix
    bent: Floats
    points: Floats
    """Centred vectors, and opinions where a machine may lean on them."""
    opinions: Floats

    def at(self, chosen: NDArray[np.bool_]) -> Views:
        return Views(*(part[chosen] for part in self))


class Machines(NamedTuple):
    """Weights and bias of each machine, one column a label."""

    plain: Floats
    points: Floats
    """Of the plain one, too: nought where it sees words alone."""
    bayes: Floats
    bent: Floats
    biases: Floats
    """Of the three, side by side."""

    def said(self, views: Views) -> Floats:
        """What the machines say, side by side, and the opinions beside them."""
        plain = views.words @ self.plain + views.points @ self.points
        parts = (plain, views.words @ self.bayes, views.bent @ self.bent)
        return np.hstack([np.hstack(parts) + self.biases, views.opinions])

    def judged(self, judge: Floats) -> Judged:
        """One machine that says what the judge says of what these say."""
        labels = self.plain.shape[1]
        plain, bayes, bent = (judge[at * labels : (at + 1) * labels] for at in range(3))
        return Judged(
            self.plain @ plain + self.bayes @ bayes,
            self.points @ plain,
            self.bent @ bent,
            judge[3 * labels :],
            self.biases @ judge[: 3 * labels],
        )


class Judged(NamedTuple):
    words: Floats
    points: Floats
    bent: Floats
    opinions: Floats
    bias: Floats


def learn(views: Views, truth: NDArray[np.int64], *, abroad: bool, seed: int) -> Machines:
    labels = int(truth.max()) + 1
    wanted = np.where(truth[:, None] == np.arange(labels), 1.0, -1.0).astype(np.float32)
    middle = wanted.mean(axis=0)
    squares = views.bent.T @ views.bent + RIDGE * np.eye(views.bent.shape[1])
    bent = np.linalg.solve(squares, views.bent.T @ (wanted - middle))
    columns = views.words
    if abroad:
        columns = sparse.hstack([columns, sparse.csr_matrix(views.points)], format="csr")
    one, bias = _linear(columns, truth, stiff=STIFF, seed=seed)
    points = np.zeros((views.points.shape[1], labels), dtype=np.float32)
    if abroad:
        one, points = one[: views.words.shape[1]], one[views.words.shape[1] :]
    # Weights of words by how often they stand in a source's texts are of little use for another source.
    other, odds = np.zeros_like(one[: views.words.shape[1]]), np.zeros(labels, dtype=np.float32)
    if not abroad:
        other, odds = _bayes(views.words, truth, seed=seed)
    return Machines(
        one, points, other, bent, np.concatenate([bias, odds, middle]).astype(np.float32)
    )


def _linear(
    columns: sparse.csr_matrix, truth: NDArray[np.int64], *, stiff: float, seed: int
) -> tuple[Floats, Floats]:
    linear = svm.LinearSVC(C=stiff, random_state=seed).fit(columns, truth)
    weights, bias = linear.coef_.T.astype(np.float32), linear.intercept_.astype(np.float32)
    if weights.shape[1] == 1:
        return np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights, bias


def _bayes(
    columns: sparse.csr_matrix, truth: NDArray[np.int64], *, seed: int
) -> tuple[Floats, Floats]:
    """For each label a machine that sees pieces by how much more often they stand in its texts."""
    present = columns.sign()
    parts = []
    for label in range(int(truth.max()) + 1):
        own = truth == label
        inside, outside = (1 + np.asarray(present[at].sum(axis=0)).ravel() for at in (own, ~own))
        ratio = np.log((inside / inside.sum()) / (outside / outside.sum())).astype(np.float32)
        weighed = columns.multiply(ratio).tocsr()
        weights, bias = _linear(weighed, own.astype(np.int64), stiff=STIFF_BAYES, seed=seed)
        parts.append((weights[:, 1] * ratio, bias[1]))
    return np.stack([one for one, _ in parts], axis=1), np.array([one for _, one in parts])


def judge(
    views: Views, truth: NDArray[np.int64], *, abroad: bool, seed: int
) -> tuple[Floats, Floats]:
    """Weights of the machines, from what they say of folds that they have not seen."""
    random = np.random.default_rng(seed)
    fold = random.permutation(len(truth)) % FOLDS
    labels = int(truth.max()) + 1
    said = np.zeros((len(truth), 3 * labels + opinion.FEATURES), dtype=np.float32)
    told = np.zeros(len(truth), dtype=bool)
    for away in (fold == number for number in range(FOLDS)):
        if not away.any() or len(np.unique(truth[~away])) < labels:
            continue
        said[away] = learn(views.at(~away), truth[~away], abroad=abroad, seed=seed).said(
            views.at(away)
        )
        told |= away
    if len(np.unique(truth[told])) < labels:
        same = [*[np.eye(labels)] * 3, np.zeros((opinion.FEATURES, labels))]
        return np.vstack(same).astype(np.float32), np.zeros(labels, np.float32)
    if abroad:
        said[:, 3 * labels :] = 0  # the machines see opinions already
    judged = linear_model.LogisticRegression(C=1.0, max_iter=500).fit(said[told], truth[told])
    weights, bias = judged.coef_.T, judged.intercept_
    if labels == 2:
        weights = np.hstack([np.zeros_like(weights), weights])
        bias = np.concatenate([np.zeros(1), bias])
    return weights.astype(np.float32), bias.astype(np.float32)
