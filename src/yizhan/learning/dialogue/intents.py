"""The intent of a turn from itself, the turn before, what the agent asked and all that was said so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning.dialogue import clues, features, network
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.dialogue.features import Reader, Seen
    from yizhan.learning.embedding import Vectors

HIDDEN: Final = 96
STEPS: Final = 560
"""Batches to learn from: few examples are passed over more often."""
PASSES: Final = (4, 24)
HELD_OUT: Final = 0.12
WARMTH: Final = tuple(float(0.5 * 8 ** (step / 24)) for step in range(25))


class Shape(NamedTuple):
    """How large a model may become."""

    words: int = 12_000
    hidden: int = HIDDEN


class Intents:
    """Two networks whose answers are averaged; a third, which has seen less, tells how sure both may be."""

    def __init__(
        self, labels: list[str], nets: Sequence[network.Network], reader: Reader, warmth: float
    ) -> None:
        self.labels, self._nets, self._reader, self._warmth = labels, nets, reader, warmth

    @classmethod
    def fit(
        cls,
        dialogues: Sequence[Sequence[tuple[Seen, str]]],
        vectors: dict[str, Vectors],
        *,
        shape: Shape,
        seed: int,
    ) -> Intents:
        """Each conversation as what was seen and the intent."""
        pairs = [pair for one in dialogues for pair in one]
        whose = np.repeat(np.arange(len(dialogues)), [len(one) for one in dialogues])
        rows, said = [row for row, _ in pairs], [label for _, label in pairs]
        labels = sorted(set(said))
        place = {label: number for number, label in enumerate(labels)}
        wanted = np.array([place[label] for label in said])
        reader = features.Reader.fit(rows, vectors, most=shape.words)
        inputs = reader.read(rows, vectors)
        passes = int(np.clip(STEPS * network.BATCH // max(1, len(rows)), *PASSES))
        held = held_out(whose, len(dialogues), seed)
        warmth = 1.0
        if held.any():
            tried = _one(inputs.pick(~held), wanted[~held], labels, shape, passes, seed)
            warmth = _warmth(tried.scores(inputs.pick(held)), wanted[held])
        # The one that was tried knows less: in the mean it would take away half a point.
        first, second = (
            _one(inputs, wanted, labels, shape, passes, seed + number) for number in (1, 2)
        )
        return cls(labels, (first, second), reader, warmth)

    def likely(self, rows: Sequence[Seen], vectors: dict[str, Vectors]) -> NDArray[Any]:
        """A row for each turn, a column for each label."""
        inputs = self._reader.read(rows, vectors)
        parts = [network.softmax(net.scores(inputs) / self._warmth) for net in self._nets]
        return np.asarray(np.mean(parts, axis=0))

    def dump(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """A document and arrays."""
        document, arrays = self._reader.dump()
        for number, net in enumerate(self._nets):
            parts = net._asdict().items()
            arrays |= {f"{number}_{name}": part.astype(np.float16) for name, part in parts}
        return {"labels": self.labels, "warmth": self._warmth, "words": document}, arrays

    @classmethod
    def load(cls, document: dict[str, Any], arrays: dict[str, Any]) -> Intents:
        nets = [
            network.Network(
                *(arrays[f"{number}_{name}"].astype(np.float32) for name in network.Network._fields)
            )
            for number in range(2)
        ]
        reader = features.Reader.load(document["words"], arrays)
        return cls(document["labels"], nets, reader, document["warmth"])


def _one(
    inputs: network.Inputs,
    wanted: NDArray[Any],
    labels: Sequence[str],
    shape: Shape,
    passes: int,
    seed: int,
) -> network.Network:
    return network.fit(
        inputs,
        wanted,
        count=len(labels),
        hidden=shape.hidden,
        passes=passes,
        seed=seed,
        made_of=_acts(labels),
    )


def _acts(labels: Sequence[str]) -> NDArray[Any] | None:
    """Which acts each label is a set of; None where every label is an act by itself."""
    sets = [set(clues.ACT.split(label)) for label in labels]
    acts = sorted(set().union(*sets))
    if len(acts) >= len(labels):
        return None
    return np.array([[act in one for act in acts] for one in sets], dtype=np.float32)


def held_out(whose: NDArray[Any], count: int, seed: int) -> NDArray[Any]:
    """Whole conversations: turns of one are alike. All or none where there are too few."""
    chosen = np.random.default_rng(seed).random(count) < HELD_OUT
    if count < 20:
        chosen[:] = False
    return np.asarray(chosen[whose])


def _warmth(scores: NDArray[Any], wanted: NDArray[Any]) -> float:
    """The temperature at which the shares are most likely right (Guo et al., 2017)."""
    if not len(wanted):
        return 1.0
    losses = [
        -np.log(network.softmax(scores / one)[np.arange(len(wanted)), wanted] + 1e-9).mean()
        for one in WARMTH
    ]
    return WARMTH[int(np.argmin(losses))]
