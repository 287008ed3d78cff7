"""What a writer feels: negative, neutral or positive, how sure that is, and which words say so.

``read`` uses the head that comes with the program; a team's own is an :class:`EmotionHead` trained on
its labels. The escalation lexicon is a second opinion beside the head and never mixed into its
probability, so that each can be judged alone.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from yizhan.learning import lexicon
from yizhan.learning.emotion import opinion
from yizhan.learning.emotion.head import LABELS, EmotionHead, Unlearnable

if TYPE_CHECKING:
    from yizhan.learning.embedding import Vectors

__all__ = ["LABELS", "Emotion", "EmotionHead", "Unlearnable", "read", "shipped"]

WITH_VECTORS = "emotion.npz"
WORDS_ALONE = "emotion-words.npz"
EVIDENCE = 6


class Emotion(NamedTuple):
    """``negative`` is a calibrated probability, ``escalation`` what the lexicon found."""

    label: str
    confidence: float
    negative: float
    escalation: tuple[lexicon.Hit, ...]
    evidence: tuple[str, ...]


def read(
    text: str,
    vector: Vectors | None = None,
    *,
    words: lexicon.Lexicon | None = None,
    head: EmotionHead | None = None,
) -> Emotion:
    """``vector`` is the embedder's, of shape (384,) or (1, 384); without it words alone decide.

    ``words`` is a team's own escalation lexicon, ``head`` its own head; else those of the program.
    """
    hits = (words or lexicon.shipped()).find(text)
    head = head or shipped(vector is not None)
    if head is None:
        return _by_words(text, hits)
    found = head.read([text], None if vector is None else vector.reshape(1, -1))[0]
    evidence = dict.fromkeys((*_opinions(text, found.label), *found.evidence))
    return Emotion(
        found.label, found.confidence, found.chances[0], hits, tuple(evidence)[:EVIDENCE]
    )


def _opinions(text: str, label: str) -> list[str]:
    """Words of praise or blame that fit the label, before pieces that a machine weighed."""
    sign = {"negative": -1, "positive": 1}.get(label)
    return [word.said for word in opinion.find(text) if word.sign == sign][:EVIDENCE]


def _by_words(text: str, hits: tuple[lexicon.Hit, ...]) -> Emotion:
    """Where a build has no head: the balance of opinions, and the lexicon."""
    balance = sum(word.sign for word in opinion.find(text))
    negative = max(lexicon.strength(hits), min(0.9, max(0.1, 0.3 - 0.25 * balance)))
    label = "negative" if negative >= 0.5 else "positive" if balance > 0 else "neutral"
    confidence = negative if label == "negative" else 1 - negative
    return Emotion(label, confidence, negative, hits, tuple(_opinions(text, label)))


@functools.cache
def shipped(with_vectors: bool = True, /) -> EmotionHead | None:  # noqa: FBT001, FBT002 -- a cache key
    """The head trained on our own text; None in a build without it."""
    file = resources.files("yizhan.learning.shipped") / (
        WITH_VECTORS if with_vectors else WORDS_ALONE
    )
    return EmotionHead.load(file.read_bytes()) if file.is_file() else None
