"""What goes into a model of conversations and what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yizhan.learning.embedding import Vectors


class Encode(Protocol):
    """An encoder, such as :class:`yizhan.learning.embedding.Embedder`."""

    def embed(self, texts: list[str]) -> Vectors:
        """One vector a text."""


class Turn(NamedTuple):
    """What somebody said. ``role`` is ``user`` (the customer) or ``agent``; labels only for training."""

    role: str
    text: str
    intent: str = ""
    slots: Mapping[str, str] = {}


class TurnReading(NamedTuple):
    """A customer's turn in the light of what came before."""

    intent: str
    confidence: float
    """How likely the intent is right, calibrated."""
    slots: dict[str, str]
    """What this turn says new or corrects."""
    others: tuple[tuple[str, float], ...] = ()
    """The next best intents."""


class Fact(NamedTuple):
    """The latest stated value of a slot."""

    name: str
    value: str
    turn: int
    """The turn that states it."""
    start: int
    end: int
    """Its place in that turn's text; both -1 when it does not stand there letter by letter."""
    normal: str = ""
    before: tuple[str, ...] = ()
    """Values that it replaced, oldest first."""


class Known(NamedTuple):
    """What a conversation has told so far, by slot."""

    facts: dict[str, Fact]

    @property
    def slots(self) -> dict[str, str]:
        """Just the values."""
        return {name: fact.value for name, fact in self.facts.items()}
