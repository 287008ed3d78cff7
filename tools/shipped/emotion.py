"""The heads for emotion, from the training part of the suites alone.

The threshold and how sure it may be are chosen on the same text: each source is read by a head that has
learned from the others only, as the program will read the messages of strangers.
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

    Floats = NDArray[np.float64]

SUITES: Final = Path(__file__).resolve().parents[2] / "evals" / "suites" / "train"
PATTERNS: Final = ("*.messages.jsonl", "*.oos.jsonl", "*.opinions.jsonl")
PIECES: Final = 12_000
"""Pieces of a kind that are kept: more hardly help strangers and weigh megabytes."""
LANDMARKS: Final = 400
RECALL: Final = 0.89
"""Of the negative texts of a source that the head does not know. What follows then is precision."""
DESK: Final = "desk"
WARMTH: Final = tuple(float(one) for one in np.geomspace(0.7, 3.0, 40))
"""May divide scores: a head is surer of what it has learned from than it may be of what strangers write."""
WARMER: Final = 1.35
"""What strangers write is stranger than what we wrote in their place; looked up on public reviews and posts."""
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
    # Messages to a desk are not counted: their writers complain without opinions, and reading them is
    # learned from the desk's own text.
    away = np.array([source != DESK for source in known.sources])
    truth = np.array([emotion.LABELS.index(label) for label in known.labels])[away]
    chances = strangers(known, vectors)[away]
    warmth = WARMER * min(WARMTH, key=lambda one: loss(warmed(chances, one), truth))
    border = threshold(warmed(chances, warmth), truth)
    made = emotion.EmotionHead.fit(
        known.texts,
        known.labels,
        vectors=vectors,
        warmth=warmth,
        lean=float(np.log((1 - border) / border)),
        landmarks=LANDMARKS,
        abroad=True,
        most=PIECES,
    )
    made.document["made_from"] = made_from
    return made.dump()


def threshold(chances: Floats, truth: NDArray[np.int64]) -> float:
    """From which probability on negative is said: the highest that finds RECALL of a stranger's.

    The head leans so far that this becomes one half: there as many turn out negative as not.
    """
    negative = emotion.LABELS.index("negative")
    found = float(np.quantile(chances[truth == negative, negative], 1 - RECALL))
    return round(min(HIGHEST, max(LOWEST, found)), 3)


def warmed(chances: Floats, warmth: float) -> Floats:
    """Probabilities less sure the warmer they are."""
    raised = np.power(np.maximum(chances, 1e-9), 1 / warmth)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def loss(chances: Floats, truth: NDArray[np.int64]) -> float:
    """How unlikely what is true was held to be."""
    return -float(np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-9)).mean())


def strangers(known: Own, vectors: Vectors | None) -> Floats:
    """The probabilities of each text but the desk's, by a head that knows no text of its source."""
    sources = np.array(known.sources)
    chances = np.zeros((len(sources), len(emotion.LABELS)))
    for source in sorted(set(known.sources) - {DESK}):
        away, rest = np.flatnonzero(sources == source), np.flatnonzero(sources != source)
        head = emotion.EmotionHead.fit(
            [known.texts[at] for at in rest],
            [known.labels[at] for at in rest],
            vectors=None if vectors is None else vectors[rest],
            landmarks=LANDMARKS,
            abroad=True,
            most=PIECES,
        )
        seen = None if vectors is None else vectors[away]
        readings = head.read([known.texts[at] for at in away], seen)
        chances[away] = [one.chances for one in readings]
    return chances
