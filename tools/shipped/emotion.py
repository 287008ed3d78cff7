"""The heads for emotion, from the training part of the suites alone.

The threshold is chosen on the same text: each source is read by a head that has learned from the others
only, as the program will read the messages of strangers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from yizhan.learning import emotion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from yizhan.learning.embedding import Embedder, Vectors

SUITES: Final = Path(__file__).resolve().parents[2] / "evals" / "suites" / "train"
PATTERNS: Final = ("*.messages.jsonl", "*.oos.jsonl", "*.opinions.jsonl")
PIECES: Final = 12_000
"""Pieces of a kind that are kept: more hardly help strangers and weigh megabytes."""
RECALL: Final = 0.89
"""Of the negative texts of a source that the head does not know. What follows then is precision."""
DESK: Final = "desk"
LOWEST: Final = 0.2
HIGHEST: Final = 0.5


class Own(NamedTuple):
    texts: list[str]
    labels: list[str]
    sources: list[str]


def own() -> Own:
    """Every text of the suites' training part that has an emotion, and the file that it is from."""
    found = Own([], [], [])
    for pattern in PATTERNS:
        for path in sorted(SUITES.glob(pattern)):
            for line in path.read_text("utf-8").splitlines():
                one = json.loads(line)
                found.texts.append(one["text"])
                found.labels.append(one["emotion"])
                kind = path.name.split(".")[1]
                found.sources.append(path.name if kind == "opinions" else DESK)
    return found


def examples() -> list[tuple[str, str]]:
    """Texts and labels: what the digest in the heads is made of."""
    known = own()
    return list(zip(known.texts, known.labels, strict=True))


def head(embedder: Embedder | None, made_from: str) -> bytes:
    """The head for messages with vectors, or with None the one that has words alone."""
    known = own()
    vectors = None if embedder is None else embedder.embed(known.texts)
    made = emotion.EmotionHead.fit(
        known.texts,
        known.labels,
        vectors=vectors,
        threshold=threshold(known, vectors),
        most=PIECES,
    )
    made.document["made_from"] = made_from
    return made.dump()


def threshold(known: Own, vectors: Vectors | None) -> float:
    """From which probability on negative is said: the highest that finds RECALL of a stranger's.

    Messages to a desk are not counted: their writers complain without opinions, and reading them is
    learned from the desk's own text.
    """
    chances = strangers(known, vectors)
    wanted = [
        label == "negative" and source != DESK
        for label, source in zip(known.labels, known.sources, strict=True)
    ]
    found = float(np.quantile(chances[np.array(wanted)], 1 - RECALL))
    return round(min(HIGHEST, max(LOWEST, found)), 3)


def strangers(known: Own, vectors: Vectors | None) -> NDArray[np.float64]:
    """The probability of negative of each text, by a head that knows no text of its source."""
    sources = np.array(known.sources)
    chances = np.zeros(len(sources))
    for source in sorted(set(known.sources)):
        away, rest = np.flatnonzero(sources == source), np.flatnonzero(sources != source)
        head = emotion.EmotionHead.fit(
            [known.texts[at] for at in rest],
            [known.labels[at] for at in rest],
            vectors=None if vectors is None else vectors[rest],
            most=PIECES,
        )
        seen = None if vectors is None else vectors[away]
        readings = head.read([known.texts[at] for at in away], seen)
        chances[away] = [one.chances[0] for one in readings]
    return chances
