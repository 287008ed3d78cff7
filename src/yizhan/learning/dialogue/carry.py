"""Reads a turn in its conversation with a classifier that knows single messages only.

For the start, when no conversations are labelled: "yes", "the 11th" or an order number want what the turn
before wanted; "and can I get an invoice?" wants something new. A small logistic gate tells the two apart
by how sure the classifier is and by how the turn is put; it knows no intent, so that it serves any
classifier.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning import bundle, later, slots
from yizhan.learning.dialogue import features
from yizhan.learning.dialogue.recent import Recent
from yizhan.learning.dialogue.types import TurnReading
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sklearn import linear_model

    from yizhan.learning.classify import Classifier, Guess
    from yizhan.learning.dialogue.features import Seen
    from yizhan.learning.dialogue.types import Encode, Turn
else:
    linear_model = later.Module("sklearn.linear_model")

KIND: Final = "dialogue-gate"
WEIGHED: Final = 0.5
"""How much a turn says again of the matter before: the exponent of its shares."""
OTHERS: Final = 4
KEPT: Final = 16
"""Intents that are believed in at a time."""
LEAST: Final = 0.05
"""The share of a label that the classifier did not name."""
OUT: Final = "oos"
ASKS: Final = re.compile(
    r"[?？]|吗|呢|怎么|如何|多少|几|能不能|可以.{0,12}[吗不]|哪|什么"
    r"|\b(?:how|what|when|where|why|which|who|can|could|do|does|is|are|will|would)\b",
    re.IGNORECASE,
)
MORE: Final = re.compile(
    r"另外|还有|顺便|對了|对了|再问|再帮|别的|算了|那就|直接"
    r"|\b(?:also|another|btw|by the way|oh and|one more|in that case|instead|then|actually)\b",
    re.IGNORECASE,
)
PLAIN: Final = re.compile(
    r"^[\s，,]{0,2}(?:是的?|对的?|好的?|行|要的?|可以|嗯|不用|没有|不是|不对|等下|哦"
    r"|yes|yeah|yep|no|nope|ok|okay|sure|right|correct|wait|sorry)\b",
    re.IGNORECASE,
)


class Gate(NamedTuple):
    """How much each sign speaks for a new matter."""

    weights: tuple[float, ...]
    bias: float

    def new(self, signs: Sequence[float]) -> float:
        """How likely the turn is about something else than the one before."""
        score = float(np.dot(self.weights, signs)) + self.bias
        return float(1 / (1 + np.exp(-score)))


def fit(cases: Iterable[tuple[Sequence[float], bool]], *, seed: int = 1) -> Gate:
    """Of signs, and whether the turn was about something new."""
    signs, new = zip(*cases, strict=True)
    head = linear_model.LogisticRegression(C=1.0, max_iter=500, random_state=seed)
    head.fit(np.asarray(signs), np.asarray(new))
    return Gate(tuple(float(one) for one in head.coef_[0]), float(head.intercept_[0]))


def ranked(guess: Guess) -> dict[str, float]:
    """Labels with their share, the likeliest first; never out of scope."""
    pairs = [*((guess.label, guess.confidence),), *guess.others]
    return {label: share for label, share in pairs if label and label != OUT}


def signs(row: Seen, guess: Guess, before: str) -> list[float]:
    """What tells whether the turn goes on with the matter ``before``."""
    shares = ranked(guess)
    other = max((share for label, share in shares.items() if label != before), default=0.0)
    same = shares.get(before, 0.0)
    words = features.tokens(row.now)
    covered = sum(slot.end - slot.start for slot in slots.find(row.now)) / max(1, len(row.now))
    return [
        float(np.log((other + 0.02) / (1.02 - other))),
        float(np.log((same + 0.02) / (1.02 - same))),
        guess.in_scope,
        float(guess.label == OUT),
        float(np.log1p(len(words))),
        covered,
        float(bool(re.search(r"[?？]\s*$", row.agent))),
        float(bool(ASKS.search(row.now))),
        float(bool(MORE.search(row.now))),
        float(bool(PLAIN.search(row.now))),
    ]


class Follower:
    """Reads conversations as :class:`DialogueModel` does, with a classifier and a gate."""

    def __init__(self, head: Classifier, gate: Gate, embed: Encode | None) -> None:
        self._head, self._gate = head, gate
        self._embed = None if embed is None else Recent(embed)

    def read(self, turns: Sequence[Turn]) -> TurnReading:
        """The last turn, in the light of the ones before it."""
        return self._follow(features.seen(turns))[-1]

    def read_all(self, turns: Sequence[Turn]) -> list[TurnReading | None]:
        """Every turn of a conversation, None for the agent's."""
        found = iter(self._follow(features.seen(turns)))
        return [next(found) if turn.role == "user" else None for turn in turns]

    def _follow(self, rows: Sequence[Seen]) -> list[TurnReading]:
        readings: list[TurnReading] = []
        belief: dict[str, float] = {}
        for row, guess in zip(rows, guesses(self._head, rows, self._embed), strict=True):
            found = {slot.name: slot.value for slot in slots.find(row.now)}
            before = max(belief, key=lambda label: belief[label], default="")
            shares = ranked(guess)
            if not before:
                belief = {} if guess.label == OUT else shares
                readings.append(TurnReading(guess.label, guess.confidence, found, guess.others))
                continue
            new = self._gate.new(signs(row, guess, before))
            belief = believe(belief, shares, new=new)
            order = sorted(belief.items(), key=lambda one: -one[1])
            readings.append(TurnReading(*order[0], found, tuple(order[1 : 1 + OTHERS])))
        return readings


def believe(
    before: Mapping[str, float], shares: Mapping[str, float], *, new: float
) -> dict[str, float]:
    """How likely each intent is now: a new matter is what the turn says by itself, more of the same is
    what was likely before, weighed anew by what the turn says of it. What was doubtful stays doubtful."""
    labels = dict.fromkeys([*before, *shares])
    again = {
        one: before.get(one, 0.0) * (shares.get(one, 0.0) + LEAST) ** WEIGHED for one in labels
    }
    unknown = max(0.0, 1 - sum(before.values())) * LEAST**WEIGHED
    total = sum(again.values()) + unknown
    mixed = {one: (1 - new) * again[one] / total + new * shares.get(one, 0.0) for one in labels}
    return dict(sorted(mixed.items(), key=lambda one: -one[1])[:KEPT])


def guesses(head: Classifier, rows: Sequence[Seen], embed: Encode | None) -> list[Guess]:
    """What each turn means by itself."""
    texts = [row.now for row in rows]
    return head.guess(texts, None if embed is None else embed.embed(texts))


def dump(gate: Gate) -> bytes:
    """The gate as bytes."""
    document = {"weights": list(gate.weights), "bias": gate.bias}
    return bundle.dump(bundle.Bundle(KIND, document, {}))


def load(data: bytes) -> Gate:
    """Raises bundle.Unreadable."""
    document = bundle.load(data, kind=KIND).document
    return Gate(tuple(document["weights"]), document["bias"])


@functools.cache
def shipped() -> Gate | None:
    """The gate that comes with the program; None in a build without it."""
    file = resources.files("yizhan.learning.shipped").joinpath("dialogue.npz")
    return load(file.read_bytes()) if file.is_file() else None
