"""Reads turns: what a customer wants and says, given what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yizhan.learning import bundle
from yizhan.learning.dialogue import features
from yizhan.learning.dialogue.intents import Intents, Shape
from yizhan.learning.dialogue.recent import Recent
from yizhan.learning.dialogue.tagger import Tagger
from yizhan.learning.dialogue.types import TurnReading
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.dialogue.types import Encode, Turn

KIND: Final = "dialogue"
OTHERS: Final = 3
__all__ = ["KIND", "DialogueModel", "NothingToLearn", "Shape"]


class NothingToLearn(ValueError):
    """No conversation has a labelled turn of the customer."""


class DialogueModel:
    """Made by :meth:`fit` or :meth:`load`; never changes afterwards."""

    def __init__(self, intents: Intents, tagger: Tagger, embed: Encode | None) -> None:
        self._intents, self._tagger = intents, tagger
        self._embed = None if embed is None else Recent(embed)

    @property
    def labels(self) -> list[str]:
        """The intents that it knows."""
        return self._intents.labels

    @classmethod
    def fit(
        cls,
        dialogues: Sequence[Sequence[Turn]],
        embed: Encode | None,
        *,
        seed: int = 1,
        shape: Shape | None = None,
    ) -> DialogueModel:
        """Learns from conversations whose user turns have their intent and slots.

        Raises NothingToLearn.
        """
        learned = [
            [(row, turn) for row, turn in zip(features.seen(turns), _users(turns), strict=True)]
            for turns in dialogues
        ]
        labelled = [[(row, turn.intent) for row, turn in one if turn.intent] for one in learned]
        labelled = [one for one in labelled if one]
        if not labelled:
            raise NothingToLearn("no turn of a customer has an intent")
        vectors = features.encode((row for one in learned for row, _ in one), embed)
        intents = Intents.fit(labelled, vectors, shape=shape or Shape(), seed=seed)
        pairs = [(row, dict(turn.slots), turn.intent) for one in learned for row, turn in one]
        return cls(intents, Tagger.fit(pairs, seed=seed), embed)

    def read(self, turns: Sequence[Turn]) -> TurnReading:
        """The last turn, in the light of the ones before it; labels of turns are not looked at."""
        return self._read(features.seen(turns)[-1:])[0]

    def read_all(self, turns: Sequence[Turn]) -> list[TurnReading | None]:
        """Every turn of a conversation, None for the agent's."""
        found = iter(self._read(features.seen(turns)))
        return [next(found) if turn.role == "user" else None for turn in turns]

    def _read(self, rows: Sequence[features.Seen]) -> list[TurnReading]:
        if not rows:
            return []
        shares = self._intents.likely(rows, features.encode(rows, self._embed))
        best = [self.labels[place] for place in shares.argmax(axis=1)]
        slots = self._tagger.read(rows, best)
        return [self._reading(share, found) for share, found in zip(shares, slots, strict=True)]

    def _reading(self, shares: NDArray[Any], slots: dict[str, str]) -> TurnReading:
        order = np.argsort(-shares)[: OTHERS + 1]
        ranked = [(self.labels[place], float(shares[place])) for place in order]
        return TurnReading(*ranked[0], slots, tuple(ranked[1:]))

    def dump(self) -> bytes:
        """Everything but the encoder."""
        document, arrays = self._intents.dump()
        tagger, numbers = self._tagger.dump()
        arrays |= {f"tagger_{name}": part for name, part in numbers.items()}
        return bundle.dump(bundle.Bundle(KIND, {"intents": document, "tagger": tagger}, arrays))

    @classmethod
    def load(cls, data: bytes, *, embed: Encode | None = None) -> DialogueModel:
        """``embed`` must be the encoder that it was trained with. Raises bundle.Unreadable."""
        _, document, arrays = bundle.load(data, kind=KIND)
        try:
            numbers = {
                name.removeprefix("tagger_"): part
                for name, part in arrays.items()
                if name.startswith("tagger_")
            }
            intents = Intents.load(document["intents"], arrays)
            return cls(intents, Tagger.load(document["tagger"], numbers), embed)
        except (KeyError, TypeError, ValueError) as error:
            raise bundle.Unreadable("a model of conversations that lacks a part") from error


def _users(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.role == "user"]
