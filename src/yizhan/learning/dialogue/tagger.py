"""Which words of a turn are the value of which slot.

Every word (Chinese: character) is labelled as beginning, continuing or standing outside of a value by a
network that looks at its neighbours, at what the agent asked, at the intent and at known values; the best
sequence of labels that makes sense is found by Viterbi's algorithm (Viterbi, 1967).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from yizhan.learning import later
from yizhan.learning.dialogue import clues, intents, network, spans
from yizhan.learning.later import np

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
EAGER: Final = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)
"""May be taken off the score of "outside": words of rare values lose to it one by one, not as a value."""
ENOUGH: Final = 40
"""Values in conversations held back that it takes to choose among them: else nothing is taken off."""
MOSTLY: Final = 0.6
"""Of the turns that name a thing, those that want it: from there on naming it is enough."""


Marked = tuple[str, str, str, spans.Token]
"""Slot, piece of text, value, tokens."""


class Tagger:
    """Made by :meth:`fit` or :meth:`load`."""

    def __init__(
        self,
        labels: list[str],
        nets: Sequence[network.Network],
        values: spans.Values,
        known: dict[str, str],
        wanted: dict[str, str],
    ) -> None:
        self._labels, self._nets, self._values, self._known = labels, nets, values, known
        self._wanted = wanted
        """Slots that are so or not, by the thing that they are about."""
        self._allowed = _allowed(labels)

    @classmethod
    def fit(cls, rows: Sequence[tuple[Seen, dict[str, str], str]], *, seed: int) -> Tagger:
        """Of turns with their slots and intent."""
        marked = [_mark(row, slots) for row, slots, _ in rows]
        seen = [one for found in marked for one in found]
        values = spans.Values.fit((slot, piece, value) for slot, piece, value, _ in seen)
        known = _known(marked)
        yes = {slot for slot, _, value, _ in seen if value.casefold() in spans.YES}
        labels = [OUTSIDE]
        labels += [f"{at}-{slot}" for slot in sorted({one[0] for one in seen}) for at in "BIES"]
        if len(labels) == 1:
            return cls(labels, (), values, {}, {})
        wanted = _wanted(rows, yes)
        lines, tags, of_row = _tagged(rows, marked, labels=labels, known=known)
        inputs = _inputs(lines)
        held = _held(rows, seed)
        learned = ~held[of_row]
        first = _net(inputs.pick(learned), tags[learned], count=len(labels), seed=seed)
        # Values of what was held back are no more known than those of a stranger.
        strange = _known([one for one, out in zip(marked, held, strict=True) if not out])
        alone = cls(labels, (first,), values, strange, wanted)
        eager = alone._eager([row for row, out in zip(rows, held, strict=True) if out])
        second = _net(inputs, tags, count=len(labels), seed=seed + 1)
        for net in (first, second):
            net.out_bias[0] -= eager
        return cls(labels, (first, second), values, known, wanted)

    def _eager(self, rows: Sequence[tuple[Seen, dict[str, str], str]]) -> float:
        """How much to take off "outside", so that most is right in turns that were not learned from."""
        if sum(len(slots) for _, slots, _ in rows) < ENOUGH:
            return 0.0
        shares = self._shares([row for row, _, _ in rows], [intent for _, _, intent in rows])

        def right(eager: float) -> float:
            hits = pairs = 0
            for (row, slots, _), (cut, own) in zip(rows, shares, strict=True):
                said = self._slots(row.now, cut, own - eager * (np.arange(own.shape[1]) == 0))
                hits += len(slots.items() & said.items())
                pairs += len(slots) + len(said)
            return hits / max(1, pairs)

        return max(EAGER, key=right)

    def read(self, rows: Sequence[Seen], said: Sequence[str]) -> list[dict[str, str]]:
        """The slots of each turn."""
        return [
            self._slots(row.now, cut, own)
            for row, (cut, own) in zip(rows, self._shares(rows, said), strict=True)
        ]

    def _shares(
        self, rows: Sequence[Seen], said: Sequence[str]
    ) -> list[tuple[list[spans.Token], NDArray[Any]]]:
        """Of each turn its tokens, and the logarithm of how likely each label is for each."""
        tokens = [spans.split(row.now) for row in rows]
        lines = [
            line
            for row, cut, intent in zip(rows, tokens, said, strict=True)
            for line in clues.of(row, cut, intent=intent, known=self._known)
        ]
        if not lines or not self._nets:
            return [([], np.zeros((0, len(self._labels)))) for _ in rows]
        inputs = _inputs(lines)
        mean = np.mean([network.softmax(net.scores(inputs)) for net in self._nets], axis=0)
        shares = np.log(mean + 1e-9)
        ends = np.cumsum([0, *(len(cut) for cut in tokens)])
        return [
            (cut, shares[begin:end])
            for cut, begin, end in zip(tokens, ends, ends[1:], strict=False)
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
        arrays = {
            f"{number}_{name}": part.astype(np.float16)
            for number, net in enumerate(self._nets)
            for name, part in net._asdict().items()
        }
        return document, arrays

    @classmethod
    def load(cls, document: dict[str, Any], arrays: dict[str, Any]) -> Tagger:
        nets = [
            network.Network(
                *(arrays[f"{number}_{name}"].astype(np.float32) for name in network.Network._fields)
            )
            for number in range(len(arrays) // len(network.Network._fields))
        ]
        values = spans.Values.load(document["values"])
        return cls(document["labels"], nets, values, document["known"], document["wanted"])


def _tagged(
    rows: Sequence[tuple[Seen, dict[str, str], str]],
    marked: Sequence[Sequence[Marked]],
    *,
    labels: Sequence[str],
    known: dict[str, str],
) -> tuple[list[list[str]], NDArray[Any], NDArray[Any]]:
    """Clues and label of every token, and the row that it stands in."""
    number = {label: place for place, label in enumerate(labels)}
    lines: list[list[str]] = []
    tags: list[int] = []
    of_row: list[int] = []
    for at, ((row, _, intent), found) in enumerate(zip(rows, marked, strict=True)):
        tokens = spans.split(row.now)
        lines += clues.of(row, tokens, intent=intent, known=known)
        own = [0] * len(tokens)
        for slot, _, _, (first, last) in found:
            for place in range(first, last):
                own[place] = number[f"{clues.at(place - first, last - first)}-{slot}"]
        tags += own
        of_row += [at] * len(tokens)
    return lines, np.array(tags), np.array(of_row)


def _held(rows: Sequence[tuple[Seen, dict[str, str], str]], seed: int) -> NDArray[Any]:
    """Rows of conversations that are held back; one begins where nothing was said before."""
    whose = np.cumsum([not row.earlier for row, _, _ in rows]) - 1
    return intents.held_out(np.maximum(whose, 0), int(whose[-1]) + 1, seed)


def _net(inputs: network.Inputs, tags: NDArray[Any], *, count: int, seed: int) -> network.Network:
    passes = int(np.clip(STEPS * BATCH // max(1, len(tags)), *PASSES))
    return network.fit(
        inputs, tags, count=count, hidden=HIDDEN, passes=passes, seed=seed, batch=BATCH
    )


def _mark(row: Seen, slots: dict[str, str]) -> list[Marked]:
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


def _known(marked: Sequence[Sequence[Marked]]) -> dict[str, str]:
    """The slot of each value that is known, and of each thing that is either so or not."""
    seen = [one for found in marked for one in found]
    things = {slot for slot, _, value, _ in seen if value.casefold() in spans.YES}
    known = _gazetteer(Counter((piece.casefold(), slot) for slot, piece, _, _ in seen))
    return known | {spans.thing(slot).casefold(): slot for slot in sorted(things)}


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
