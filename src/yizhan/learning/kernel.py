"""Ridge regression with kernels, one output a label: learns in one solve, and knows what it would have
said of each example had it not learned it.

Two kernels are mixed: words (the cosine of weighted counts) and meaning (a Gaussian of the angle between
two vectors, which on the unit sphere is ``exp(reach * (cosine - 1))``). Leaving one example out costs
nothing extra (Rifkin and Lippert, 2007), so settings and confidence come from honest scores without
training many times. Letting a part stand for all (Nystroem)
was tried: 3,000 of 8,000 cost 1.4 points.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import calibrate, features, later
from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

    from scipy import linalg, sparse
else:
    linalg = later.Module("scipy.linalg")
    sparse = later.Module("scipy.sparse")

MOST: Final = 16_000
"""Examples that are learned from; of more, as many drawn at random (the matrix of 16,000 takes 1 GB)."""
TRIED_ON: Final = 1500
"""Examples that settings are chosen on."""
HELD: Final = 4000
"""Examples whose scores without themselves are worked out."""
AT_ONCE: Final = 500


class Settings(NamedTuple):
    """``words`` is the share of words in the mix, ``reach`` how fast likeness in meaning falls."""

    words: float = 0.4
    reach: float = 2.0
    ridge: float = 0.1


RIDGES: Final = (0.05, 0.15, 0.6, 2.5)
MIXES: Final = tuple(
    Settings(words, reach, RIDGES[1]) for reach in (1.0, 2.0) for words in (0.15, 0.3, 0.75)
)
ONLY_WORDS: Final = Settings(1.0, 2.0, RIDGES[1])
FEW: Final = 20
"""Examples below which there is nothing to choose by."""


class View(NamedTuple):
    """Examples as the kernels see them: counted words, and centred vectors (n, 0) where none are."""

    rows: sparse.csr_matrix
    points: Floats

    def at(self, chosen: NDArray[Any]) -> View:
        return View(self.rows[chosen], self.points[chosen])

    def __len__(self) -> int:
        return int(self.rows.shape[0])


class Fitted(NamedTuple):
    """``held_at`` are places in the training data, ``held`` their scores without themselves."""

    settings: Settings
    weights: Floats
    bias: Floats
    held_at: NDArray[np.int64]
    held: Floats


def likeness(
    one: View, other: View, settings: Settings, *, columns: sparse.csr_matrix | None = None
) -> Floats:
    """Kernel values (len(one), len(other)).

    ``columns`` are the rows of ``other`` turned: whoever asks often turns them once.
    """
    turned = other.rows.T if columns is None else columns
    words: Floats = (one.rows @ turned).toarray().astype(np.float32, copy=False)
    words /= len(features.KINDS)
    if not one.points.shape[1] or not other.points.shape[1]:
        return words
    meaning = np.exp(settings.reach * (one.points @ other.points.T - 1))
    meaning *= 1 - settings.words
    words *= settings.words
    meaning += words
    return np.asarray(meaning, dtype=np.float32)


def matrix(view: View, settings: Settings) -> Floats:
    """The lower half of the likeness of all to all, and the ridge on its diagonal."""
    # Columns in a row, as LAPACK wants them: otherwise it would copy a gigabyte.
    every = np.zeros((len(view), len(view)), dtype=np.float32, order="F")
    for start in range(0, len(view), AT_ONCE):
        end = min(len(view), start + AT_ONCE)
        part, before = view.at(np.arange(start, end)), view.at(np.arange(end))
        every[start:end, :end] = likeness(part, before, settings)
    every[np.diag_indices(len(view))] += settings.ridge
    return every


def choose(view: View, truth: NDArray[np.int64], labels: int, *, seed: int) -> Settings:
    """The settings that make unseen examples of a sample most likely."""
    if len(view) < FEW:
        return Settings()
    part = np.sort(np.random.default_rng(seed).permutation(len(view))[:TRIED_ON])
    few, known = view.at(part), truth[part]

    @functools.cache
    def loss(settings: Settings) -> float:
        fitted = solve(few, known, labels, settings=settings, held_at=np.arange(len(known)))
        held = fitted.held
        factor = calibrate.sharpness(held, known, default=1.0)
        chances = calibrate.softmax(held, factor)[np.arange(len(known)), known]
        return -float(np.log(np.maximum(chances, 1e-6)).mean())

    mix = min(MIXES, key=loss) if view.points.shape[1] else ONLY_WORDS
    return min((mix._replace(ridge=ridge) for ridge in RIDGES), key=loss)


def solve(
    view: View,
    truth: NDArray[np.int64],
    labels: int,
    *,
    settings: Settings,
    held_at: NDArray[np.int64],
) -> Fitted:
    """Learns from all, with given settings, and says what it would of some without themselves."""
    wanted = np.zeros((len(truth), labels), dtype=np.float32)
    wanted[np.arange(len(truth)), truth] = 1.0
    bias = wanted.mean(axis=0)
    wanted -= bias
    lower = linalg.cholesky(
        matrix(view, settings), lower=True, overwrite_a=True, check_finite=False
    )
    weights = linalg.cho_solve((lower, True), wanted, check_finite=False)
    diagonal = _inverse_diagonal(lower, held_at)[:, None]
    held = wanted[held_at] - weights[held_at] / diagonal + bias
    return Fitted(settings, weights, bias, held_at, held)


def _inverse_diagonal(lower: Floats, chosen: NDArray[np.int64]) -> Floats:
    """Entries of the diagonal of the inverse of ``lower @ lower.T``."""
    found = np.empty(len(chosen), dtype=np.float32)
    for start in range(0, len(chosen), AT_ONCE):
        part = chosen[start : start + AT_ONCE]
        column = _solved(lower, part)
        found[start : start + AT_ONCE] = np.einsum("ij,ij->j", column, column)
    return found


def _solved(lower: Floats, chosen: NDArray[np.int64]) -> Floats:
    """``lower`` against columns of the unit matrix, from the first that is not zero downward.

    By blocks: LAPACK itself would copy the matrix to leave out what is zero.
    """
    first = int(chosen[0])
    found = np.zeros((len(lower) - first, len(chosen)), dtype=np.float32)
    found[chosen - first, np.arange(len(chosen))] = 1.0
    for start in range(first, len(lower), AT_ONCE):
        end = min(len(lower), start + AT_ONCE)
        here = found[start - first : end - first]
        here -= lower[start:end, first:start] @ found[: start - first]
        here[:] = linalg.solve_triangular(
            lower[start:end, start:end], here, lower=True, check_finite=False
        )
    return found
