"""A small network with one hidden layer, trained and read in NumPy.

Its input is sparse (words) beside dense (vectors). Rectified linear units, dropout, cross-entropy, Adam
(Kingma and Ba, 2015, arXiv:1412.6980). It learns which word means what after which turn, which a linear
head cannot: there "ok" weighs the same after a question as after an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

BATCH: Final = 128
DROPPED: Final = 0.25
RATE: Final = 2e-3
SHRINK: Final = 1e-5
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8


class Inputs(NamedTuple):
    """One row an example: a sparse matrix of words and a dense one of vectors."""

    words: Any
    dense: Floats

    def pick(self, rows: NDArray[Any]) -> Inputs:
        """Some of the rows."""
        return Inputs(self.words[rows], self.dense[rows])


class Network(NamedTuple):
    """Weights of words, of vectors, bias; weights and bias of the labels."""

    words: Floats
    dense: Floats
    bias: Floats
    out: Floats
    out_bias: Floats

    def scores(self, inputs: Inputs) -> Floats:
        """Logits, one column a label."""
        hidden = np.asarray(inputs.words @ self.words) + inputs.dense @ self.dense + self.bias
        return np.asarray(np.maximum(hidden, 0) @ self.out + self.out_bias, dtype=np.float32)


def softmax(scores: NDArray[Any]) -> Floats:
    """Shares that add up to one, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def fit(
    inputs: Inputs,
    labels: NDArray[Any],
    *,
    count: int,
    hidden: int,
    passes: int,
    seed: int,
    batch: int = BATCH,
    made_of: Floats | None = None,
) -> Network:
    """Learns ``labels`` (numbers below ``count``) in so many passes over the examples.

    ``made_of`` (count, parts) says which parts labels are made of: what is learned of a part in one
    label helps all that share it, and a label that is rare need only be learned as far as it differs.
    """
    random = np.random.default_rng(seed)
    net = _start(random, inputs, hidden=hidden, count=count)
    shared = _Shared.start(random, made_of, hidden=hidden)
    learned = (*net, *shared.learned)
    first, second = ([np.zeros_like(part) for part in learned] for _ in range(2))
    batches = _batches(random, len(labels), passes, batch)
    steps = max(1, passes * -(-len(labels) // batch))
    for step, rows in enumerate(batches, start=1):
        gradients = _gradients(shared.on(net), inputs.pick(rows), labels[rows], random)
        gradients = (*gradients, *shared.gradients(gradients))
        # Rate falls in a straight line to a tenth: late passes settle instead of wandering.
        rate = RATE * (1 - 0.9 * step / steps)
        rate *= float(np.sqrt(1 - SECOND**step) / (1 - FIRST**step))
        for part, slope, m, v in zip(learned, gradients, first, second, strict=True):
            _adam(part, slope, m, v, rate)
    return shared.on(net)


class _Shared(NamedTuple):
    """Weights and bias of the parts that labels are made of; added to those of the labels."""

    made_of: Floats | None
    out: Floats
    bias: Floats

    @classmethod
    def start(cls, random: np.random.Generator, made_of: Floats | None, *, hidden: int) -> _Shared:
        parts = 0 if made_of is None else made_of.shape[1]
        out = (random.standard_normal((hidden, parts)) * 0.05).astype(np.float32)
        return cls(made_of, out, np.zeros(parts, dtype=np.float32))

    @property
    def learned(self) -> tuple[Floats, ...]:
        return () if self.made_of is None else (self.out, self.bias)

    def on(self, net: Network) -> Network:
        if self.made_of is None:
            return net
        return net._replace(
            out=net.out + self.out @ self.made_of.T,
            out_bias=net.out_bias + self.made_of @ self.bias,
        )

    def gradients(self, of_net: tuple[Floats, ...]) -> tuple[Floats, ...]:
        """From the gradients of the labels' weights and bias, which come last."""
        if self.made_of is None:
            return ()
        return of_net[-2] @ self.made_of, of_net[-1] @ self.made_of


def _start(random: np.random.Generator, inputs: Inputs, *, hidden: int, count: int) -> Network:
    def drawn(rows: int, columns: int, spread: float) -> Floats:
        return (random.standard_normal((rows, columns)) * spread).astype(np.float32)

    words, dense = inputs.words.shape[1], inputs.dense.shape[1]
    return Network(
        drawn(words, hidden, 0.05),
        drawn(dense, hidden, float(np.sqrt(2 / max(1, dense + hidden)))),
        np.zeros(hidden, dtype=np.float32),
        drawn(hidden, count, float(np.sqrt(2 / (hidden + count)))),
        np.zeros(count, dtype=np.float32),
    )


def _batches(
    random: np.random.Generator, size: int, passes: int, batch: int
) -> Iterator[NDArray[Any]]:
    for _ in range(passes):
        order = random.permutation(size)
        for start in range(0, size, batch):
            yield order[start : start + batch]


def _gradients(
    net: Network, inputs: Inputs, labels: NDArray[Any], random: np.random.Generator
) -> tuple[Floats, ...]:
    hidden = np.asarray(inputs.words @ net.words) + inputs.dense @ net.dense + net.bias
    mask = (hidden > 0) * (random.random(hidden.shape, dtype=np.float32) >= DROPPED)
    mask = mask.astype(np.float32) / (1 - DROPPED)
    active = hidden * mask
    slope = softmax(active @ net.out + net.out_bias)
    slope[np.arange(len(labels)), labels] -= 1
    slope /= len(labels)
    back = (slope @ net.out.T) * mask
    return (
        np.asarray(inputs.words.T @ back, dtype=np.float32),
        inputs.dense.T @ back,
        back.sum(axis=0),
        active.T @ slope,
        slope.sum(axis=0),
    )


def _adam(part: Floats, slope: Floats, m: Floats, v: Floats, rate: float) -> None:
    m *= FIRST
    m += (1 - FIRST) * slope
    v *= SECOND
    v += (1 - SECOND) * np.square(slope)
    part *= 1 - SHRINK
    part -= rate * m / (np.sqrt(v) + TINY)
