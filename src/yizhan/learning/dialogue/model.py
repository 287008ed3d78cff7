"""Reads turns: what a customer wants and says, given what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from yizhan.learning import bundle, slots
from yizhan.learning.dialogue.types import TurnReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning.dialogue.types import Encode, Turn

KIND = "dialogue"
CUR = HashingVectorizer(
    n_features=1 << 14, analyzer="char_wb", ngram_range=(1, 4), alternate_sign=False
)


class DialogueModel:
    """Made by :meth:`fit` or :meth:`load`; never changes afterwards."""

    def __init__(self, labels: list[str], weights: NDArray[Any], bias: NDArray[Any]) -> None:
        self._labels, self._weights, self._bias = labels, weights, bias

    @classmethod
    def fit(
        cls, dialogues: Sequence[Sequence[Turn]], embed: Encode | None, *, seed: int = 1
    ) -> DialogueModel:
        """Learns from conversations whose user turns have their intent and slots."""
        rows = [
            turn for turns in dialogues for turn in turns if turn.role == "user" and turn.intent
        ]
        head = LogisticRegression(C=20, max_iter=300, random_state=seed)
        head.fit(CUR.transform([turn.text for turn in rows]), [turn.intent for turn in rows])
        weights, bias = head.coef_, head.intercept_
        if len(head.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
        return cls([str(one) for one in head.classes_], weights.astype(np.float32), bias)

    def read(self, turns: Sequence[Turn]) -> TurnReading:
        """The last turn, in the light of the ones before it; their labels are not looked at."""
        text = turns[-1].text
        score = CUR.transform([text]) @ self._weights.T + self._bias
        likely = np.exp(score[0] - score[0].max())
        likely /= likely.sum()
        order = np.argsort(-likely)
        found = {slot.name: slot.value for slot in slots.find(text)}
        others = tuple((self._labels[i], float(likely[i])) for i in order[1:4])
        return TurnReading(self._labels[order[0]], float(likely[order[0]]), found, others)

    def read_all(self, turns: Sequence[Turn]) -> list[TurnReading | None]:
        """Every turn of a conversation, None for the agent's."""
        return [
            self.read(turns[: place + 1]) if turn.role == "user" else None
            for place, turn in enumerate(turns)
        ]

    def dump(self) -> bytes:
        arrays = {"weights": self._weights.astype(np.float16), "bias": self._bias}
        return bundle.dump(bundle.Bundle(KIND, {"labels": self._labels}, arrays))

    @classmethod
    def load(cls, data: bytes) -> DialogueModel:
        """Raises bundle.Unreadable."""
        _, document, arrays = bundle.load(data, kind=KIND)
        return cls(document["labels"], arrays["weights"].astype(np.float32), arrays["bias"])
