"""Which words of a turn are the value of which slot.

Every word (Chinese: character) is labelled as beginning, continuing or standing outside of a value by a
network that looks at its neighbours, at what the agent asked, at the intent and at known values; the best
sequence of labels that makes sense is found by Viterbi's algorithm (Viterbi, 1967).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from yizhan.learning import later
from yizhan.learning.dialogue import clues, network, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sklearn import feature_extraction

    from yizhan.learning.dialogue.features import Seen
else:
    feature_extraction = later.Module("sklearn.feature_extraction")

OUTSIDE: Final = "O"
HIDDEN: Final = 48
STEPS: Final = 2000
BATCH: Final = 256
PASSES: Final = (3, 80)
WIDTH: Final = 1 << 14
EAGER: Final = 2.5
"""Taken off the score of "outside": words of rare values lose to it one by one, not as a value."""
ENOUGH: Final = 1000
"""Values from which on that is taken off in full: with few, it would invent some."""
MOSTLY: Final = 0.6
"""Of the turns that name a thing, those that want it: from there on naming it is enough."""


class Tagger:
    """Made by :meth:`fit` or :meth:`load`."""

    def __init__(
        self,
        labels: list[str],
        net: network.Network | None,
        values: spans.Values,
        known: dict[str, str],
        wanted: dict[str, str],
    ) -> None:
        self._labels, self._net, self._values, self._known = labels, net, values, known
        self._wanted = wanted
        """Slots that are so or not, by the thing that they are about."""
        self._allowed = _allowed(labels)

    @classmethod
    def fit(cls, rows: Sequence[tuple[Seen, dict[str, str], str]], *, seed: int) -> Tagger:
        """Of turns with their slots and intent."""
        marked = [_mark(row, slots) for row, slots, _ in rows]
        seen = [one for found in marked for one in found]
        values = spans.Values.fit((slot, piece, value) for slot, piece, value, _ in seen)
        known = _gazetteer(Counter((piece.casefold(), slot) for slot, piece, _, _ in seen))
        yes = {slot for slot, _, value, _ in seen if value.casefold() in spans.YES}
        known |= {spans.thing(slot).casefold(): slot for slot in sorted(yes)}
        labels = [OUTSIDE]
        labels += [f"{at}-{slot}" for slot in sorted({one[0] for one in seen}) for at in "BIES"]
        if len(labels) == 1:
            return cls(labels, None, values, {}, {})
        number = {label: place for place, label in enumerate(labels)}
        lines, wanted = [], []
        for (row, _, intent), found in zip(rows, marked, strict=True):
            tokens = spans.split(row.now)
            lines += clues.of(row, tokens, intent=intent, known=known)
            tags = [0] * len(tokens)
            for slot, _, _, (first, last) in found:
                for place in range(first, last):
                    at = clues.at(place - first, last - first)
                    tags[place] = number[f"{at}-{slot}"]
            wanted += tags
        inputs = _inputs(lines)
        passes = int(np.clip(STEPS * BATCH // max(1, len(lines)), *PASSES))
        net = network.fit(
            inputs,
            np.array(wanted),
            count=len(labels),
            hidden=HIDDEN,
            passes=passes,
            seed=seed,
            batch=BATCH,
        )
        net.out_bias[0] -= EAGER * min(1.0, len(seen) / ENOUGH)
        return cls(labels, net, values, known, _wanted(rows, yes))

    def read(self, rows: Sequence[Seen], intents: Sequence[str]) -> list[dict[str, str]]:
        """The slots of each turn."""
        if self._net is None:
            return [{} for _ in rows]
        tokens = [spans.split(row.now) for row in rows]
        lines = [
            line
            for row, cut, intent in zip(rows, tokens, intents, strict=True)
            for line in clues.of(row, cut, intent=intent, known=self._known)
        ]
        if not lines:
            return [{} for _ in rows]
        shares = np.log(network.softmax(self._net.scores(_inputs(lines))) + 1e-9)
        ends = np.cumsum([0, *(len(cut) for cut in tokens)])
        return [
            self._slots(row.now, cut, shares[begin:end])
            for row, cut, begin, end in zip(rows, tokens, ends, ends[1:], strict=False)
        ]

    def _slots(self, text: str, tokens: list[spans.Token], shares: NDArray[Any]) -> dict[str, str]:
        found: dict[str, tuple[float, str]] = {}
        for slot, first, last in _runs([self._labels[one] for one in self._best(shares)]):
            piece = text[tokens[first][0] : tokens[last - 1][1]]
            sure = float(shares[first:last].max(axis=1).mean())
            if slot not in found or sure > found[slot][0]:
                found[slot] = (sure, self._values.of(slot, piece))
        named = [slot for thing, slot in self._wanted.items() if thing in text.casefold()]
        sure_of = {slot: value for slot, (_, value) in found.items()}
        return {slot: self._values.of(slot, spans.thing(slot)) for slot in named} | sure_of

    def _best(self, shares: NDArray[Any]) -> list[int]:
        """The likeliest sequence in which a value begins before it goes on."""
        if not len(shares):
            return []
        # Before the first word and after the last nothing is open: as if "outside" stood there.
        score = shares[0] + self._allowed[0]
        back = []
        for line in shares[1:]:
            step = score[:, None] + self._allowed
            back.append(step.argmax(axis=0))
            score = step.max(axis=0) + line
        path = [int((score + self._allowed[:, 0]).argmax())]
        for line in reversed(back):
            path.append(int(line[path[-1]]))
        return path[::-1]

    def dump(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """A document and arrays."""
        document = {"labels": self._labels, "values": self._values.dump(), "known": self._known}
        document["wanted"] = self._wanted
        parts = {} if self._net is None else self._net._asdict()
        return document, {name: part.astype(np.float16) for name, part in parts.items()}

    @classmethod
    def load(cls, document: dict[str, Any], arrays: dict[str, Any]) -> Tagger:
        net = None
        if arrays:
            parts = (arrays[name].astype(np.float32) for name in network.Network._fields)
            net = network.Network(*parts)
        values = spans.Values.load(document["values"])
        return cls(document["labels"], net, values, document["known"], document["wanted"])


def _mark(row: Seen, slots: dict[str, str]) -> list[tuple[str, str, str, spans.Token]]:
    """Slot, piece of text, value, tokens: of the values that stand in the turn."""
    tokens = spans.split(row.now)
    taken: set[int] = set()
    found = []
    # Long values first: a short one may stand inside of them.
    for slot, value in sorted(slots.items(), key=lambda one: -len(one[1])):
        at = spans.place(row.now, tokens, slot=slot, value=value)
        if at is None or taken & set(range(*at)):
            continue
        taken |= set(range(*at))
        piece = row.now[tokens[at[0]][0] : tokens[at[1] - 1][1]]
        found.append((slot, piece, value, at))
    return found


def _wanted(rows: Sequence[tuple[Seen, dict[str, str], str]], yes: set[str]) -> dict[str, str]:
    """Things that are wanted in most of the turns that name them."""
    kept = {}
    for slot in sorted(yes):
        thing = spans.thing(slot).casefold()
        named = [slot in slots for row, slots, _ in rows if thing in row.now.casefold()]
        if len(named) > 1 and sum(named) / len(named) >= MOSTLY:
            kept[thing] = slot
    return kept


def _gazetteer(counts: Counter[tuple[str, str]]) -> dict[str, str]:
    """Values seen at least twice (once tells nothing in training: it would always be right)."""
    kept: dict[str, str] = {}
    for (piece, slot), count in counts.most_common():
        if count >= 2 and len(piece) > 1:
            kept.setdefault(piece, slot)
    return kept


def _inputs(lines: list[list[str]]) -> network.Inputs:
    hasher = feature_extraction.FeatureHasher(
        WIDTH, input_type="string", alternate_sign=False, dtype=np.float32
    )
    return network.Inputs(hasher.transform(lines), np.zeros((len(lines), 0), dtype=np.float32))


def _allowed(labels: list[str]) -> NDArray[Any]:
    """0 where the second label may follow the first, otherwise far below."""
    table = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for row, label in enumerate(labels):
        inside = label[0] in "BI" and label != OUTSIDE
        for column, follows in enumerate(labels):
            goes_on = follows[0] in "IE" and follows != OUTSIDE
            if inside != goes_on or (inside and follows[2:] != label[2:]):
                table[row, column] = -1e6
    return table


def _runs(labels: list[str]) -> list[tuple[str, int, int]]:
    """Slot, first token, last token (exclusive)."""
    runs: list[tuple[str, int, int]] = []
    for place, label in enumerate(labels):
        if label[:2] in {"B-", "S-"}:
            runs.append((label[2:], place, place + 1))
        elif label[:2] in {"I-", "E-"} and runs and runs[-1][2] == place:
            runs[-1] = (*runs[-1][:2], place + 1)
    return runs
